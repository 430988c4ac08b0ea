"""Runs a server for `servers.py` and ends it when the process that asked for it is gone, however that one ended.

    guard.py UID GID FOLDER COMMAND …

Standard input is the line to that process: a byte is a signal to pass on to the server; its end is the order to end
the server and remove its folder. The kernel would tell as well (PDEATHSIG), but of the end of the thread that
started the server, which may come much earlier.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import signal
import subprocess
import sys
import threading
from typing import Any


def main() -> None:
    """Live as long as the server."""
    uid, gid, folder, *command = sys.argv[1:]
    user: dict[str, Any] = {"user": int(uid), "group": int(gid), "extra_groups": []} if os.geteuid() == 0 else {}
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that asked for the server
    # preexec_fn is unsafe beside threads only, and there are none yet.
    server = subprocess.Popen(command, stdin=subprocess.DEVNULL, preexec_fn=_die_with_parent, **user)  # noqa: PLW1509
    abandoned = threading.Event()
    threading.Thread(target=_leave_with, args=(server, abandoned), daemon=True).start()
    while order := sys.stdin.buffer.read(1):
        server.send_signal(order[0])
    abandoned.set()
    server.kill()
    server.wait()
    shutil.rmtree(folder, ignore_errors=True)


def _leave_with(server: subprocess.Popen[bytes], abandoned: threading.Event) -> None:
    code = server.wait()
    if not abandoned.is_set():
        os._exit(code & 0xFF)


def _die_with_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, int(signal.SIGKILL))


if __name__ == "__main__":
    main()
