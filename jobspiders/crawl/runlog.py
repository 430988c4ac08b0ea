"""Keeps the run's row in the store from its first moment to its verdict, and closes what a whole listing left out."""

from __future__ import annotations

import asyncio
import logging
import os
import socket
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider
from scrapy.settings import BaseSettings

from jobspiders.crawl.counts import Counts
from jobspiders.crawl.drift import Suspect
from jobspiders.crawl.hurry import Hurry
from jobspiders.crawl.lately import Lately
from jobspiders.crawl.outcome import Verdict, judge
from jobspiders.crawl.summary import summary
from jobspiders.errors import FrontierAway, StoreAway
from jobspiders.frontier.local import unfinished
from jobspiders.frontier.scheduler import shared
from jobspiders.items import Job, Outcome
from jobspiders.store.db import connect
from jobspiders.store.dispatch import Process, start
from jobspiders.store.jobs import close_unseen
from jobspiders.store.runs import Run, Status, begin, end, get, new_run_id, progress

logger = logging.getLogger(__name__)

Statistics = Mapping[str, Any]

GONE = "gone from the completely read listing"
EVERY = 5  # seconds between two notes of how far the run is


def run_id_for(board: str, settings: BaseSettings) -> str:
    """The id that was given (`RUN_ID`), or that of the crawl which was cut off in this `JOBDIR`, or a new one."""
    if settings["RUN_ID"]:
        return str(settings["RUN_ID"])
    run_id = new_run_id(board, datetime.now(UTC))
    if folder := settings["JOBDIR"]:
        kept = Path(folder) / "run_id"
        if kept.exists() and unfinished(folder):
            return kept.read_text()
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(run_id)
    return run_id


