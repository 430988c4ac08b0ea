"""The three steps from a posting to a stored job, as Scrapy's item pipelines: thin, the work is done elsewhere."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Self
from urllib.parse import urlsplit

from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem
from scrapy.statscollectors import StatsCollector

from jobspiders.items import Gone, Job, Posting, Sighting
from jobspiders.normalise import normalise
from jobspiders.store.writer import Writer


class Normalise:
    """Makes a Job of a Posting and counts what could not be read: `normalise/bad/<field>`."""

    def __init__(self, stats: StatsCollector) -> None:
        self.stats = stats

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to make it."""
        return cls(_stats(crawler))

    async def process_item(self, item: Any) -> Any:
        """The Job for a Posting, anything else as it is."""
        if not isinstance(item, Posting):
            return item
        job = normalise(item, datetime.now(UTC))
        for name in job.unread:
            self.stats.inc_value(f"normalise/bad/{name}")
        return job


class Validate:
    """Drops a Job that nobody could use or find again, counted as `drop/<field>`."""

    def __init__(self, stats: StatsCollector) -> None:
        self.stats = stats

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to make it."""
        return cls(_stats(crawler))

    async def process_item(self, item: Any) -> Any:
        """The item; raises DropItem for a Job without a source_id, a title or an absolute http(s) URL."""
        if isinstance(item, Job) and (name := _unusable(item)):
            self.stats.inc_value(f"drop/{name}")
            raise DropItem(f"{item.job_source} {item.source_id!r}: {name}={getattr(item, name)!r} cannot be used")
        return item


class Store:
    """Stores jobs, sightings and ends, and counts what became of them: `jobs/new`, `jobs/changed` and so on.

    A step ends when its record is committed, so that a request whose items are done is done for good.
    """

    def __init__(self, stats: StatsCollector, writer: Writer) -> None:
        self.stats = stats
        self.writer = writer

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to make it; reads DATABASE_URL and RUN_ID."""
        settings = crawler.settings
        return cls(_stats(crawler), Writer(settings["DATABASE_URL"], settings.get("RUN_ID")))

    async def open_spider(self) -> None:
        """Connect before the first request; the reactor goes on meanwhile."""
        self.writer.run_id = self.stats.get_value("run/id", self.writer.run_id)  # a worker may have come to another run
        await self.writer.open()

    async def close_spider(self) -> None:
        """Commit what waits."""
        await self.writer.close()

    async def process_item(self, item: Any) -> Any:
        """The item, once it is stored. Raises StoreAway when the database stayed away too long.

        A sighting and an end have done their duty then, and are dropped: feeds are for jobs.
        """
        if isinstance(item, Job | Sighting | Gone):
            verdict = await self.writer.write(item)
            self.stats.inc_value(f"jobs/{verdict}")
        if isinstance(item, Sighting | Gone):
            raise DropItem(f"{item.job_source} {item.source_id}: noted", log_level="DEBUG")
        return item


def _unusable(job: Job) -> str | None:
    if not job.source_id:
        return "source_id"
    if not job.title:
        return "title"
    return None if _absolute(job.url) else "url"


def _absolute(url: str) -> bool:
    try:
        address = urlsplit(url)
    except ValueError:  # "http://[": brackets that hold no address
        return False
    return address.scheme in {"http", "https"} and bool(address.hostname)


def _stats(crawler: Crawler) -> StatsCollector:
    assert crawler.stats is not None, "Scrapy has collected statistics since before it makes pipelines"
    return crawler.stats
