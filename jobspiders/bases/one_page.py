"""Boards that show who is not logged in only the first page of a search.

To make one: declare `listing_url` and `listing_query`, in which `{location}` and `{days_old}` stand beside the names
of a search; `page_size`, what a full page has at least; `ages`, the greatest ages in days by which a search is made
narrower; in `words["country"]`, for each market, the `nation` to search where no place was asked for and its `places`.
Each generation of `listing` needs a `key`.

A search whose page is full is put again in narrower ways, one after the other: younger jobs, then each place with each
age, until all that was wanted has come. That is more than one page and less than all there is: the run is truncated.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from scrapy import Request
from scrapy.http import Response

from jobspiders.bases.board import Board, Output
from jobspiders.bases.documents import query


@dataclass(frozen=True, slots=True)
class Way:
    """One way to put a search: at a place (None: the one asked for, or the nation), with a greatest age in days."""

    place: str | None
    days: int | None

    def within(self, other: Way) -> bool:
        """True when the other way finds all that this one does."""
        younger = other.days is None or (self.days is not None and self.days <= other.days)
        return younger and other.place in (None, self.place)


class OnePage(Board):
    """A board with one page a search."""

    listing_url: ClassVar[str]
    listing_query: ClassVar[Mapping[str, Any]]
    page_size: ClassVar[int]
    ages: ClassVar[Sequence[int]] = ()

    @classmethod
    def search_templates(cls) -> list[Any]:
        """The listing's address and query."""
        return [cls.listing_url, cls.listing_query]

    def listing_requests(self) -> Iterable[Request]:
        """The search as it was asked for."""
        yield self._put(1, 0, (), ())

    def on_listing(
        self,
        response: Response,
        number: int = 0,
        before: int = 0,
        shown: Sequence[str] = (),
        thin: Sequence[int] = (),
    ) -> Iterator[Output]:
        """The cards that no page before had, then the search put in the next way that may bring more.

        `number` counts the ways from 1 (0 is a page that was not asked for here, which nothing follows), `shown` are
        the keys of the cards so far, `thin` the numbers of the ways that found less than a page. Raises Unreadable
        when no declared generation is in the page.
        """
        page, generation, cards = self._read_listing(response)
        keyed = [(query(generation.key or "@", card), card) for card in cards]
        fresh = [(key, card) for key, card in keyed if key not in shown]
        yield from self._wanted([card for _, card in fresh], before)
        seen = before + len(fresh)
        if not number or self.asked.enough(seen):
            return
        rows = page.look_up(generation, generation.path) or cards  # a job may be there twice
        thin = thin if len(rows) >= self.page_size else (*thin, number)
        following = self._following(number, thin)
        if following:
            known = (key for key, _ in fresh if isinstance(key, str))
            yield self._put(following, seen, (*shown, *known), thin)
        elif 1 not in thin:
            self._broke_off(f"{self.name} shows only one page of a search; by age and place it came to {seen} jobs")

    def _following(self, number: int, thin: Sequence[int]) -> int | None:
        """The number of the next way that is not within one of those that found less than a page."""
        ways = self._ways()
        exhausted = [ways[known - 1] for known in thin]
        later = enumerate(ways[number:], start=number + 1)
        return next((place for place, way in later if not any(map(way.within, exhausted))), None)

    def _ways(self) -> list[Way]:
        """All ways to put the search, each after those that it is within."""
        asked = self.search.days_old
        ages = [asked, *(age for age in self.ages if asked is None or age < asked)]
        places = () if self.search.location else self.asked.values.get("places") or ()
        return [Way(place, age) for place in (None, *places) for age in ages]

    def _put(self, number: int, before: int, shown: Sequence[str], thin: Sequence[int]) -> Request:
        """The request for the search in its `number`-th way."""
        way = self._ways()[number - 1]
        place = way.place or self.search.location or self.asked.values.get("nation")
        return self.request(
            self.listing_url,
            {**self.asked.values, "location": place, "days_old": way.days},
            query=self.listing_query,
            callback=self.on_listing,
            errback=self.on_listing_failed,
            cb_kwargs={"number": number, "before": before, "shown": list(shown), "thin": list(thin)},
            meta={"page": "listing"},
        )
