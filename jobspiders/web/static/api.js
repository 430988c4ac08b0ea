// Asks the server. Where it wants a token, the token is asked for once and kept as long as the tab.

import { byId, say } from "./dom.js";

const KEPT = "jobspiders-token";

const AWAY = "the server does not answer.";

/** What the server answers, as plain data; null for an empty answer. `path` is relative to the page. Throws an Error
 *  with the server's own words for a refusal. */
export async function call(method, path, body) {
  const headers = new Headers();
  if (body !== undefined) headers.set("Content-Type", "application/json");
  const token = sessionStorage.getItem(KEPT);
  if (token) headers.set("Authorization", `Bearer ${token}`);
  const answer = await fetch(path, { method, headers, body: JSON.stringify(body) }).catch(() => {
    throw new Error(AWAY);
  });
  if (answer.status === 401) {
    await askToken(token);
    return call(method, path, body);
  }
  if (!answer.ok) throw new Error((await answer.json().catch(() => ({}))).detail ?? AWAY);
  return answer.status === 204 ? null : answer.json();
}

/** Path segments and a query made of `values`; what is null or empty is left out. */
export function query(path, values) {
  const given = Object.entries(values).filter(([, value]) => value != null && value !== "" && value !== false);
  return given.length ? `${path}?${new URLSearchParams(given)}` : path;
}

/** A browser can't send headers with a WebSocket: the token goes as its second protocol. */
export function socketProtocols() {
  const token = sessionStorage.getItem(KEPT);
  if (!token) return ["jobspiders"];
  const bytes = String.fromCharCode(...new TextEncoder().encode(token));
  return ["jobspiders", `bearer.${btoa(bytes).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "")}`];
}

let asking = null;

/** Resolves when there is another token than `refused`; all who wait share one dialog. */
function askToken(refused) {
  if (sessionStorage.getItem(KEPT) !== refused) return Promise.resolve();
  asking ??= new Promise((resolve) => {
    const dialog = byId("token-dialog");
    const form = dialog.querySelector("form");
    say(dialog.querySelector(".wrong"), refused ? "That is not this server's token." : "");
    dialog.oncancel = (event) => event.preventDefault(); // there is nothing behind it
    form.onsubmit = () => {
      sessionStorage.setItem(KEPT, form.token.value.trim());
      form.reset();
      asking = null;
      resolve();
    };
    dialog.showModal();
  });
  return asking;
}
