// The live page: reads what there is, then follows the server's snapshots and draws.

import { call, query } from "./api.js";
import { showBoards } from "./boards.js";
import { during } from "./dialogs.js";
import { byId, el, say } from "./dom.js";
import { remember, showFigures } from "./figures.js";
import { about, setClock, span } from "./format.js";
import { refreshJobs, setUpJobs } from "./jobs.js";
import { refreshLetters } from "./letters.js";
import { listen } from "./live.js";
import { announce, hasEnded, showRuns } from "./runs.js";
import { setUpWorkers, showManners, showWorkers } from "./workers.js";

const OFTEN = 30; // seconds between two readings of what no snapshot holds
const RUNS = 12;

const state = {
  boards: [],
  schedules: [],
  runs: [],
  active: [],
  queues: [],
  workers: [],
  manners: null,
  performance: null,
};
const line = { state: "trying", heard: null, next: null };
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
  Object.assign(state, { schedules, runs, manners, performance });
  earlier.hidden = runs.length < limit || limit >= 200;
  showManners(manners);
  draw();
}

function onSnapshot(snapshot) {
  const before = state.active;
  setClock(snapshot.at);
  line.heard = Date.now();
  Object.assign(state, {
    queues: snapshot.queues,
    workers: snapshot.workers,
    active: snapshot.runs.filter((run) => !hasEnded(run)),
  });
  showHealth(snapshot.health);
  remember(state);
  draw();
  const ended = before.filter((run) => !state.active.some(({ run_id }) => run_id === run.run_id));
  if (ended.length) during(null, () => tellEnds(ended));
}

/** Runs that are no longer among those that go on: how they ended, and what is new by that. */
async function tellEnds(runs) {
  for (const { run_id } of runs) announce(await call("GET", `jobs/scrape/${run_id}`));
  await Promise.all([refresh(), refreshJobs(), refreshLetters()]);
}

function draw() {
  const active = state.active.filter((run) => !filter.value || run.site_name === filter.value);
  const others = state.runs.filter((run) => !active.some(({ run_id }) => run_id === run.run_id));
  const going = state.active.length;
  document.title = going ? `${going} going on – jobspiders` : "jobspiders";
  showFigures(state);
  showBoards(state, refresh);
  showRuns([...active, ...others], refresh);
  showWorkers(state.workers);
}

function showHealth({ status, parts }) {
  const wrong = Object.entries(parts).filter(([, words]) => !["ok", "not used"].includes(words));
  say(
    byId("health"),
    status === "ok" ? "all well" : `${status}: ${wrong.map(([name, words]) => `${name} ${words}`).join(", ")}`,
  );
  byId("health").classList.toggle("bad", status !== "ok");
}

function onLine(now, next) {
  if (now === "live" && line.state !== "live" && line.heard) during(null, refresh); // things went on meanwhile
  Object.assign(line, { state: now, next });
  showLine();
}

function showLine() {
  const isLost = line.state !== "live" && line.heard !== null;
  say(byId("line"), { live: "live", lost: "connection lost", trying: "connecting" }[line.state]);
  byId("line").dataset.state = line.state;
  byId("lost").hidden = !isLost;
  if (!isLost) return;
  say(byId("lost-since"), `${about((Date.now() - line.heard) / 1000)} ago`);
  say(byId("lost-next"), line.state === "lost" ? `Next try in ${span((line.next - Date.now()) / 1000)}.` : "Trying …");
}

async function begin() {
  state.boards = await call("GET", "jobs/sites");
  for (const { name } of state.boards) filter.append(el("option", {}, name));
  setUpJobs(state.boards);
  setUpWorkers(refresh);
  filter.onchange = () => during(null, refresh);
  earlier.onclick = () => during(earlier, () => ((limit = Math.min(200, limit * 3)), refresh()));
  await Promise.all([refresh(), refreshJobs(), refreshLetters()]);
  byId("lost-retry").onclick = listen(onSnapshot, onLine);
  setInterval(() => (draw(), showLine()), 1000);
  setInterval(() => line.state === "live" && during(null, refresh), OFTEN * 1000);
}

during(null, begin);
