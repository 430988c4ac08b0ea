"""The jobs of a page, from its JSON-LD or its microdata: those of a list, or the one that the page is about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from scrapy.http import TextResponse

from jobspiders.bases.markup import is_markup
from jobspiders.bases.schemaorg.addresses import joined, own_address, plain
from jobspiders.bases.schemaorg.blocks import Found, found_in
from jobspiders.bases.schemaorg.fakes import Page
from jobspiders.bases.schemaorg.microdata import microdata_in
from jobspiders.bases.schemaorg.shapes import first_said, lowered, text_of

Job = Mapping[str, Any]

_PLACE = ("addresslocality", "addressregion", "addresscountry")
# Said of the job itself in a heading or an alert: of related jobs, and in scripts, healthy pages say it, too.
_CLOSED = re.compile(
    r"(?:sorry\W+)?(?:this|the) (?:job|position|vacancy|posting|role|opening)(?: posting| advert)? (?:is|has been|has)"
    r" (?:no longer (?:available|open|active|accepting applications)|(?:now )?(?:closed|expired|filled))\b.{0,80}",
    re.IGNORECASE,
)


def linked_jobs(response: TextResponse) -> list[Job] | None:
    """The JobPostings of a page's JSON-LD, keys in lower case, "@listed" where they stand in a list of items."""
    return _real(found_in(response), response)


def marked_jobs(response: TextResponse) -> list[Job] | None:
    """The same from its microdata."""
    return _real((Found(node, False) for node in microdata_in(response)), response)


def linked_job(response: TextResponse) -> Job | None:
    """The JobPosting that the page is about; None when it has none, or is a list."""
    return _own(linked_jobs(response), response)


def marked_job(response: TextResponse) -> Job | None:
    """The same from its microdata."""
    return _own(marked_jobs(response), response)


def addresses_of(jobs: Sequence[Job], response: TextResponse) -> list[str | None]:
    """The address of each of the page's jobs: the page's for the one that it is about, the job's own, or that of the
    one link that has its title for words; None when there is none.
    """
    own = _own(jobs, response)
    links = _links(response) if any(job is not own and not text_of(job.get("url")) for job in jobs) else {}
    return [own_address(response) if job is own else _address(job, links, response) for job in jobs]


def says_closed(response: TextResponse) -> bool:
    """Whether the page says in a heading or an alert that its job is closed."""
    words = (" ".join(found.xpath(".//text()").getall()) for found in response.css("h1, h2, h3, [role=alert]"))
    return is_markup(response) and any(_CLOSED.fullmatch(" ".join(text.split())) for text in words)


def _real(found: Iterable[Found], response: TextResponse) -> list[Job] | None:
    jobs = [(lowered(node), listed) for node, listed in found]
    if len(jobs) == 1 and is_markup(response):
        jobs = [({**_of_page(response, jobs[0][0]), **jobs[0][0]}, jobs[0][1])]
    page = Page(response)
    return [{**node, "@listed": listed} for node, listed in jobs if not page.has_fake(node)] or None


def _of_page(response: TextResponse, job: Job) -> dict[str, Any]:
    """What the page around the only JobPosting tells, where that has neither a title nor a place."""
    said: dict[str, Any] = {}
    if not first_said(job, "title", "name"):
        words = " ".join(response.xpath("(//h1)[1]//text()").getall()) or response.css("title::text").get() or ""
        said["name"] = " ".join(words.split())
    place = response.css("meta[name=gtm_tbcn_location]::attr(content)").get()
    if place and not job.get("joblocation"):  # TalentBrew: "City~Region~Country"
        said["joblocation"] = {"address": dict(zip(_PLACE, place.split("~"), strict=False))}
    return said


def _own(jobs: Sequence[Job] | None, response: TextResponse) -> Job | None:
    """The job whose address is the page's, or whose title is; or the only one."""
    if not jobs or not is_markup(response):
        return None
    here = own_address(response)
    for job in jobs:
        if (said := joined(response.url, text_of(job.get("url")))) and _same(said, here):
            return job
    if len(jobs) == 1 and not jobs[0]["@listed"]:
        return jobs[0]
    headings = {_words(text) for text in response.css("h1").xpath("string()").getall()}
    titled = [job for job in jobs if not job["@listed"] and _words(first_said(job, "title", "name") or "") in headings]
    return titled[0] if len(titled) == 1 else None


def _address(job: Job, links: Mapping[str, set[str]], response: TextResponse) -> str | None:
    address = joined(response.url, text_of(job.get("url")))
    if address and not _same(address, response.url):
        return address
    found = links.get(_words(first_said(job, "title", "name") or ""), set())
    return next(iter(found)) if len(found) == 1 else None


def _links(response: TextResponse) -> dict[str, set[str]]:
    """The page's links by the words on them, and by those of a heading within them."""
    links: dict[str, set[str]] = {}
    for link in response.css("a[href]") if is_markup(response) else ():
        for element in (link, *link.css("h1, h2, h3, h4, h5, h6")):
            words = _words(element.xpath("string()").get() or "")
            if address := joined(response.url, link.root.get("href")):
                links.setdefault(words, set()).add(address)
    return links


def _words(text: str) -> str:
    return " ".join(text.split()).casefold()


def _same(one: str, other: str) -> bool:
    try:
        return plain(one) == plain(other)
    except ValueError:
        return False
