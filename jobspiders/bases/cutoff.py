"""What can be saved of JSON that breaks off: a listing cut in the middle loses its tail, not its head."""

from __future__ import annotations

import json
import re
from typing import Any

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*(?:"|\\?\Z)|[\[\]{}]', re.DOTALL)
_CLOSER = {"{": "}", "[": "]"}


def salvage(text: str) -> Any:
    """The value that `text` begins, with only the complete members of its outermost open list; None if there are none.

    Objects outside that list keep what stood before it. A member that was cut is dropped whole, for half a card
    would become a wrong row.
    """
    opened: list[str] = []
    complete: list[int | None] = []  # for each open bracket: where its last complete object ended
    for token in _TOKEN.finditer(text):
        bracket = token[0]
        if bracket in _CLOSER:
            opened.append(bracket)
            complete.append(None)
        elif bracket in "]}" and opened:
            if _CLOSER[opened.pop()] != bracket:
                return None
            complete.pop()
            if opened and opened[-1] == "[" and bracket == "}":
                complete[-1] = token.end()
    for depth, (bracket, end) in enumerate(zip(opened, complete, strict=True)):
        if bracket == "[":
            return None if end is None else _load(text[:end], opened[: depth + 1])
    return None


def _load(head: str, opened: list[str]) -> Any:
    try:
        return json.loads(head + "".join(_CLOSER[bracket] for bracket in reversed(opened)), strict=False)
    except (ValueError, RecursionError):
        return None
