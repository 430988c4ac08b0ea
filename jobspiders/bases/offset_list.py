"""Boards whose listings go on at an offset: the number of cards that came so far.

To make one: declare `listing_url`, the address of every part of the listing; `wheres`, the ways to say where, as
queries, of which the first counts whose placeholders the search fills; `listing_query`, the rest, with
`{from_index}` in it; and `most`, if the board never goes beyond so many cards. Parts may be short of a card or two:
the listing ends with one that has none, or with a status among `past_end`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar

from scrapy import Request
from w3lib.url import add_or_replace_parameter

from jobspiders.bases.board import Board
from jobspiders.bases.documents import Generation, Page
from jobspiders.bases.templates import fill


class OffsetList(Board):
    """A board with offsets; `offset_name` is the parameter that holds it."""

    listing_url: ClassVar[str]
    wheres: ClassVar[Sequence[Mapping[str, Any]]] = ()
    listing_query: ClassVar[Mapping[str, Any]] = {}
    offset_name: ClassVar[str] = "start"
    most: ClassVar[int | None] = None

    @classmethod
    def search_templates(cls) -> list[Any]:
        """The listing's address and queries."""
        return [cls.listing_url, cls.wheres, cls.listing_query]

    def listing_requests(self) -> Iterable[Request]:
        """The part that begins with the first wanted card."""
        whole = (where for where in self.wheres if len(fill(where, self.asked.values)) == len(where))
        query = {**next(whole, {}), **self.listing_query}
        yield self.listing_request(self.listing_url, before=self.search.offset, query=query)

    def next_listing(self, page: Page, generation: Generation, number: int, seen: int) -> Iterable[Request]:
        """The part after this one, asked for as this one was; a page of another kind has none."""
        url = page.response.url
        if not url.startswith(self.listing_url):
            return
        if self.most is not None and seen >= self.most:
            self._broke_off(f"{self.name} shows no more than {self.most} jobs of one search")
            return
        yield self.listing_request(add_or_replace_parameter(url, self.offset_name, str(seen)), number + 1, seen)
