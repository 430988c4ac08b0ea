"""A line to a server that can be cut, made deaf and taken away; nothing on the server's side is touched."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from typing import Any

PATIENCE = 10.0  # seconds for the line to do what it is told


class Line:
    """Passes on what comes to `port` of loopback; served by a thread of its own. Calls come back when it is done."""

    def __init__(self, host: str, port: int) -> None:
        self._target = host, port
        self._loop = asyncio.new_event_loop()
        self._writers: set[asyncio.StreamWriter] = set()
        self._deaf = self._is_down = False
        self.port = 0

    def cut(self, *, deaf: bool = False) -> None:
        """End all connections; with `deaf`, each with its next answer: what was asked is done, and nobody knows."""
        self._do(self._cut(deaf=deaf))

    def down(self) -> None:
        """End all connections, and all that come until `up`."""
        self._is_down = True
        self._do(self._cut())

    def up(self) -> None:
        """Take connections again."""
        self._is_down = False

    @contextmanager
    def served(self) -> Iterator[Line]:
        """The line, while it is there."""
        thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        thread.start()
        try:
            self._do(self._open())
            yield self
        finally:
            self._do(self._end())
            self._loop.call_soon_threadsafe(self._loop.stop)
            thread.join()
            self._loop.close()

    def _do(self, coroutine: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(PATIENCE)

    async def _cut(self, *, deaf: bool = False) -> None:
        self._deaf = deaf
        if not deaf:
            for writer in self._writers:
                writer.transport.abort()

    async def _open(self) -> None:
        self._server = await asyncio.start_server(self._accept, "127.0.0.1")
        self.port = self._server.sockets[0].getsockname()[1]

    async def _end(self) -> None:
        self._server.close()
        await self._cut()
        if tasks := asyncio.all_tasks() - {asyncio.current_task()}:
            await asyncio.wait(tasks)

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._is_down:
            writer.transport.abort()
            return
        self._writers.add(writer)
        task = asyncio.ensure_future(self._serve(reader, writer))
        task.add_done_callback(lambda _: self._writers.discard(writer))

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            far_reader, far_writer = await asyncio.open_connection(*self._target)
        except OSError:  # the server is away: so is its line
            writer.transport.abort()
            return
        self._writers.add(far_writer)
        if writer.transport.is_closing():  # cut meanwhile
            far_writer.transport.abort()
        await asyncio.gather(self._pass(reader, far_writer), self._pass(far_reader, writer, answers=True))
        self._writers.discard(far_writer)

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, answers: bool = False) -> None:
        with contextlib.suppress(OSError):
            while data := await reader.read(1 << 16):
                if answers and self._deaf:
                    await self._cut()
                    break
                writer.write(data)
                await writer.drain()
        writer.close()
