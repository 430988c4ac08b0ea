"""Boards of any site that publishes schema.org `JobPosting`, in JSON-LD or microdata, for search engines to read.

The board `jsonld` is told where to begin (`-a start_url=…`, `-a sitemap=…`). A site that is worth a board of its own
gets a file in `spiders/`, here with all that it needs:

    \"\"\"Acme. Access: sitemap, JSON-LD. Caveats: none known. Last checked: 2026-11.\"\"\"
    from jobspiders.bases.jsonld import JobPostingSite
    class Acme(JobPostingSite):
        name, homepage, hosts = "acme", "https://acme.example", ("acme.example",)
        sitemap, job_pattern = "https://acme.example/sitemap.xml", r"/jobs/([0-9]+)"

A job's id is its host and what `job_pattern` finds in its address, or else a hash of that address; never the posting's
`identifier`, see `schemaorg/addresses.py`. Nothing is closed here for being absent: a job's id follows from its page,
which may call itself by another address than the list did. A page that is gone, or leads to the list above it, closes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, ClassVar
from urllib.parse import urljoin, urlsplit

from scrapy import Request
from scrapy.http import TextResponse

from jobspiders.bases.board import Output
from jobspiders.bases.documents import Generation, Page
from jobspiders.bases.markup import is_markup
from jobspiders.bases.schemaorg.addresses import host_of, job_id, joined, leads_up, own_address
from jobspiders.bases.schemaorg.blocks import job_posting, job_postings
from jobspiders.bases.schemaorg.pages import addresses_of, linked_job, linked_jobs, marked_job, marked_jobs, says_closed
from jobspiders.bases.schemaorg.posting import values_of
from jobspiders.bases.sitemap_list import SitemapList
from jobspiders.bases.sitemaps import Entry
from jobspiders.errors import BadSearch, Unreadable
from jobspiders.items import Expect, Gone, Posting, Rate

__all__ = ["JobPostingSite", "job_posting", "job_postings"]

NEXT = "link[rel~=next]::attr(href), a[rel~=next]::attr(href)"


class JobPostingSite(SitemapList):
    """A site with JobPostings. `start_url` is a list (JSON-LD, microdata, a feed, links that fit) or a job's page."""

    start_url: ClassVar[str | None] = None

    rate = Rate(per_minute=20, concurrency=1)
    schedule = "every 24h"
    expect = Expect(min_jobs=1, fields={"company": 0.8, "location": 0.5})
    own_arguments = {
        "start_url": "the address of a list of jobs, or of one job; several with spaces",
        "sitemap": "the address of a sitemap, of robots.txt or of the site; several with spaces",
        "job_pattern": r"a regular expression that fits the addresses of jobs; its group is the job's id: /jobs/(\d+)",
    }
    needs: ClassVar[tuple[str, ...]] = ("start_url", "sitemap")
    listing = (
        Generation("json-ld", read=linked_jobs, next=NEXT),
        Generation("microdata", read=marked_jobs, next=NEXT),
        Generation("links", select="a[href]", fields={"href": "::attr(href)"}, next=NEXT),
    )
    job = (Generation("json-ld", read=linked_job), Generation("microdata", read=marked_job))

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        if cls.start_url or cls.sitemap:
            cls.own_arguments, cls.needs, cls.example_arguments = {}, (), {}

    def __init__(self, name: str | None = None, **arguments: Any) -> None:
        super().__init__(name, **arguments)
        own = self.search.own
        self.starts = _addresses("start_url", own.get("start_url") or self.start_url)
        self.sitemaps = _addresses("sitemap", own.get("sitemap") or self.sitemap)
        self.job_pattern = _pattern(own.get("job_pattern") or self.job_pattern)
        # Whoever names a page names its host: only a board of its own declares them.
        self.hosts = self.hosts or tuple(dict.fromkeys(map(host_of, (*self.starts, *self.sitemaps))))

    def listing_requests(self) -> Iterable[Request]:
        """The pages and sitemaps to begin with."""
        yield from (self.listing_request(url) for url in self.starts)
        yield from (self.sitemap_request(url) for url in self.sitemaps)

    def next_listing(self, page: Page, generation: Generation, number: int, seen: int) -> Iterable[Request]:
        """The next page, by its link, or by a JSON feed's `next_url`."""
        link = page.look_up(generation, "next_url")
        if isinstance(link, str):
            yield self.listing_request(urljoin(page.response.url, link), number + 1, seen)
        elif is_markup(page.response):
            yield from super().next_listing(page, generation, number, seen)

    def cards(self, found: list[Any], page: Page) -> list[Any]:
        """The jobs of a list, each with its own address as "@url"; of a job's page that job, with the page's.

        Raises Unreadable for mere links when nobody said which of them are jobs.
        """
        if "@listed" in found[0]:
            addresses = addresses_of(found, page.response)
            return [{**posting, "@url": url} for posting, url in zip(found, addresses, strict=True)]
        if self.job_pattern is None:
            raise Unreadable(
                f"{page.response.url} has no JobPosting; job_pattern=… would say which links lead to jobs."
            )
        links = dict.fromkeys(joined(page.response.url, link["href"]) for link in found)
        return [{"@link": url} for url in links if url and self._is_job(url)]

    def parse_card(self, card: Any) -> Posting:
        """A JobPosting in a list; complete when its text is there, too. Raises LookupError for one without address."""
        url = card["@url"]
        if url is None:
            raise LookupError("a job in a list has neither an address of its own nor a link with its title")
        values = values_of(card, url)
        return self.posting(
            source_id=job_id(url, self.job_pattern),
            url=url,
            complete="description" in values,
            **{"title": "", **values},
        )

    def parse_job(self, job: Any, response: TextResponse) -> Posting:
        """The JobPosting of a job's page. Raises Unreadable for one without a title or a text."""
        url = own_address(response)
        values = values_of(job, url)
        if not values.get("title") or "description" not in values:
            raise Unreadable(f"{response.url} has a JobPosting without a title or a text.")
        status = "closed" if says_closed(response) else None
        return self.posting(source_id=job_id(url, self.job_pattern), url=url, status=status, **values)

    def on_unread_job(self, response: TextResponse, card: Posting, error: Unreadable) -> Iterator[Output]:
        """A page that leads to the list above it is gone; one without JobPosting is no job's, when nothing but a
        sitemap had taken it for one.
        """
        if leads_up(card.url, response.url):
            yield Gone(self.name, card.source_id, f"its page leads to {response.url}")
        elif card.title:
            yield from super().on_unread_job(response, card, error)
        elif self.job_pattern:
            raise error
        else:
            self._count("job/none")

    def job_request(self, card: Posting) -> Request | None:
        """The request for a job's page, on the board's hosts only."""
        return super().job_request(card) if self.is_own(card.url) else None

    def _on_card(self, card: Any) -> Iterator[Output]:
        if "@link" in card:
            yield from self._on_entry(Entry(card["@link"]))
        else:
            yield from super()._on_card(card)

    def _completed(self, posting: Posting, card: Posting) -> Posting:
        """The page's job, with what only the list told. Its id is the page's, whatever address the list had for it."""
        return replace(posting.filled_from(card), source_id=posting.source_id, url=posting.url)


def _addresses(name: str, said: str | None) -> tuple[str, ...]:
    addresses = tuple((said or "").split())
    for address in addresses:
        parts = urlsplit(address)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise BadSearch(f"{name}={address!r}: give a whole address, for example https://acme.example/jobs.")
    return addresses


def _pattern(said: str | None) -> str | None:
    try:
        re.compile(said or "")
    except re.error as error:
        raise BadSearch(f"job_pattern={said!r} is no regular expression: {error}.") from None
    return said
