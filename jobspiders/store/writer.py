"""Gathers records into commits: whatever arrives while one commit is under way goes into the next.

No timer is needed: a lone record is committed at once, and the busier the crawl, the larger the batches.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import TypeVar

from sqlalchemy import Engine

from jobspiders.errors import StoreAway
from jobspiders.store.db import connect
from jobspiders.store.jobs import Record, Verdict, save

log = logging.getLogger(__name__)

T = TypeVar("T")
Waiting = tuple[Record, asyncio.Future[Verdict]]

AT_MOST = 1000  # records in one commit
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0  # seconds between two tries while the database is away


class Writer:
    """Stores records for the coroutines of one event loop, from one thread of its own.

    While the database is away everything waits; after `give_up_after` seconds of that, and from then on, `write`
    raises StoreAway.
    """

    def __init__(self, url: str, run_id: str | None, give_up_after: float = 600) -> None:
        self._url = url
        self.run_id = run_id
        self._give_up_after = give_up_after
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="store")
        self._engine: Engine | None = None
        self._waiting: deque[Waiting] = deque()
        self._committing: asyncio.Task[None] | None = None
        self._away: str | None = None  # why we gave up

    async def open(self) -> None:
        """Connect and migrate, without blocking the event loop. Raises BadConfig, or StoreAway in the end."""
        self._engine = await self._patiently(lambda: connect(self._url))

    async def write(self, record: Record) -> Verdict:
        """Come back when `record` is committed. Raises StoreAway, or what the database finds wrong with this record."""
        if self._away:
            raise StoreAway(self._away)
        outcome: asyncio.Future[Verdict] = asyncio.get_running_loop().create_future()
        self._waiting.append((record, outcome))
        if self._committing is None or self._committing.done():
            self._committing = asyncio.create_task(self._commit_all())
        return await outcome

    async def close(self) -> None:
        """Commit what waits, then disconnect."""
        if self._committing:
            await asyncio.wait({self._committing})
        self._thread.shutdown()
        if self._engine:
            self._engine.dispose()

    async def _commit_all(self) -> None:
        while self._waiting:
            await self._commit([self._waiting.popleft() for _ in range(min(AT_MOST, len(self._waiting)))])

    async def _commit(self, batch: list[Waiting]) -> None:
        at = datetime.now(UTC)
        records = [record for record, _ in batch]
        task = asyncio.ensure_future(self._patiently(lambda: self._save(records, at)))
        await asyncio.wait({task})
        error = task.exception()
        if error is None:
            for (_, outcome), verdict in zip(batch, task.result(), strict=True):
                if not outcome.done():  # its coroutine may have been cancelled
                    outcome.set_result(verdict)
        elif self._away or len(batch) == 1:
            for _, outcome in batch:
                if not outcome.done():
                    outcome.set_exception(StoreAway(self._away) if self._away else error)
        else:  # one bad record must not take the others with it
            half = len(batch) // 2
            await self._commit(batch[:half])
            await self._commit(batch[half:])

    def _save(self, records: list[Record], at: datetime) -> list[Verdict]:
        assert self._engine, "open() comes first"
        return save(self._engine, records, self.run_id, at)

    async def _patiently(self, work: Callable[[], T]) -> T:
        """What `work` returns, done in the store's thread; while it raises StoreAway, again after growing pauses."""
        until, pause = time.monotonic() + self._give_up_after, FIRST_PAUSE
        while not self._away:
            try:
                return await asyncio.get_running_loop().run_in_executor(self._thread, work)
            except StoreAway as error:
                if time.monotonic() + pause > until:
                    log.error("%s; given up after %.0f s", error, self._give_up_after)
                    self._away = str(error)
                    break
                log.warning("%s; the crawl waits, next try in %.1f s", error, pause)
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)
        raise StoreAway(self._away)
