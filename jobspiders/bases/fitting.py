"""Published values in the kinds that a Posting's fields have: what a board publishes as something else is left out.

A board that changes its layout gives an object where a text was, a text where a list was. None of that may end a crawl
or become a row.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, replace
from typing import Any

from jobspiders.items import PostedPlace, PostedSalary, PostedYears, Posting

Fit = Callable[[Any], Any]

LONGEST_ID = 400  # characters; PostgreSQL's index takes 2,704 bytes
MOST = 500  # parts of a list; what follows after so many is left out
DEEPEST = 8  # lists and objects within each other
_NO_ID = re.compile(r"[\W_]*|0|-1|none|null|nan|undefined|true|false|.*[\s\[\]{}<>\"\\].*", re.IGNORECASE)


def fitted(posting: Posting) -> Posting:
    """The posting without values that do not fit; numbers become texts where texts are asked for.

    Raises TypeError where one that no posting can do without does not fit, ValueError for an id that can be none.
    """
    values = {item.name: _FITS[str(item.type)](getattr(posting, item.name)) for item in fields(Posting)}
    for name in ("source_id", "url", "title"):
        if values[name] is None:
            raise TypeError(f"{name} is {getattr(posting, name)!r:.80}")
    if not _is_id(values["source_id"]):
        raise ValueError(f"source_id is {posting.source_id!r:.80}")
    return Posting(**values)


def _is_id(text: str) -> bool:
    """False for what would stand for many jobs or for none: nothing, "null", words, a piece of markup or JSON; and for
    what no index can hold.
    """
    return len(text) <= LONGEST_ID and text.isprintable() and not _NO_ID.fullmatch(text)


def _text(value: Any) -> str | None:
    if isinstance(value, str):
        return value
    number = _number(value)
    return None if number is None else str(number)


def _number(value: Any) -> float | None:
    return value if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value) else None


def _amount(value: Any) -> float | str | None:
    return value if isinstance(value, str) else _number(value)


def _flag(value: Any) -> bool | None:
    return value if isinstance(value, bool) else None


def _listed(value: Any) -> Sequence[Any]:
    return value[:MOST] if isinstance(value, list | tuple) else [value]


def _texts(value: Any) -> list[str]:
    return [text for part in _listed(value) if (text := _text(part)) is not None]


def _places(value: Any) -> list[str | PostedPlace]:
    return [place for part in _listed(value) if (place := _parts(PostedPlace)(part)) is not None]


def _plain(value: Any, depth: int = 0) -> Any:
    """Plain JSON data; numbers that are none, and what lies deeper than boards nest, become None."""
    if isinstance(value, dict | list) and depth == DEEPEST:
        return None
    if isinstance(value, dict):
        return {str(key): _plain(part, depth + 1) for key, part in value.items()}
    if isinstance(value, list):
        return [_plain(part, depth + 1) for part in value]
    return value if isinstance(value, str | bool) else _number(value)


def _parts(kind: type) -> Fit:
    """For a field that is a text or a record: each part of the record for itself."""

    def fit(value: Any) -> Any:
        if not isinstance(value, kind):
            return _text(value)
        parts: Any = value
        return replace(parts, **{item.name: _FITS[str(item.type)](getattr(parts, item.name)) for item in fields(parts)})

    return fit


_FITS: Mapping[str, Fit] = {
    "str": _text,
    "str | None": _text,
    "float | None": _amount,  # coordinates and years come as texts, too
    "float | str | None": _amount,
    "str | float | None": _amount,
    "int | None": lambda value: value if isinstance(value, int) and not isinstance(value, bool) else None,
    "bool": lambda value: value is True,
    "bool | None": _flag,
    "list[str]": _texts,
    "list[str | PostedPlace]": _places,
    "str | PostedSalary | None": _parts(PostedSalary),
    "str | PostedYears | None": _parts(PostedYears),
    "dict[str, Any]": lambda value: _plain(value) if isinstance(value, dict) else {},
    "Market": lambda value: value,
}
