"""As much of GraphQL as the boards' queries use: an answer holds what was selected, an unknown field is refused.

Arguments, directives and variables are read over; aliases and fragments count.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|\.\.\.|\w+|[^\s\w,]')


@dataclass(frozen=True, slots=True)
class Field:
    """A selected field: its name in the schema, and by alias what is selected within it."""

    name: str
    within: dict[str, Field] = field(default_factory=dict)


class Rejected(Exception):
    """Raised for a query that the schema does not allow; the board answers 400."""


@functools.lru_cache(maxsize=64)
def read(query: str) -> dict[str, Field]:
    """What the query's one operation selects, by alias. Raises Rejected for text that is no query."""
    tokens = TOKEN.findall(query)
    starts = _starts(tokens)
    try:
        return _Reader(tokens, starts, starts[""]).selection()
    except (KeyError, IndexError):
        raise Rejected("Syntax Error: the query cannot be read.") from None


def project(value: Any, within: dict[str, Field]) -> Any:
    """What `within` selects of `value`. Raises Rejected for an unknown field, or one that lacks its subfields."""
    if isinstance(value, list):
        return [project(item, within) for item in value]
    if not isinstance(value, Mapping):
        return value
    if not within:
        raise Rejected(f'Field of type "{value["__typename"]}" must have a selection of subfields.')
    return {alias: project(_member(value, chosen.name), chosen.within) for alias, chosen in within.items()}


def _member(value: Mapping[str, Any], name: str) -> Any:
    try:
        return value[name]
    except KeyError:
        raise Rejected(f'Cannot query field "{name}" on type "{value.get("__typename", "Query")}".') from None


def _starts(tokens: list[str]) -> dict[str, int]:
    """Where each fragment's selection begins, and under "" the operation's."""
    starts, depth, name = {}, 0, ""
    for place, word in enumerate(tokens):
        if depth == 0 and word == "fragment":
            name = tokens[place + 1]
        if depth == 0 and word == "{":
            starts[name] = place + 1
            name = ""
        depth += (word in {"{", "("}) - (word in {"}", ")"})
    return starts


@dataclass(slots=True)
class _Reader:
    tokens: list[str]
    starts: dict[str, int]
    at: int

    def selection(self) -> dict[str, Field]:
        chosen: dict[str, Field] = {}
        while (word := self._take()) != "}":
            for alias, item in self._spread().items() if word == "..." else self._field(word):
                before = chosen.get(alias)
                chosen[alias] = Field(item.name, {**before.within, **item.within} if before else item.within)
        return chosen

    def _take(self) -> str:
        self.at += 1
        return self.tokens[self.at - 1]

    def _spread(self) -> dict[str, Field]:
        name = self._take()
        if name == "on":
            self.at += 2  # the type and the brace
            return self.selection()
        return _Reader(self.tokens, self.starts, self.starts[name]).selection()

    def _field(self, alias: str) -> list[tuple[str, Field]]:
        name = alias
        if self.tokens[self.at] == ":":
            self.at += 1
            name = self._take()
        while self.tokens[self.at] in {"(", "@"}:
            self._skip()
        if self.tokens[self.at] != "{":
            return [(alias, Field(name))]
        self.at += 1
        return [(alias, Field(name, self.selection()))]

    def _skip(self) -> None:
        """Past the arguments in parentheses or the directive's name that stands here."""
        if self._take() == "@":
            self.at += 1
            return
        depth = 1
        while depth:
            word = self._take()
            depth += (word == "(") - (word == ")")
