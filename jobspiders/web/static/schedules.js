// The dialog in which a board's schedule is made, changed or removed.

import { call } from "./api.js";
import { during, news, openDialog } from "./dialogs.js";
import { byId, say } from "./dom.js";
import { readSearch, showSearch } from "./search.js";

const NEW = { enabled: true, interval_minutes: 60, cron: null, timezone: "UTC", overlap: "skip", payload: {} };
const NUMBERS = ["min_pause_seconds", "max_pause_seconds", "max_retries"];
const TEXTS = ["interval_minutes", "cron", "timezone", "overlap", ...NUMBERS];

/** Opens the dialog for the schedule of `board`, or for its first one. */
export function editSchedule(board, schedule, refresh) {
  const dialog = byId("schedule-dialog");
  const form = dialog.querySelector("form");
  const fields = form.querySelector(".fields");
  const before = schedule ?? NEW;
  const remove = form.querySelector("[data-do=remove]");
  const done = (word) => (dialog.close(), news(`${board.name}: schedule ${word}`), refresh());
  const drop = () => call("DELETE", `schedules/${board.name}`).then(() => done("removed"));
  say(byId("schedule-dialog-title"), `Schedule of ${board.name}`);
  fill(form, before);
  showSearch(fields, board, before.payload);
  remove.hidden = !schedule;
  remove.onclick = () => during(remove, drop, form.querySelector(".wrong"));
  openDialog(dialog, async () => {
    await putSchedule(board.name, { ...read(form), payload: readSearch(fields, before.payload) });
    await done("saved");
  });
}

/** Stores a board's schedule: the part of it that is for people to decide. */
export function putSchedule(board, schedule) {
  const decided = ["enabled", "payload", ...TEXTS].map((name) => [name, schedule[name]]);
  return call("PUT", `schedules/${board}`, Object.fromEntries(decided));
}

function fill(form, schedule) {
  form.kind.value = schedule.cron ? "cron" : "interval";
  form.enabled.checked = schedule.enabled;
  for (const name of TEXTS) form[name].value = schedule[name] ?? "";
  form.interval_minutes.oninput = () => (form.kind.value = "interval"); // who writes into it means it
  form.cron.oninput = () => (form.kind.value = "cron");
}

function read(form) {
  const numbers = NUMBERS.map((name) => [name, form[name].value === "" ? null : Number(form[name].value)]);
  const isCron = form.kind.value === "cron";
  return {
    enabled: form.enabled.checked,
    interval_minutes: isCron ? null : Number(form.interval_minutes.value),
    cron: isCron ? form.cron.value.trim() : null,
    timezone: form.timezone.value.trim() || "UTC",
    overlap: form.overlap.value,
    ...Object.fromEntries(numbers),
  };
}
