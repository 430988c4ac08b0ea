"""Boards whose listings are numbered pages of JSON, from an API or inside the HTML.

To make one: declare `listing_url` and, as needed, `listing_query` or `listing_body`, in which `{page}`,
`{page_size}`, `{from_index}` and the names of a search stand for their values; declare in `listing` where the
cards are and, with `total` or `more`, whether another page follows. A board that says neither has another page
after every full one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from scrapy import Request

from jobspiders.bases.board import Board
from jobspiders.bases.documents import Generation, Page


class PagedJson(Board):
    """A board with numbered listings. `first_url` is the first page's, where it differs from the others'."""

    listing_url: ClassVar[str]
    first_url: ClassVar[str | None] = None
    listing_query: ClassVar[Mapping[str, Any]] = {}
    listing_body: ClassVar[Mapping[str, Any] | None] = None
    page_size: ClassVar[int]

    @classmethod
    def search_templates(cls) -> list[Any]:
        """The listing's URL, query and body."""
        return [cls.listing_url, cls.listing_query, cls.listing_body]

    def listing_requests(self) -> Iterable[Request]:
        """The page on which the first wanted card stands."""
        skipped = self.search.offset // self.page_size
        yield self.numbered_request(1 + skipped, skipped * self.page_size)

    def numbered_request(self, number: int, before: int) -> Request:
        """The request for page `number` of the listing, with `before` cards on the pages before it."""
        url = self.first_url if number == 1 and self.first_url else self.listing_url
        return self.listing_request(url, number, before, query=self.listing_query, body=self.listing_body)

    def next_listing(self, page: Page, generation: Generation, number: int, seen: int) -> Iterable[Request]:
        """The next numbered page, if there is one."""
        if generation.next:
            yield from super().next_listing(page, generation, number, seen)
        elif self._goes_on(page, generation, number, seen):
            yield self.numbered_request(number + 1, seen)

    def _goes_on(self, page: Page, generation: Generation, number: int, seen: int) -> bool:
        if generation.more:
            return bool(page.look_up(generation, generation.more))
        if generation.total:
            return seen < int(page.look_up(generation, generation.total) or 0)
        return not generation.select and seen >= number * self.page_size
