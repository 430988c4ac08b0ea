"""A worker as a process of its own: `python tinycrawl.py '{"site": …, "redis": …}'` crawls the site of tinyboard.py.

Every stored item is a line of the file `rows`, written in one piece before the pipeline's step ends. At the end one
line of JSON on standard output tells what the crawl came to. Options for pages that go wrong are paths: `poison` ends
the process, `unstorable` has an item that the store refuses, `hanging` never ends, `later` leads to a delayed request.
`away_from` is the number of items after which the store is away. With `dies_at_the_end` the process is killed when the
crawl is through.
"""

from __future__ import annotations

import asyncio
import ctypes
import json
import os
import resource
import signal
import sys
import time
from types import SimpleNamespace
from urllib.parse import urlsplit

from scrapy import Request, Spider
from scrapy.crawler import CrawlerProcess

from jobspiders.errors import StoreAway


class Tiny(Spider):
    name = "tiny"

    async def start(self):
        for page in self.options.get("seeds", ["/list/0"]):
            yield Request(f"{self.options['site']}{page}", dont_filter=self.options.get("dont_filter", False))
            await asyncio.sleep(self.options.get("between_seeds", 0))

    async def parse(self, response):
        page = urlsplit(response.url).path
        if page == self.options.get("poison"):
            os.kill(os.getpid(), signal.SIGKILL)
        if page == self.options.get("hanging"):
            await asyncio.Event().wait()
        yield {"page": page}
        if page == self.options.get("later"):
            yield Request(f"{self.options['site']}/job/later", meta={"frontier_delay": 1.5})
        for link in response.css("a::attr(href)").getall():
            yield Request(response.urljoin(link), priority=0 if "/job/" in link else 1)

    def closed(self, reason):
        if self.options.get("dies_at_the_end"):
            os.kill(os.getpid(), signal.SIGKILL)


class Rows:
    """Stores items: slow enough that a worker is often killed between a page and its row."""

    @classmethod
    def from_crawler(cls, crawler):
        self = cls()
        self.options = crawler.spider.options
        self.pause, self.left = self.options.get("pause", 0), self.options.get("away_from", 10**9)
        self.file = os.open(self.options["rows"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        return self

    async def process_item(self, item):
        if self.pause:
            await asyncio.sleep(self.pause)
        if item["page"] == self.options.get("unstorable"):
            raise ValueError("no such column")
        self.left -= 1
        if self.left < 0:
            raise StoreAway("the database does not answer")
        os.write(self.file, f"{item['page']}\n".encode())
        return item


def settings(options):
    own = {
        "SCHEDULER": "jobspiders.frontier.scheduler.Frontier",
        "SPIDER_MIDDLEWARES": {"jobspiders.frontier.flow.Flow": 10},
        "DOWNLOADER_MIDDLEWARES": {
            "jobspiders.frontier.verdicts.Verdicts": 10,
            "jobspiders.crawl.throttle.Throttle": 990,
        },
        "EXTENSIONS": {
            "scrapy.extensions.throttle.AutoThrottle": None,
            "jobspiders.crawl.throttle.AutoThrottle": 0,
            "scrapy.extensions.logstats.LogStats": None,
        },
        "ITEM_PIPELINES": {Rows: 300} if options.get("rows") else {},
        "CONCURRENT_ITEMS": 8,
        "DOWNLOAD_DELAY": 0,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 16,
        "TELNETCONSOLE_ENABLED": False,
        "REMOTE_CONTROL_ENABLED": False,
        "LOG_LEVEL": "INFO",
        "RETRY_TIMES": 2,
    }
    shared = {"REDIS_URL": options["redis"], "REDIS_PREFIX": options.get("prefix", "")} if options.get("redis") else {}
    return own | shared | options.get("settings", {})


def run(options, spider=Tiny):
    spider.options = options
    if "search" in options:
        spider.search = SimpleNamespace(asked=lambda: options["search"])
    if "hosts" in options:
        spider.hosts = options["hosts"]
    process = CrawlerProcess(settings(options))
    crawler = process.create_crawler(spider)
    process.crawl(crawler)
    start, cpu = time.monotonic(), time.process_time()
    process.start()
    stats = crawler.stats.get_stats()
    kept = (
        "finish_reason",
        "response_received_count",
        "item_scraped_count",
        "frontier/round_trips",
        "dupefilter/filtered",
    )
    figures = {name: stats.get(name) for name in kept}
    figures["log_errors"] = stats.get("log_count/ERROR", 0) + stats.get("log_count/CRITICAL", 0)
    figures |= {"seconds": time.monotonic() - start, "cpu": time.process_time() - cpu, "ended": time.monotonic()}
    figures["rss"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps(figures), flush=True)


if __name__ == "__main__":
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, 9)  # die with the test
    run(json.loads(sys.argv[1]))
