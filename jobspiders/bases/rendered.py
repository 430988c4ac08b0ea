"""Boards whose pages are drawn by their own scripts, so that a browser has to open them.

To make one: name `Rendered` before the kind of its listings, as in `class Naukri(Rendered, PagedJson)`, and declare
`drawn` and, as needed, `answers`, `popups` and `unwanted`. The browser gives a page back as it was drawn, with what
its scripts were answered at its end, where a Generation finds it by `css=answer("/api/search")`. A saved page of
that kind can be replayed like any other.

What is declared travels in a request's `meta["rendered"]` as plain JSON, under the names used here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from jobspiders.bases.board import Board, Output

HANDLER = "jobspiders.crawl.rendering.RenderingHandler"


@dataclass(frozen=True, slots=True)
class Popup:
    """What lies over a page, found by `css` whenever it shows: `close` is the query, within it, of what to click.

    One that has nothing to click, or stays in spite of the click, is taken out of the page.
    """

    css: str
    close: str | None = None


def answer(url: str, status: int = 200) -> str:
    """The CSS query of what a page's own request, with `url` in its address, was answered with that `status`."""
    return f"script[data-answer*='{url}'][data-status='{status}']::text"


class Rendered(Board):
    """A board that needs a browser for the pages named in `drawn`, by what is there as soon as each is drawn.

    The keys of `drawn` are what `meta["page"]` says: listing, job. `answers` is a regular expression for the addresses
    of the page's own requests whose answers are kept. `unwanted` are the resource types (Playwright's names) not to
    fetch. A page that is not drawn within `patience` seconds is taken as it is then. `plain` is a regular expression
    for the addresses that need no browser.
    """

    browser = True
    drawn: ClassVar[Mapping[str, str]]
    answers: ClassVar[str | None] = None
    popups: ClassVar[Sequence[Popup]] = ()
    unwanted: ClassVar[Sequence[str]] = ("image", "media", "font")
    patience: ClassVar[float] = 10
    plain: ClassVar[str | None] = None

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """The board; its crawl's requests go through the browser's handler from now on.

        That leaves what needs no browser to the handler that was set. It is only put before it here, when nobody
        changes the settings any more.
        """
        settings = crawler.settings
        plain = settings.getwithbase("DOWNLOAD_HANDLERS")["https"]
        if plain != HANDLER and not settings.frozen:
            priority = max(settings.getpriority("DOWNLOAD_HANDLERS") or 0, 30)
            handlers = {**settings.getdict("DOWNLOAD_HANDLERS"), "http": HANDLER, "https": HANDLER}
            settings.set("DOWNLOAD_HANDLERS", handlers, priority)
            settings.set("PLAIN_HANDLER", plain, priority)
        return super().from_crawler(crawler, *args, **kwargs)

    def request(self, url: str, values: Mapping[str, Any], **options: Any) -> Request:
        """A request of this board's, to be opened in the browser if its kind of page is."""
        meta = options.get("meta", {})
        if meta.get("page") in self.drawn and not (self.plain and re.search(self.plain, url)):
            options["meta"] = {**meta, "rendered": self._rendering(self.drawn[meta["page"]])}
        return super().request(url, values, **options)

    def parse(self, response: Response, **kwargs: Any) -> Iterator[Output]:
        """A URL pushed from outside: opened in the browser, unless it was."""
        if "rendered" in response.meta:
            yield from super().parse(response)
        else:
            meta = {"rendered": self._rendering(", ".join(self.drawn.values()))}
            yield response.request.replace(callback=self.parse, meta=meta, dont_filter=True)  # type: ignore[union-attr]

    def _rendering(self, drawn: str) -> dict[str, Any]:
        return {
            "drawn": drawn,
            "answers": self.answers,
            "popups": [{"css": popup.css, "close": popup.close} for popup in self.popups],
            "unwanted": list(self.unwanted),
            "patience": self.patience,
        }
