"""The boards on one port of loopback, told apart by the Host header, and the switches of the simulation.

`/__sim__/faults` (GET; PUT a JSON list of faults: those and no others from now on; DELETE), `/__sim__/log`
(every request so far; `?since=` a monotonic time), `/__sim__/health`.
"""

from __future__ import annotations

import asyncio
import json
import socket
import struct
import time
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from aiohttp import web

from jobspiders.simboards.board import SERIAL, Answer, Asked, Board, Site, open_site
from jobspiders.simboards.boards import BOARDS, HOSTS
from jobspiders.simboards.faults import BadFault, Duty, Fault, answer, read_fault

SWITCHES = "/__sim__/"
LOG_LENGTH = 1_000_000
MARK = str(SERIAL).encode()
LINGER_NOT = struct.pack("ii", 1, 0)


@dataclass(frozen=True, slots=True)
class Seen:
    """A request that came in: `at` in seconds of the system's monotonic clock; status 0 is no answer at all."""

    at: float
    board: str
    method: str
    path: str
    status: int
    fault: str | None = None


@dataclass(slots=True)
class Simulation:
    """The boards with `size` jobs each as they stand at `now`, every answer `latency` seconds late."""

    size: int
    seed: int
    now: datetime
    latency: float = 0.0
    duties: list[Duty] = field(default_factory=list)
    log: deque[Seen] = field(default_factory=lambda: deque(maxlen=LOG_LENGTH))
    sites: dict[str, Site] = field(default_factory=dict)
    served: int = 0

    def put_faults(self, texts: Iterable[str]) -> None:
        """Puts these faults in force, and no others. Raises BadFault and changes nothing for one that is none."""
        self.duties = [Duty(read_fault(text, BOARDS)) for text in texts]

    async def handle(self, request: web.BaseRequest) -> web.StreamResponse:
        """The answer to a request for a board, or to one for the simulation's own switches."""
        if request.path.startswith(SWITCHES):
            return await self._switch(request)
        at = time.monotonic()
        host = request.host.partition(":")[0].lower()
        board = HOSTS.get(host)
        if board is None:
            return web.Response(status=421, text=f"No simboard plays {host!r}.\n")
        body = await request.read() if request.body_exists else b""
        asked = Asked(request.method, host, request.path, dict(request.query.items()), body, request.headers)
        duty = next((duty for duty in self.duties if duty.strikes(board, asked, request.path_qs)), None)
        fault = duty.fault if duty else None
        delay = self.latency + (fault.seconds if fault and fault.kind == "slow" else 0)
        if delay:
            await asyncio.sleep(delay)
        ready = answer(board, self._site(board, host), asked, fault)
        cause = fault.kind if fault else None
        status = 0 if cause == "reset" else ready.status
        self.log.append(Seen(at, board.name, asked.method, request.path_qs, status, cause))
        return await self._sent(request, ready, fault)

    def _site(self, board: Board, host: str) -> Site:
        if host not in self.sites:
            self.sites[host] = open_site(board.name, board.hosts[host], self.size, self.seed, self.now)
        return self.sites[host]

    async def _sent(self, request: web.BaseRequest, ready: Answer, fault: Fault | None) -> web.StreamResponse:
        self.served += 1
        body = ready.body.replace(MARK, str(self.served).encode())
        headers = {**ready.headers, "Content-Type": ready.content_type}
        if fault and fault.kind == "reset":
            return _reset(request)
        if fault and fault.kind == "cut":
            return await _cut(request, ready.status, headers, body)
        return web.Response(body=body, status=ready.status, headers=headers)

    async def _switch(self, request: web.BaseRequest) -> web.Response:
        name, method = request.path.removeprefix(SWITCHES), request.method
        if name == "health":
            return web.json_response({"boards": list(BOARDS), "jobs": self.size, "served": self.served})
        if name == "log":
            since = float(request.query.get("since", "-inf"))
            return web.json_response([_row(seen) for seen in self.log if seen.at > since])
        if name != "faults":
            return web.json_response({"error": "There are faults, log and health."}, status=404)
        if method in {"PUT", "DELETE"}:
            try:
                self.put_faults(json.loads(await request.read()) if method == "PUT" else ())
            except (BadFault, ValueError, TypeError) as error:
                return web.json_response({"error": str(error)}, status=400)
        shown = [{"fault": str(duty.fault), "met": duty.met, "struck": duty.struck} for duty in self.duties]
        return web.json_response(shown)


def _row(seen: Seen) -> dict[str, Any]:
    return {name: getattr(seen, name) for name in Seen.__slots__}


def _reset(request: web.BaseRequest) -> web.StreamResponse:
    """Closes the connection in the way that the other side sees as a reset."""
    if request.transport:
        raw: socket.socket = request.transport.get_extra_info("socket")
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, LINGER_NOT)
        request.transport.abort()
    return web.Response(status=500)


async def _cut(request: web.BaseRequest, status: int, headers: dict[str, str], body: bytes) -> web.StreamResponse:
    """Announces the whole body, sends half of it and closes the connection."""
    response = web.StreamResponse(status=status, headers={**headers, "Content-Length": str(len(body) + 1)})
    response.force_close()
    await response.prepare(request)
    await response.write(body[: len(body) // 2])
    return response


async def serve(simulation: Simulation, port: int = 0) -> tuple[web.ServerRunner, int]:
    """Starts serving on 127.0.0.1; port 0 takes a free one. Returns the runner, to be cleaned up, and the port."""
    # Whoever still waits for an answer is gone by the time that the boards are closed.
    runner = web.ServerRunner(web.Server(simulation.handle, access_log=None), shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", port)
    await site.start()
    return runner, int(runner.addresses[0][1])
