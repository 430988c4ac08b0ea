"""A line to Redis that can be made slow, and cut in the middle of what goes over it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Line:
    """Passes on what comes to `port`; `delay` is in seconds, for each direction."""

    def __init__(self, target: int) -> None:
        self.target = target
        self.delay = 0.0
        self.port = 0
        self.loop = asyncio.new_event_loop()
        self.writers: set[asyncio.StreamWriter] = set()
        self.deaf = False

    def cut(self, *, deaf: bool = False) -> None:
        """Ends all connections. With `deaf`, what is asked from now on arrives, but the answers do not."""
        self.loop.call_soon_threadsafe(lambda: self._cut(deaf=deaf))

    def _cut(self, *, deaf: bool) -> None:
        self.deaf = deaf
        if not deaf:
            for writer in self.writers:
                writer.transport.abort()

    async def open(self) -> None:
        self.server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self.server.sockets[0].getsockname()[1]

    async def close(self) -> None:
        self.server.close()
        self._cut(deaf=False)
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        await asyncio.wait(tasks) if tasks else None

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        other_reader, other_writer = await asyncio.open_connection("127.0.0.1", self.target)
        self.writers |= {writer, other_writer}
        await asyncio.gather(
            self._pass(reader, other_writer, answers=False), self._pass(other_reader, writer, answers=True)
        )
        self.writers -= {writer, other_writer}

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, answers: bool) -> None:
        try:
            while data := await reader.read(1 << 16):
                if answers and self.deaf:
                    self._cut(deaf=False)
                    return
                if self.delay:
                    await asyncio.sleep(self.delay)
                writer.write(data)
        except OSError:
            pass
        finally:
            writer.close()


@contextmanager
def line_to(port: int) -> Iterator[Line]:
    """A line to `port` of this machine, served by a thread."""
    line = Line(port)
    line.loop.run_until_complete(line.open())
    thread = threading.Thread(target=line.loop.run_forever)
    thread.start()
    try:
        yield line
    finally:
        asyncio.run_coroutine_threadsafe(line.close(), line.loop).result(10)
        line.loop.call_soon_threadsafe(line.loop.stop)
        thread.join()
        line.loop.close()
