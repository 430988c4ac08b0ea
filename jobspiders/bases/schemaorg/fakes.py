"""JobPostings that are no jobs: a whole site dressed up as one, and people's CVs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Any
from urllib.parse import urljoin, urlsplit

from scrapy.http import TextResponse

from jobspiders.bases.markup import is_markup
from jobspiders.bases.schemaorg.addresses import host_of
from jobspiders.bases.schemaorg.shapes import first_said, objects_of, text_of, texts_of

_CV = re.compile(r"/(?:cvs?|cv-?theque|resumes?|curriculum|lebenslauf|candidates?|candidats?)(?:/|$)", re.IGNORECASE)
_TEASER = 200  # characters; no job is told in fewer


class Page:
    """A page with JobPostings. What it says of itself is looked for once, however many there are."""

    def __init__(self, response: TextResponse) -> None:
        self.url: str = response.url
        self._response = response

    def has_fake(self, node: Mapping[str, Any]) -> bool:
        """Whether this JobPosting (keys in lower case) of the page is none."""
        return _is_person(node, self.url) or (is_markup(self._response) and _is_site(node, self))

    @cached_property
    def canonical(self) -> str:
        """Its address as it says itself."""
        return self._response.css("link[rel=canonical]::attr(href)").get() or self.url

    @cached_property
    def site(self) -> str | None:
        """The name of its site."""
        return self._response.css("meta[property='og:site_name']::attr(content)").get()


def _is_site(node: Mapping[str, Any], page: Page) -> bool:
    """A site's own home page, or its template on every page, as the one job of an employer that is the site itself.

    Seen at saudicareers.site: no identifier, no url, the site as the employer, a slogan as the title.
    """
    if objects_of(node.get("identifier")) or not _is_home(text_of(node.get("url")) or "/", page.url):
        return False
    short = len(text_of(node.get("description")) or "") < _TEASER
    if not (_is_home(page.url, page.url) or (short and _is_home(page.canonical, page.url))):
        return False
    employer = next((part for part in objects_of(node.get("hiringorganization")) if isinstance(part, Mapping)), {})
    addresses = texts_of(employer.get("sameas")) + texts_of(employer.get("url"))
    hosts = {_host(page.url, page.url), _host(page.canonical, page.url)}
    return first_said(employer, "name") == page.site or any(_host(address, page.url) in hosts for address in addresses)


def _is_person(node: Mapping[str, Any], address: str) -> bool:
    """A CV: its title is its person's name, or its address says what it is."""
    title, employer = first_said(node, "title", "name"), text_of(node.get("hiringorganization"))
    kinds = texts_of(node.get("@type"))
    return any(kind.endswith("Person") for kind in kinds) or (
        bool(_CV.search(urlsplit(address).path)) and (employer is None or employer == title)
    )


def _is_home(address: str, page: str) -> bool:
    try:
        return urlsplit(urljoin(page, address)).path in {"", "/"}
    except ValueError:
        return False


def _host(address: str, page: str) -> str | None:
    try:
        return host_of(urljoin(page, address)) or None
    except ValueError:
        return None
