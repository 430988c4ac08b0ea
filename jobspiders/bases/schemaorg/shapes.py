"""Reading a property whatever shape it was published in: a text, a number, an object, a list of any of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

DEEPEST = 12

# What stands for nothing (Web Data Commons, 2019).
_NOTHING = re.compile(r"[\s\-–—.]*|0|null|none|n/?a|un(?:available|known|defined)|not applicable", re.IGNORECASE)
_NAMES = ("name", "@value", "value", "text", "description", "@id")
_BETWEEN = re.compile(r"[,;\n•]+")
_MARKUP = re.compile(r"[<>]")


def lowered(node: Any, depth: int = 0) -> Any:
    """The node with all keys in lower case and without a vocabulary before them: publishers write `Value`, `maxvalue`,
    `schema:title`. Of two that become one, the first that says something counts.
    """
    if depth > DEEPEST:
        return None
    if isinstance(node, list):
        return [lowered(part, depth + 1) for part in node]
    if not isinstance(node, Mapping):
        return node
    keys: dict[str, Any] = {}
    for key, value in node.items():
        name = re.split(r"[/:#]", str(key))[-1].lower()
        if keys.get(name) in (None, "", [], {}):
            keys[name] = lowered(value, depth + 1)
    return keys


def text_of(value: Any) -> str | None:
    """The first text in `value`, of an object its name; None when it says nothing."""
    if isinstance(value, list):
        return next((text for part in value if (text := text_of(part))), None)
    if isinstance(value, Mapping):
        return next((text for name in _NAMES if (text := text_of(value.get(name)))), None)
    if value is None or isinstance(value, bool):
        return None
    text = str(value)
    return None if _NOTHING.fullmatch(text) else text


def texts_of(value: Any) -> list[str]:
    """All texts in `value`: of a list one for each part."""
    return [text for part in (value if isinstance(value, list) else [value]) if (text := text_of(part))]


def objects_of(value: Any) -> list[Any]:
    """The parts of a list, or the only one; without those that are empty."""
    return [part for part in (value if isinstance(value, list) else [value]) if part not in (None, "", [], {})]


def words_of(value: Any) -> list[str] | None:
    """A list of words, also where it was written as one text with commas; None for prose, which is no list."""
    texts = texts_of(value)
    pieces = [piece.strip(" .\t") for text in texts for piece in _BETWEEN.split(text)]
    for words in (pieces, texts if len(texts) > 1 else []):
        said = [word for word in words if word]
        if len(said) >= len(texts) and all(map(_is_term, said)):
            return said
    return None


def _is_term(words: str) -> bool:
    return len(words) <= 60 and len(words.split()) <= 6 and not _MARKUP.search(words)


def first_said(node: Mapping[str, Any], *names: str) -> str | None:
    """The text of the first of these properties that says something."""
    return next((text for name in names if (text := text_of(node.get(name)))), None)
