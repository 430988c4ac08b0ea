"""robots.txt for the requests that come while it is being fetched.

Scrapy 2.19's middleware lets all who wait for it share one Deferred; the first to wake consumes its result, and for
the others the answer is None, which means "allowed". Here they wait in line instead.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.robotstxt import RobotParser
from scrapy.utils.httpobj import urlparse_cached


class Robots(RobotsTxtMiddleware):
    """Downloader middleware in the place of Scrapy's."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._fetching: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def robot_parser(self, request: Request) -> RobotParser | None:
        """The rules of the request's host, fetched once."""
        async with self._fetching[urlparse_cached(request).netloc]:
            return await super().robot_parser(request)
