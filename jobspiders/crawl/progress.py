"""One line per board on a terminal while it is crawled: found, new, changed, unchanged, failed, rate, time left."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass, field

from rich.console import Console
from rich.live import Live
from rich.text import Text
from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from jobspiders.crawl.counts import Counts


def line(name: str, counts: Counts, seconds: float, wanted: int | None) -> str:
    """The progress of one crawl in words; `seconds` since its start, `wanted` jobs if that was said."""
    per_minute = counts.found / seconds * 60 if seconds > 0 else 0.0
    parts = [
        f"{counts.found} found",
        f"{counts.new} new",
        f"{counts.changed} changed",
        f"{counts.unchanged} unchanged",
        f"{counts.failed} failed",
        f"{per_minute:.0f} a minute",
    ]
    if wanted is not None and 0 < counts.found < wanted:
        left = round((wanted - counts.found) / counts.found * seconds)
        parts.append(f"{left // 60}:{left % 60:02} left")
    return f"{name:<12} " + " · ".join(parts)


@dataclass(slots=True)
class _Display:
    """The lines of all crawls of this process, drawn together, for there is only one terminal."""

    crawls: dict[Crawler, float] = field(default_factory=dict)
    live: Live | None = None

    def add(self, crawler: Crawler) -> None:
        self.crawls[crawler] = time.monotonic()
        if self.live is None:
            self.live = Live(get_renderable=self.render, console=Console(stderr=True), refresh_per_second=4)
            self.live.start()

    def remove(self, crawler: Crawler) -> None:
        del self.crawls[crawler]
        if self.live is not None and not self.crawls:
            self.live.stop()
            self.live = None

    def render(self) -> Text:
        return Text("\n").join(Text(self._line(crawler, start)) for crawler, start in self.crawls.items())

    def _line(self, crawler: Crawler, start: float) -> str:
        counts = Counts.of(crawler.stats.get_stats())
        search = getattr(crawler.spider, "search", None)
        name = crawler.spidercls.name
        return line(name, counts, time.monotonic() - start, search.results_wanted if search else None)


_DISPLAY = _Display()


class Progress:
    """Extension that shows the crawl's line; not there when stderr is no terminal."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        crawler.signals.connect(self._opened, signals.spider_opened)
        crawler.signals.connect(self._closed, signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Progress:
        """The line of this crawl. Raises NotConfigured off a terminal."""
        if not sys.stderr.isatty():
            raise NotConfigured
        return cls(crawler)

    def _opened(self, spider: Spider) -> None:
        _DISPLAY.add(self._crawler)

    def _closed(self, spider: Spider) -> None:
        _DISPLAY.remove(self._crawler)
