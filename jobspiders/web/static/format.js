// Figures and times as people read them.

const whole = new Intl.NumberFormat("en");
const short = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });
const moments = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "medium" });

export const count = (number) => (number == null ? "–" : whole.format(number));
export const rate = (number) => (number == null ? "–" : short.format(number));
export const percent = (share) => (share == null ? "–" : `${Math.round(share * 100)} %`);
export const plural = (number, one, many = `${one}s`) => `${count(number)} ${number === 1 ? one : many}`;
export const joined = (...parts) => parts.filter(Boolean).join(" · ");

let skew = 0; // the server's clock less ours, in milliseconds

/** Tells what the server's clock says (ISO 8601); ages are counted by it. */
export const setClock = (iso) => (skew = Date.parse(iso) - Date.now());

/** A moment (ISO 8601) in the reader's zone, in full. */
export const moment = (iso) => (iso ? moments.format(new Date(iso)) : "–");

/** Seconds from one moment (ISO 8601) to another, by default to now. */
export const secondsSince = (iso, until) => ((until ? Date.parse(until) : Date.now() + skew) - Date.parse(iso)) / 1000;

const two = (number) => String(number).padStart(2, "0");

/** Seconds as "42 s", "3 min 20 s", "1 h 05 min", "12 d". */
export function span(seconds) {
  const all = Math.max(0, Math.round(seconds));
  if (all < 60) return `${all} s`;
  if (all < 3600) return `${Math.floor(all / 60)} min ${two(all % 60)} s`;
  if (all < 172800) return `${Math.floor(all / 3600)} h ${two(Math.floor((all % 3600) / 60))} min`;
  return `${Math.floor(all / 86400)} d`;
}

/** The same in its largest unit alone: "3 min", "1 h". */
export function about(seconds) {
  const all = Math.max(0, Math.round(seconds));
  if (all < 90) return `${all} s`;
  if (all < 5400) return `${Math.round(all / 60)} min`;
  if (all < 172800) return `${Math.round(all / 3600)} h`;
  return `${Math.round(all / 86400)} d`;
}

/** "5 min ago", "never" when there is no such moment. */
export const ago = (iso) => (iso ? `${about(secondsSince(iso))} ago` : "never");

/** "in 12 min", "due now". */
export const ahead = (iso) => (secondsSince(iso) < 0 ? `in ${about(-secondsSince(iso))}` : "due now");

/** The salary of a job in the board's words, or in ours. */
export function salary(job) {
  if (job.salary_text) return job.salary_text;
  const range = [...new Set([job.salary_min, job.salary_max])].filter((figure) => figure != null).map(count);
  if (!range.length) return "";
  const period = job.salary_period ? ` a ${job.salary_period.toLowerCase()}` : "";
  return `${job.salary_currency ?? ""} ${range.join("–")}${period}`.trim();
}
