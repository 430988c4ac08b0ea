"""What the frontier needs of Scrapy's engine beyond its public face; looked for once, so that it fails loudly."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Any

from scrapy.crawler import Crawler


class Engine:
    """The engine of one crawl. To be made when the scheduler is opened; raises RuntimeError on another Scrapy."""

    def __init__(self, crawler: Crawler) -> None:
        engine: Any = crawler.engine
        self._slot: Any = getattr(engine, "_slot", None)
        wanted = (
            (self._slot, "nextcall"),
            (self._slot, "closing"),
            (engine, "_stopping"),
            (engine.downloader, "_delay"),
        )
        if missing := [name for holder, name in wanted if not hasattr(holder, name)]:
            raise RuntimeError(f"this Scrapy's engine has no {missing[0]}, which the frontier needs: use Scrapy 2.19")
        self._engine = engine
        self._closing: asyncio.Task[None] | None = None

    def wake(self) -> None:
        """Have it ask for requests soon; by itself it asks every 5 seconds."""
        self._slot.nextcall.schedule()

    @property
    def downloading(self) -> int:
        """How many requests are in the downloader, or wait in its middlewares."""
        return len(self._engine.downloader.active)

    @property
    def closing(self) -> bool:
        """True from the moment at which no further requests are started."""
        return self._slot.closing is not None

    @property
    def stopping(self) -> bool:
        """True when the whole crawl was told to stop, as by SIGTERM."""
        return bool(self._engine._stopping)

    def undelayed(self) -> None:
        """Leave the delay between requests to us; DOWNLOAD_DELAY would come on top."""
        self._engine.downloader._delay = 0.0

    def close(self, reason: str) -> None:
        """Close the crawl, if it is not being closed."""
        if not self.closing and self._closing is None:
            self._closing = asyncio.ensure_future(self._engine.close_spider_async(reason=reason))

    def abandon(self) -> None:
        """Wait no longer for downloads, so that closing can go on."""
        for request in tuple(self._engine.downloader.active):
            with contextlib.suppress(KeyError):
                self._slot.remove_request(request)

    @staticmethod
    def force() -> None:
        """End the process's reactor, whatever still runs in it: what a second SIGTERM does."""
        from twisted.internet import reactor

        with contextlib.suppress(RuntimeError):  # it has ended already
            reactor.stop()  # type: ignore[misc]
