// The workers: what each does at this moment; and the live settings that hold for runs from now on.

import { call } from "./api.js";
import { during, news } from "./dialogs.js";
import { byId, el, keep, outward, say, setUpTable, tableRow } from "./dom.js";
import { count, span } from "./format.js";

const COLUMNS = [
  ["name", "Worker"],
  ["board", "Board"],
  ["url", "At", "long"],
  ["since", "Since", "number"],
  ["requests", "Requests", "number"],
  ["items", "Jobs", "number"],
];
const MANNERS = ["workers", "max_retries", "retry_backoff_factor"];
const SILENT = 15; // seconds after which it is said that nothing was heard
const table = byId("workers").querySelector("table");
const form = byId("manners-form");
setUpTable(table, COLUMNS);

/** Draws the workers. */
export function showWorkers(workers) {
  keep(table.tBodies[0], workers, (worker) => `${worker.name} ${worker.run_id}`, workerRow);
}

/** Shows the live settings, unless somebody is at them. */
export function showManners(manners) {
  if (form.contains(document.activeElement)) return;
  for (const name of MANNERS) form[name].value = manners[name] || "";
}

/** Makes the form work. `refresh` reads the settings anew. */
export function setUpWorkers(refresh) {
  const ask = async (words, ...question) => (await call(...question), news(words), refresh());
  const number = () => ({ number: Number(form.workers.value) || 1 });
  const restart = () => ask("The workers restart", "POST", "jobs/workers/restart", number());
  const stop = () => ask("The workers stop when they are done; set a number to go on", "POST", "jobs/workers/stop");
  for (const [name, act] of Object.entries({ restart, stop })) {
    const button = form.querySelector(`[data-do=${name}]`);
    button.onclick = () => during(button, act);
  }
  form.onsubmit = (event) => {
    event.preventDefault();
    const manners = Object.fromEntries(MANNERS.map((name) => [name, Number(form[name].value)]));
    during(event.submitter, () => ask("Saved, for runs that start from now on", "PUT", "settings", manners));
  };
}

function workerRow() {
  const { node, cells } = tableRow(COLUMNS);
  const quiet = el("span", { class: "under bad" });
  const name = el("span");
  cells.name.append(name, quiet);
  return {
    node,
    show(worker) {
      say(name, worker.name);
      say(quiet, worker.silent > SILENT ? `nothing heard for ${span(worker.silent)}` : "");
      say(cells.board, worker.board || "waits for work");
      if (cells.url.textContent !== worker.url)
        cells.url.replaceChildren(outward(worker.url, worker.url, { class: "clip" }));
      say(cells.since, span(worker.since));
      say(cells.requests, count(worker.requests));
      say(cells.items, count(worker.items));
    },
  };
}
