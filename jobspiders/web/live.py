"""`WS /jobs/status`: a snapshot each second, made once for all who listen, and not at all when nobody does."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress

from fastapi import APIRouter, WebSocket, WebSocketDisconnect

from jobspiders.web.security import PROTOCOL

EVERY = 1.0  # seconds between two snapshots
MOST = 200  # listeners at once

router = APIRouter(prefix="/jobs")


class Live:
    """Those who listen, and the task that works for all of them."""

    def __init__(self, look: Callable[[], str]) -> None:
        self._look = look
        self._news = asyncio.Condition()
        self._latest = ""
        self._number = 0
        self._listeners = 0
        self._task: asyncio.Task[None] | None = None

    async def listen(self, socket: WebSocket) -> None:
        """Send snapshots until the other side goes; who is slow misses some. Raises what went wrong with a look."""
        self._listeners += 1
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._work())
        work, own = self._task, [asyncio.create_task(_gone(socket)), asyncio.create_task(self._send(socket))]
        try:
            await asyncio.wait([work, *own], return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._listeners -= 1
            for task in own:
                task.cancel()
            await asyncio.gather(*own, return_exceptions=True)
        if work.done():
            work.result()

    @property
    def is_full(self) -> bool:
        """True when nobody else may listen."""
        return self._listeners >= MOST

    async def _send(self, socket: WebSocket) -> None:
        number = 0
        while True:
            async with self._news:
                await self._news.wait_for(lambda: self._number > number)  # noqa: B023 - evaluated at once
                number, text = self._number, self._latest
            await socket.send_text(text)

    async def _work(self) -> None:
        while self._listeners:
            began = asyncio.get_running_loop().time()
            latest = await asyncio.to_thread(self._look)
            async with self._news:
                self._latest, self._number = latest, self._number + 1
                self._news.notify_all()
            await asyncio.sleep(max(0.0, began + EVERY - asyncio.get_running_loop().time()))


async def _gone(socket: WebSocket) -> None:
    """Come back when the other side has gone; nothing that it says is expected."""
    with suppress(WebSocketDisconnect):
        while True:
            await socket.receive_text()


@router.websocket("/status")
async def status(socket: WebSocket) -> None:
    """Health, runs, queues and workers, each second, as JSON."""
    live: Live = socket.app.state.live
    if live.is_full:
        await socket.close(1013, "too many listen")
        return
    offered = socket.scope.get("subprotocols", [])
    await socket.accept(PROTOCOL if PROTOCOL in offered else None)
    await live.listen(socket)
