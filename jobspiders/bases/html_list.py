"""Boards whose listings are web pages at addresses of their own, each going on by a link or not at all.

To make one: declare `listing_urls`, the address for each kind of search the board knows, most particular first,
with `{role}` and the like in it; `all_urls`, what to read when nothing particular is asked for; `listing`, where
the cards are, with `next` for the link to the next page; and `onward`, if a card leads to a further listing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from scrapy import Request

from jobspiders.bases.board import Board
from jobspiders.bases.documents import Generation, Page
from jobspiders.bases.templates import fill


class HtmlList(Board):
    """A board with listings to follow. `onward` is filled from a card's own data."""

    listing_urls: ClassVar[Sequence[str]] = ()
    all_urls: ClassVar[Sequence[str]] = ()
    onward: ClassVar[str | None] = None

    @classmethod
    def search_templates(cls) -> list[Any]:
        """The addresses of the listings."""
        return [*cls.listing_urls, *cls.all_urls]

    def listing_requests(self) -> Iterable[Request]:
        """The first address whose placeholders the search fills, or else all of them: one after the other when only
        so many jobs are wanted, for then it must be known how many came before.
        """
        urls = self._urls()
        for url in urls[:1] if self.asked.is_bounded else urls:
            yield self.listing_request(url)

    def next_listing(self, page: Page, generation: Generation, number: int, seen: int) -> Iterable[Request]:
        """The next page, by its link; after the last one of a bounded search, the next of its listings."""
        further = list(super().next_listing(page, generation, number, seen))
        yield from further
        urls = self._urls()
        asked = page.response.meta.get("redirect_urls", [page.response.url])[0].partition("?")[0]
        if self.asked.is_bounded and not further and asked in urls[:-1]:
            yield self.listing_request(urls[urls.index(asked) + 1], number + 1, seen)

    def _urls(self) -> Sequence[str]:
        particular = (url for url in self.listing_urls if fill(url, self.asked.values) is not None)
        first = next(particular, None)
        return self.all_urls if first is None else [first]

    def beyond(self, card: Any) -> Iterable[Request]:
        """The listing behind a card, when everything is asked for."""
        if self.onward and not self.search.asked():
            yield self.listing_request(fill(self.onward, card))
