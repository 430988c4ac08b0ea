"""One rate for a board over all processes, at the last gate before the downloader; embedded crawls have Scrapy's own.

A request from the shared queue comes with its slot of the rate and passes. What bypasses the queue (robots.txt, inline
downloads) or missed its slot waits here for another one, in no downloader slot. What the board says about its rate
(latency, 429, Retry-After) goes to all workers.
"""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cached_property
from typing import TYPE_CHECKING

from scrapy import Request, Spider
from scrapy.core.downloader import Slot
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.extensions import throttle
from scrapy.http import Response

from jobspiders.frontier.scheduler import shared

if TYPE_CHECKING:
    from jobspiders.frontier.limiter import Limiter

AT_LEAST, AT_MOST = 5.0, 3600.0  # seconds for which a board is closed that says "too many requests"
TOO_MANY = (429, 503)  # the latter with Retry-After only


class Throttle:
    """Downloader middleware, to be the one nearest to the downloader."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Throttle:
        """The gate of this crawl. Raises NotConfigured when the rate is not shared."""
        if not crawler.settings["REDIS_URL"]:
            raise NotConfigured
        return cls(crawler)

    @cached_property
    def _limiter(self) -> Limiter:
        return shared(self._crawler).limiter

    async def process_request(self, request: Request) -> None:
        """Come back when the request may be sent."""
        await self._limiter.admit(request)

    async def process_response(self, request: Request, response: Response) -> Response:
        """The response; one that says "too many requests" closes the board for all workers for a while."""
        if response.status not in TOO_MANY:
            return response
        retry_after = response.headers.get("Retry-After")
        if response.status == 429 or retry_after:
            seconds = wait(retry_after, datetime.now(UTC))
            self._crawler.stats.inc_value("throttle/penalties")
            await self._limiter.penalise(seconds, f"answered {response.status}")
        return response


class AutoThrottle(throttle.AutoThrottle):
    """Scrapy's extension, whose one delay is that of all workers when the queue is shared."""

    def _spider_opened(self, spider: Spider) -> None:
        super()._spider_opened(spider)
        if self.crawler.settings["REDIS_URL"]:
            self.crawler.engine.downloader._delay = 0.0

    def _adjust_delay(self, slot: Slot, latency: float, response: Response) -> None:
        if self.crawler.settings["REDIS_URL"]:
            shared(self.crawler).limiter.slower(latency / self.target_concurrency, response.status)
        else:
            super()._adjust_delay(slot, latency, response)


def wait(retry_after: bytes | None, now: datetime) -> float:
    """Seconds to stay away: those of a Retry-After header (seconds or a date), within bounds; the least without one."""
    text = (retry_after or b"").decode("latin-1").strip()
    try:
        seconds = (
            float(text) if text.isdecimal() else (parsedate_to_datetime(text).astimezone(UTC) - now).total_seconds()
        )
    except ValueError:
        seconds = 0.0
    return min(max(seconds, AT_LEAST), AT_MOST)
