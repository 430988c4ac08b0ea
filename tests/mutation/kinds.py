"""Spoils a page as networks, servers and changes of layout spoil it: pure, the same dice give the same page.

`spoilt` is the way in; `MUTATORS` names the kinds. A mutator takes a page and the dice, and gives the page back
unchanged where it has nothing to work on, as one of JSON has in a page without JSON.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Sequence
from random import Random

from . import in_json, in_markup
from .values import ENCODINGS, NOTHING, SIGNS

Mutator = Callable[[bytes, Random], bytes]


def spoilt(page: bytes, dice: Random, others: Sequence[bytes]) -> tuple[tuple[str, ...], bytes]:
    """The kinds of mutation, two for one page in four, and the page with them; `others` are pages to mistake it for."""
    kinds = tuple(dice.choice(KINDS) for _ in range(1 if dice.random() < 0.75 else 2))
    for kind in kinds:
        page = dice.choice(others) if kind == "another page" else MUTATORS[kind](page, dice)
    return kinds, page


def cut_off(page: bytes, dice: Random) -> bytes:
    """The beginning of a page."""
    return page[: dice.randrange(len(page))] if page else page


def nothing(page: bytes, dice: Random) -> bytes:
    """An answer that says nothing."""
    return dice.choice(NOTHING)


def wrong_bytes(page: bytes, dice: Random) -> bytes:
    """Bytes overwritten, lost or put in."""
    for _ in range(dice.choice((1, 3, 30, 300))):
        at, gap = dice.randrange(len(page) + 1), dice.choice((0, 0, 1, 5, 40))
        page = page[:at] + dice.randbytes(dice.choice((0, 1, 1, 4))) + page[at + gap :]
    return page


def wrong_signs(page: bytes, dice: Random) -> bytes:
    """Signs of markup and JSON in the wrong places."""
    for _ in range(dice.choice((1, 5, 50))):
        at, gap = dice.randrange(len(page) + 1), dice.choice((0, 1, 5, 40))
        page = page[:at] + dice.choice(SIGNS) + page[at + gap :]
    return page


def wrong_encoding(page: bytes, dice: Random) -> bytes:
    """The same text in an encoding that nobody expects, or packed."""
    if dice.random() < 0.1:
        return gzip.compress(page)
    return page.decode(errors="replace").encode(dice.choice(ENCODINGS), errors="replace")


def markup_and_json_swapped(page: bytes, dice: Random) -> bytes:
    """A page as a text within JSON, or JSON within a page."""
    text = page.decode(errors="replace")
    if text.lstrip().startswith("<"):
        return json.dumps(dice.choice(({"html": text}, [text], text, {"data": {"jobs": text}}))).encode()
    around = ("<html><body><pre>{}</pre></body></html>", "<script>{}</script>", "<!--{}-->", "<p data-page='{}'>")
    return dice.choice(around).replace("{}", text).encode()


_ALL: tuple[Mutator, ...] = (
    *(cut_off, nothing, wrong_bytes, wrong_signs, wrong_encoding, markup_and_json_swapped),
    *(in_json.wrong_types, in_json.huge_values, in_json.swapped_values, in_json.members_lost, in_json.members_doubled),
    *(in_markup.elements_lost, in_markup.elements_doubled, in_markup.elements_moved, in_markup.huge_markup),
)
MUTATORS = {mutator.__name__.replace("_", " "): mutator for mutator in _ALL}
_WEIGHTS = {"cut off": 4, "nothing": 1, "wrong types": 5, "huge values": 3, "swapped values": 3, "another page": 1}
KINDS = [kind for kind in (*MUTATORS, "another page") for _ in range(_WEIGHTS.get(kind, 2))]
