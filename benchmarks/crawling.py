"""One crawl in a process of its own: `python -m benchmarks.crawling '{"queue": …, "site": …, …}'`.

The same spider and settings for every queue, so that the queue alone makes the difference; but ours comes with what
spares the garbage collector (`crawl/freeze.py`), and `memory_frozen` is plain Scrapy with that. At the end one line of
JSON tells what the crawl cost from its opening to its close.
"""

from __future__ import annotations

import asyncio
import json
import resource
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import redis.asyncio.connection
import redis.connection
from scrapy import Request, Spider, signals
from scrapy.crawler import CrawlerProcess
from scrapy.http import HtmlResponse, Response
from scrapy.linkextractors import LinkExtractor

SETTINGS: dict[str, Any] = {
    "CONCURRENT_REQUESTS": 16,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 16,
    "CONCURRENT_ITEMS": 8,  # as in jobspiders/settings.py; Scrapy's 100 would make all of them equally slow
    "DOWNLOAD_DELAY": 0,
    "LOG_LEVEL": "ERROR",  # scrapy-redis warns of itself
    "TELNETCONSOLE_ENABLED": False,
    "REMOTE_CONTROL_ENABLED": False,
    "EXTENSIONS": {"scrapy.extensions.logstats.LogStats": None},
}
FROZEN = {"EXTENSIONS": SETTINGS["EXTENSIONS"] | {"jobspiders.crawl.freeze.Freeze": 0}}
QUEUES: dict[str, dict[str, Any]] = {
    "memory": {},
    "memory_frozen": FROZEN,
    "jobdir": {},
    "scrapy_redis": {
        "SCHEDULER": "scrapy_redis.scheduler.Scheduler",
        "DUPEFILTER_CLASS": "scrapy_redis.dupefilter.RFPDupeFilter",
        "SCHEDULER_PERSIST": True,
    },
    "ours": {
        "SCHEDULER": "jobspiders.frontier.scheduler.Frontier",
        "SPIDER_MIDDLEWARES": {"jobspiders.frontier.flow.Flow": 10},
        "DOWNLOADER_MIDDLEWARES": {
            "jobspiders.frontier.verdicts.Verdicts": 10,
            "jobspiders.crawl.throttle.Throttle": 990,
        },
        **FROZEN,
    },
    "ours_jobdir": {"SCHEDULER": "jobspiders.frontier.scheduler.Frontier", **FROZEN},
}


class Trips:
    """Counts how often anything is sent to Redis: `blocking` by a client that holds up the whole process meanwhile."""

    def __init__(self) -> None:
        self.blocking = self.awaited = 0
        sync, awaiting = redis.connection.AbstractConnection, redis.asyncio.connection.AbstractConnection
        sync.send_packed_command = self._counting(sync.send_packed_command, "blocking")  # type: ignore[method-assign]
        awaiting.send_packed_command = self._counting(awaiting.send_packed_command, "awaited")  # type: ignore[method-assign]

    def _counting(self, send: Callable[..., Any], name: str) -> Callable[..., Any]:
        def counted(*arguments: Any, **options: Any) -> Any:
            setattr(self, name, getattr(self, name) + 1)
            return send(*arguments, **options)

        return counted


class Jobs(Spider):
    """Reads the pages of links in the range `lists`, and what they link to. `flood` is the number of requests that come
    on top, and with the last of which the crawl is closed. Callbacks hold the process up for `sleep` seconds.
    """

    name = "benchmark"
    site = ""
    lists = (0, 0)
    flood = 0
    sleep = 0.0

    async def start(self) -> AsyncIterator[Any]:
        """All pages of links, so that several processes find work at once."""
        for number in range(*self.lists):
            yield Request(f"{self.site}/list/{number}", priority=1)
        for number in range(self.flood):
            yield Request(f"{self.site}/job/flood-{number}")
        if self.flood:
            assert self.crawler.engine
            self.closing = asyncio.ensure_future(self.crawler.engine.close_spider_async(reason="flooded"))

    def parse(self, response: Response) -> Iterator[Any]:
        """A row for a job, requests for a page of links."""
        assert isinstance(response, HtmlResponse)
        if self.sleep:
            time.sleep(self.sleep)
        yield {"url": response.url, "title": response.css("h1::text").get()}
        for link in LinkExtractor(allow="/job/").extract_links(response):
            yield Request(link.url)


class Costs:
    """What a crawl costs between its opening and its close."""

    def __init__(self) -> None:
        self.cpu = self.seconds = 0.0

    def opened(self) -> None:
        """Scrapy's signal: imports and connections are paid for."""
        self.cpu, self.seconds = time.process_time(), time.monotonic()

    def closed(self) -> None:
        """Scrapy's signal."""
        self.cpu, self.seconds = time.process_time() - self.cpu, time.monotonic() - self.seconds


def crawl(asked: dict[str, Any]) -> dict[str, Any]:
    """Crawl `asked["site"]` with the queue of that name; what it cost."""
    Jobs.site, Jobs.lists, Jobs.flood = asked["site"], asked["lists"], asked.get("flood", 0)
    Jobs.sleep = asked.get("sleep", 0.0)
    settings = SETTINGS | QUEUES[asked["queue"]] | asked.get("settings", {})
    trips, costs = Trips(), Costs()
    process = CrawlerProcess(settings)
    crawler = process.create_crawler(Jobs)
    crawler.signals.connect(costs.opened, signals.spider_opened)
    crawler.signals.connect(costs.closed, signals.spider_closed)
    process.crawl(crawler)
    process.start()
    assert crawler.stats is not None
    return {
        "responses": crawler.stats.get_value("response_received_count", 0),
        "errors": crawler.stats.get_value("log_count/ERROR", 0),
        "cpu": costs.cpu,
        "seconds": costs.seconds,
        "blocking": trips.blocking,
        "awaited": trips.awaited,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "enqueued": crawler.stats.get_value("scheduler/enqueued", 0),
    }


if __name__ == "__main__":
    print(json.dumps(crawl(json.loads(sys.argv[1]))))
