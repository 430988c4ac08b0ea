"""Boards whose jobs' pages are named by sitemaps, which tell nothing but addresses.

To make one: declare `sitemap`, the address of a sitemap, of robots.txt, or of the site (then robots.txt is asked, and
/sitemap.xml when that names none); `job_pattern`, a regular expression that fits the addresses of jobs, whose group,
if it has one, is the job's id; and `job`, what a job's page holds. Every page that fits is read, unless it is known and
has the same `lastmod` as before.

A sitemap that does not come makes the run partial; one that is gone (404, 410) is only passed over.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from typing import ClassVar
from urllib.parse import urljoin, urlsplit

from scrapy import Request
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from jobspiders.bases.board import Board, Output
from jobspiders.bases.schemaorg.addresses import host_of, job_id
from jobspiders.bases.sitemaps import Entry, Sitemap, read_sitemap
from jobspiders.errors import Unreadable
from jobspiders.items import Gone, Posting

DEEPEST = 5  # indexes within indexes

Waiting = Sequence[tuple[str, list[str]]]  # addresses, each with those of the indexes above it


class SitemapList(Board):
    """A board with sitemaps. With `results_wanted` they are read one after the other, until enough pages were named."""

    sitemap: ClassVar[str | None] = None
    job_pattern: str | None = None
    job_url = "{url}"

    def sitemap_request(self, url: str, before: int = 0, trail: Sequence[str] = (), waiting: Waiting = ()) -> Request:
        """The request for a sitemap below those of `trail`; `before` pages were named, others wait for their turn."""
        if urlsplit(url).path in {"", "/"}:
            url = urljoin(url, "/robots.txt")
        return self.request(
            url,
            {},
            callback=self.on_sitemap,
            errback=self.on_sitemap_failed,
            cb_kwargs={"before": before, "trail": [*trail, url], "waiting": list(waiting)},
            meta={"page": "listing"},
        )

    def on_sitemap(
        self, response: Response, before: int = 0, trail: Sequence[str] = (), waiting: Waiting = ()
    ) -> Iterator[Output]:
        """Requests for the pages that a sitemap names, and for further sitemaps."""
        try:
            if response.status == 202:
                raise Unreadable(f"{response.url} is not ready (202).")
            found = read_sitemap(response.body, response.url)
        except Unreadable as error:
            self._count("listing/failed")
            self.logger.error("%s", error)
            yield from self._further([], before, trail, waiting)
            return
        if response.url.endswith("/robots.txt") and not found.children:
            yield self._usual_sitemap(response.url, before, waiting)
            return
        jobs = [entry for entry in found.pages if self._is_job(entry.url)]
        if found.pages and not jobs:
            self.logger.warning("%s: none of its %d pages is on this host and fits", response.url, len(found.pages))
        self._count("listing/pages")
        self._count("listing/cards", len(jobs))
        if found.cut_off:
            self._count("listing/cut_off")
        for index, entry in enumerate(jobs, start=before):
            if self.asked.wants(index):
                yield from self._on_entry(entry)
        yield from self._further(self._children(found, response.url), before + len(jobs), trail, waiting)

    def on_sitemap_failed(self, failure: Failure) -> Iterator[Output]:
        """A sitemap that did not come; those that waited behind it go on."""
        request: Request = failure.request  # type: ignore[attr-defined]
        before, trail, waiting = (request.cb_kwargs[name] for name in ("before", "trail", "waiting"))
        gone = isinstance(failure.value, HttpError) and failure.value.response.status in (404, 410)
        if gone and request.url.endswith("/robots.txt"):
            yield self._usual_sitemap(request.url, before, waiting)
            return
        self._count("listing/past_end" if gone and len(trail) > 1 else "listing/failed")
        yield from self._further([], before, trail, waiting)

    def on_job_failed(self, failure: Failure) -> Iterator[Output]:
        """As on every board; but what a sitemap alone told of a job is nothing to store."""
        for output in super().on_job_failed(failure):
            if isinstance(output, Gone) or (isinstance(output, Posting) and output.title):
                yield output

    def is_own(self, url: str) -> bool:
        """True for an address on one of the board's hosts."""
        try:
            host = host_of(url)
        except ValueError:
            return False
        return any(host == own or host.endswith(f".{own}") for own in self.hosts)

    def stub(self, entry: Entry) -> Posting:
        """What a mere address tells of a job: its id, and by `card_hash` whether it changed. Raises ValueError."""
        posting = self.posting(source_id=job_id(entry.url, self.job_pattern), url=entry.url, title="")
        posting.card_hash = hashlib.blake2b((entry.lastmod or "").encode(), digest_size=12).hexdigest()
        return posting

    def _usual_sitemap(self, robots_txt: str, before: int, waiting: Waiting) -> Request:
        """Where a sitemap is when robots.txt does not tell; to be begun with, so that its absence is a failure."""
        return self.sitemap_request(urljoin(robots_txt, "/sitemap.xml"), before, (), waiting)

    def _on_entry(self, entry: Entry) -> Iterator[Output]:
        request = self.job_request(self.stub(entry))
        if request:
            yield request

    def _is_job(self, url: str) -> bool:
        return self.is_own(url) and (self.job_pattern is None or re.search(self.job_pattern, url) is not None)

    def _children(self, found: Sitemap, url: str) -> list[str]:
        """The further sitemaps to read. With a pattern for the jobs none needs to be guessed by its name."""
        children = found.children if self.job_pattern else found.likely()
        if len(children) < len(found.children):
            left = len(found.children) - len(children)
            self.logger.info("%s: %d further sitemaps do not sound like jobs and are not read", url, left)
        own = [child for child in children if self.is_own(child)]
        if len(own) < len(children):
            self._count("listing/failed", len(children) - len(own))
            self.logger.error("%s names %d sitemaps on other hosts, which are not read", url, len(children) - len(own))
        return own

    def _further(
        self, children: Sequence[str], before: int, trail: Sequence[str], waiting: Waiting
    ) -> Iterator[Output]:
        """Requests for the sitemaps below the last one of `trail`: for all at once, or for the first that waits."""
        new = [(url, list(trail)) for url in children if url not in trail]
        if new and len(trail) >= DEEPEST:
            self._count("listing/cut_off")
            new = []
        if self.search.results_wanted is None:
            for url, above in new:
                yield self.sitemap_request(url, before, above)
        elif (queue := [*new, *waiting]) and not self.asked.enough(before):
            url, above = queue[0]
            yield self.sitemap_request(url, before, above, queue[1:]).replace(dont_filter=True)
