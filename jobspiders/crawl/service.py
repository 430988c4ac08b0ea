"""Serves the shared queues of several boards in one process: a crawl begins where work waits, and ends with its run."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
from collections.abc import Sequence
from time import monotonic, time
from typing import Any

from scrapy.crawler import AsyncCrawlerProcess, Crawler
from sqlalchemy import Engine

from jobspiders.errors import FrontierAway, JobspidersError, StoreAway
from jobspiders.frontier import idle
from jobspiders.frontier.idle import Idle
from jobspiders.frontier.keys import Keys
from jobspiders.frontier.records import this_worker
from jobspiders.frontier.scripts import connect
from jobspiders.frontier.waiting import Work, look
from jobspiders.store.runs import get

logger = logging.getLogger(__name__)

EVERY = 1.0  # seconds between two looks, which are one round trip for all boards
PAUSE = 10.0  # seconds before a run is joined again that was left before its end
GIVE_UP = 9.0  # seconds that the crawls have to end when the process is told to


class Service:
    """A worker for the boards `names`, in the process of Scrapy's that a command has."""

    def __init__(self, process: AsyncCrawlerProcess, engine: Engine, names: Sequence[str]) -> None:
        self._process = process
        self._engine = engine
        settings = process.settings
        self._prefix: str = settings["REDIS_PREFIX"]
        self._client = connect(settings["REDIS_URL"])
        self._keys = {name: Keys(name, self._prefix) for name in names}
        self._idle_since, self._say = time(), 0.0
        self._crawls: dict[str, Crawler] = {}
        self._left: dict[str, float] = {}  # run -> the moment at which it was left
        self._stopping = self._is_broken = False

    def run(self, keeper: int | None = None) -> bool:
        """Serve until SIGTERM or SIGINT; a second one ends the process at once. False when something broke instead.

        `keeper` is the file descriptor of a pipe from whoever keeps this worker: its end is an order to end, too.
        """
        loop = asyncio.get_event_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._stop)
        if keeper is not None:
            loop.add_reader(keeper, self._heard, keeper)
        serving = loop.create_task(self._serve())
        serving.add_done_callback(self._over)
        self._process.start(stop_after_crawl=False, install_signal_handlers=False)
        return not self._is_broken

    async def _serve(self) -> None:
        logger.info("serving %s", ", ".join(self._keys))
        is_away = False
        while not self._stopping:
            try:
                others = [self._keys[name] for name in self._keys if name not in self._crawls]
                found = await look(self._client, others, self._waits())
            except FrontierAway as error:
                if not is_away:
                    logger.error("Redis is away: %s", error)
                is_away, found = True, []
            else:
                is_away = False
            self._left = {name: at for name, at in self._left.items() if monotonic() - at < PAUSE}
            for work in found:
                if (work.run_id or work.board) not in self._left:
                    await self._begin(work)
            await asyncio.sleep(EVERY)

    def _waits(self) -> Idle | None:
        """Something to say, every few seconds, while there is nothing to do."""
        if self._crawls or monotonic() < self._say:
            return None
        self._say = monotonic() + idle.EVERY
        return Idle(this_worker(), self._idle_since)

    async def _begin(self, work: Work) -> None:
        given: dict[str, Any] = {"FRONTIER_SEEDS": False}
        if work.run_id is not None:
            try:
                run = await asyncio.to_thread(get, self._engine, work.run_id)
            except StoreAway as away:
                logger.warning("%s waits: %s", work.board, away)
                return
            if run is not None and run.managed and run.status.ended:  # whoever begins the next one frees the queue
                self._left[work.run_id] = monotonic()
                return
            given = {**(run.settings if run else {}), "RUN_ID": work.run_id}
        if self._stopping:
            return
        crawler = self._process.create_crawler(work.board)
        # Above the command line's 40, which Scrapy merges into the crawler's settings once more.
        crawler.settings.update(given, priority=50)
        self._crawls[work.board] = crawler
        task = self._process.crawl(crawler, **work.arguments)
        task.add_done_callback(lambda done: self._ended(work, crawler, done))

    def _ended(self, work: Work, crawler: Crawler, task: asyncio.Task[None]) -> None:
        del self._crawls[work.board]
        self._idle_since, self._say = time(), 0.0
        error = None if task.cancelled() else task.exception()
        if isinstance(error, JobspidersError):
            logger.error("%s: %s", work.board, error)
        elif error is not None:
            logger.error("%s: %s", work.board, error, exc_info=error)
        stats = crawler.stats
        if error is not None or stats is None or stats.get_value("finish_reason") != "finished":
            self._left[work.run_id or work.board] = monotonic()

    def _over(self, serving: asyncio.Task[None]) -> None:
        if not serving.cancelled() and (error := serving.exception()):
            logger.critical("this worker's task failed", exc_info=error)
            self._is_broken = True
            self._stop()

    def _heard(self, keeper: int) -> None:
        if not os.read(keeper, 4096):
            asyncio.get_event_loop().remove_reader(keeper)
            if not self._stopping:
                logger.warning("whoever started this worker is gone")
                self._stop()

    def _stop(self) -> None:
        from twisted.internet import reactor

        if self._stopping:
            with contextlib.suppress(RuntimeError):  # it has stopped
                reactor.stop()  # type: ignore[misc]
            return
        self._stopping = True
        logger.info("told to end: %d crawls hand back what they hold", len(self._crawls))
        self._ending = asyncio.ensure_future(self._end())

    async def _end(self) -> None:
        from twisted.internet import reactor

        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(GIVE_UP):
                await self._process.stop()
                await self._process.join()
        with contextlib.suppress(FrontierAway):
            await idle.end(self._client, self._prefix, this_worker())
        await self._client.aclose()
        with contextlib.suppress(RuntimeError):  # a crawl that did not end in time has stopped it
            reactor.stop()  # type: ignore[misc]
