"""A job that we know and whose card has not changed costs no request: it is only noted as seen."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from jobspiders.errors import StoreAway
from jobspiders.items import Sighting
from jobspiders.store.db import connect
from jobspiders.store.jobs import Known, known

logger = logging.getLogger(__name__)


def needs_page(card_hash: str | None, job: Known | None, now: datetime, refetch_after: timedelta) -> bool:
    """True when a job's own page must be read: the job is new, closed, changed in its card, or was read long ago."""
    if job is None or job.detailed_at is None or job.closed_at is not None:
        return True
    return card_hash != job.card_hash or now - job.detailed_at > refetch_after


class SkipKnown:
    """Spider middleware: of the requests for jobs' pages that a listing gives, only those that are needed go on."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._engine = connect(crawler.settings["DATABASE_URL"])

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> SkipKnown:
        """The middleware over the crawl's database."""
        return cls(crawler)

    async def process_spider_output(self, response: Response, result: AsyncIterator[Any]) -> AsyncIterator[Any]:
        """All that a callback gives, in two parts: first what needs no look at the store, then the jobs' pages."""
        pages: list[Request] = []
        async for output in result:
            if isinstance(output, Request) and output.meta.get("page") == "job" and output.cb_kwargs.get("card"):
                pages.append(output)
            else:
                yield output
        for output in await self._needed(pages) if pages else ():
            yield output

    async def _needed(self, pages: list[Request]) -> list[Request | Sighting]:
        spider: Any = self._crawler.spider
        cards = [page.cb_kwargs["card"] for page in pages]
        ids = [card["source_id"] for card in cards]
        try:
            jobs = await asyncio.to_thread(known, self._engine, spider.name, ids)
        except StoreAway as away:  # a page too many costs less than a job that is lost; what is stored waits anyway
            logger.warning("%s; all %d jobs' pages are fetched, known or not", away, len(ids))
            jobs = {}
        refetch_after, now = timedelta(days=spider.refetch_after), datetime.now(UTC)
        return [
            page
            if needs_page(card["card_hash"], jobs.get(card["source_id"]), now, refetch_after)
            else Sighting(spider.name, card["source_id"])
            for page, card in zip(pages, cards, strict=True)
        ]
