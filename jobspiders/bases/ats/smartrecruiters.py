"""Employers on SmartRecruiters.

The postings API is public. Its list has no texts, so each job costs a request. An unknown employer and one without
jobs answer alike: an empty list.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from scrapy import Request
from scrapy.http import TextResponse

from jobspiders.bases.article import article
from jobspiders.bases.ats.ats import Ats
from jobspiders.bases.documents import Generation, Page, pick, query
from jobspiders.items import Expect, PostedPlace, PostedSalary, Posting, Rate

API = "https://api.smartrecruiters.com/v1/companies/"
JOBS = "https://jobs.smartrecruiters.com/"

# Labels come in the language of the ad, ids do not; the English label of `permanent` is Full-time.
_TYPES = {"permanent": "Full-time"}
_PLACE = (
    "location.{text: fullLocation, city: city, region: region, country: country, postcode: postalCode,"
    " latitude: latitude, longitude: longitude}"
)
_SECTIONS = ("companyDescription", "jobDescription", "qualifications", "additionalInformation")
_SALARY = "compensation.salary.[min, max, currency, period]"


class OnSmartRecruiters(Ats):
    """A board of one or more employers on SmartRecruiters. Capital letters count in the tenant's name."""

    hosts = ("smartrecruiters.com",)
    rate = Rate(per_minute=20, concurrency=1)
    expect = Expect(min_jobs=1, fields={"company": 0.99, "location": 0.95, "posted_at": 0.95})  # lists have no texts
    robots = "robots.txt of the API forbids all of it to everybody but LinkedIn (seen 2026-07)"

    listing_url = API + "{tenant}/postings"
    page_size = 100
    listing_query = {"limit": page_size, "offset": "{from_index}"}
    tenant_in = r"/companies/([^/?]+)"
    listing = (Generation("v1", "content", total="totalFound"),)
    job_url = API + "{company_id}/postings/{source_id}"
    job = (Generation("v1", "[@][?id && name] | [0]"),)

    def next_listing(self, page: Page, generation: Generation, number: int, seen: int) -> Iterable[Request]:
        """The page after this one, until all are seen."""
        if seen < int(page.look_up(generation, generation.total or "") or 0):
            yield self.tenant_request(self.tenant_of(page.response), number + 1, seen)

    def parse_card(self, card: Any) -> Posting:
        """A job of the list."""
        employer = card.get("@tenant") or query("company.identifier", card)
        where = card.get("location") or {}
        kind = query("typeOfEmployment.id || typeOfEmployment.label", card)
        return self.of_tenant(
            {**card, "@tenant": employer},
            query("company.name", card),
            source_id=card["id"],
            title=card["name"],
            url=f"{JOBS}{employer}/{card['id']}",
            locations=[PostedPlace(**query(_PLACE, card))] if where else [],
            arrangement=", ".join(mode for mode in ("remote", "hybrid") if where.get(mode)),
            remote=where.get("remote"),
            employment=[_TYPES.get(kind, kind)] if kind else [],
            extra=pick(card, reference="refNumber"),
            **pick(
                card,
                level="experienceLevel.id || experienceLevel.label",
                industry="industry.label",
                categories="[function.label, department.label][?@]",
                posted="releasedDate",
            ),
        )

    def parse_job(self, job: Any, response: TextResponse) -> Posting:
        """A job alone: the list's values with its text, under the headings that it has there."""
        card = self.parse_card({**job, "@tenant": self.tenant_of(response)})
        sections: Mapping[str, Any] = query("jobAd.sections", job) or {}
        parts = [sections.get(name) or {} for name in _SECTIONS]
        salary = query(_SALARY, job)
        return replace(
            card,
            url=job.get("postingUrl") or card.url,
            apply_url=job.get("applyUrl"),
            description=article(*((part.get("title"), part.get("text")) for part in parts)),
            salary=PostedSalary(*salary) if salary else None,
            status={True: "active", False: "inactive"}.get(job.get("active")),
        )
