// The dialog that starts a run.

import { call } from "./api.js";
import { during, news, openDialog } from "./dialogs.js";
import { byId, say } from "./dom.js";
import { readSearch, showSearch } from "./search.js";

/** Asks for a search on `board`, beginning with that of its schedule if it has one, and starts it. */
export function askRun(board, schedule, refresh) {
  const dialog = byId("run-dialog");
  const fields = dialog.querySelector(".fields");
  const before = schedule?.payload ?? {};
  say(byId("run-dialog-title"), `Run ${board.name}`);
  say(dialog.querySelector(".aside"), `At most ${board.rate.per_minute} requests a minute. Walls: ${board.walls}.`);
  showSearch(fields, board, before);
  openDialog(dialog, async () => {
    const run = await call("POST", "jobs/scrape", asked(board, readSearch(fields, before)));
    news(`${board.name}: run ${run.status}`);
    during(null, refresh); // the dialog need not wait for it
  });
}

/** The body that asks for a run: the board's own arguments apart. */
function asked(board, search) {
  const own = Object.entries(search).filter(([name]) => name in board.arguments);
  const rest = Object.entries(search).filter(([name]) => !(name in board.arguments));
  return { site_name: board.name, ...Object.fromEntries(rest), own: Object.fromEntries(own) };
}
