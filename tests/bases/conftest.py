"""A board walked through its replica in one process: each request answered at once, no server and no engine."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from scrapy import Request
from scrapy.http import HtmlResponse, Response
from scrapy.spidermiddlewares.httperror import HttpError
from scrapy.utils.project import get_project_settings
from twisted.python.failure import Failure

from jobspiders.commands.replay import offline_spider
from jobspiders.simboards.board import Asked, Site, open_site
from jobspiders.simboards.boards import HOSTS

NOW = datetime(2026, 11, 22, 6, 30, tzinfo=UTC)


@dataclass
class Walk:
    """What a walk brought: `items`, the addresses in their order with their pages, the site, the spider with stats."""

    spider: Any
    site: Site
    items: list[Any] = field(default_factory=list)
    bodies: dict[str, bytes] = field(default_factory=dict)

    @property
    def urls(self) -> list[str]:
        return list(self.bodies)

    def count(self, key: str) -> Any:
        return self.spider.crawler.stats.get_value(key, 0)

    def listings(self) -> list[str]:
        return [url for url in self.urls if "viewjob" not in url and "jobPosting/" not in url]


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def walk() -> Callable[..., Walk]:
    """Walks: `walk(host, jobs, **search_arguments)`; `answers` maps an address to another answer's status."""
    return _walk


def _walk(host: str, size: int, answers: dict[str, int] | None = None, **arguments: str) -> Walk:
    board = HOSTS[host]
    site = open_site(board.name, board.hosts[host], size, 1, NOW)
    walked = Walk(offline_spider(board.name, get_project_settings(), arguments), site)
    waiting: deque[Request] = deque(asyncio.run(_first(walked.spider)))
    while waiting:
        request = waiting.popleft()
        if request.url in walked.bodies:
            continue
        address = urlsplit(request.url)
        asked = Asked(request.method, address.hostname, address.path, dict(parse_qsl(address.query)))
        told = board.answer(site, asked)
        walked.bodies[request.url] = told.body
        status = (answers or {}).get(request.url, told.status)
        response = HtmlResponse(request.url, status, body=told.body, encoding="utf-8", request=request)
        for output in _outputs(request, response):
            (waiting if isinstance(output, Request) else walked.items).append(output)
    return walked


async def _first(spider: Any) -> list[Request]:
    return [request async for request in spider.start()]


def _outputs(request: Request, response: Response) -> list[Any]:
    if response.status < 400:
        return list(request.callback(response, **request.cb_kwargs))
    failure = Failure(HttpError(response))
    failure.request = request
    return list(request.errback(failure) or ())
