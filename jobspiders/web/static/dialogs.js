// Dialogs, and what is told to people: one line of news for screen readers and eyes alike, one of error in a dialog.

import { byId, el, say } from "./dom.js";

/** Opens a dialog with a form; `act` is called when it is sent and may throw, which is then said in the dialog. */
export function openDialog(dialog, act) {
  const form = dialog.querySelector("form");
  const wrong = form.querySelector(".wrong");
  const close = form.querySelector("[data-do=close]");
  say(wrong, "");
  close.onclick = () => dialog.close();
  form.onsubmit = async (event) => {
    event.preventDefault();
    say(wrong, "");
    if (await during(event.submitter, act, wrong)) dialog.close();
  };
  dialog.showModal();
}

/** Shows a dialog that only tells: a heading, and nodes below it. */
export function tell(heading, ...nodes) {
  const dialog = byId("detail-dialog");
  say(byId("detail-dialog-title"), heading);
  dialog.querySelector(".detail").replaceChildren(...nodes);
  dialog.showModal();
}

/** Does something with the button held down; true when it went well. A failure is said in `wrong`, or as news. */
export async function during(button, act, wrong) {
  if (button) button.disabled = true;
  try {
    await act();
    return true;
  } catch (error) {
    if (wrong) say(wrong, error.message);
    else news(error.message, true);
    return false;
  } finally {
    if (button) button.disabled = false;
  }
}

let fading;

/** Says something once, at the lower edge and to screen readers; it goes by itself. */
export function news(words, isBad = false) {
  const place = byId("news");
  place.classList.toggle("bad", isBad);
  place.replaceChildren(words);
  clearTimeout(fading);
  fading = setTimeout(() => place.replaceChildren(), isBad ? 15000 : 6000);
}

/** Names and values, one below the other; what has no value is left out. */
export function facts(pairs) {
  const list = el("dl", { class: "facts" });
  for (const [name, value] of pairs) {
    if (value != null && value !== "") list.append(el("dt", {}, name), el("dd", {}, value));
  }
  return list;
}
