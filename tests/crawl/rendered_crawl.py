"""A crawl in a process of its own, for tests that look at what it leaves behind: `python rendered_crawl.py JSON`.

Prints a line of JSON for each job as it comes, and last the counts, how the pages that came were read, and what the
crawl left open in its browser.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from scrapy import Request, signals
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Response
from scrapy.settings import Settings
from scrapy.spiderloader import SpiderLoader

from jobspiders.bases.board import Board
from jobspiders.bases.documents import Generation
from jobspiders.bases.html_list import HtmlList
from jobspiders.bases.rendered import Popup, Rendered, answer
from jobspiders.commands.replay import as_json
from jobspiders.items import Posting, Rate

SIMBOARDS = "jobspiders.simboards.handler.SimboardHandler"


class Local(Rendered, HtmlList):
    """A board on a server of the test's own: `base` is its address, `pages` are the paths of its listings."""

    name = "local"
    homepage = "http://127.0.0.1"
    hosts = ("127.0.0.1",)
    rate = Rate(per_minute=6000, concurrency=4)
    drawn = {"listing": "#jobs li"}  # noqa: RUF012
    answers = "/api/"
    popups = (Popup(".stubborn", "button"), Popup(".cookies"))
    patience = 5
    own_arguments = {"base": "the server's address", "pages": "paths, comma-separated"}  # noqa: RUF012
    listing = (
        Generation("api", "jobs", css=answer("/api/jobs")),
        Generation("drawn", select="#jobs li", fields={"id": "::attr(id)", "title": "a"}),
    )

    def listing_requests(self) -> Any:
        for path in self.search.own["pages"].split(","):
            yield self.listing_request(self.search.own["base"] + path)

    def parse_card(self, card: Any) -> Posting:
        return self.posting(
            source_id=card["id"], title=card["title"], url=f"{self.homepage}/{card['id']}", complete=True
        )


class Undismissed(SpiderLoader(Settings({"SPIDER_MODULES": ["jobspiders.spiders"]})).load("naukri")):  # type: ignore[misc]
    """Naukri without a rule for its popups."""

    popups = ()
    patience = 2


class Printed:
    """The last pipeline."""

    def process_item(self, item: Any) -> Any:
        tell(as_json(item))
        return item


def tell(what: dict[str, Any]) -> None:
    print(json.dumps(what), flush=True)


def main() -> None:
    asked = json.loads(sys.argv[1])
    settings = Settings()
    settings.setmodule("jobspiders.settings")
    pipelines = {"jobspiders.pipelines.Normalise": 100, "jobspiders.pipelines.Validate": 200, Printed: 300}
    bare = {"ITEM_PIPELINES": pipelines, "EXTENSIONS": {}, "SPIDER_MIDDLEWARES": {}, "DOWNLOADER_MIDDLEWARES": {}}
    bare |= {"SCHEDULER": "scrapy.core.scheduler.Scheduler", "DOWNLOAD_DELAY": 0}
    bare |= {"AUTOTHROTTLE_ENABLED": False, "LOG_LEVEL": "ERROR", "ROBOTSTXT_OBEY": False}
    if "SIMBOARDS_URL" in asked["settings"]:
        bare["DOWNLOAD_HANDLERS"] = {"http": SIMBOARDS, "https": SIMBOARDS}
    settings.setdict({**bare, **asked["settings"]}, priority="cmdline")
    process = AsyncCrawlerProcess(settings)
    crawlers, pages = [], []

    def received(response: Response, request: Request, spider: Board) -> None:
        left = [popup.css for popup in spider.popups if "rendered" in response.flags and response.css(popup.css)]
        assert json.loads(json.dumps(request.meta)) == request.meta, "a queue may have to keep it"
        pages.append({"url": response.url, "status": response.status, "flags": response.flags, "popups": left})

    def closed(spider: Board) -> None:
        handler = spider.crawler.engine.downloader.handlers._handlers.get("https")
        contexts = handler.context_wrappers.values() if handler else ()
        spider.crawler.stats.set_value("left_open", sum(len(kept.context.pages) for kept in contexts))

    for name, arguments in asked["crawls"]:
        crawler = process.create_crawler({"local": Local, "undismissed": Undismissed}.get(name, name))
        crawler.signals.connect(received, signals.response_received, weak=False)
        crawler.signals.connect(closed, signals.spider_closed, weak=False)
        crawlers.append(crawler)
        process.crawl(crawler, **arguments)
    process.start()
    for crawler in crawlers:
        stats = crawler.stats.get_stats()
        tell({"stats": {key: value for key, value in stats.items() if isinstance(value, int | float | str)}})
    tell({"pages": pages})


if __name__ == "__main__":
    main()
