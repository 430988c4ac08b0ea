// The live page: reads what there is, then follows the server's snapshots and draws.

import { call, query } from "./api.js";
import { showBoards } from "./boards.js";
import { during, news } from "./dialogs.js";
import { byId, el, say } from "./dom.js";
import { remember, showFigures } from "./figures.js";
import { about, setClock, span } from "./format.js";
import { refreshJobs, setUpJobs } from "./jobs.js";
import { refreshLetters } from "./letters.js";
import { listen } from "./live.js";
import { announce, hasEnded, showRuns } from "./runs.js";
import { setUpWorkers, showManners, showWorkers } from "./workers.js";

const OFTEN = 30; // seconds between two readings of what no snapshot holds
const JOBS_EVERY = 5; // seconds
const RUNS = 12;
const MOST_RUNS = 200; // as many as the API gives at once

const state = { boards: [], schedules: [], queues: [], workers: [], manners: null, performance: null };
state.runs = new Map(); // by their ids, as far as they were read
state.last = new Map(); // the latest of each board
state.ended = null; // ids, to tell what has ended since
const line = { state: "trying", heard: null, next: null };
const jobs = { stored: null, readAt: 0 };
const filter = byId("runs-board");
const earlier = byId("runs-more");
let limit = RUNS;

/** All that a click may have changed. */
async function refresh() {
  const [schedules, runs, manners, performance] = await Promise.all([
    call("GET", "schedules"),
    call("GET", query("jobs/scrape", { site_name: filter.value, limit })),
    call("GET", "settings"),
    call("GET", query("jobs/workers/performance", { hours: 24 })),
  ]);
  Object.assign(state, { schedules, manners, performance });
  note(runs);
  earlier.hidden = runs.length < limit || limit >= MOST_RUNS;
  showManners(manners);
  draw();
}

function note(runs) {
  for (const run of runs) {
    state.runs.set(run.run_id, run);
    const last = state.last.get(run.site_name);
    if (!last || began(run) >= began(last)) state.last.set(run.site_name, run);
  }
}

const began = (run) => Date.parse(run.queued_at ?? run.started_at);

function onSnapshot({ at, health, queues, workers, runs }) {
  setClock(at);
  line.heard = Date.now();
  const ended = runs.filter((run) => hasEnded(run) && state.ended && !state.ended.has(run.run_id));
  state.ended = new Set(runs.filter(hasEnded).map((run) => run.run_id));
  Object.assign(state, { queues, workers });
  note(runs);
  showHealth(health);
  remember(state);
  draw();
  ended.forEach(announce);
  if (ended.length) during(null, readAll);
  else showArrivals(runs);
}

/** Reads the latest jobs anew when runs that go on have stored some, though not each second. */
function showArrivals(runs) {
  const stored = runs.reduce((total, run) => total + run.new + run.changed, 0);
  if (stored === jobs.stored || Date.now() - jobs.readAt < JOBS_EVERY * 1000) return;
  if (jobs.stored !== null) refreshJobs().catch(() => null);
  Object.assign(jobs, { stored, readAt: Date.now() });
}

const readAll = () => Promise.all([refresh(), refreshJobs(), refreshLetters()]);

function draw() {
  const all = [...state.runs.values()].sort(
    (one, other) => hasEnded(one) - hasEnded(other) || began(other) - began(one),
  );
  for (const { run_id } of all.slice(MOST_RUNS)) state.runs.delete(run_id); // a page may stay open for weeks
  const wanted = all.filter((run) => !filter.value || run.site_name === filter.value);
  const going = all.filter((run) => !hasEnded(run));
  document.title = going.length ? `${going.length} going on – jobspiders` : "jobspiders";
  showFigures(state, going);
  showBoards(state, refresh);
  showRuns(wanted.slice(0, limit), refresh);
  showWorkers(state.workers);
}

function showHealth({ status, parts }) {
  const wrong = Object.entries(parts).filter(([, words]) => words !== "ok" && !words.startsWith("not used"));
  const reasons = wrong.map(([name, words]) => `${name} ${words}`).join("; ");
  say(byId("health"), status === "ok" ? "all well" : reasons);
  byId("health").classList.toggle("bad", status !== "ok");
}

function onLine(now, next) {
  if (now === "lost" && line.state === "live") news("The connection to the server is lost.", true);
  if (now === "live" && line.state !== "live" && line.heard) {
    news("Connected again.");
    during(null, readAll); // things went on meanwhile
  }
  Object.assign(line, { state: now, next });
  showLine();
}

function showLine() {
  const isLost = line.state !== "live" && line.heard !== null;
  say(byId("line"), { live: "live", lost: "connection lost", trying: "connecting" }[line.state]);
  byId("line").dataset.state = line.state;
  byId("lost").hidden = !isLost;
  byId("health").hidden = isLost;
  if (!isLost) return;
  say(byId("lost-since"), `${about((Date.now() - line.heard) / 1000)} ago`);
  say(byId("lost-next"), line.state === "lost" ? `Next try in ${span((line.next - Date.now()) / 1000)}.` : "Trying …");
}

/** Nothing is set up before all was read, so that it can be called again when the server is away at first. */
async function begin() {
  state.boards = await call("GET", "jobs/sites");
  const last = ({ name }) => call("GET", query("jobs/scrape", { site_name: name, limit: 1 }));
  (await Promise.all(state.boards.map(last))).forEach(note);
  await readAll();
  for (const { name } of state.boards) filter.append(el("option", {}, name));
  setUpJobs(state.boards);
  setUpWorkers(refresh);
  filter.onchange = () => during(null, refresh);
  earlier.onclick = () => during(earlier, () => ((limit = Math.min(MOST_RUNS, limit * 3)), refresh()));
  byId("lost-retry").onclick = listen(onSnapshot, onLine);
  setInterval(() => (draw(), showLine()), 1000);
  setInterval(() => line.state === "live" && refresh().catch(() => null), OFTEN * 1000); // health tells why not
}

async function tryToBegin() {
  if (!(await during(null, begin))) setTimeout(tryToBegin, OFTEN * 100);
}

tryToBegin();
