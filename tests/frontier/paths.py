"""Takes a request along each path through Scrapy's engine: `python paths.py SITE` prints what happened on it, in order."""

from __future__ import annotations

import asyncio
import json
import sys

from scrapy import Request, Spider, signals
from scrapy.core.scheduler import Scheduler
from scrapy.crawler import CrawlerProcess
from scrapy.exceptions import DropItem, IgnoreRequest
from scrapy.http import HtmlResponse

from jobspiders.frontier.done import watch

EVENTS: dict[str, list[str]] = {}
CLOSED = "http://127.0.0.1:9/"


def note(case: str, event: str) -> None:
    EVENTS.setdefault(case, []).append(event)


class Watched(Scheduler):
    """Scrapy's own scheduler, with the hook that the frontier has."""

    def open(self, spider):
        self.popped = set()
        watch(self.crawler, self.done)
        return super().open(spider)

    def enqueue_request(self, request):
        if request.meta.get("unwritable"):
            raise RuntimeError("the queue is full")
        if "child" in request.meta or "retry_times" in request.meta or "redirect_times" in request.meta:
            note(request.meta["case"], "enqueued")
        return super().enqueue_request(request)

    def next_request(self):
        request = super().next_request()
        if request is not None:
            self.popped.add(request)
        return request

    def done(self, request):
        if request in self.popped:
            self.popped.remove(request)
            note(request.meta["case"], "child done" if "child" in request.meta else "done")


class Detours:
    """Downloader middleware."""

    def process_request(self, request):
        match request.meta.get("detour"):
            case "ignore":
                raise IgnoreRequest
            case "response":
                return HtmlResponse(request.url, body=b"<h1>made up</h1>", request=request)
            case "request":
                return request.replace(meta={"case": request.meta["case"], "child": True}, dont_filter=True)
        return None

    def process_response(self, request, response):
        if request.meta.get("detour") == "broken":
            raise ValueError("a middleware fails")
        return response


class Refusing:
    """Spider middleware."""

    def process_spider_input(self, response):
        if response.meta.get("refuse"):
            raise ValueError("a page that is not let in")


class Slow:
    """Pipeline."""

    async def process_item(self, item):
        await asyncio.sleep(0.1)
        if item.get("drop"):
            raise DropItem("not wanted")
        if item.get("fail"):
            raise ValueError("cannot be stored")
        note(item["case"], "item")
        return item


class Paths(Spider):
    name = "paths"
    site = sys.argv[-1]

    async def start(self):
        yield {"case": "item from start"}
        yield self.go("success", self.items)
        yield self.go("async callback", self.items_slowly)
        yield self.go("nothing", self.nothing)
        yield self.go("callback raises", self.fails)
        yield self.go("generator raises midway", self.fails_midway)
        yield self.go("async generator raises midway", self.fails_midway_slowly)
        yield self.go("download error", self.items, url=CLOSED, meta={"dont_retry": True})
        yield self.go("errback", self.items, url=CLOSED, errback=self.rescue, meta={"dont_retry": True})
        yield self.go("errback raises", self.items, url=CLOSED, errback=self.fails, meta={"dont_retry": True})
        yield self.go("redirect", self.items, query="to=/job/1")
        yield self.go("retry", self.items, query="status=503")
        yield self.go("ignored", self.items, meta={"detour": "ignore"})
        yield self.go("response from a middleware", self.items, meta={"detour": "response"})
        yield self.go("request from a middleware", self.items, meta={"detour": "request"})
        yield self.go("middleware raises", self.items, meta={"detour": "broken"})
        yield self.go("dropped item", self.drops)
        yield self.go("pipeline error", self.unstorable)
        yield self.go("spider middleware raises", self.items, meta={"refuse": True})
        yield self.go("status 404", self.items, query="status=404")
        yield self.go("child that cannot be enqueued", self.unwritable_child)
        yield self.go("inline download", self.downloads_another)
        yield self.go("inline download of itself", self.downloads_itself)

    def go(self, case, callback, *, url=None, query="", errback=None, meta=None):
        url = url or f"{self.site}/job/1?{query}"
        return Request(url, callback, errback=errback, dont_filter=True, meta={"case": case, **(meta or {})})

    def items(self, response):
        case = response.meta["case"]
        for _ in range(2):
            yield {"case": case}
        if case == "success":
            yield self.go(case, self.nothing, meta={"child": True})

    async def items_slowly(self, response):
        await asyncio.sleep(0.1)
        yield {"case": response.meta["case"]}

    def nothing(self, response):
        return None

    def fails(self, response):
        raise ValueError("a callback fails")

    def fails_midway(self, response):
        yield {"case": response.meta["case"]}
        raise ValueError("a callback fails")

    async def fails_midway_slowly(self, response):
        yield {"case": response.meta["case"]}
        raise ValueError("a callback fails")

    def rescue(self, failure):
        yield {"case": failure.request.meta["case"]}

    def drops(self, response):
        yield {"case": response.meta["case"], "drop": True}

    def unstorable(self, response):
        yield {"case": response.meta["case"], "fail": True}

    def unwritable_child(self, response):
        yield self.go(response.meta["case"], self.nothing, meta={"unwritable": True})

    async def downloads_another(self, response):
        await self.crawler.engine.download_async(Request(f"{self.site}/job/2", meta={"case": "not of the queue"}))
        yield {"case": response.meta["case"]}

    async def downloads_itself(self, response):
        await self.crawler.engine.download_async(response.request)
        yield {"case": response.meta["case"]}


def main() -> None:
    process = CrawlerProcess(
        {
            "SCHEDULER": Watched,
            "DOWNLOADER_MIDDLEWARES": {Detours: 543},
            "SPIDER_MIDDLEWARES": {Refusing: 543},
            "ITEM_PIPELINES": {Slow: 300},
            "RETRY_TIMES": 1,
            "CONCURRENT_REQUESTS_PER_DOMAIN": 30,
            "CONCURRENT_REQUESTS": 30,
            "LOG_ENABLED": False,
            "TELNETCONSOLE_ENABLED": False,
            "REMOTE_CONTROL_ENABLED": False,
            "EXTENSIONS": {"scrapy.extensions.logstats.LogStats": None},
        }
    )
    crawler = process.create_crawler(Paths)
    crawler.signals.connect(scraped_of, signals.item_error)
    crawler.signals.connect(erred, signals.spider_error)
    process.crawl(crawler)
    process.start()
    print(json.dumps(EVENTS))


def scraped_of(item, response, failure):
    note(item["case"], "item error" if response.request.meta["case"] == item["case"] else "item error of another")


def erred(failure, response):
    request = response.request
    note(request.meta["case"], "spider error")


if __name__ == "__main__":
    main()
