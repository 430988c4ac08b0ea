"""A board's pause after walls, as one crawl keeps it for itself or all workers of a shared queue keep it together."""

from __future__ import annotations

import time

from scrapy.crawler import Crawler
from scrapy.settings import BaseSettings

from jobspiders.crawl.blocks import Trouble
from jobspiders.crawl.breaker import Breaker
from jobspiders.frontier.scheduler import shared


class OwnWalls:
    """The breaker of one crawl: requests that must wait go back to the queue."""

    def __init__(self, settings: BaseSettings) -> None:
        self._breaker = Breaker(
            settings.getint("BREAKER_WALLS"), settings.getfloat("BREAKER_PAUSE"), settings.getint("BREAKER_OPENINGS")
        )
        self._longest = settings.getfloat("RETRY_LONGEST")

    @property
    def given_up(self) -> bool:
        """True when the board is not to be asked again."""
        return self._breaker.given_up

    def wait(self) -> float:
        """Seconds for which a request must wait."""
        return self._breaker.wait(time.monotonic())

    async def good(self, age: float) -> None:
        """The board gave an answer to a request that was sent `age` seconds ago."""
        self._breaker.good()

    async def wall(self, trouble: Trouble, age: float) -> None:
        """The board showed a wall to a request that was sent `age` seconds ago."""
        now = time.monotonic()
        self._breaker.wall(now, trouble.is_helpless)
        if trouble.retry_after:
            self._breaker.hold(now + min(trouble.retry_after, self._longest))


class SharedWalls:
    """The breaker of all workers: what is closed hands out no requests. `Throttle` tells it what the board asks for."""

    def __init__(self, crawler: Crawler) -> None:
        settings = crawler.settings
        self._crawler = crawler
        self._walls, self._pause = settings.getint("BREAKER_WALLS"), settings.getfloat("BREAKER_PAUSE")
        self._openings = settings.getint("BREAKER_OPENINGS")
        self.given_up = False

    def wait(self) -> float:
        """Nothing: a request that has come so far may go."""
        return 0.0

    async def good(self, age: float) -> None:
        """The board gave an answer to a request that was sent `age` seconds ago."""
        await shared(self._crawler).limiter.good(age)

    async def wall(self, trouble: Trouble, age: float) -> None:
        """The board showed a wall to a request that was sent `age` seconds ago."""
        limiter = shared(self._crawler).limiter
        opened = await limiter.wall(age, self._walls, self._pause, trouble.says)
        if not self.given_up and (opened > self._openings or (opened > 0 and trouble.is_helpless)):
            self.given_up = True
            await limiter.block()
