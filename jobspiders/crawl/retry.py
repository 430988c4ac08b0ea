"""Tries again what may pass, later and later; gives up on the rest; holds the board's requests back behind walls.

A request that is to be tried again goes back to the queue and is handed out when it is due: nothing sleeps in the
engine. One that is given up on becomes a dead letter in the store, with its attempts and its last error.
"""

from __future__ import annotations

import asyncio
import logging
import random
from datetime import UTC, datetime
from typing import Any

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.http import Response

from jobspiders.crawl.blocks import Trouble, Walled, trouble_of, trouble_with
from jobspiders.crawl.walls import OwnWalls, SharedWalls
from jobspiders.errors import StoreAway
from jobspiders.frontier.endings import Verdict
from jobspiders.frontier.letters import ATTEMPT, LETTER
from jobspiders.frontier.scheduler import shared
from jobspiders.frontier.serializer import DELAY, dumps
from jobspiders.store.db import connect
from jobspiders.store.failures import DeadLetter, bury, letter_id, revive

logger = logging.getLogger(__name__)


def pause(attempt: int, factor: float, longest: float, retry_after: float, luck: float) -> float:
    """Seconds before try `attempt` + 1: `factor` ** attempt, at most `longest`, spread by `luck` (0 to 1) over its last
    half; never less than what the board asks for.
    """
    backoff = min(factor**attempt, longest)
    return max(retry_after, backoff * (0.5 + luck / 2))


class Retry:
    """Downloader middleware in the place of Scrapy's.

    Settings: `RETRY_TIMES` (tries after the first), `RETRY_BACKOFF` (the factor), `RETRY_LONGEST` (seconds), and the
    breaker's `BREAKER_WALLS`, `BREAKER_PAUSE` (seconds), `BREAKER_OPENINGS`.
    """

    def __init__(self, crawler: Crawler) -> None:
        settings = crawler.settings
        self._crawler = crawler
        self._times = settings.getint("RETRY_TIMES")
        self._factor, self._longest = settings.getfloat("RETRY_BACKOFF"), settings.getfloat("RETRY_LONGEST")
        self._is_shared = bool(settings["REDIS_URL"])
        self._walls = SharedWalls(crawler) if self._is_shared else OwnWalls(settings)
        self._store = connect(settings["DATABASE_URL"])
        self._came_through: set[str] = set()
        crawler.signals.connect(self._spider_error, signals.spider_error)
        crawler.signals.connect(self._closed, signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Retry:
        """The middleware of this crawl."""
        return cls(crawler)

    def process_request(self, request: Request) -> Request | None:
        """While the board is not to be asked, the request goes back to the queue."""
        wait = 0.0 if _is_ours(request) else self._walls.wait()
        if not wait:
            return None
        self._crawler.stats.inc_value("breaker/held")
        return request.replace(dont_filter=True, meta={**request.meta, DELAY: wait + random.random()})

    async def process_response(self, request: Request, response: Response) -> Request | Response:
        """A good answer; or the request again, later. Raises Walled when it is given up on."""
        if _is_ours(request):
            return response
        trouble = trouble_with(response, self._crawler.spider, datetime.now(UTC))
        if trouble is None:
            await self._walls.good(_age(request))
            if LETTER in request.meta:
                self._came_through.add(request.meta[LETTER])
            return response
        again = await self._again(request, trouble)
        if again is None:
            raise Walled(trouble.says)
        return again

    async def process_exception(self, request: Request, exception: Exception) -> Request | None:
        """The request again, later; None leaves the error to the request's errback."""
        trouble = None if _is_ours(request) else trouble_of(exception)
        return await self._again(request, trouble) if trouble else None

    def _spider_error(self, failure: Any, response: Response | None) -> None:
        if response is not None:  # else it was `start`
            self._came_through.discard(response.meta.get(LETTER, ""))

    async def _closed(self) -> None:
        # Not earlier: only now is everything stored that came of them.
        if not self._crawler.stats.get_value("jobs/unstored"):
            for letter_id in self._came_through:
                await asyncio.to_thread(revive, self._store, letter_id)
        self._store.dispose()

    async def _again(self, request: Request, trouble: Trouble) -> Request | None:
        stats, attempt = self._crawler.stats, request.meta.get(ATTEMPT, 1)
        stats.inc_value(f"trouble/{trouble.kind}")
        stats.set_value("trouble/says", trouble.says)
        if trouble.is_wall:
            await self._note_wall(request, trouble)
        hopeless = trouble.is_helpless or attempt > self._times or self._walls.given_up
        if hopeless and await self._gave_up(request, trouble, attempt):
            return None
        seconds = pause(attempt, self._factor, self._longest, trouble.retry_after, random.random())
        logger.info("%s: try %d in %.1f s, for %s", request.url, attempt + 1, seconds, trouble.says)
        stats.inc_value("retry/count")
        return request.replace(dont_filter=True, meta={**request.meta, ATTEMPT: attempt + 1, DELAY: seconds})

    async def _note_wall(self, request: Request, trouble: Trouble) -> None:
        await self._walls.wall(trouble, _age(request))
        engine = self._crawler.engine
        if self._walls.given_up and engine is not None and engine.running:
            self._closing = asyncio.ensure_future(engine.close_spider_async(reason="blocked"))

    async def _gave_up(self, request: Request, trouble: Trouble, attempt: int) -> bool:
        """True when there is a dead letter; False when that cannot be stored now: then it is tried again."""
        if self._is_shared:  # the queue still has it, and keeps it until the letter is stored
            shared(self._crawler).endings.judge(request, Verdict.GIVEN_UP, trouble.says)
        else:
            try:
                await asyncio.to_thread(bury, self._store, self._letter(request, trouble, attempt))
            except StoreAway as away:
                logger.warning("%s is not given up on: %s", request.url, away)
                return False
        self._crawler.stats.inc_value("retry/given_up")
        return True

    def _letter(self, request: Request, trouble: Trouble, attempt: int) -> DeadLetter:
        spider = self._crawler.spider
        assert spider is not None
        text, now = dumps(request, spider), datetime.now(UTC)
        return DeadLetter(
            id=letter_id(spider.name, text),
            site_name=spider.name,
            run_id=self._crawler.settings["RUN_ID"],
            url=request.url,
            request=text,
            attempts=attempt,
            error=trouble.says,
            first_failed_at=now,
            last_failed_at=now,
        )


def _age(request: Request) -> float:
    """Seconds since a request was sent to which an answer came."""
    return float(request.meta.get("download_latency", 0.0))


def _is_ours(request: Request) -> bool:
    """True for robots.txt, which Scrapy fetches for itself and takes as it comes."""
    return bool(request.meta.get("dont_obey_robotstxt"))
