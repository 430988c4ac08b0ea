"""Keeps one page of a run that drifted, trimmed and scrubbed, for whoever mends the board.

It lies in the folder `drifted` of the crawl's working folder, one file for each board, the latest; `scrapy replay`
reads it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.http import Response, TextResponse

from jobspiders.crawl.scrub import masked
from jobspiders.crawl.trim import fitted
from jobspiders.items import Job

FOLDER = Path("drifted")
LIMIT = 250_000  # bytes of the file: what is new in a page may stand anywhere in it
LARGEST = 4_000_000  # bytes of a page that is held while the crawl goes on
UNREADABLE = 1_000  # how suspicious a page is in which nothing was found; another one, by its fields that are missing


class Suspect:
    """The page of a crawl that tells most of a drift: one in which nothing could be read, else the one whose job lacks
    the most of the fields that the board is expected to have, else the first listing.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._suspicion = -1
        self._page: TextResponse | None = None
        crawler.signals.connect(self._received, signals.response_received)
        crawler.signals.connect(self._spider_error, signals.spider_error)
        crawler.signals.connect(self._scraped, signals.item_scraped)

    def keep(self, board: str, folder: Path = FOLDER) -> str | None:
        """Write the page into a file: one line on where it is, or on why it is not; None when there was no page."""
        if self._page is None:
            return None
        text = fitted(self._page.text, LIMIT)
        path = folder.resolve() / f"{board}.{'html' if text.startswith('<') else 'json'}"
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        except OSError as error:
            return f"the page that tells most could not be kept: {error}"
        kind = "listing" if self._page.meta.get("page") == "listing" else "detail"
        return f"the page that tells most is kept: {path} (a {kind}, from {masked(self._page.url)})"

    def _received(self, response: Response, request: Any, spider: Any) -> None:
        if request.meta.get("page") == "listing":
            self._suspect(response, 0)

    def _spider_error(self, failure: Any, response: Response, spider: Any) -> None:
        self._suspect(response, UNREADABLE)

    def _scraped(self, item: Any, response: Response | None, spider: Any) -> None:
        if isinstance(item, Job):
            missing = sum(getattr(item, name) in (None, "", []) for name in spider.expect.fields)
            self._suspect(response, missing)

    def _suspect(self, response: Response | None, suspicion: int) -> None:
        if suspicion > self._suspicion and isinstance(response, TextResponse) and len(response.body) <= LARGEST:
            self._suspicion, self._page = suspicion, response
