"""Filling a board's declared requests with what was asked for: `{search_term}` and the like in text or JSON.

Pure. A part whose placeholder has no value is left out, so one declaration serves every search.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

_PLACE = re.compile(r"\{(\w+)\}")


def placeholders(template: Any) -> set[str]:
    """The names that stand in braces anywhere in `template` (text, or mappings and lists of it)."""
    if isinstance(template, str):
        return set(_PLACE.findall(template))
    if isinstance(template, Mapping):
        return {name for part in template.values() for name in placeholders(part)}
    if isinstance(template, list | tuple):
        return {name for part in template for name in placeholders(part)}
    return set()


def fill(template: Any, values: Mapping[str, Any]) -> Any:
    """`template` with its placeholders filled from `values`; None when one of them has no value.

    Text that is nothing but one placeholder becomes the value itself, number or list; members of a mapping or
    list that come to None are left out. A brace that holds no known name stays as it is (GraphQL has many).
    """
    if isinstance(template, str):
        return _fill_text(template, values)
    if isinstance(template, Mapping):
        filled = {key: fill(part, values) for key, part in template.items()}
        return {key: part for key, part in filled.items() if part is not None}
    if isinstance(template, list | tuple):
        return [part for part in (fill(part, values) for part in template) if part is not None]
    return template


def _fill_text(template: str, values: Mapping[str, Any]) -> Any:
    names = [name for name in _PLACE.findall(template) if name in values]
    if any(values[name] is None for name in names):
        return None
    if len(names) == 1 and template == f"{{{names[0]}}}":
        return values[names[0]]
    return _PLACE.sub(lambda place: str(values.get(place[1], place[0])), template)


def with_query(url: str, query: Mapping[str, Any]) -> str:
    """`url` with the parameters of `query`; a list becomes one comma-separated value."""
    if not query:
        return url
    parts = {key: ",".join(map(str, value)) if isinstance(value, list) else value for key, value in query.items()}
    return f"{url}{'&' if '?' in url else '?'}{urlencode(parts)}"


def slug(text: str) -> str:
    """`text` as boards write it into addresses: lower case, everything else than a-z and 0-9 a hyphen."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
