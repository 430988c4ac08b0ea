"""What a crawl begins with: all that its search leads to, or dead letters that are to have another try."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from typing import Any

from scrapy.crawler import Crawler

from jobspiders.crawl.counts import SEEDED
from jobspiders.frontier.letters import anew
from jobspiders.frontier.serializer import loads
from jobspiders.store.db import connect
from jobspiders.store.failures import dead_letters

logger = logging.getLogger(__name__)


class Seeds:
    """Spider middleware. Setting `DEAD_LETTERS`: the ids of letters with which to begin instead.

    Only a run that had all its seeds may say that what it did not see is gone; `run/seeded` counts them.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Seeds:
        """The middleware of this crawl."""
        return cls(crawler)

    async def process_start(self, start: AsyncIterator[Any]) -> AsyncIterator[Any]:
        """The spider's own seeds, or the letters'."""
        if ids := self._crawler.settings.getlist("DEAD_LETTERS"):
            async for request in self._letters(ids):
                yield request
            return
        async for output in start:
            yield output
        self._crawler.stats.inc_value(SEEDED)

    async def _letters(self, ids: list[str]) -> AsyncIterator[Any]:
        spider: Any = self._crawler.spider
        engine = connect(self._crawler.settings["DATABASE_URL"])
        for letter in await asyncio.to_thread(dead_letters, engine, spider.name, ids, len(ids)):
            try:
                yield loads(anew(letter.request, letter.id), spider)
            except (ValueError, TypeError) as error:
                logger.error("dead letter %s cannot be tried again: %s", letter.id, error)
                self._crawler.stats.inc_value("frontier/unreadable_letters")
        engine.dispose()
