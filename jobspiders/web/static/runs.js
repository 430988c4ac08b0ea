// The runs: those that go on move each second, the others tell how they ended and why.

import { call, query } from "./api.js";
import { during, facts, news, tell } from "./dialogs.js";
import { button, byId, el, keep, outward, say, setUpTable, tableRow } from "./dom.js";
import { ago, count, joined, moment, secondsSince, span } from "./format.js";
import { searchWords } from "./search.js";

const COLUMNS = [
  ["board", "Board"],
  ["state", "How it stands", "long"],
  ["pages", "Pages", "number"],
  ["found", "Found", "number"],
  ["new", "New", "number"],
  ["changed", "Changed", "number"],
  ["closed", "Closed", "number"],
  ["errors", "Errors", "number"],
  ["took", "Took", "number narrow"],
  ["acts", "", "acts"],
];
const TRIGGERS = { schedule: "by schedule", requeue: "dead letters" };
const BAD = ["failed", "blocked", "drifted"];
const table = byId("runs").querySelector("table");
setUpTable(table, COLUMNS);

export const hasEnded = (run) => !["queued", "running"].includes(run.status);

/** Draws these runs, those that go on first. */
export function showRuns(runs, refresh) {
  keep(
    table.tBodies[0],
    runs,
    (run) => run.run_id,
    (run) => runRow(run, refresh),
  );
}

/** Writes how a run stands into a node: always a word, with a colour when there is something to look at. */
export function wordOf(node, run) {
  const outcome = run.outcome && !["complete", run.status].includes(run.outcome) ? `, ${run.outcome}` : "";
  const asked = run.cancel_asked_at && !hasEnded(run) ? ", to be cancelled" : "";
  say(node, run.status + outcome + asked);
  node.classList.toggle("going", !hasEnded(run));
  node.classList.toggle("bad", BAD.includes(run.status) || BAD.includes(run.outcome));
}

function runRow({ run_id, site_name }, refresh) {
  const { node, cells } = tableRow(COLUMNS);
  let shown;
  const open = button(site_name, null, () => showRun(shown), { class: "plain" });
  const since = el("span", { class: "under" });
  const word = el("span", { class: "word" });
  const reason = el("span", { class: "under" });
  const cancel = () => call("POST", `jobs/scrape/${run_id}/cancel`).then(refresh);
  const end = button("Cancel", `Cancel the run of ${site_name}`, () => during(end, cancel));
  node.dataset.run = run_id;
  cells.board.append(open, since);
  cells.state.append(word, reason);
  cells.acts.append(end);
  return {
    node,
    show(run) {
      shown = run;
      wordOf(word, run);
      node.dataset.status = run.status;
      const trigger = TRIGGERS[run.trigger] ?? (run.launcher ? "by hand" : "from a shell");
      say(since, joined(trigger, ago(run.started_at ?? run.queued_at)));
      say(reason, run.message ?? run.reason ?? searchWords(run.search));
      for (const name of ["found", "new", "changed", "closed", "errors"]) say(cells[name], count(run[name]));
      say(
        cells.pages,
        hasEnded(run) ? count(run.completed_pages) : `${count(run.completed_pages)} of ${count(run.requested_pages)}`,
      );
      say(cells.took, took(run));
      end.hidden = hasEnded(run);
      cells.acts.classList.toggle("blank", end.hidden);
    },
  };
}

const took = (run) => (run.started_at ? span(secondsSince(run.started_at, run.finished_at)) : "–");

/** Shows all that is known of a run, and the end of its log. */
export async function showRun(run) {
  const log = el("pre", { tabindex: "0", "aria-label": "Log" }, "reading …");
  const known = facts([
    ["Reason", run.reason],
    ["Message", run.message],
    ["Search", searchWords(run.search) || "everything"],
    ["Not honoured", run.ignored.join("; ")],
    ["Queued", run.queued_at && moment(run.queued_at)],
    ["Started", run.started_at && moment(run.started_at)],
    ["Ended", run.finished_at && moment(run.finished_at)],
    ["Pages", `${count(run.completed_pages)} of ${count(run.requested_pages)}`],
    [
      "Jobs",
      `${count(run.found)} found: ${count(run.new)} new, ${count(run.changed)} changed, ${count(run.unchanged)} as before, ${count(run.closed)} closed`,
    ],
    ["Started by", joined(run.trigger, run.launcher, run.host, run.task_id)],
    ["Id", run.run_id],
  ]);
  tell(`Run of ${run.site_name}`, known, el("h3", {}, "Log"), log);
  try {
    const { url, lines } = await call("GET", query(`jobs/scrape/${run.run_id}/log`, { lines: 200 }));
    if (url) log.replaceChildren(outward(url, url));
    else say(log, lines.map(readable).join("\n") || "There is none on this host.");
    log.scrollTop = log.scrollHeight;
  } catch (error) {
    say(log, error.message);
  }
}

/** A line of a log: its time, level and message when it is a JSON object, else as it is. */
function readable(line) {
  try {
    const { ts, level, message, exception } = JSON.parse(line);
    return [ts.slice(11, 19), level, message, exception].filter(Boolean).join(" ");
  } catch {
    return line;
  }
}

/** Tells of a run that has just ended. */
export function announce(run) {
  const came = run.found ? `, ${count(run.new)} new jobs, ${count(run.changed)} changed` : "";
  news(`${run.site_name}: ${run.status}${came}`, BAD.includes(run.status));
}
