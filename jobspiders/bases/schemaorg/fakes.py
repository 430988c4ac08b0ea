"""JobPostings that are no jobs: a whole site dressed up as one, and people's CVs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urljoin, urlsplit

from scrapy.http import TextResponse

from jobspiders.bases.markup import is_markup
from jobspiders.bases.schemaorg.addresses import host_of
from jobspiders.bases.schemaorg.shapes import first_said, objects_of, text_of, texts_of

_CV = re.compile(r"/(?:cvs?|cv-?theque|resumes?|curriculum|lebenslauf|candidates?|candidats?)(?:/|$)", re.IGNORECASE)
_TEASER = 200  # characters; no job is told in fewer


def is_fake(node: Mapping[str, Any], response: TextResponse) -> bool:
    """Whether a JobPosting (keys in lower case) of this page is none."""
    return _is_person(node, response) or (is_markup(response) and _is_site(node, response))


def _is_site(node: Mapping[str, Any], response: TextResponse) -> bool:
    """A site's own home page, or its template on every page, as the one job of an employer that is the site itself.

    Seen at saudicareers.site: no identifier, no url, the site as the employer, a slogan as the title.
    """
    if objects_of(node.get("identifier")) or not _is_home(text_of(node.get("url")) or "/", response.url):
        return False
    canonical = response.css("link[rel=canonical]::attr(href)").get() or response.url
    short = len(text_of(node.get("description")) or "") < _TEASER
    if not (_is_home(response.url, response.url) or (short and _is_home(canonical, response.url))):
        return False
    site = response.css("meta[property='og:site_name']::attr(content)").get()
    employer = next((part for part in objects_of(node.get("hiringorganization")) if isinstance(part, Mapping)), {})
    addresses = texts_of(employer.get("sameas")) + texts_of(employer.get("url"))
    hosts = {_host(response.url, response.url), _host(canonical, response.url)}
    return first_said(employer, "name") == site or any(_host(address, response.url) in hosts for address in addresses)


def _is_person(node: Mapping[str, Any], response: TextResponse) -> bool:
    """A CV: its title is its person's name, or its address says what it is."""
    title, employer = first_said(node, "title", "name"), text_of(node.get("hiringorganization"))
    kinds = texts_of(node.get("@type"))
    return any(kind.endswith("Person") for kind in kinds) or (
        bool(_CV.search(urlsplit(response.url).path)) and (employer is None or employer == title)
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
