"""A search put into a board's own words: what fills its requests, which cards count, what it cannot honour."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from scrapy import Request

from jobspiders.bases.templates import fill, placeholders, slug, with_query
from jobspiders.errors import BadSearch
from jobspiders.items import Market
from jobspiders.search import Search

if TYPE_CHECKING:
    from jobspiders.bases.declared import Declared

# A template may also use these forms of an argument.
_DERIVED = {"hours_old": {"days_old", "seconds_old"}, "location": {"location_slug"}}

# Honoured by the crawl itself, whatever the board knows.
_BY_US = {"results_wanted", "offset", "fetch_description"}


@dataclass(frozen=True, slots=True)
class Asked:
    """`values` fill a board's templates; `ignored` maps an argument to why this board cannot honour it."""

    search: Search
    market: Market
    values: Mapping[str, Any]
    ignored: Mapping[str, str]

    @classmethod
    def of(cls, board: type[Declared], search: Search) -> Asked:
        """The search in the words of `board`. Raises BadSearch for a country that the board is not in."""
        market = _market(board, search)
        values: dict[str, Any] = dict(search.own)
        ignored: dict[str, str] = {}
        known = placeholders(board.search_templates()) | _BY_US
        for name, value in search.asked().items():
            if name in search.own or name in _BY_US:
                continue
            word, why = _word(board, name, value, known)
            values[name] = word
            if why:
                ignored[name] = why
        names = ("search_term", "location", "country", "distance", "job_type", "is_remote", "hours_old")
        blank = dict.fromkeys((*names, *board.own_arguments))
        return cls(
            search, market, {**blank, **values, **_derived(search), **_country_words(board, market, search)}, ignored
        )

    @property
    def is_bounded(self) -> bool:
        """True when cards are counted: only so many are wanted, or the first ones are not."""
        return self.search.results_wanted is not None or self.search.offset > 0

    def wants(self, index: int) -> bool:
        """True when the card at `index` (from 0, over all pages) is among those asked for."""
        wanted = self.search.results_wanted
        return index >= self.search.offset and (wanted is None or index < self.search.offset + wanted)

    def enough(self, seen: int) -> bool:
        """True when, after `seen` cards, all that were asked for have come by."""
        wanted = self.search.results_wanted
        return wanted is not None and seen >= self.search.offset + wanted

    def request(
        self,
        url: str,
        values: Mapping[str, Any],
        headers: Mapping[str, str],
        query: Mapping[str, Any] | None = None,
        body: Mapping[str, Any] | None = None,
        **options: Any,
    ) -> Request:
        """The request that the templates make of `values`: GET, or POST of JSON when there is a `body`."""
        address = with_query(fill(url, values), fill(query or {}, values))
        if body is None:
            return Request(address, headers=dict(headers), **options)
        payload = json.dumps(fill(body, values), ensure_ascii=False)
        typed = {"Content-Type": "application/json", "Accept": "application/json", **headers}
        return Request(address, method="POST", body=payload, headers=typed, **options)


def _market(board: type[Declared], search: Search) -> Market:
    first = next(iter(board.markets))
    if first is None:
        return board.markets[None]
    if search.country and search.country not in board.markets:
        there = ", ".join(str(country) for country in board.markets)
        raise BadSearch(f"country={search.country!r}: {board.name} is in {there}.")
    return board.markets[search.country or first]


def _derived(search: Search) -> Mapping[str, Any]:
    return {
        "days_old": search.days_old,
        "seconds_old": search.hours_old and search.hours_old * 3600,
        "location_slug": slug(search.location) if search.location else None,
    }


def _country_words(board: type[Declared], market: Market, search: Search) -> Mapping[str, Any]:
    words = board.words.get("country", {}).get(market.country or search.country, {})
    return words if isinstance(words, Mapping) else {"country": words}


def _word(board: type[Declared], name: str, value: Any, known: set[str]) -> tuple[Any, str]:
    """The board's word for an argument's value, and why it has none (empty when it has)."""
    if name == "country":
        there = None not in board.markets or value in board.words.get("country", {})
        return (value, "") if there else (None, "the board is one for the whole world")
    if _DERIVED.get(name, set()) & known:
        return value, ""
    if name not in known:
        return None, "the board has no such filter"
    words = board.words.get(name)
    if words is None:
        return value, ""
    if isinstance(value, int) and not isinstance(value, bool):
        value = min((key for key in words if key >= value), default=None)
    if value not in words:
        return None, f"the board only knows {', '.join(map(str, words))}"
    return words[value], ""
