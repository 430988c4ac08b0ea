// The dead letters: requests given up on, each with its last error, to be tried again.

import { call, query } from "./api.js";
import { during, news } from "./dialogs.js";
import { button, byId, el, keep, outward, say } from "./dom.js";
import { ago, joined, plural } from "./format.js";

const all = byId("letters-all");
let shown = [];

/** Reads them anew. */
export async function refreshLetters() {
  shown = await call("GET", query("dead-letters", { limit: 100 }));
  keep(byId("letters-list"), shown, (letter) => letter.id, letterRow);
  all.hidden = shown.length < 2;
}

all.onclick = () => during(all, () => requeue(shown.map((letter) => letter.id)));

async function requeue(ids) {
  const { requeued } = await call("POST", "dead-letters/requeue", { ids });
  news(`${plural(requeued, "request")} queued again`);
  await refreshLetters();
}

function letterRow({ id, url, site_name }) {
  const below = el("span", { class: "aside" });
  const send = () => during(again, () => requeue([id]));
  const again = button("Requeue", `Requeue ${site_name} ${url}`, send);
  return {
    node: el("li", {}, outward(url, url, { class: "head" }), below, el("span", { class: "acts" }, again)),
    show: (letter) =>
      say(
        below,
        joined(letter.site_name, letter.error, plural(letter.attempts, "attempt"), ago(letter.last_failed_at)),
      ),
  };
}
