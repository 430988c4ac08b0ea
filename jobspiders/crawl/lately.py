"""What a crawl is doing at the moment, for those who watch it."""

from __future__ import annotations

from collections import deque
from time import monotonic
from typing import Any

from scrapy import Request, signals
from scrapy.crawler import Crawler

MINUTE = 60.0


class Lately:
    """Follows a crawl's requests as they reach the downloader."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._url = ""
        self._sent: deque[float] = deque()
        crawler.signals.connect(self._went_out, signals.request_reached_downloader)

    def facts(self) -> dict[str, Any]:
        """The last URL, the requests of the last minute, those that wait and those in hand, named as statistics are."""
        self._forget(monotonic())
        engine: Any = self._crawler.engine
        return {
            "now/url": self._url,
            "now/per_minute": len(self._sent),
            "now/pending": len(engine.scheduler),
            "now/in_hand": len(engine.downloader.active),
        }

    def _went_out(self, request: Request) -> None:
        now = monotonic()
        self._url = request.url
        self._sent.append(now)
        self._forget(now)

    def _forget(self, now: float) -> None:
        while self._sent and self._sent[0] < now - MINUTE:
            self._sent.popleft()
