"""Employers on Recruitee.

The offers API of an employer's careers site gives the whole list in one answer, texts and all. It is the same on a
domain of the employer's own: such an employer's file says `listing_url = "https://jobs.acme.example/api/offers/"`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jobspiders.bases.article import article
from jobspiders.bases.ats.ats import Ats, place
from jobspiders.bases.documents import Generation, pick, query
from jobspiders.items import PostedPlace, PostedSalary, Posting, Rate

_PLACES = "locations[].[city, state, country, country_code, postal_code]"
_PLACE = "[city, state_name, country, country_code, postal_code]"
_MODES = ("remote", "hybrid", "on_site")


class OnRecruitee(Ats):
    """A board of one or more employers on Recruitee."""

    hosts = ("recruitee.com",)
    rate = Rate(per_minute=30, concurrency=1)

    listing_url = "https://{tenant}.recruitee.com/api/offers/"
    tenant_in = r"//([\w-]+)\.recruitee\.com/"
    listing = (Generation("offers", "offers[?!status || status=='published']"),)

    def parse_card(self, card: Any) -> Posting:
        """An offer of the list. `position` is its rank, no title; of `remote` and the like several may be true."""
        pay = query("salary.[min, max, currency, period]", card)
        return self.of_tenant(
            card,
            card.get("company_name"),
            source_id=str(int(card["id"])),
            title=card["title"],
            url=card["careers_url"],
            complete=True,
            locations=_places(card),
            arrangement=", ".join(mode for mode in _MODES if card.get(mode)),
            salary=PostedSalary(*pay) if pay else None,
            description=article(*((None, card.get(part)) for part in ("highlight", "description", "requirements"))),
            extra=pick(card, hours_from="min_hours_per_week || min_hours", hours_to="max_hours_per_week || max_hours"),
            **pick(
                card,
                apply_url="careers_apply_url",
                employment="[employment_type_code][?@]",
                level="experience_code",
                education="[education_code][?@]",
                categories="[department, category_code][?@]",
                posted="published_at",
                updated="updated_at",
                closes="close_at",
                status="status",
            ),
        )


def _places(card: Mapping[str, Any]) -> list[str | PostedPlace]:
    """The places in parts; the label, "Remote job" for instance, only where there are none."""
    said = [parts for parts in query(_PLACES, card) or [query(_PLACE, card)] if any(parts)]
    return [place(*parts) for parts in said] or query("[location][?@]", card) or []
