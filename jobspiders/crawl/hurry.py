"""A crawl that was told to stop does not wait for the requests that still wait for their turn at the board's pace."""

from __future__ import annotations

import asyncio

from scrapy.crawler import Crawler

from jobspiders.frontier.engine import Engine

EVERY = 0.5  # seconds between two looks
GRACE = 4.0  # seconds for what is under way


class Hurry:
    """Beside a crawl with a queue of its own that is not kept. What has not come within some seconds is dropped, or a
    board of 20 requests a minute would keep its crawl for a minute. (A shared queue hands back what it holds.)
    """

    def __init__(self, crawler: Crawler) -> None:
        self._engine = Engine(crawler)
        self.is_cancelled = False

    async def watch(self) -> None:
        """Wait until the process is told to stop, or the run is cancelled; then act, once."""
        while not (self._engine.closing and (self._engine.stopping or self.is_cancelled)):  # noqa: ASYNC110 - no signal tells
            await asyncio.sleep(EVERY)
        await asyncio.sleep(GRACE)
        self._engine.abandon()
