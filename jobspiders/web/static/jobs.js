// The stored jobs: searched, read a page at a time, each with its history.

import { call, query } from "./api.js";
import { during, facts, tell } from "./dialogs.js";
import { button, byId, el, keep, outward, say } from "./dom.js";
import { ago, joined, moment, plural, salary } from "./format.js";

const PAGE = 20;
const PATIENCE = 300; // milliseconds after the last key
const form = byId("jobs-form");
const more = byId("jobs-more");
let shown = [];
let following = null;
let asked = 0;

/** Reads the first page anew. When the reader has gone on to later pages, or is in the list, it is left alone. */
export async function refreshJobs() {
  if (shown.length <= PAGE) await read(null);
}

/** Makes the form work. */
export function setUpJobs(boards) {
  for (const { name } of boards) form.board.append(el("option", {}, name));
  let waiting;
  form.oninput = () => {
    clearTimeout(waiting);
    waiting = setTimeout(search, PATIENCE);
  };
  form.onsubmit = (event) => {
    event.preventDefault();
    clearTimeout(waiting);
    search();
  };
  more.onclick = () => during(more, () => read(following));
}

const search = () => form.checkValidity() && during(null, () => read(null));

async function read(after) {
  const mine = ++asked; // a slow answer must not cover a later one
  const days = Number(form.days.value);
  const found = await call(
    "GET",
    query("jobs", {
      text: form.text.value.trim(),
      board: form.board.value,
      country: form.country.value,
      remote: form.remote.checked,
      posted_since: days ? new Date(Date.now() - days * 86400e3).toISOString() : null,
      state: form.open.checked ? "open" : "any",
      limit: PAGE,
      after,
    }),
  );
  if (mine !== asked) return;
  shown = after ? [...shown, ...found.jobs] : found.jobs;
  following = found.next;
  more.hidden = !following;
  keep(byId("jobs-list"), shown, (job) => `${job.job_source} ${job.source_id}`, jobRow);
  say(byId("jobs-sum"), following ? `the newest ${shown.length}` : plural(shown.length, "job"));
}

function jobRow(first) {
  let job = first;
  const title = el("span", { class: "head" });
  const below = el("span", { class: "aside" });
  const show = () => during(open, () => showJob(job));
  const open = button("History", `History of ${first.title}`, show);
  const node = el("li", {}, title, below, el("span", { class: "acts" }, open));
  return {
    node,
    show(now) {
      job = now;
      node.classList.toggle("closed", job.closed_at !== null);
      if (title.textContent !== job.title) title.replaceChildren(outward(job.url, job.title));
      const place = job.location ?? job.country;
      const age = job.posted_at ? `posted ${ago(job.posted_at)}` : `first seen ${ago(job.first_seen_at)}`;
      const traits = [job.closed_at && "closed", job.company, place, job.is_remote && "remote", salary(job)];
      say(below, joined(...traits, age, job.job_source));
    },
  };
}

async function showJob({ job_source, source_id }) {
  const { job, changes } = await call("GET", `jobs/${encodeURIComponent(job_source)}/${encodeURIComponent(source_id)}`);
  const known = facts([
    ["At the board", outward(job.url, job.url)],
    ["Company", job.company],
    ["Place", job.location],
    ["Employment", job.employment_text ?? job.employment_types.join(", ")],
    ["Salary", salary(job)],
    ["Posted", job.posted_at && `${moment(job.posted_at)} (${job.posted_precision})`],
    ["First seen", moment(job.first_seen_at)],
    ["Last seen", moment(job.last_seen_at)],
    ["Closed", job.closed_at && joined(moment(job.closed_at), job.closed_reason)],
    ["Id", joined(job.job_source, job.source_id)],
  ]);
  const history = changes.length ? el("ul", { class: "list" }, ...changes.map(changed)) : "It has not changed so far.";
  const text = el("pre", { tabindex: "0", "aria-label": "Description" });
  say(text, job.description_text ?? job.description ?? "None was read.");
  tell(job.title, known, el("h3", {}, "History"), history, el("h3", {}, "Description"), text);
}

function changed({ field, old, new: now, changed_at }) {
  const when = el("span", { class: "aside" }, moment(changed_at));
  return el("li", {}, el("span", {}, `${field}: ${brief(old)} → ${brief(now)}`), when);
}

function brief(value) {
  const words = typeof value === "string" ? value : JSON.stringify(value);
  return words.length > 200 ? `${words.slice(0, 200)}…` : words;
}
