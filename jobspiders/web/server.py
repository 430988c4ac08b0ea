"""Serves the app: the port, the scheduler in a thread beside it, and an end within ten seconds."""

from __future__ import annotations

import signal
import socket
import threading
from types import FrameType

import uvicorn

from jobspiders.errors import BadConfig
from jobspiders.web.app import make_app
from jobspiders.web.parts import Parts
from jobspiders.web.security import LARGEST, check_address

LAST_WORDS = 1  # seconds that requests have to finish when the server is to end


def bind(host: str, port: int, token: str | None) -> socket.socket:
    """A socket that listens. Raises BadConfig when it is open to others without a token, or cannot be had."""
    check_address(host, token)
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        listening = socket.create_server((host, port), family=family, backlog=2048)
    except (OSError, OverflowError) as error:
        raise BadConfig(f"cannot listen on {host} port {port}: {error}.") from None
    # asyncio does so only for sockets that it made; without it an answer waits 40 ms for the other side's ACK.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening


def serve(parts: Parts, listening: socket.socket) -> None:
    """Serve, and work the schedules off, until SIGTERM or Ctrl-C; the runs of this process end then, too."""
    stop = threading.Event()
    scheduler = threading.Thread(target=_schedule, args=(parts, stop), name="scheduler")
    server = _Server(parts, stop)
    # The server passes the signal on when it has ended, and nothing is to come of that.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: None)
    scheduler.start()
    try:
        server.run(sockets=[listening])
    finally:
        stop.set()
        scheduler.join()


def settings_for(parts: Parts) -> uvicorn.Config:
    """How the app is served."""
    return uvicorn.Config(
        make_app(parts),
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=LAST_WORDS,
        ws="websockets-sansio",
        ws_max_size=LARGEST,
        lifespan="off",
    )


class _Server(uvicorn.Server):
    """Has the children end while the last requests do."""

    def __init__(self, parts: Parts, stop: threading.Event) -> None:
        super().__init__(settings_for(parts))
        self._stop = stop

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """SIGTERM or Ctrl-C."""
        self._stop.set()
        super().handle_exit(sig, frame)


def _schedule(parts: Parts, stop: threading.Event) -> None:
    try:
        parts.loop.run_forever(stop)
    finally:
        parts.desk.close()
