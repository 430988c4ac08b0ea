"""Finding JobPostings in a page's microdata, in the shape that JSON-LD has."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree
from scrapy.http import TextResponse

from jobspiders.bases.markup import breaks_off, is_markup
from jobspiders.bases.schemaorg.shapes import DEEPEST

# What may hold markup that must not get lost, and what is an address rather than the words that link to it.
_MARKUP = {
    *("description", "responsibilities", "qualifications", "skills", "jobbenefits", "benefits", "incentives"),
    *("incentivecompensation", "experiencerequirements", "educationrequirements"),
}
_ADDRESSES = {"url", "sameas", "logo", "image", "contenturl", "hasmap"}
# Values of one property. Elements within each other by the thousand would each give all the words below them.
MOST = 300
_CARRIER = {"time": "datetime", "data": "value", "meter": "value"}


def microdata_in(response: TextResponse) -> Iterator[dict[str, Any]]:
    """The outermost JobPostings of the page's microdata, without the last one of a page that breaks off."""
    if is_markup(response):
        scopes = [found.root for found in response.xpath('//*[@itemscope and contains(@itemtype, "JobPosting")]')]
        known = set(scopes)  # XPath's own ancestor:: takes quadratic time over a deep page
        outermost = [scope for scope in scopes if known.isdisjoint(scope.iterancestors())]
        for scope in outermost[:-1] if breaks_off(response) else outermost:
            yield _item(scope)


def _item(scope: Any, depth: int = 0) -> dict[str, Any]:
    """The properties of an element with `itemscope`; those that stand there several times as a list."""
    record: dict[str, Any] = {"@type": scope.get("itemtype", "")}
    waiting = list(reversed(scope)) if depth < DEEPEST else []
    while waiting:  # no recursion: elements may be nested by the thousand
        element = waiting.pop()
        if not isinstance(element.tag, str):
            continue
        names = (element.get("itemprop") or "").split()
        within = element.get("itemscope") is not None
        for name in (name for name in names if not _is_full(record.get(name))):
            _add(record, name, _item(element, depth + 1) if within else _value(element, name.lower()))
        if not within:
            waiting += reversed(element)
    return record


def _is_full(said: Any) -> bool:
    return isinstance(said, list) and len(said) >= MOST


def _add(record: dict[str, Any], name: str, value: Any) -> None:
    if name not in record:
        record[name] = value
    elif isinstance(record[name], list):
        record[name].append(value)
    else:
        record[name] = [record[name], value]


def _value(element: Any, name: str) -> str:
    """What an element says: `content` or the attribute of its kind, else its words, or its markup for long texts."""
    said = element.get("content") or element.get(_CARRIER.get(element.tag, "content"))
    if said is None and (name in _ADDRESSES or element.tag in {"img", "link"}):
        said = element.get("href") or element.get("src")
    if said is not None:
        return str(said)
    if name in _MARKUP and len(element):
        inner = [etree.tostring(child, encoding="unicode", method="html") for child in element]
        return (element.text or "") + "".join(inner)
    return " ".join("".join(element.itertext()).split())
