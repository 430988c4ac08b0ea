"""A crawl's share of a queue in Redis: Scrapy's scheduler for any number of processes.

What the engine asks is answered from memory, at once; `pump.py` talks with Redis meanwhile. A request is acknowledged
when the engine is through with it: its page parsed, what came of it on its way before it, its items stored.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
import uuid
from collections.abc import Mapping
from time import monotonic, time
from typing import Any

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider
from scrapy.utils.defer import deferred_from_coro
from twisted.internet.defer import Deferred

from jobspiders.errors import FrontierAway, JobspidersError
from jobspiders.frontier.done import watch
from jobspiders.frontier.endings import Endings
from jobspiders.frontier.engine import Engine
from jobspiders.frontier.growth import Grown, Growth
from jobspiders.frontier.hands import Hands
from jobspiders.frontier.keys import Keys
from jobspiders.frontier.limiter import Limiter
from jobspiders.frontier.outbox import Outbox
from jobspiders.frontier.pump import Pump
from jobspiders.frontier.queue import Queue, refuse
from jobspiders.frontier.records import Joined, Outlook, Pace, Terms, this_worker
from jobspiders.frontier.seeding import Seeding
from jobspiders.frontier.seen import place, seed_place
from jobspiders.frontier.serializer import DELAY, dumps
from jobspiders.frontier.shutdown import Shutdown
from jobspiders.frontier.supply import Supply

logger = logging.getLogger(__name__)

START_PATIENCE, CLOSE_PATIENCE = 60.0, 2.0  # seconds that Redis may be away when a crawl opens, and when it closes


class SharedQueue:
    """The scheduler of one crawl, with the methods of Scrapy's and of scrapy-redis' own.

    `run_id` is the run's in which it takes part, known from `open` on, as are `too_late` (that run had ended before)
    and `refused` (why it takes part in none; the crawl is closed then).
    `closes_run`, known from `close` on, tells that it falls to this worker to note the run's end: the run ended with
    it, or it was the last to leave. `may_be_noted`: in that case, another one may have noted it.
    """

    def __init__(self, crawler: Crawler) -> None:
        settings = crawler.settings
        assert crawler.stats is not None, "Scrapy has statistics before it has a scheduler"
        self._crawler = crawler
        self._stats = crawler.stats
        keys = Keys(crawler.spidercls.name, settings.get("REDIS_PREFIX", ""))
        terms, pace = Terms.of(settings), Pace.of(settings)
        self._queue = Queue.at(settings["REDIS_URL"], keys, uuid.uuid4().hex, terms, pace)
        self.outbox = Outbox()
        self.hands = Hands()
        self.outlook = Outlook()
        self.growth = Growth(crawler.stats)
        self.seeding = Seeding(self.outbox, self.outlook)
        self.limiter = Limiter(self._queue, self.hands, self.outlook)
        self.has_seeds = settings.getbool("FRONTIER_SEEDS", True)
        self._linger = settings.getfloat("SCHEDULER_IDLE_BEFORE_CLOSE")
        self._pump = Pump(self._queue, self, crawler.stats)
        self._since, self._busy, self._url = time(), monotonic(), ""
        self.run_id: str = settings["RUN_ID"] or secrets.token_hex(8)
        self.too_late = self.closes_run = self.may_be_noted = False
        self.refused: JobspidersError | None = None
        self._totals: Grown | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> SharedQueue:
        """The share of this crawl."""
        return cls(crawler)

    # What Scrapy asks.

    def open(self, spider: Spider) -> Deferred[None]:
        """Come to the board's run, or begin one. When Redis is away for a minute, or a run is in the way, the crawl is
        closed once it is opened.
        """
        return deferred_from_coro(self._open(spider))

    def close(self, reason: str) -> Deferred[None]:  # noqa: ARG002 - Scrapy's interface
        """Hand over what is done, give back what is not. What waits for others stays."""
        return deferred_from_coro(self._close())

    def flush(self) -> Deferred[None]:
        """Empty the queue and forget what was seen, for all workers."""
        return deferred_from_coro(self._queue.flush())

    def enqueue_request(self, request: Request) -> bool:
        """Take the request; False when it cannot be written down. Whether it was seen before is known later."""
        delay = request.meta.pop(DELAY, 0)
        try:
            text = dumps(request, self._spider).encode()
            member = self._place(request, text)
        except (TypeError, ValueError) as error:
            logger.error("%s cannot be queued: %s", request, error)
            self._stats.inc_value("frontier/unwritable")
            return False
        self.outbox.push(member, float(delay), b"%d %s" % (request.priority, text))
        self._stats.inc_value("scheduler/enqueued")
        self._pump.nudge()
        return True

    def next_request(self) -> Request | None:
        """The next request that may be sent now; None when there is none here, but the pump is at it."""
        request = self._supply.next(self._spider)
        if request is not None:
            self._busy, self._url = monotonic(), request.url
            self._stats.inc_value("scheduler/dequeued")
        self._pump.nudge()
        return request

    def has_pending_requests(self) -> bool:
        """True until the run is over everywhere, not merely here."""
        reply = self.outlook.reply
        if self.outlook.over:
            return False
        if self.outbox or self.hands.waiting or reply.seeds != "done" or reply.counts.remaining:
            return True
        return monotonic() - self._busy < self._linger

    def __len__(self) -> int:
        """How many requests of the run wait, as far as is known here."""
        counts = self.outlook.reply.counts
        return counts.pending + counts.delayed + self.outbox.pushes

    # What our middlewares ask.

    async def statistics(self) -> Mapping[str, Any]:
        """Scrapy's statistics, with the counts of all workers of the run. Raises FrontierAway."""
        totals = await self._queue.totals() if self._totals is None else self._totals
        return {**self._stats.get_stats(), **totals}

    # What the pump asks.

    def look(self) -> None:
        """Called before each talk."""
        self._shutdown.look()

    def wanted(self) -> int:
        """How many requests there is room for."""
        return self._supply.wanted()

    def facts(self) -> Mapping[str, Any]:
        """What the worker says of itself."""
        return {
            "worker": this_worker(),
            "run": self.run_id,
            "since": self._since,
            "silence": self._queue.terms.silence,
            "held": len(self.hands),
            "requests": self._stats.get_value("downloader/request_count", 0),
            "items": self._stats.get_value("item_scraped_count", 0),
            "url": self._url,
        }

    # Within.

    async def _open(self, spider: Spider) -> None:
        self._spider = spider
        self.engine = Engine(self._crawler)
        self.engine.undelayed()
        try:
            joined = await self._join()
            refuse(joined, spider.name)
        except JobspidersError as error:
            self.refused = error
            self._crawler.signals.connect(self._end, signals.spider_opened)
            return
        self.run_id, self.too_late = joined.run_id, joined.verdict == "over"
        self._stats.set_value("run/id", joined.run_id)
        logger.info("%s run %s", "began" if joined.verdict == "begun" else "came to", joined.run_id)
        self._supply = Supply(self._crawler.settings, self.engine, self.hands, self.outbox, self.outlook)
        self._shutdown = Shutdown(self.engine, self.hands, self.outbox)
        self.endings = Endings(self.engine, self.hands, self.outbox)
        watch(self._crawler, self._done)
        self._crawler.signals.connect(self.endings.item_error, signals.item_error)
        self._crawler.signals.connect(self.endings.spider_error, signals.spider_error)
        self._task = asyncio.ensure_future(self._pump.run())
        self._task.add_done_callback(self._pump_ended)

    def _end(self) -> None:
        logger.critical("%s", self.refused)
        self._stats.set_value("run/summary", f"{self._spider.name}: {self.refused}")
        raise CloseSpider("refused")

    async def _join(self) -> Joined:
        search = getattr(self._spider, "search", None)
        arguments = search.asked() if search else {}
        until, told = monotonic() + START_PATIENCE, False
        while True:
            try:
                return await self._queue.join(self.run_id, secrets.token_hex(5), arguments, seeds=self.has_seeds)
            except FrontierAway as error:
                if monotonic() > until:
                    raise
                if not told:
                    logger.warning("Redis does not answer (%s): the crawl waits to begin", error)
                told = True
                await asyncio.sleep(1)

    async def _close(self) -> None:
        if not self.refused:
            await self._leave()
        await self._queue.scripts.client.aclose()

    async def _leave(self) -> None:
        self.look()
        self._pump.end()
        await asyncio.wait({self._task}, timeout=CLOSE_PATIENCE)
        self._task.cancel()
        if self.outbox:
            logger.error("%d steps could not be handed over; their requests will be fetched again", len(self.outbox))
        try:
            left = await self._queue.leave(self.growth())
            self._totals = left.totals
            self.closes_run = left.ended or (left.others == 0 and left.standing != "over")
            self.may_be_noted = left.standing == "ended" and not left.ended
            logger.info("left run %s: %s", self.run_id, left.standing)
        except FrontierAway as error:
            self._totals = {}
            logger.error("Redis is away (%s): what this worker held comes back when its leases end", error)
        self._shutdown.over()

    def _place(self, request: Request, text: bytes) -> str:
        seed = self.seeding.unmark(request)
        if not request.dont_filter:
            assert self._crawler.request_fingerprinter
            return place(self._crawler.request_fingerprinter.fingerprint(request))
        return seed_place(text) if seed else ""

    def _done(self, request: Request) -> None:
        self.endings.done(request)
        self._pump.nudge()

    def _pump_ended(self, task: asyncio.Task[None]) -> None:
        if not task.cancelled() and (error := task.exception()):
            logger.critical("the frontier's task failed", exc_info=error)
            self.outbox.give_up()
            self.engine.close("frontier_failed")
