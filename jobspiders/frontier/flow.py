"""The flow of requests into the shared queue: seeds from one worker only, and never faster than Redis takes them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from functools import cached_property
from typing import TYPE_CHECKING, Any

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response

from jobspiders.frontier.scheduler import shared

if TYPE_CHECKING:
    from jobspiders.frontier.shared import SharedQueue


class Flow:
    """Spider middleware, to be the one nearest to the engine: what it lets through is enqueued at once."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Flow:
        """The middleware. Raises NotConfigured when the queue is not shared."""
        if not crawler.settings["REDIS_URL"]:
            raise NotConfigured
        return cls(crawler)

    @cached_property
    def _queue(self) -> SharedQueue:
        return shared(self._crawler)

    async def process_start(self, start: AsyncIterator[Any]) -> AsyncIterator[Any]:
        """The seeds, if it falls to this worker to send them; nothing, but later, if another one does."""
        queue = self._queue
        if not await queue.seeding.is_mine():
            return
        async for output in start:
            if isinstance(output, Request):
                queue.seeding.mark(output)
            yield output
            await queue.outbox.room()
        queue.seeding.is_over()

    async def process_spider_output(
        self,
        response: Response,  # noqa: ARG002 - Scrapy's interface
        result: AsyncIterator[Any],
    ) -> AsyncIterator[Any]:
        """All that a callback gives; it is held up while too much waits to be written to Redis."""
        outbox = self._queue.outbox
        async for output in result:
            yield output
            await outbox.room()
