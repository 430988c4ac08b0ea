"""Employers on Workable.

The widget's API gives the whole list in one answer, texts and all. The list behind the careers page (v3) has the
workplace instead of a text; it is read when it comes, not asked for. A job's own answer (v2) is only asked for where
the text is missing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from scrapy.http import TextResponse

from jobspiders.bases.article import article
from jobspiders.bases.ats.ats import Ats, place
from jobspiders.bases.documents import Generation, Page, pick, query
from jobspiders.items import PostedPlace, Posting, Rate

SITE = "https://apply.workable.com"

_SHOWN = "locations[?!hidden].[city, region, country, countryCode]"
_OWN = "[location || @][].[city, region || state, country, countryCode]"


class OnWorkable(Ats):
    """A board of one or more employers on Workable."""

    hosts = ("workable.com",)
    rate = Rate(per_minute=10, concurrency=1)
    walls = "Cloudflare; 429 is reported to be common, to count over all employers, and to last for hours"

    listing_url = SITE + "/api/v1/widget/accounts/{tenant}"
    listing_query = {"details": "true"}
    tenant_in = r"/accounts/([^/?]+)"
    listing = (Generation("widget", "jobs"), Generation("v3", "results[?isInternal != `true`]"))
    job_url = SITE + "/api/v2/accounts/{company_id}/jobs/{source_id}"
    job = (Generation("v2", "[@][?shortcode && title] | [0]"),)

    def cards(self, found: list[Any], page: Page) -> list[Any]:
        """The jobs: one of several places comes as a row for each, with one shortcode."""
        company = page.look_up(self.listing[0], "name")
        jobs: dict[str, Any] = {}
        for row in super().cards(found, page):
            code = row.get("shortcode") if isinstance(row, Mapping) else None
            known = jobs.setdefault(code if code and isinstance(code, str) else f"row {len(jobs)}", row)
            if known is not row:
                known["@rows"] = [*known.get("@rows", [known]), row]
            elif code:
                row["@company"] = company
        if page.cut_off and jobs:
            jobs.popitem()  # further places of it may be missing
        return list(jobs.values())

    def parse_card(self, card: Any) -> Posting:
        """A job of either list, or alone. Jobs under review or kept inside are not in them."""
        code = card["shortcode"]
        text = article(
            (None, card.get("description")),
            ("Requirements", card.get("requirements")),
            ("Benefits", card.get("benefits")),
        )
        return self.of_tenant(
            card,
            card.get("@company"),
            source_id=code,
            title=card["title"],
            url=card.get("url") or f"{SITE}/j/{code}",
            apply_url=card.get("application_url") or f"{SITE}/j/{code}/apply",
            complete="description" in card,
            description=text,
            locations=_places(card.get("@rows", [card])),
            remote=card.get("telecommuting", card.get("remote")),
            categories=query("[department, function][] | [?@]", card),
            extra=pick(card, reference="code || `null`"),
            **pick(
                card,
                arrangement="workplace",
                employment="[employment_type || type][?@]",
                level="experience",
                education="[education][?@]",
                industry="industry",
                posted="published_on || published",
                status="accountUid && state",  # the other list has the region there
            ),
        )

    def parse_job(self, job: Any, response: TextResponse) -> Posting:
        """A single job."""
        return self.parse_card({**job, "@tenant": self.tenant_of(response)})


def _places(rows: Sequence[Mapping[str, Any]]) -> list[str | PostedPlace]:
    """The places of all rows but those that the employer hides."""
    said = [parts for row in rows for parts in query(_SHOWN if row.get("locations") else _OWN, row) or ()]
    return [place(*parts) for parts in said if any(parts)]
