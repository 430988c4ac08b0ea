"""Boards that are searched, and whose sitemaps name the jobs as well: two doors, of which one is asked for.

To make one: name `SitemapDoor` before the kind of the board's listings, and declare what `SitemapList` needs. With
`-a door=sitemap` the sitemaps are read in place of a search; they know no other argument than how many jobs to read.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, ClassVar

from scrapy import Request

from jobspiders.bases.sitemap_list import SitemapList
from jobspiders.errors import BadSearch

_KNOWN = {"door", "results_wanted", "offset"}


class SitemapDoor(SitemapList):
    """A board with both; a subclass that declares `own_arguments` repeats `DOOR` among them."""

    DOOR: ClassVar[dict[str, str]] = {"door": "sitemap: read the jobs that the sitemaps name, without searching"}
    own_arguments = DOOR

    def __init__(self, name: str | None = None, **arguments: Any) -> None:
        super().__init__(name, **arguments)
        door = self.search.own.get("door")
        if door not in {None, "sitemap"}:
            raise BadSearch(f"door={door!r}: give sitemap, or leave it out to search.")
        self.by_sitemap = door is not None
        if self.by_sitemap:
            unheard = dict.fromkeys(self.search.asked().keys() - _KNOWN, "sitemaps cannot be searched")
            self.asked = replace(self.asked, ignored={**self.asked.ignored, **unheard})

    def listing_requests(self) -> Iterable[Request]:
        """The sitemap, or the first listing of the search."""
        if self.by_sitemap:
            assert self.sitemap
            yield self.sitemap_request(self.sitemap)
        else:
            yield from super().listing_requests()
