"""Employers on Lever.

The postings API is public and documented and gives an employer's whole list as one JSON array, texts and all. It never
names the employer. Its filters want the exact words of the employer's own lists, so none is used.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jobspiders.bases.article import article
from jobspiders.bases.ats.ats import Ats
from jobspiders.bases.documents import Generation, pick, query
from jobspiders.items import PostedPlace, PostedSalary, Posting, Rate


class OnLever(Ats):
    """A board of one or more employers on Lever; European ones are on servers of their own."""

    hosts = ("lever.co",)
    rate = Rate(per_minute=30, concurrency=1)
    terms = "the API is documented for anybody's use"

    listing_url = "https://api.lever.co/v0/postings/{tenant}"
    listing_query = {"mode": "json"}
    tenant_in = r"lever\.co/(?:v0/postings/)?([^/?]+)"
    listing = (Generation("v0", "[@][?type(@)=='array'] | [0]"),)
    job = (Generation("v0", "[@][?type(@)=='object' && text] | [0]"),)

    def parse_card(self, card: Any) -> Posting:
        """A job of the list, which is the same as the job alone."""
        return self.of_tenant(
            card,
            None,
            source_id=card["id"],
            title=card["text"],
            url=card["hostedUrl"],
            complete=True,
            locations=_places(card),
            salary=_salary(card),
            description=article(
                (None, card.get("description") or card.get("descriptionPlain")),
                *((part.get("text"), part.get("content")) for part in card.get("lists") or ()),
                (None, card.get("additional")),
            ),
            **pick(
                card,
                apply_url="applyUrl",
                arrangement="workplaceType",
                employment="[categories.commitment][?@]",
                categories="[categories.department, categories.team][?@]",
                posted="createdAt",
            ),
        )

    def parse_job(self, job: Any, response: Any) -> Posting:
        """A single job."""
        return self.parse_card({**job, "@tenant": self.tenant_of(response)})


def _places(card: Mapping[str, Any]) -> list[str | PostedPlace]:
    """All locations, the first one with its country, which is only said once."""
    first = query("categories.location", card)
    others = [place for place in query("categories.allLocations", card) or () if place != first]
    if not first:
        return list(others)
    return [PostedPlace(first, country=card.get("country")), *others]


def _salary(card: Mapping[str, Any]) -> str | PostedSalary | None:
    """The range; what is written beside it speaks of conditions, and is read only where there is no range."""
    figures = query("salaryRange.[min, max, currency, interval]", card)
    return PostedSalary(*figures) if figures else card.get("salaryDescriptionPlain")
