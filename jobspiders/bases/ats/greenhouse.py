"""Employers on Greenhouse.

The job-board API is public and documented, has the whole list in one answer, texts and all, and no filter. Pay stands
in the text, in a block of its own; only the answer for a single job has it in figures, too, when asked for.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from typing import Any

from parsel import Selector
from scrapy.http import TextResponse

from jobspiders.bases.ats.ats import Ats
from jobspiders.bases.documents import Generation, pick, query
from jobspiders.items import PostedSalary, Posting, Rate

API = "https://boards-api.greenhouse.io/v1/boards/"

# Employers name these fields themselves; those were seen.
_EMPLOYMENT = re.compile(r"(?:employment|requisition|time|job|worker|contract) type|commitment", re.IGNORECASE)
_MODE_ONLY = re.compile(r"(?:fully )?remote|hybrid|on-?site|in[- ]office", re.IGNORECASE)
_OFFICES = "offices[].location || offices[].name"
_IN_FIGURES = "pay_input_ranges[0].[min_cents, max_cents, currency_type, title]"
_IN_METADATA = "metadata[?value_type=='currency_range'].value | [?@] | [0].[min_value, max_value, unit]"


class OnGreenhouse(Ats):
    """A board of one or more employers on Greenhouse."""

    hosts = ("greenhouse.io",)
    rate = Rate(per_minute=30, concurrency=1)
    terms = "the API is documented for anybody's use"

    listing_url = API + "{tenant}/jobs"
    listing_query = {"content": "true"}
    tenant_in = r"greenhouse\.io/(?:v1/boards/)?([^/?]+)"
    listing = (Generation("v1", "jobs"),)
    job_url = API + "{company_id}/jobs/{source_id}?pay_transparency=true"
    job = (Generation("v1", "[@][?id && title] | [0]"),)

    def parse_card(self, card: Any) -> Posting:
        """A job of the list. `internal_job_id` null is an invitation to apply in general: kept, and marked."""
        where = query("location.name", card)
        mode = where if where and _MODE_ONLY.fullmatch(where.strip()) else None
        prospect = {"prospect": True} if card.get("internal_job_id", 0) is None else {}
        return self.of_tenant(
            card,
            card.get("company_name"),
            source_id=str(int(card["id"])),
            title=card["title"],
            url=card["absolute_url"],
            apply_url=card["absolute_url"],
            complete="content" in card,
            arrangement=mode,
            locations=query(_OFFICES, card) or [] if mode else [where] if where else [],
            employment=_employment(card.get("metadata") or ()),
            salary=_salary(card),
            extra={**pick(card, reference="requisition_id", offices="offices[].name || `null`"), **prospect},
            **pick(
                card,
                categories="departments[].name",
                description="content",
                posted="first_published",
                updated="updated_at",
                closes="application_deadline",
            ),
        )

    def parse_job(self, job: Any, response: TextResponse) -> Posting:
        """A single job: the same with its pay in figures."""
        return self.parse_card({**job, "@tenant": self.tenant_of(response)})


def _employment(metadata: Sequence[Mapping[str, Any]]) -> list[str]:
    said = [item.get("value") for item in metadata if _EMPLOYMENT.search(item.get("name") or "")]
    return [str(term) for value in said if value for term in (value if isinstance(value, list) else [value])]


def _salary(job: Mapping[str, Any]) -> PostedSalary | None:
    """The pay: in figures, in a field of the employer's, or in the first block of the text."""
    if figures := query(_IN_FIGURES, job):
        least, most, currency, title = figures
        return PostedSalary(least and least / 100, most and most / 100, currency, title)
    if field := query(_IN_METADATA, job):
        return PostedSalary(*field)
    content = job.get("content") or ""
    for block in Selector(html.unescape(content)).css(".pay-input") if "pay-range" in content else ():
        words = " ".join(block.css(".pay-range ::text").getall())
        return PostedSalary(text=" ".join(words.split()), period=block.css(".title::text").get())
    return None
