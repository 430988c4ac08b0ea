"""Indeed's pages, the same in some sixty countries: cards as JSON in a search, a job as JSON and JSON-LD in its page.

Access: `window.mosaic.providerData` of a search holds its cards, `window._initialData` of a job's page all of the job;
seen in captures of 2026-02 to 2026-08. Cards of 2020 are elements. Elements hold a decoy for bots, too: a hidden card
with an id that no JSON has; hidden cards are passed over.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urljoin, urlsplit

from scrapy.http import TextResponse
from w3lib.url import url_query_parameter

from jobspiders.bases.countries import COUNTRIES
from jobspiders.bases.documents import Generation, Queries, pick, query
from jobspiders.bases.one_page import OnePage
from jobspiders.items import PostedPlace, PostedSalary, Posting

NAMED = {"US": "www", "GB": "uk", "MY": "malaysia", "MT": "malta"}
SITES = {code: f"https://{NAMED.get(code, code.lower())}.indeed.com" for code in COUNTRIES}
HOSTS: dict[str | None, str] = {urlsplit(site).hostname: code for code, site in SITES.items()}

MOSAIC, INITIAL = 'window.mosaic.providerData["mosaic-provider-jobcards"]', "window._initialData"
STATUS = {True: "expired", False: "open"}
# Indeed's ids of kinds of employment, whatever the language of their labels.
KINDS = {"CF3CP": "Full-time", "75GKK": "Part-time", "NJXCK": "Contract", "VDTG7": "Internship"}
# Among a job's attributes are some that are no skills: remote, hybrid, degrees, "2 years", "Mid-level".
NO_SKILLS = {*KINDS, "DSQF7", "PAXZC"}
DEGREE, SPAN = re.compile(r"degree|diploma|\bGED\b", re.IGNORECASE), re.compile(r"^\d+ (?:year|month)|[ -]level$")

CARD: Queries = {
    "jobkey": "::attr(data-jk)",
    "title": ".jobtitle, .jcs-JobTitle",
    "company": ".company, [data-testid=company-name]",
    "formattedLocation": (".location, [data-testid=text-location]", r"^([^(]+)"),
    "salarySnippet.text": ".salaryText, [data-testid*=salary-snippet]",
    "remoteWorkModel.type": ".remote",
    "formattedRelativeTime": ".date",
}
# 0 and -1 stand for an open end.
CARD_SALARY = {
    "minimum": "[extractedSalary.min][?@ > `0`] | [0]",
    "maximum": "[extractedSalary.max][?@ > `0`] | [0]",
    "period": "extractedSalary.type",
    "currency": "salarySnippet.currency",
    "text": "salarySnippet.text",
}
JOB_SALARY = {
    "minimum": "[salaryInfoModel.salaryMin][?@ > `0`] | [0]",
    "maximum": "[salaryInfoModel.salaryMax][?@ > `0`] | [0]",
    "period": "salaryInfoModel.salaryType",
    "currency": "salaryInfoModel.salaryCurrency",
    "text": "salaryInfoModel.salaryText",
}
WHERE = "formattedLocation"
AD = "hostQueryExecutionResult.data.jobData.results[0].job"
INFO = "jobInfoWrapperModel.jobInfoModel"
HEADER, DETAILS = f"{INFO}.jobInfoHeaderModel", f"{INFO}.jobDescriptionSectionModel.jobDetailsSection"
RATING = f"{AD}.employer.ugcStats.ratings.overallRating"
# Where no region is said ("Remote"), the coordinates lie in an ocean.
PLACE = f"""{AD}.location.{{text: formatted.long, city: city, region: admin1Name, country: countryCode,
  postcode: postalCode, latitude: admin1Name && latitude, longitude: admin1Name && longitude}}"""
# The page's JSON-LD in the shape of its `_initialData`. `validThrough` is 120 days after any visit: not read.
LINKED = """[@][?"@type"=='JobPosting'] | [0].{jobTitle: title,
  salaryInfoModel: baseSalary.{salaryMin: value.minValue, salaryMax: value.maxValue, salaryCurrency: currency,
    salaryType: value.unitText},
  jobInfoWrapperModel: {jobInfoModel: {sanitizedJobDescription: description}},
  hostQueryExecutionResult: {data: {jobData: {results: [{job: {dateOnIndeed: datePosted,
    sourceEmployerName: hiringOrganization.name, jobTypes: [employmentType][].{label: @},
    employer: {dossier: {images: {squareLogoUrls: {url256: hiringOrganization.logo}}}},
    location: jobLocation.address.{city: addressLocality, admin1Name: addressRegion, countryCode: addressCountry,
      postalCode: postalCode}}}]}}}}"""


class IndeedPages(OnePage):
    """A board on Indeed's platform; `words["country"]` gives each market its `site`, `nation` and `places`."""

    listing_url = "{site}/jobs"
    # Ranked by relevance: by date, every age would show the same newest jobs again.
    listing_query = {
        "q": ["{search_term}"],  # a list, which stays when it is empty: robots.txt allows what begins with "/jobs?q="
        "l": "{location}",
        "radius": "{distance}",
        "fromage": "{days_old}",
        "jt": "{job_type}",
        "sc": "{is_remote}",
    }
    page_size = 15
    ages = (14, 7, 3, 1)
    listing = (
        Generation("mosaic", "metaData.mosaicProviderJobCardsModel.results", script=MOSAIC, key="jobkey"),
        Generation("none", "noSearchResultModel && `[]`", script=INITIAL),
        Generation(
            "cards",
            select=".jobsearch-SerpJobCard[data-jk], .cardOutline:not([aria-hidden=true])",
            fields=CARD,
            key="jobkey",
        ),
    )
    job_url = "{url}"
    job = (
        Generation("initial", "[@][?jobInfoWrapperModel] | [0]", script=INITIAL),
        Generation("json-ld", LINKED, css='script[type="application/ld+json"]::text'),
    )

    def parse_card(self, card: Any) -> Posting:
        """A row of a search. `createDate` is when Indeed first had the job; `pubDate` may be years before."""
        parts = pick(card, city="jobLocationCity", region="jobLocationState", postcode="jobLocationPostal")
        parts |= pick(card, text="formattedLocation", district="jobLocationExtras")
        return self._posting(
            card["jobkey"],
            card.get("thirdPartyApplyUrl"),
            title=card["title"],
            locations=[PostedPlace(**parts)] if parts.get("city") else query(f"[{WHERE}][?@]", card),
            salary=PostedSalary(**pick(card, **CARD_SALARY)),
            employment=_kinds(query("taxonomyAttributes[?starts_with(label, 'job-types')].attributes[]", card))
            or card.get("jobTypes", []),
            status=STATUS.get(card.get("expired")),
            extra=pick(card, estimated_salary="estimatedSalary.formattedRange"),
            **pick(
                card,
                company="company",
                company_id="encryptedFccompanyId",
                company_url="companyOverviewLink",
                company_logo="companyBrandingAttributes.logoUrl",
                arrangement="remoteWorkModel.type",
                remote="[remoteLocation][?@] | [0]",
                benefits="taxonomyAttributes[?label=='benefits'].attributes[].label",
                openings="to_number(hiringMultipleCandidatesModel.hiresNeededExact)",
                posted="createDate || pubDate || formattedRelativeTime",
                closes="expirationDate",
            ),
        )

    def parse_job(self, job: Any, response: TextResponse) -> Posting:
        """A job's page. `dateOnIndeed` is what it shows as its age; `datePublished` moves when it is listed again."""
        place = query(PLACE, job) or {}
        return self._posting(
            job.get("jobKey") or url_query_parameter(response.url, "jk"),
            job.get("baseUrl") or response.url,
            title=job["jobTitle"],
            locations=[PostedPlace(**place)] if any(place.values()) else query(f"[{HEADER}.{WHERE}][?@]", job),
            salary=PostedSalary(**pick(job, **JOB_SALARY)),
            employment=_kinds(query(f"{AD}.jobTypes", job)),
            status=STATUS.get(query(f"{AD}.expired || {DETAILS}.isJobExpired", job)),
            apply_url=_own_site(query(f"{AD}.url", job)),
            extra=pick(
                job, rating=f"[{RATING}][?count > `0`].value | [0]", reviews=f"[{RATING}.count][?@ > `0`] | [0]"
            ),
            **_attributes(job),
            **pick(
                job,
                company=f"{AD}.sourceEmployerName || {HEADER}.companyName",
                company_id=f"{AD}.employer.key",
                company_url=f"{AD}.employer.relativeCompanyPageUrl",
                company_logo=f"{AD}.employer.dossier.images.squareLogoUrls.url256",
                arrangement=f"{HEADER}.remoteWorkModel.type",
                remote=f"[{HEADER}.remoteLocation][?@] | [0]",
                categories=f"{AD}.occupations[].label",
                benefits=f"{AD}.benefits[].label",
                description=f"{INFO}.sanitizedJobDescription || {AD}.description.html",
                posted=f"{AD}.dateOnIndeed || {AD}.datePublished",
                updated=f"[{AD}.datePublished && {AD}.dateOnIndeed, {AD}.datePublished][?@] | max(@)",
                closes=f"{AD}.expirationDate",
            ),
        )

    def _posting(self, number: Any, address: str | None, company_url: str | None = None, **values: Any) -> Posting:
        """A posting in the market of the site that `address` is on, or else of the one that is searched."""
        country = HOSTS.get(urlsplit(address or "").hostname) or self.asked.market.country or "US"
        site = SITES[country]
        company_url = company_url and urljoin(site, company_url)
        url = f"{site}/viewjob?jk={number}"
        return self.posting(
            market=COUNTRIES[country].market, source_id=number, url=url, company_url=company_url, **values
        )


def _kinds(attributes: Any) -> list[str]:
    """Kinds of employment from their ids, which are the same in every language, or else their labels."""
    return [KINDS.get(kind.get("suid") or kind.get("key"), kind["label"]) for kind in attributes or ()]


def _attributes(job: Any) -> dict[str, Any]:
    """What Indeed read out of the description, apart from what has fields of its own."""
    aside = {kind.get("key") for kind in query(f"{AD}.[jobTypes, benefits, shiftAndSchedule][][]", job) or ()}
    found = [kind for kind in query(f"{AD}.attributes[?label]", job) or () if kind.get("key") not in NO_SKILLS | aside]
    labels = [kind["label"] for kind in found]
    return {
        "education": [label for label in labels if DEGREE.search(label)],
        "skills": [label for label in labels if not DEGREE.search(label) and not SPAN.search(label)],
    }


def _own_site(url: str | None) -> str | None:
    """The address when it is the employer's, not Indeed's."""
    host = urlsplit(url or "").hostname or ""
    return None if host.endswith("indeed.com") else url
