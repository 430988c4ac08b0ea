// The figures at the top, and how two of them went in the last minutes.

import { byId, el, keep, say } from "./dom.js";
import { count, percent, plural, rate } from "./format.js";

const REMEMBERED = 120; // snapshots, one a second
const SVG = "http://www.w3.org/2000/svg";
const past = { queue: [], pace: [] };

/** Remembers a snapshot for the lines. */
export function remember({ queues }) {
  const pace = sum(queues, "observed");
  const queue = queues.reduce((total, item) => total + waiting(item), 0);
  for (const [line, value] of [
    [past.pace, pace],
    [past.queue, queue],
  ]) {
    line.push(value);
    if (line.length > REMEMBERED) line.shift();
  }
}

/** Draws the figures. */
export function showFigures({ queues, workers, manners, performance }, runs) {
  const going = runs.filter((run) => run.status === "running").length;
  const crawled = queues.filter((queue) => queue.run_id);
  const allowed = crawled.reduce((total, queue) => total + (queue.current ?? queue.configured), 0);
  const { jobs, jobs_per_hour, success_rate, runs_ended } = performance ?? {};
  const figures = [
    ["Runs going on", count(going), `${count(runs.length - going)} queued`],
    ["Requests a minute", rate(past.pace.at(-1)), `of ${rate(allowed)} allowed now`, past.pace],
    ["Requests waiting", count(past.queue.at(-1)), `${count(sum(queues, "leased"))} in hand`, past.queue],
    ["Workers", count(workers.length), manners && `at most ${count(manners.workers)}`],
    ["Jobs in 24 hours", count(jobs), `${rate(jobs_per_hour)} an hour`],
    ["Runs that succeeded", percent(success_rate), `of ${plural(runs_ended, "run")} in 24 hours`],
    ["Dead letters", count(sum(queues, "dead")), "given up on"],
  ];
  keep(byId("figures"), figures, ([name]) => name, figureBox);
}

export const waiting = (queue) => queue.pending + queue.delayed + queue.start_urls;

const sum = (queues, name) => queues.reduce((total, queue) => total + queue[name], 0);

function figureBox([name, , , line]) {
  const figure = el("span");
  const small = el("span", { class: "note" });
  const curve = document.createElementNS(SVG, "polyline");
  const node = el("div", {}, el("dt", {}, name), el("dd", {}, figure, " ", small));
  if (line) node.append(drawing(curve));
  return {
    node,
    show([, value, words]) {
      say(figure, value);
      say(small, words);
      if (line) curve.setAttribute("points", points(line));
    },
  };
}

/** The picture of a line is decoration: the figure beside it says what counts. */
function drawing(curve) {
  const picture = document.createElementNS(SVG, "svg");
  picture.setAttribute("viewBox", `0 0 ${REMEMBERED - 1} 10`);
  picture.setAttribute("preserveAspectRatio", "none");
  picture.setAttribute("aria-hidden", "true");
  picture.append(curve);
  return picture;
}

function points(line) {
  const top = Math.max(1, ...line);
  return line.map((value, at) => `${REMEMBERED - line.length + at},${10 - (value / top) * 10}`).join(" ");
}
