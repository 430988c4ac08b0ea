// The boards: how each is paced, what waits, how its last run ended, when it is next crawled.

import { during, news } from "./dialogs.js";
import { button, byId, el, keep, outward, say, setUpTable, tableRow } from "./dom.js";
import { waiting } from "./figures.js";
import { about, ago, ahead, count, joined, plural, rate } from "./format.js";
import { showRun, wordOf } from "./runs.js";
import { editSchedule, putSchedule } from "./schedules.js";
import { askRun } from "./start.js";

const COLUMNS = [
  ["name", "Board"],
  ["pace", "Requests a minute", "wide"],
  ["queue", "Waiting", "number narrow"],
  ["last", "Last run", "wide"],
  ["schedule", "Schedule", "wide"],
  ["acts", "", "acts"],
];
const table = byId("boards").querySelector("table");
setUpTable(table, COLUMNS);

/** Draws the boards of `state`. `refresh` reads schedules anew. */
export function showBoards(state, refresh) {
  keep(
    table.tBodies[0],
    state.boards,
    (board) => board.name,
    (board) => boardRow(board, state, refresh),
  );
  const on = state.schedules.filter((schedule) => schedule.enabled).length;
  say(byId("boards-sum"), joined(plural(state.boards.length, "board"), `${plural(on, "schedule")} enabled`));
}

function boardRow(board, state, refresh) {
  const { node, cells } = tableRow(COLUMNS);
  const find = (list, name) => list.find((item) => item[name] === board.name);
  const schedule = () => find(state.schedules, "site_name");
  const showPace = paceCell(cells.pace);
  const showLast = lastCell(cells.last);
  const showSchedule = scheduleCell(cells.schedule, board, schedule, refresh);
  const start = button("Run", `Run ${board.name}`, () => askRun(board, schedule(), refresh));
  const edit = button("Schedule", `Schedule ${board.name}`, () => editSchedule(board, schedule(), refresh));
  cells.name.append(
    outward(board.homepage, board.name),
    el("span", { class: "under clip", title: board.title }, board.title),
  );
  cells.acts.append(start, " ", edit);
  return {
    node,
    show() {
      const queue = find(state.queues, "board");
      showPace(queue ?? { configured: board.rate.per_minute, observed: 0, closed: 0 });
      say(cells.queue, queue ? count(waiting(queue)) : "–");
      cells.queue.classList.toggle("blank", !queue || waiting(queue) === 0); // on a phone what is nothing is left out
      showLast(state.last.get(board.name));
      showSchedule(schedule());
    },
  };
}

/** Observed against configured, in words and as a gauge. */
function paceCell(cell) {
  const words = el("span");
  const more = el("span", { class: "under" });
  const level = el("i");
  cell.append(words, el("span", { class: "gauge", "aria-hidden": "true" }, level), more);
  return ({ configured, current, observed, closed, reason }) => {
    const slowed = current != null && current < configured * 0.99;
    say(words, `${rate(observed)} of ${rate(configured)}`);
    const isFast = observed > configured * 1.2 + 1;
    const facts = [closed > 0 && `paused for ${about(closed)}: ${reason}`, slowed && `slowed to ${rate(current)}`];
    say(more, joined(...facts, isFast && "faster than declared"));
    more.classList.toggle("bad", closed > 0 || isFast);
    level.style.width = `${Math.min(100, (observed / configured) * 100)}%`;
  };
}

function lastCell(cell) {
  let shown;
  const open = button("", null, () => showRun(shown), { class: "plain" });
  const more = el("span", { class: "under" });
  return (run) => {
    shown = run;
    cell.classList.toggle("blank", !run);
    if (!run) return say(cell, "none yet");
    if (!open.isConnected) cell.replaceChildren(open, more);
    wordOf(open, run);
    say(
      more,
      run.finished_at
        ? joined(ago(run.finished_at), `${count(run.new)} new`)
        : `${count(run.completed_pages)} pages, ${count(run.found)} found`,
    );
  };
}

function scheduleCell(cell, board, current, refresh) {
  const words = el("span");
  const more = el("span", { class: "under" });
  const toggle = el("input", { type: "checkbox", role: "switch", "aria-label": `${board.name}: schedule enabled` });
  toggle.onchange = () =>
    during(toggle, async () => {
      await putSchedule(board.name, { ...current(), enabled: toggle.checked });
      news(`${board.name}: schedule ${toggle.checked ? "enabled" : "disabled"}`);
      await refresh();
    }).then((isDone) => isDone || (toggle.checked = !toggle.checked));
  const line = el("span", { class: "switch" }, toggle, words);
  return (schedule) => {
    cell.classList.toggle("blank", !schedule);
    if (!schedule) return say(cell, "none");
    if (!line.isConnected) cell.replaceChildren(line, more);
    if (!toggle.disabled) toggle.checked = schedule.enabled;
    say(words, timing(schedule));
    say(more, schedule.enabled && schedule.next_run_at ? `next ${ahead(schedule.next_run_at)}` : "off");
  };
}

function timing({ interval_minutes, cron, timezone }) {
  if (cron) return joined(cron, timezone === "UTC" ? "" : timezone);
  if (interval_minutes % 60 === 0)
    return `every ${interval_minutes === 60 ? "hour" : `${interval_minutes / 60} hours`}`;
  return interval_minutes === 1 ? "every minute" : `every ${rate(interval_minutes)} min`;
}