class RunLog:
    """Extension: the run's id, its row, its verdict.

    The verdict also goes into the stats (`run/outcome`, `run/status`, `run/summary`), where commands read it.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._stats = crawler.stats
        self._is_shared = bool(crawler.settings["REDIS_URL"])
        self._engine = connect(crawler.settings["DATABASE_URL"])
        self._suspect = Suspect(crawler)
        self._lately = Lately(crawler)
        self._noting: asyncio.Task[None] | None = None
        self._hurrying: asyncio.Task[None] | None = None
        crawler.signals.connect(self._opened, signals.spider_opened)
        crawler.signals.connect(self._scraped, signals.item_scraped)
        crawler.signals.connect(self._item_error, signals.item_error)
        crawler.signals.connect(self._closed, signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RunLog:
        """The log of this crawl's run, which has its id (setting `RUN_ID`) from now on."""
        run_id = run_id_for(crawler.spidercls.name, crawler.settings)
        crawler.settings.set("RUN_ID", run_id, priority="cmdline")
        return cls(crawler)

    async def _opened(self, spider: Any) -> None:
        if self._is_shared and shared(self._crawler).refused:
            return
        self._spider, settings = spider, self._crawler.settings
        run_id = shared(self._crawler).run_id if self._is_shared else settings["RUN_ID"]
        earlier = await asyncio.to_thread(get, self._engine, run_id)
        self._run = self._describe(run_id, earlier)
        for argument in self._run.ignored:
            logger.warning("cannot be honoured: %s", argument)
        if not (self._is_shared and shared(self._crawler).too_late):
            if not await asyncio.to_thread(self._enter, earlier):
                logger.warning("run %s is not to go on: it was cancelled, or is another process's", run_id)
                raise CloseSpider("cancelled")
            await asyncio.to_thread(begin, self._engine, self._run)
        self._noting = asyncio.create_task(self._note())
        self._noting.add_done_callback(_tell_of_failure)
        if not self._is_shared and not settings["JOBDIR"]:
            self._hurry = Hurry(self._crawler)
            self._hurrying = asyncio.create_task(self._hurry.watch())

    def _describe(self, run_id: str, earlier: Run | None) -> Run:
        spider, settings = self._spider, self._crawler.settings
        job = getattr(spider, "scrapyd_job", None)
        return Run(
            run_id=run_id,
            site_name=spider.name,
            trigger=settings.get("RUN_TRIGGER", "manual"),
            launcher=settings.get("RUN_LAUNCHER") or ("scrapyd" if job else None),
            task_id=job,
            search=spider.search.asked(),
            ignored=[f"{argument}: {why}" for argument, why in spider.asked.ignored.items()],
            started_at=(earlier and earlier.started_at) or datetime.now(UTC),
            host=socket.gethostname(),
            pid=os.getpid(),
            managed=earlier is not None and earlier.managed,
        )

    def _enter(self, queued: Run | None) -> bool:
        """False when the control plane has queued this run, but does not want it any more, or not from us."""
        run = self._run
        if queued is None or not queued.managed:
            return True
        assert run.host is not None
        assert run.pid is not None
        if start(self._engine, run.run_id, Process(run.host, run.pid)):
            return True
        now = get(self._engine, run.run_id)
        return self._is_shared and now is not None and not now.status.ended

    def _scraped(self, item: Any) -> None:
        if isinstance(item, Job):
            self._stats.inc_value("fill/jobs")
            for name in self._spider.expect.fields:
                if getattr(item, name) not in (None, "", []):
                    self._stats.inc_value(f"fill/of/{name}")

    def _item_error(self, failure: Any) -> None:
        self._stats.inc_value("jobs/unstored")
        if failure.check(StoreAway):
            # What was not stored is not done: its requests are still in the queue for the next run.
            self._close("database_away")

    def _close(self, reason: str) -> None:
        engine = self._crawler.engine
        if engine is not None and engine.running:
            self._closing = asyncio.ensure_future(engine.close_spider_async(reason=reason))

    async def _note(self) -> None:
        refusals = 0
        # Of a shared run that has ended another worker may have noted the end, while this one is about to leave.
        while refusals <= self._is_shared:
            await asyncio.sleep(EVERY)
            # The writer and the frontier tell of absences, and wait.
            with suppress(FrontierAway):
                self._fill_in({**await self._statistics(), **self._lately.facts()})
            with suppress(StoreAway):
                refusals = 0 if await asyncio.to_thread(progress, self._engine, self._run) else refusals + 1
        logger.warning("run %s is to end", self._run.run_id)
        if self._hurrying:
            self._hurry.is_cancelled = True
        self._close("cancelled")

    async def _closed(self, spider: Any, reason: str) -> None:
        if self._is_shared and shared(self._crawler).refused:
            return
        for task in filter(None, (self._noting, self._hurrying)):
            task.cancel()
        stats = await self._statistics()
        verdict = self._judge(reason, stats)
        self._run.finished_at = datetime.now(UTC)
        if verdict.outcome is Outcome.DRIFTED:
            self._run.message = await asyncio.to_thread(self._suspect.keep, spider.name)
        if self._noting and await self._ends_run(reason):
            if self._is_evidence(verdict, stats):
                closed = await asyncio.to_thread(self._close_unseen)
                stats = {**stats, "jobs/closed": stats.get("jobs/closed", 0) + closed}
            await self._end(verdict, stats)
        self._tell(verdict, stats)
        self._engine.dispose()

    async def _ends_run(self, reason: str) -> bool:
        """True when it falls to this process to note the run's end. What the control plane began in a shared queue goes
        on with the next worker, as after a restart of all of them.
        """
        if not self._is_shared:
            return True
        queue = shared(self._crawler)
        if not queue.closes_run or (self._run.managed and reason == "shutdown"):
            return False
        if queue.may_be_noted:
            # Unless our beginning was noted after another worker's end, the row has its verdict.
            stored = await asyncio.to_thread(get, self._engine, self._run.run_id)
            return stored is not None and not stored.status.ended
        return True

    async def _end(self, verdict: Verdict, stats: Statistics) -> None:
        run = self._run
        self._fill_in(stats)
        run.status, run.outcome, run.reason = Status(verdict.status), verdict.outcome, verdict.reason
        try:
            await asyncio.to_thread(end, self._engine, run)
        except StoreAway as away:
            logger.error("the end of run %s could not be noted: %s", run.run_id, away)

    async def _statistics(self) -> Statistics:
        """Scrapy's statistics; with a shared queue, those of all workers of the run. Raises FrontierAway."""
        return await shared(self._crawler).statistics() if self._is_shared else self._stats.get_stats()

    def _judge(self, reason: str, stats: Statistics) -> Verdict:
        jobs, names = stats.get("fill/jobs", 0), self._spider.expect.fields
        fill = {name: stats.get(f"fill/of/{name}", 0) / jobs for name in names} if jobs else {}
        everything = not self._spider.search.asked()
        return judge(Counts.of(stats), fill, self._spider.expect, reason, everything)

    def _is_evidence(self, verdict: Verdict, stats: Statistics) -> bool:
        """True when a job that was not seen is gone: the board's whole listing was read, and nothing of it lost."""
        counts, spider = Counts.of(stats), self._spider
        whole = spider.whole_listing and not spider.search.asked()
        return verdict.outcome is Outcome.COMPLETE and whole and counts.is_whole

    def _close_unseen(self) -> int:
        run = self._run
        assert run.started_at is not None
        return close_unseen(self._engine, run.site_name, run.started_at, run.run_id, GONE)

    def _fill_in(self, stats: Statistics) -> None:
        run = self._run
        counts = Counts.of(stats)
        run.requested_pages, run.completed_pages = counts.requests, counts.responses
        run.found, run.new, run.changed, run.unchanged = counts.found, counts.new, counts.changed, counts.unchanged
        run.closed, run.errors = counts.closed, counts.failed
        run.stats = {key: value for key, value in stats.items() if isinstance(value, int | float | str)}

    def _tell(self, verdict: Verdict, stats: Statistics) -> None:
        assert self._run.started_at is not None
        assert self._run.finished_at is not None
        seconds = (self._run.finished_at - self._run.started_at).total_seconds()
        counts = Counts.of(stats)
        words = summary(self._run.site_name, verdict, counts, self._spider.asked.ignored, seconds)
        words += f"\n  {self._run.message}" if self._run.message else ""
        for name, value in (("outcome", verdict.outcome), ("status", verdict.status), ("summary", words)):
            self._stats.set_value(f"run/{name}", str(value))
        said = {"event": "run_ended", "run_id": self._run.run_id, "status": str(verdict.status)}
        logger.info(words, extra={**said, "outcome": str(verdict.outcome), "reason": verdict.reason})


def _tell_of_failure(noting: asyncio.Task[None]) -> None:
    if not noting.cancelled() and (error := noting.exception()):
        logger.critical("nobody will see any more how far the run is", exc_info=error)
