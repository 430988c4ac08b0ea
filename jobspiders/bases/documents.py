"""Finding data in a page: JSON bodies, JSON inside HTML, Apollo caches, and elements read into the same shape.

Pure functions over a page's text. A board publishes the same thing in several generations; each is declared as
one `Generation`, and whichever answers gives data in the shape that the board's methods read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

import jmespath
from jmespath.exceptions import JMESPathTypeError
from jmespath.visitor import TreeInterpreter
from parsel import Selector
from scrapy.http import TextResponse

from jobspiders.bases.cutoff import salvage
from jobspiders.bases.markup import breaks_off, is_markup

Queries = Mapping[str, str | tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Generation:
    """One form in which a board publishes cards or a job.

    Where the data lie: in the body (nothing set), in what a CSS query (`css`) or the assignment of a JavaScript
    variable (`script`) holds, or in elements (`select`), of which `fields` makes data. `path` is the JMESPath
    from there to the list of cards or to the job; `apollo` is the `__typename` to collect from an Apollo cache
    found at `path`. `fields` maps a key in the board's JSON shape to a CSS query: "id" takes the first match,
    "skills[]" all of them, "locations[].label" a list of objects. A pair is a query and a regular expression
    whose group is the value; a key that begins with "html:" takes the element's markup. Where no declaration can
    say it (JSON-LD, microdata), `read` gives the data of a response, None when it has none. `key` is the JMESPath of
    what tells two cards apart, where a page may show one twice; `none` is a regular expression that fits a page
    without a single element of `select` when it states that there are none.

    Whether a listing goes on is read from the same document: `total` is the JMESPath of the number of all cards,
    `more` that of a flag; `next` is the CSS query of the link to the next page. `gone` is the JMESPath of what
    is true where the board says that there is no such job.
    """

    name: str
    path: str = "@"
    css: str | None = None
    script: str | None = None
    apollo: str | None = None
    select: str | None = None
    fields: Queries = field(default_factory=dict)
    read: Callable[[TextResponse], Any] | None = None
    key: str | None = None
    none: str | None = None
    total: str | None = None
    more: str | None = None
    next: str | None = None
    gone: str | None = None


class Page:
    """A response, with each document inside it decoded once.

    `cut_off` tells that of what was found here a part is missing, `breaks_off` that the end of the page is.
    """

    def __init__(self, response: TextResponse) -> None:
        self.response = response
        self.cut_off = False
        self._decoded: dict[tuple[str | None, str | None], Any] = {}

    @property
    def is_document(self) -> bool:
        """True for markup or JSON, whatever is in it; False for anything else."""
        return self.response.text.lstrip("\ufeff \t\r\n").startswith(("<", "{", "["))

    @cached_property
    def breaks_off(self) -> bool:
        """True for markup without its end."""
        return is_markup(self.response) and breaks_off(self.response)

    def find(self, generation: Generation) -> Any:
        """The data of this generation, in the board's JSON shape; None when the page has none of it."""
        if generation.read:
            return generation.read(self.response)
        found = self._elements(generation) if generation.select else self.look_up(generation, generation.path)
        if generation.apollo:
            found = from_apollo(found, generation.apollo)
        return _distinct(found, generation.key) if generation.key and isinstance(found, list) else found

    def _elements(self, generation: Generation) -> list[Any] | None:
        elements = self.response.css(generation.select or "") if is_markup(self.response) else []
        if elements and self.breaks_off:
            self.cut_off = True
            elements = elements[:-1]  # half a card would become a wrong row
        records = [read_element(element, generation.fields) for element in elements]
        if not records and generation.none and re.search(generation.none, self.response.text):
            return []
        return [record for record in records if record] or None

    def look_up(self, generation: Generation, path: str) -> Any:
        """What the JMESPath `path` finds in this generation's document; None when there is no document."""
        document = self._document(generation.css, generation.script)
        return None if document is None else query(path, document)

    def _document(self, css: str | None, script: str | None) -> Any:
        if (css, script) not in self._decoded:
            text = _embedded(self.response, css, script)
            data, whole = decode(text) if text else (None, True)
            self.cut_off = self.cut_off or (data is not None and not whole)
            self._decoded[css, script] = data
        return self._decoded[css, script]


def _distinct(cards: list[Any], key: str) -> list[Any]:
    """The cards without those whose `key` another one before has; what has no key stays, to be counted as misread."""
    seen: set[str] = set()
    kept = []
    for card in cards:
        name = repr(query(key, card))
        if name == "None" or name not in seen:
            kept.append(card)
        seen.add(name)
    return kept


def query(path: str, data: Any) -> Any:
    """What the JMESPath `path` finds in `data`; None where there is nothing, or something of another shape."""
    try:
        return _INTERPRETER.visit(_compiled(path), data)
    except JMESPathTypeError:  # a function, such as join(), was given what it cannot take
        return None


