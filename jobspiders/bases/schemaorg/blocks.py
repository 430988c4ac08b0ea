"""Finding JobPostings in a page's JSON-LD, mended where it is no JSON."""

from __future__ import annotations

import contextlib
import html
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from scrapy.http import TextResponse

from jobspiders.bases.markup import is_markup

DEEPEST = 8  # lists, graphs and items within each other
LONGEST = 5_000_000  # characters of a block

# Comments and CDATA before the data; what follows them does not disturb.
_BEFORE = re.compile(r"(?:\s|\ufeff|<!--|<!\[CDATA\[|//|/\*|\*/)*")
_TYPE = re.compile(r"(?:^|[/#:]|schema\.org)JobPosting/?$", re.IGNORECASE)
_WITHIN = ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item", "items")
# Seen at Talemetry: "\$" in a text, and no comma between two properties; commas before a bracket are common elsewhere.
_BAD_ESCAPE = re.compile(r'\\(\\|["/bfnrt]|u[0-9a-fA-F]{4})|\\')
_COMMA_TOO_MANY = re.compile(r",(?=\s*+[}\]])")
_COMMA_MISSING = re.compile(r'(["}\]\d]|true|false|null)(?=[^\S\n]*+\n\s*+"[^"\n]*+"\s*+:)')
# strict=False: raw line breaks in texts are common (all Spatie captures have them).
_JSON = json.JSONDecoder(strict=False)


class Found(NamedTuple):
    """A JobPosting as published; `listed` when it stands in a list of items."""

    node: Mapping[str, Any]
    listed: bool


def job_posting(response: TextResponse) -> Mapping[str, Any]:
    """The page's JobPosting, an empty mapping when there is none: the one whose url is the page's, or the first."""
    found = list(job_postings(response))
    own = (posting for posting in found if posting.get("url") == response.url)
    return next(own, found[0] if found else {})


def job_postings(response: TextResponse) -> Iterator[Mapping[str, Any]]:
    """Every JobPosting of the page's JSON-LD, in lists, `@graph`s and item lists, too."""
    return (found.node for found in found_in(response))


def found_in(response: TextResponse) -> Iterator[Found]:
    """Every JobPosting of the page's JSON-LD; a body of JSON is taken for one block of it."""
    for text in _blocks(response):
        data = mended(text)
        named = dict(_named(data)) if '"@id"' in text else {}
        for node, listed in _walk(data):
            yield Found(_resolved(node, named) if named else node, listed)


def mended(text: str) -> Any:
    """The JSON in the text of a block, or None when nobody could read it.

    A block that breaks off is none: half a posting would become a wrong row.
    """
    text = _BEFORE.sub("", text, count=1)
    if len(text) > LONGEST or text[:1] not in "{[&":
        return None
    for attempt in _readings(text):
        with contextlib.suppress(ValueError, RecursionError):
            return _JSON.raw_decode(attempt)[0]
    return None


def _readings(text: str) -> Iterator[str]:
    """The text as it is, then mended more and more."""
    yield text
    yield _repaired(text)
    # Gupy escapes the whole block's entities; the texts of others hold entities of their own, so that comes last.
    if "&" in text:
        yield html.unescape(text)
        yield _repaired(html.unescape(text))


def _blocks(response: TextResponse) -> list[str]:
    if not is_markup(response):
        return [response.text]
    lower = 'translate(@type, "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")'
    return response.xpath(f'//script[contains({lower}, "ld+json")]/text()').getall()


def _repaired(text: str) -> str:
    text = _BAD_ESCAPE.sub(lambda escape: escape[0] if escape[1] else "", text)
    return _COMMA_MISSING.sub(r"\1,", _COMMA_TOO_MANY.sub("", text))


def _walk(node: Any, depth: int = 0, *, listed: bool = False) -> Iterator[tuple[Mapping[str, Any], bool]]:
    if depth > DEEPEST:
        return
    if isinstance(node, list):
        for part in node:
            yield from _walk(part, depth + 1, listed=listed)
    elif isinstance(node, Mapping):
        if isinstance(node.get("_jobposting"), Mapping):  # an item of a JSON feed (Teamtailor)
            node = {"url": node.get("url"), "description": node.get("content_html"), **node["_jobposting"]}
        if is_posting(node):
            yield node, listed
            return
        for key in _WITHIN:
            yield from _walk(node.get(key), depth + 1, listed=listed or key.startswith("item"))


def is_posting(node: Mapping[str, Any]) -> bool:
    """Whether JobPosting is the node's type, or among its types, however the vocabulary is written before it."""
    types = node.get("@type")
    return any(isinstance(name, str) and _TYPE.search(name) for name in (types if isinstance(types, list) else [types]))


def _named(node: Any, depth: int = 0) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The nodes that others may refer to by their `@id`."""
    if isinstance(node, Mapping):
        if isinstance(node.get("@id"), str) and len(node) > 1:
            yield node["@id"], node
        node = list(node.values())
    if isinstance(node, list) and depth <= 2 * DEEPEST:
        for part in node:
            yield from _named(part, depth + 1)


def _resolved(node: Mapping[str, Any], named: Mapping[str, Mapping[str, Any]]) -> Mapping[str, Any]:
    """The node with what it only refers to in place."""
    return {
        key: named.get(str(value["@id"]), value) if isinstance(value, Mapping) and set(value) == {"@id"} else value
        for key, value in node.items()
    }
