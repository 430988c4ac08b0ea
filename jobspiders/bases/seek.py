"""SEEK's platform, which JobStreet, JobsDB and SEEK itself run on: one API and one page under many names.

Access: JSON search without a token (`/api/jobsearch/v5/search`), GraphQL for a job. The pages hold the same twice,
as SEEK_REDUX_DATA and SEEK_APOLLO_DATA. All seen in captures of 2024-11 to 2026-09; older generations are switched off.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scrapy.http import TextResponse

from jobspiders.bases.documents import Generation, Queries, pick, query
from jobspiders.bases.graphql import operation
from jobspiders.bases.marks import Mark
from jobspiders.bases.paged_json import PagedJson
from jobspiders.items import PostedSalary, Posting

REDUX, APOLLO = "window.SEEK_REDUX_DATA", "window.SEEK_APOLLO_DATA"

NEXT = "a[rel~=next]::attr(href)"

CARD: Queries = {
    "id": "::attr(data-job-id)",
    "title": "[data-automation=jobTitle]",
    "companyName": "[data-automation=jobCompany]",
    "locations[].label": "span:has(> [data-automation=jobCardLocation])",
    "salaryLabel": "[data-automation=jobSalary]",
    "workTypes[]": ("p", r"(?:lowongan kerja|is an?) (.+?)(?: job)?$"),
    "workArrangements.displayText": ("[data-testid=work-arrangement]", r"([^()]+)"),
    "classifications[].classification.description": ("[data-automation=jobClassification]", r"\(?(.+?)\)?$"),
    "classifications[].subclassification.description": "[data-automation=jobSubClassification]",
    "listingDate": "[data-automation=jobListingDate]",
    "teaser": "[data-automation=jobShortDescription]",
    "bulletPoints[]": "li",
    "branding.serpLogoUrl": "[data-automation=company-logo] img::attr(src)",
}

JOB: Queries = {
    "job.id": ("link[rel=canonical]::attr(href), [data-automation=job-detail-apply]::attr(href)", r"/job/(\d+)"),
    "job.title": "[data-automation=job-detail-title]",
    "job.advertiser.name": "[data-automation=advertiser-name]",
    "job.location.label": "[data-automation=job-detail-location]",
    "job.salary.label": "[data-automation=job-detail-salary]",
    "job.workTypes.label": "[data-automation=job-detail-work-type]",
    "html:job.content": "[data-automation=jobAdDetails]",
}


class Seek(PagedJson):
    """Boards of SEEK's. `words["country"]` gives each market its `host`, `site`, `locale` and `zone`."""

    listing_url = "https://{host}/api/jobsearch/v5/search"
    page_size = 100
    listing_query = {
        "siteKey": "{site}",
        "page": "{page}",
        "pageSize": page_size,
        "sortmode": "ListedDate",
        "locale": "{locale}",
        "keywords": "{search_term}",
        "where": "{location}",
        "daterange": "{days_old}",
        "worktype": "{job_type}",
        "workarrangement": "{is_remote}",
        "classification": "{classification}",
    }
    listing = (
        Generation("v5", "data", total="totalCount"),
        Generation("redux", "results.results.jobs", script=REDUX, next=NEXT),
        Generation("apollo", script=APOLLO, apollo="JobSearchV6Data", next=NEXT),
        Generation("cards", select="article[data-job-id]", fields=CARD, next=NEXT),
    )
    job_url = "https://{host}/graphql"
    job_body = operation("seek", "jobDetails", jobId="{source_id}", locale="{locale}", zone="{zone}")
    job = (
        Generation("graphql", "data.jobDetails", gone="data && !errors && !data.jobDetails.job"),
        Generation("redux", "jobdetails.result", script=REDUX),
        Generation("apollo", script=APOLLO, apollo="JobDetails"),
        Generation("page", select="html:has([data-automation=job-detail-title])", fields=JOB),
    )
    blocks = (Mark("rate", "too many requests", json="errors[?extensions.code=='RATE_LIMITED'] | [0]"),)
    own_arguments = {"classification": "SEEK's number of a field of work, for example 6281 for IT"}

    def parse_card(self, card: Any) -> Posting:
        """A row of a search. Rows in pages have no arrangement ids, Apollo's write the date as an object."""
        return self._posting(
            card["id"],
            query("locations[].countryCode | [0]", card),
            title=card["title"],
            company=_company(card),
            salary=PostedSalary(text=card.get("salaryLabel"), currency=card.get("currencyLabel")),
            extra=pick(card, teaser="teaser", highlights="bulletPoints", role="roleId"),
            **pick(
                card,
                company_id="employer.companyId",
                company_url="employer.companyUrl",
                company_logo="branding.serpLogoUrl",
                locations="locations[].label",
                arrangement="join(', ', workArrangements.data[].label.text || `[]`) || workArrangements.displayText",
                employment="workTypes",
                categories="classifications[].[classification.description, subclassification.description][] | [?@]",
                posted="listingDate.dateTimeUtc || listingDate || listingDateDisplay",
            ),
        )

    def parse_job(self, job: Any, response: TextResponse) -> Posting:
        """A job with its company's profile, the same in GraphQL and in both states of the page."""
        ad = job["job"]
        return self._posting(
            ad["id"],
            query("gfjInfo.location.countryCode", job),
            title=ad["title"],
            company=query("companyProfile.name", job) or _company(ad),
            salary=PostedSalary(text=query("salary.label", ad), currency=query("salary.currencyLabel", ad)),
            **pick(
                job,
                company_id="companyProfile.id",
                company_website="companyProfile.overview.website.url",
                company_industry="companyProfile.overview.industry",
                company_size="companyProfile.overview.size.description",
                company_description="join('\n', companyProfile.overview.description.paragraphs || `[]`)",
                locations="[job.location.label][?@]",
                arrangement="join(', ', workArrangements.arrangements[].label || `[]`)",
                employment="[job.workTypes.label][?@] || gfjInfo.workTypes.label",
                categories="job.classifications[].label",
                benefits="companyProfile.perksAndBenefits[].title",
                description="job.content",
                posted="job.listedAt.dateTimeUtc",
                closes="job.expiresAt.dateTimeUtc",
                status="job.status",
            ),
        )

    def _posting(self, number: str, country: str | None, **values: Any) -> Posting:
        """A posting in the market of its own country, when that is one of this board's."""
        market = self.markets.get(country, self.asked.market)
        host = self.words["country"][market.country]["host"]
        url = f"https://{host}/job/{number}"
        return self.posting(market=market, source_id=number, url=url, apply_url=f"{url}/apply", **values)


def _company(ad: Mapping[str, Any]) -> str | None:
    """The employer's name; None for an anonymous advertiser, who has an empty id."""
    advertiser = ad.get("advertiser") or {}
    if advertiser.get("id") == "":
        return None
    return ad.get("companyName") or advertiser.get("name") or advertiser.get("description")
