"""Scrapy's `SCHEDULER`: picks the queue that the settings ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.core.scheduler import BaseScheduler
from scrapy.crawler import Crawler

from jobspiders.errors import BadConfig
from jobspiders.frontier.local import LocalQueue

if TYPE_CHECKING:
    from jobspiders.frontier.shared import SharedQueue


class Frontier(BaseScheduler):
    """With `REDIS_URL`, one queue for all workers; without, one of the crawl's own, in `JOBDIR` if there is one."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> BaseScheduler:  # type: ignore[override]
        """The scheduler for this crawl."""
        if crawler.settings["REDIS_URL"]:
            from jobspiders.frontier.shared import SharedQueue  # an embedded crawl needs no redis-py

            return SharedQueue.from_crawler(crawler)  # type: ignore[return-value]  # Scrapy checks methods, not ancestors
        return LocalQueue.from_crawler(crawler)


def shared(crawler: Crawler) -> SharedQueue:
    """The scheduler of a crawl that has a REDIS_URL. Raises BadConfig when somebody set another SCHEDULER."""
    from jobspiders.frontier.shared import SharedQueue

    queue: object = crawler.engine.scheduler if crawler.engine else None
    if not isinstance(queue, SharedQueue):
        raise BadConfig("with REDIS_URL, SCHEDULER must be jobspiders.frontier.scheduler.Frontier.")
    return queue