def pick(data: Any, **paths: str) -> dict[str, Any]:
    """What each of the JMESPaths finds in `data`, under the same names; what is not there is left out."""
    found = {name: query(path, data) for name, path in paths.items()}
    return {name: value for name, value in found.items() if value is not None}


@cache
def _compiled(path: str) -> Any:
    return jmespath.compile(path).parsed


# One for all, for it keeps nothing but how to visit each kind of node. `search` makes one each time, and takes twice to
# seven times as long.
_INTERPRETER = TreeInterpreter()


def decode(text: str) -> tuple[Any, bool]:
    """The JSON (or JavaScript object of plain data) that `text` begins with, and whether it was whole.

    What follows the value is left alone, so `{…};</script>` is fine. Of a text that breaks off, the complete
    members of its outermost list are kept. `(None, True)` when there is no JSON here at all.
    """
    text = text.lstrip("\ufeff \t\r\n")
    if not text.startswith(("{", "[")):
        return None, True
    for attempt in (str, _without_undefined):
        try:
            return _DECODER.raw_decode(attempt(text))[0], True
        except (ValueError, RecursionError):  # the plain one is for numbers of more than 4,300 digits
            continue
    return salvage(_without_undefined(text)), False


# strict=False: raw line breaks in strings are common in hand-made JSON-LD (all Spatie captures have them).
_DECODER = json.JSONDecoder(strict=False)
_UNDEFINED = re.compile(r"([:\[,]\s*)undefined(?=\s*[,}\]])")


def _without_undefined(text: str) -> str:
    """`text` with bare `undefined` values, as SEEK's pages have them, made null."""
    return _UNDEFINED.sub(r"\1null", text)


def _embedded(response: TextResponse, css: str | None, script: str | None) -> str | None:
    if css:
        return response.css(css).get() if is_markup(response) else None
    if script:
        match = re.search(re.escape(script) + r"\s*=\s*", response.text)
        return response.text[match.end() :] if match else None
    return None if is_markup(response) else response.text


def read_element(element: Selector, queries: Queries) -> dict[str, Any]:
    """What the CSS `queries` find in `element`, nested as their keys say; what is not found is left out."""
    record: dict[str, Any] = {}
    for key, declared in queries.items():
        css, pattern = (declared, None) if isinstance(declared, str) else declared
        markup = key.startswith("html:")
        texts = [match.get() if markup else _words(match) for match in element.css(css)]
        if pattern:
            texts = [found[1] for text in texts if (found := re.search(pattern, text))]
        if texts := [text for text in texts if text]:
            _set(record, key.removeprefix("html:"), texts)
    return record


def _words(match: Selector) -> str:
    """The words of a match: of an element all text below it, of a `::text` or `::attr()` query itself."""
    strings = match.xpath(".//text()").getall() if hasattr(match.root, "tag") else [match.get()]
    return re.sub(r" (?=,)", "", " ".join(" ".join(strings).split()))


def _set(record: dict[str, Any], key: str, texts: list[str]) -> None:
    head, dot, rest = key.partition(".")
    if head.endswith("[]"):
        record.setdefault(head[:-2], []).extend([_nested(rest, text) for text in texts] if dot else texts)
    elif dot:
        _set(record.setdefault(head, {}), rest, texts)
    else:
        record[head] = texts[0]


def _nested(key: str, text: str) -> dict[str, Any]:
    head, dot, rest = key.partition(".")
    return {head: _nested(rest, text) if dot else text}


def from_apollo(store: Any, typename: str) -> list[Any] | None:
    """The objects of one `__typename` in an Apollo client's cache, references followed, arguments dropped.

    A key such as `name({"locale":"id-ID"})` becomes `name`. None when the cache has no such object.
    """
    if not isinstance(store, Mapping):
        return None
    root = store.get("ROOT_QUERY") or {}  # what has no id of its own is kept under the query that asked for it
    entries = [entry for entry in (*store.values(), *root.values()) if isinstance(entry, Mapping)]
    return [_resolve(entry, store, 0) for entry in entries if entry.get("__typename") == typename] or None


def _resolve(value: Any, store: Mapping[str, Any], depth: int) -> Any:
    if depth > 12:  # caches refer back to themselves: a company to its jobs to the company
        return None
    if isinstance(value, Mapping):
        if isinstance(value.get("__ref"), str):
            return _resolve(store.get(value["__ref"]), store, depth + 1)
        return {key.partition("(")[0]: _resolve(part, store, depth + 1) for key, part in value.items()}
    if isinstance(value, list):
        return [_resolve(part, store, depth + 1) for part in value]
    return value
