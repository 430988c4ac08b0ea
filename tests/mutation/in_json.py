"""Spoils the JSON of a page: its body, or what stands in its scripts and attributes."""

from __future__ import annotations

import copy
import html
import json
import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from random import Random
from typing import Any, NamedTuple

from .values import HUGE, RAW, WRONG

Slot = tuple[Any, Any]  # a list or an object, and the index or key of one of its members


class Document(NamedTuple):
    """A JSON value in a page's text, from `start` to `end`; `escaped` as HTML, in an attribute."""

    start: int
    end: int
    data: Any
    escaped: bool = False


def wrong_types(page: bytes, dice: Random) -> bytes:
    """Values of JSON in the place of others."""
    return _changed(page, dice, lambda slots: _put(slots, dice, WRONG))


def huge_values(page: bytes, dice: Random) -> bytes:
    """Numbers, texts and nestings of JSON that nobody expects."""
    return _changed(page, dice, lambda slots: _put(slots, dice, (*HUGE, *RAW)))


def swapped_values(page: bytes, dice: Random) -> bytes:
    """Values of JSON that have changed places."""

    def swap(slots: list[Slot]) -> None:
        for _ in range(dice.choice((1, 3, 10))):
            (one, this), (other, that) = dice.choice(slots), dice.choice(slots)
            one[this] = copy.deepcopy(other[that])

    return _changed(page, dice, swap)


def members_lost(page: bytes, dice: Random) -> bytes:
    """Members of lists and objects of JSON that are not there."""

    def lose(slots: list[Slot]) -> None:
        for holder, key in dice.sample(slots, min(len(slots), dice.choice((1, 3, 30)))):
            if isinstance(holder, dict):
                holder.pop(key, None)
            elif key < len(holder):
                del holder[key]

    return _changed(page, dice, lose)


def members_doubled(page: bytes, dice: Random) -> bytes:
    """Members of lists that are there twice, or stand in another order."""

    def double(slots: list[Slot]) -> None:
        lists = [holder for holder, key in slots if isinstance(holder, list) and key == 0]
        for holder in dice.sample(lists, min(len(lists), dice.choice((1, 3)))):
            holder.extend(copy.deepcopy(dice.sample(holder, dice.randint(0, len(holder)))))
            dice.shuffle(holder)

    return _changed(page, dice, double)


def _put(slots: list[Slot], dice: Random, values: Sequence[Any]) -> None:
    for holder, key in dice.sample(slots, min(len(slots), dice.choice((1, 1, 2, 5, 20)))):
        holder[key] = dice.choice(values)


def _changed(page: bytes, dice: Random, change: Callable[[list[Slot]], None]) -> bytes:
    """The page with a change made to the members of one of its JSON values; as it is when it has none."""
    text = page.decode(errors="replace")
    if not (found := documents_in(text)):
        return page
    document = dice.choice(found)
    root = [copy.deepcopy(document.data)]
    change(list(_slots(root)))
    written = json.dumps(root[0]) if root else ""
    for mark, raw in RAW.items():
        written = written.replace(json.dumps(mark), raw)
    written = html.escape(written) if document.escaped else written.replace("<", "\\u003C")
    return (text[: document.start] + written + text[document.end :]).encode(errors="replace")


@lru_cache(maxsize=128)
def documents_in(text: str) -> tuple[Document, ...]:
    """The JSON in a page's text."""
    if not text.lstrip().startswith("<"):
        found = _decoded(text, 0)
        return (found,) if found else ()
    scripts = [match.end() for match in re.finditer(r'(?:=|<script[^>]*>)\s*(?=[\[{]")', text)]
    return (*filter(None, (_decoded(text, start) for start in scripts)), *_in_attributes(text))


def _in_attributes(text: str) -> Iterator[Document]:
    for match in re.finditer(r'="([\[{]&quot;[^"]*)"', text):
        if found := _decoded(html.unescape(match[1]), 0):
            yield Document(match.start(1), match.end(1), found.data, escaped=True)


def _decoded(text: str, start: int) -> Document | None:
    try:
        data, end = json.JSONDecoder(strict=False).raw_decode(text, start)
        copy.deepcopy(data)
    except (ValueError, RecursionError):  # spoilt before
        return None
    return Document(start, end, data)


def _slots(holder: Any) -> Iterator[Slot]:
    for key, value in holder.items() if isinstance(holder, dict) else enumerate(holder):
        yield holder, key
        if isinstance(value, dict | list):
            yield from _slots(value)
