"""A board's spider on its replica without sockets and engine: what it asks for, it is answered, until it asks no more."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, urljoin, urlsplit

from scrapy import Request
from scrapy.http import HtmlResponse, Response, TextResponse
from scrapy.spidermiddlewares.httperror import HttpError
from scrapy.utils.project import get_project_settings
from twisted.python.failure import Failure

from jobspiders.commands.replay import offline_spider
from jobspiders.errors import JobspidersError
from jobspiders.items import Gone, Job, Posting
from jobspiders.normalise import normalise
from jobspiders.simboards.board import Answer, Asked, Site, open_site
from jobspiders.simboards.boards import HOSTS
from jobspiders.simboards.faults import answer

NOW = datetime(2026, 11, 22, 6, 30, tzinfo=UTC)


@dataclass
class Crawl:
    """What came of a crawl; `asked` are the addresses with the status of each answer."""

    site: Site
    postings: list[Posting] = field(default_factory=list)
    gone: list[Gone] = field(default_factory=list)
    asked: list[tuple[int, str]] = field(default_factory=list)
    errors: list[JobspidersError] = field(default_factory=list)
    stats: dict[str, Any] = field(default_factory=dict)

    @property
    def jobs(self) -> dict[str, Job]:
        """The jobs by id; one that came twice is an error."""
        jobs = [normalise(posting, NOW) for posting in self.postings]
        by_id = {job.source_id: job for job in jobs}
        assert len(by_id) == len(jobs)
        return by_id


def crawl(
    name: str,
    size: int,
    first: list[Request] | None = None,
    broken: Callable[[str], Answer | None] = lambda url: None,
    **search: str,
) -> Crawl:
    """Crawl the replica of `name` with `size` jobs; where `broken` gives an answer for an address, that one comes."""
    spider = offline_spider(name, get_project_settings(), search)

    async def begin() -> list[Request]:
        return [request async for request in spider.start()]

    waiting = deque(first or asyncio.run(begin()))
    host = urlsplit(waiting[0].url).hostname
    board = HOSTS[host]
    found = Crawl(open_site(board.name, board.hosts[host], size, 1, NOW))
    seen = set()
    while waiting:
        request = waiting.popleft()
        if (request.url, request.body) in seen and not request.dont_filter:
            continue
        seen.add((request.url, request.body))
        try:
            outputs = list(_outputs(request, found, broken))
        except JobspidersError as error:
            found.errors.append(error)
            continue
        waiting += [output for output in outputs if isinstance(output, Request)]
        found.postings += [output for output in outputs if isinstance(output, Posting)]
        found.gone += [output for output in outputs if isinstance(output, Gone)]
    found.stats = spider.crawler.stats.get_stats()
    return found


def _outputs(request: Request, found: Crawl, broken: Callable[[str], Answer | None]) -> Iterator[Any]:
    response = _fetched(request, found, broken)
    if 200 <= response.status < 300:
        return request.callback(response, **request.cb_kwargs)
    failure = Failure(HttpError(response))
    failure.request = response.request
    return request.errback(failure) or iter(())


def _fetched(request: Request, found: Crawl, broken: Callable[[str], Answer | None]) -> Response:
    url, before = request.url, []
    while True:
        parts = urlsplit(url)
        asked = Asked(request.method, parts.hostname or "", parts.path, dict(parse_qsl(parts.query)), request.body)
        given = broken(url) or answer(HOSTS[asked.host], found.site, asked, None)
        found.asked.append((given.status, url))
        if given.status not in (301, 302):
            break
        before.append(url)
        url = urljoin(url, given.headers["Location"])
    meta = {**request.meta, **({"redirect_urls": before} if before else {})}
    kind = given.content_type
    made = HtmlResponse if "html" in kind else TextResponse if "json" in kind or "text" in kind else Response
    encoding = {} if made is Response else {"encoding": "utf-8"}
    return made(url, status=given.status, body=given.body, request=request.replace(url=url, meta=meta), **encoding)
