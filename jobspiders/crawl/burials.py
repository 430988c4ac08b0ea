"""Brings the dead letters of the shared queue to the store, where all others are; Redis keeps them until then."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from jobspiders.errors import FrontierAway, StoreAway
from jobspiders.frontier import start_urls
from jobspiders.frontier.keys import Keys
from jobspiders.frontier.letters import ATTEMPT
from jobspiders.frontier.serializer import dumps
from jobspiders.store.db import connect
from jobspiders.store.failures import DeadLetter, bury, letter_id

if TYPE_CHECKING:
    from jobspiders.frontier import orders

EVERY = 5.0  # seconds between two looks


class Burials:
    """Extension. What Redis or the store cannot do now, a later look or another worker's does."""

    def __init__(self, crawler: Crawler) -> None:
        from jobspiders.frontier import orders, scripts  # an embedded crawl needs no redis-py

        settings = crawler.settings
        self._redis = scripts.connect(settings["REDIS_URL"])
        self._orders = orders.Orders(self._redis, Keys(crawler.spidercls.name, settings["REDIS_PREFIX"] or ""))
        self._store = connect(settings["DATABASE_URL"])
        self._looking: asyncio.Task[None] | None = None
        crawler.signals.connect(self._opened, signals.spider_opened)
        crawler.signals.connect(self._closed, signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Burials:
        """The extension. Raises NotConfigured when the queue is not shared."""
        if not crawler.settings["REDIS_URL"]:
            raise NotConfigured
        return cls(crawler)

    def _opened(self, spider: Spider) -> None:
        self._looking = asyncio.create_task(self._look(spider))

    async def _look(self, spider: Spider) -> None:
        while True:
            await asyncio.sleep(EVERY)
            await self._bury(spider)

    async def _closed(self, spider: Spider) -> None:
        if self._looking:
            self._looking.cancel()
        await self._bury(spider)
        await self._redis.aclose()
        self._store.dispose()

    async def _bury(self, spider: Spider) -> None:
        with suppress(StoreAway, FrontierAway):  # the writer and the frontier tell of it
            for letter in await self._orders.dead_letters():
                await asyncio.to_thread(bury, self._store, as_stored(letter, spider))
                await self._orders.forget(letter)


def as_stored(letter: orders.DeadLetter, spider: Spider) -> DeadLetter:
    """A dead letter of the queue as the store keeps it."""
    request = _request(letter.request, spider)
    record: dict[str, Any] = json.loads(request)
    at = datetime.fromtimestamp(letter.at, UTC)
    return DeadLetter(
        id=letter_id(spider.name, request),
        site_name=spider.name,
        run_id=letter.run_id,
        url=record["url"],
        request=request,
        attempts=max(record.get("meta", {}).get(ATTEMPT, 1), letter.failures),
        error=letter.reason,
        first_failed_at=at,
        last_failed_at=at,
    )


def _request(body: str, spider: Spider) -> str:
    """The JSON of what lies in the queue as `body`, see `keys.py`; a message that is no request counts as a URL."""
    kind, _, text = body.partition(" ")
    if kind != "start":
        return text
    try:
        return dumps(start_urls.read(text, spider), spider)
    except ValueError:
        return json.dumps({"url": _url(text)}, ensure_ascii=False)


def _url(message: str) -> str:
    try:
        return str(json.loads(message)["url"])
    except (ValueError, LookupError, TypeError):
        return message
