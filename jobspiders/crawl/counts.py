"""A run in numbers, read from Scrapy's stats."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

PASSING = ("trouble/passing", "trouble/network")
SEEDED = "run/seeded"


@dataclass(frozen=True, slots=True)
class Counts:
    """What was counted. `listings` are pages of cards that were read, `walls` answers that were walls, `unreadable`
    pages in which nothing was found, `garbled` answers that were no pages, `crashed` all pages on which a callback
    failed, those two among them; `stored` whatever reached the store, `failed` pages and cards that were lost.
    `seeded` tells that the run began with all that its search leads to, and not with single requests; `says` is the
    last trouble in words.
    """

    listings: int = 0
    listings_failed: int = 0
    cut_off: int = 0
    cards: int = 0
    cards_failed: int = 0
    failed: int = 0
    found: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    closed: int = 0
    stored: int = 0
    requests: int = 0
    responses: int = 0
    walls: int = 0
    unreadable: int = 0
    garbled: int = 0
    crashed: int = 0
    forbidden: int = 0
    unstored: int = 0
    seeded: bool = True
    says: str = ""

    @classmethod
    def of(cls, stats: Mapping[str, Any]) -> Counts:
        """The counts in Scrapy's stats of a crawl."""

        def under(prefix: str, *but: str) -> int:
            found = (value for key, value in stats.items() if key.startswith(prefix) and key not in but)
            return sum(value for value in found if isinstance(value, int))

        new, unchanged = stats.get("jobs/new", 0), stats.get("jobs/unchanged", 0)
        changed = stats.get("jobs/changed", 0) + stats.get("jobs/reopened", 0)
        lost = sum(stats.get(key, 0) for key in ("listing/failed", "job/failed", "spider_exceptions/count"))
        return cls(
            listings=stats.get("listing/pages", 0),
            listings_failed=stats.get("listing/failed", 0),
            cut_off=stats.get("listing/cut_off", 0),
            cards=stats.get("listing/cards", 0),
            cards_failed=under("card/failed/"),
            failed=lost + under("card/failed/") + under("drop/"),
            found=new + changed + unchanged,
            new=new,
            changed=changed,
            unchanged=unchanged,
            closed=stats.get("jobs/closed", 0),
            stored=under("jobs/", "jobs/unstored", "jobs/ignored"),
            requests=stats.get("downloader/request_count", 0),
            responses=stats.get("response_received_count", 0),
            walls=under("trouble/", *PASSING),
            unreadable=stats.get("spider_exceptions/Unreadable", 0),
            garbled=stats.get("spider_exceptions/Garbled", 0),
            crashed=stats.get("spider_exceptions/count", 0),
            forbidden=stats.get("robotstxt/forbidden", 0),
            unstored=stats.get("jobs/unstored", 0),
            seeded=bool(stats.get(SEEDED)),
            says=stats.get("listing/says") or stats.get("trouble/says") or "",
        )

    @property
    def broke_off(self) -> bool:
        """True when a part of the listing was not read."""
        return bool(self.listings_failed or self.cut_off or self.crashed)

    @property
    def is_whole(self) -> bool:
        """True when nothing at all was left out or lost: only then is a job's absence evidence."""
        return self.seeded and not (self.broke_off or self.failed or self.walls)

    @property
    def pages(self) -> str:
        """The listing in words."""
        return f"{self.listings} listing page{'s' * (self.listings != 1)} with {self.cards} cards"
