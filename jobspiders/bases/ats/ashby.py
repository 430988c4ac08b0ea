"""Employers on Ashby.

The posting API is public and gives the whole list in one answer, texts and, on request, pay and all; it takes about
ten seconds. It never names the employer. An employer may turn it off, and then it answers 404.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jobspiders.bases.ats.ats import Ats
from jobspiders.bases.documents import Generation, pick, query
from jobspiders.items import PostedPlace, PostedSalary, Posting, Rate

_PARTS = "address.postalAddress.{city: addressLocality, region: addressRegion, country: addressCountry}"
_PAY = "summaryComponents[?compensationType=='Salary'] | [0].[minValue, maxValue, currencyCode, interval]"


class OnAshby(Ats):
    """A board of one or more employers on Ashby. Capital letters count in the tenant's name."""

    hosts = ("ashbyhq.com",)
    rate = Rate(per_minute=10, concurrency=1)
    walls = "reported to limit repeated requests"

    listing_url = "https://api.ashbyhq.com/posting-api/job-board/{tenant}"
    listing_query = {"includeCompensation": "true"}
    tenant_in = r"ashbyhq\.com/(?:posting-api/job-board/)?([^/?]+)"
    listing = (Generation("v1", "jobs[?isListed != `false`]"),)

    def parse_card(self, card: Any) -> Posting:
        """A job of the list. `isRemote` is true for most hybrid jobs, too, so the workplace's type goes first."""
        workplace = card.get("workplaceType")
        return self.of_tenant(
            card,
            None,
            source_id=card["id"],
            title=card["title"],
            url=card["jobUrl"],
            complete=True,
            arrangement=workplace,
            remote=None if workplace else card.get("isRemote"),
            locations=[_place(place) for place in [card, *(card.get("secondaryLocations") or ())] if _place(place)],
            salary=_salary(card),
            **pick(
                card,
                apply_url="applyUrl",
                employment="[employmentType][?@]",
                categories="[department, team][?@]",
                description="descriptionHtml || descriptionPlain",
                posted="publishedAt",
            ),
        )


def _place(said: Mapping[str, Any]) -> PostedPlace | None:
    parts = query(_PARTS, said) or {}
    return PostedPlace(said.get("location"), **parts) if said.get("location") or any(parts.values()) else None


def _salary(card: Mapping[str, Any]) -> PostedSalary | None:
    """The merged range of all tiers, where the employer shows it."""
    pay = card.get("compensation") or {}
    if card.get("shouldDisplayCompensationOnJobPostings") is False:
        return None
    label = pay.get("scrapeableCompensationSalarySummary") or pay.get("compensationTierSummary")
    least, most, currency, interval = query(_PAY, pay) or (None, None, None, None)
    return PostedSalary(least, most, currency, interval, label)
