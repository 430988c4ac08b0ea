// The line over which the server tells each second how things stand. It may drop: then it says so and tries again.

import { call, socketProtocols } from "./api.js";

const FIRST_WAIT = 1; // seconds, doubled at each failure
const LONGEST_WAIT = 30;
const SILENCE = 10; // a line that has said nothing for so long is dead, whatever TCP thinks

/** Calls `onSnapshot` with each snapshot, and `onState` with "trying", "live" or "lost" and when the next try is
 *  (milliseconds since 1970). Gives a function that tries at once. */
export function listen(onSnapshot, onState) {
  let socket,
    retry,
    silence,
    wait = FIRST_WAIT;

  function open() {
    clearTimeout(retry);
    onState("trying");
    const address = new URL("jobs/status", document.baseURI);
    address.protocol = address.protocol.replace("http", "ws");
    socket = new WebSocket(address, socketProtocols());
    socket.onmessage = ({ data }) => {
      wait = FIRST_WAIT;
      watch();
      onState("live");
      onSnapshot(JSON.parse(data));
    };
    socket.onclose = lost;
    watch();
  }

  function watch() {
    clearTimeout(silence);
    silence = setTimeout(lost, SILENCE * 1000);
  }

  function lost() {
    clearTimeout(silence);
    socket.onclose = socket.onmessage = null;
    socket.close();
    const pause = wait * (0.75 + Math.random() / 2) * 1000; // spread, so that many pages do not come back at once
    wait = Math.min(wait * 2, LONGEST_WAIT);
    onState("lost", Date.now() + pause);
    retry = setTimeout(again, pause);
  }

  /** A browser does not tell why a WebSocket was refused; a request tells, and asks for the token if need be. */
  async function again() {
    clearTimeout(retry);
    onState("trying");
    await call("GET", "scheduler/status").catch(() => null);
    open();
  }

  const hurry = () => socket.readyState >= WebSocket.CLOSING && again();
  addEventListener("online", hurry);
  document.addEventListener("visibilitychange", () => document.hidden || hurry());
  open();
  return hurry;
}
