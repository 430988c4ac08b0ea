"""Naukri's pages, drawn in the browser from its API's answers: both are read, the answers first.

Rows of the API are from captures of 2025-09 and 2026-03; its answer for one job was never seen whole, only told of.
Drawn cards are the same from 2025-03 to 2026-06, jobs' pages from 2024 to 2026-10. Classes end in a hash that may
change with every build, so elements are found by what comes before it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from scrapy import Request
from scrapy.http import TextResponse

from jobspiders.bases.documents import Generation, Queries, pick, query
from jobspiders.bases.paged_json import PagedJson
from jobspiders.bases.rendered import Popup, Rendered, answer
from jobspiders.bases.sitemap_door import SitemapDoor
from jobspiders.bases.sitemaps import Entry
from jobspiders.bases.templates import slug
from jobspiders.items import PostedSalary, PostedYears, Posting

SITE = "https://www.naukri.com"
SEARCH, JOB_API = "/jobapi/v3/search", "/jobapi/v4/job/"
# No rows are a listing, too, but only where it says that there are none.
ROWS = "jobDetails || ([[noOfJobs][?@ == `0`]][?@] | [0][1:])"
# The counts beside the filters of the three work modes add up to all jobs: one without a label is in the office.
OFFICE = "Work from office"

CARDS = "div.srp-jobtuple-wrapper[data-job-id]"
NEXT = "#lastCompMark a[class*=btn-secondary]:not([class*=previous])::attr(href)"
CARD: Queries = {
    "jobId": "::attr(data-job-id)",
    "title": "a.title::attr(title)",
    "jdURL": ("a.title::attr(href)", "(/job-listings-.+)"),
    "companyName": "a.comp-name::attr(title)",
    "companyId": ("a.comp-name::attr(href)", r"-(\d+)$"),
    "staticUrl": ("a.comp-name::attr(href)", r"\.com/(.+)"),
    "logoPath": "img.logoImage::attr(src)",
    "experienceText": ".expwdth::attr(title)",
    "salaryLabel": ".sal-wrap span[title]::attr(title)",
    "locationLabel": ".locWdth::attr(title)",
    "skills[]": "li.tag-li",
    "footerPlaceholderLabel": ".job-post-day",
    "postedBy": (".client-company-name", "Posted by (.+)"),
    "ambitionBoxData.AggregateRating": "a.rating .main-2",
    "ambitionBoxData.ReviewsCount": ("a.review", r"(\d+)"),
}

HEAD = "h1[class*=jd-header-title]"
COMPANY = "[class*=jd-header-comp-name] > a"
LINE = "[class*=styles_details__]:has(label:contains('{}:')) > span"
WORDS = "(.+?),?$"  # a stray comma stands behind the last value
JOB: Queries = {
    "jobDetails.jobId": ("link[rel=canonical]::attr(href)", r"(\d{12})$"),
    "jobDetails.staticUrl": "link[rel=canonical]::attr(href)",
    "jobDetails.title": HEAD,
    "jobDetails.companyDetail.name": COMPANY,
    "jobDetails.companyDetail.websiteUrl": "[class*=comp-info-detail]:has(label:contains('Link')) a::attr(href)",
    "jobDetails.companyDetail.address": "[class*=comp-info-detail]:has(label:contains('Address')) span",
    "jobDetails.companyId": (f"{COMPANY}::attr(href)", r"-(\d+)(?:\?|$)"),
    "jobDetails.companyUrl": (f"{COMPANY}::attr(href)", r"([^?]+)"),
    "jobDetails.banner": "img[class*=comp-banner]::attr(src)",
    "jobDetails.experienceText": "[class*=jhc__exp__]",
    "jobDetails.salaryDetail.label": "[class*=jhc__salary]",
    "jobDetails.wfhLabel": "[class*=jhc__wfhmode]",
    "jobDetails.locations[].label": "[class*=jhc__location] a",
    "jobDetails.createdDate": ("[class*=jhc__stat__]", "Posted: *(.+)"),
    "jobDetails.vacancy": ("[class*=jhc__stat__]", r"Openings: *(\d+)"),
    "html:jobDetails.description": "[class*=dang-inner-html]",
    "jobDetails.jobRole": (LINE.format("Role"), WORDS),
    "jobDetails.roleCategory": (LINE.format("Role Category"), WORDS),
    "jobDetails.functionalArea": (LINE.format("Department"), WORDS),
    "jobDetails.industry": (LINE.format("Industry Type"), WORDS),
    "jobDetails.employmentType": (LINE.format("Employment Type"), WORDS),
    "jobDetails.education.ug[]": (LINE.format("UG"), WORDS),
    "jobDetails.education.pg[]": (LINE.format("PG"), WORDS),
    "jobDetails.keySkills.other[].label": "[class*=key-skill] a span",
    "ambitionBoxDetails.companyInfo.AggregateRating": "[class*=amb-rating]",
}

LABEL = "(placeholders[?type=='{}'].label | [0])"
BOTH = {
    "company_id": "companyId && to_string(companyId)",
    "employment": "[employmentType, jobType == 'internship' && 'Internship'][?@]",  # rows of 2025 have none yet
    "openings": "vacancy && to_number(vacancy)",
    "apply_url": "applyRedirectUrl || companyApplyUrl",
}
CARD_FIELDS = {**BOTH, "company": "companyName", "company_logo": "logoPathV3 || logoPath"}
CARD_EXTRA = {
    "hiring_for": "hiringFor",
    "posted_by": "postedBy",
    "walk_in": LABEL.format("date"),
    "preference": "diversityTagText",
    "mode": "mode",
}
JOB_FIELDS = {
    **BOTH,
    "company": "companyDetail.name",
    "company_url": "companyUrl",
    "company_website": "companyDetail.websiteUrl",
    "company_logo": "banner",
    "company_description": "companyDetail.details",
    "locations": "locations[].label",
    "arrangement": f"wfhLabel || (wfhType == '0' && '{OFFICE}') || null",
    "education": "education.[ug, pg, ppg][][].[label || @][]",
    "categories": "[functionalArea, roleCategory, jobRole][?@]",
    "industry": "industry",
    "skills": "keySkills.[preferred, other][][].label",
    "description": "description",
    "posted": "createdDate",
}


class NaukriPages(Rendered, SitemapDoor, PagedJson):
    """Naukri's listings and jobs."""

    drawn = {"listing": CARDS, "job": HEAD}
    answers = f"{SEARCH}|{JOB_API}"
    plain = "/sitemap/"
    popups = (
        Popup(".naukri-drawer", "a.close"),
        Popup("[class*=location-popup]", ".crossIcon"),
        Popup("[class*=nI-cMp-consent]", "[class*=accept-btn], [class*=close]"),
        Popup("#chatbot-container"),
        Popup("iframe[src*='accounts.google.com/gsi']"),
    )
    sitemap = f"{SITE}/sitemap/incremental-jd-pages.xml"
    job_pattern = r"/job-listings-[^/]+-(\d{12})$"

    listing_url = SITE
    listing_query = {
        "k": "{search_term}",
        "l": "{location}",
        "jobAge": "{hours_old}",
        "experience": "{experience}",
        "wfhType": "{is_remote}",
    }
    page_size = 20
    listing = (
        Generation("v3", ROWS, css=answer(SEARCH), total="noOfJobs"),
        Generation("v3-body", ROWS, total="noOfJobs"),
        Generation("rows", "[?jobId]"),
        Generation("cards", select=CARDS, fields=CARD, next=NEXT),
    )
    job_url = "{url}"
    exact_in_cards = ("posted",)  # drawn jobs only say "2 days ago"
    job = (
        Generation("v4", "jobDetails && @", css=answer(JOB_API)),
        Generation("v4-gone", "jobDetails", css=answer(JOB_API, 404), gone="@"),
        Generation("v4-body", "jobDetails.jobId && @"),
        Generation("page", select=f"html:has({HEAD})", fields=JOB),
    )
    words = {"hours_old": {24: 1, 72: 3, 168: 7, 360: 15, 720: 30}, "is_remote": {True: 2}}
    example_arguments = {"door": "sitemap"}
    own_arguments = {**SitemapDoor.DOOR, "experience": "years of experience, for example 3"}

    def numbered_request(self, number: int, before: int) -> Request:
        """A page of a search, the address of which names what is searched where, and the page's number."""
        what, where = self.search.search_term, self.search.location or "india"
        parts = (what and slug(what), "jobs-in", slug(where), str(number) if number > 1 else None)
        return self.listing_request(f"{SITE}/{'-'.join(filter(None, parts))}", number, before, query=self.listing_query)

    def stub(self, entry: Entry) -> Posting:
        """A job of a sitemap: its id and address."""
        stub = super().stub(entry)
        stub.source_id = stub.source_id.rpartition(":")[2]
        return stub

    def parse_card(self, card: Any) -> Posting:
        """A row of a search, or a drawn card; the work mode stands before the places, "Hybrid - Pune, Noida"."""
        where = query(f"{LABEL.format('location')} || locationLabel", card) or ""
        mode, _, places = where.strip().rpartition(" - ")
        if places and not mode:
            mode = places if places == "Remote" else OFFICE
        created = card.get("createdDate")
        return self.posting(
            source_id=card["jobId"],
            title=card["title"],
            url=SITE + card["jdURL"],
            company_url=f"{SITE}/{card['staticUrl']}" if card.get("staticUrl") else None,
            locations=re.split(r",\s*(?![^(]*\))", places) if places else [],
            arrangement=mode or None,
            salary=_salary(card, query(f"{LABEL.format('salary')} || salaryLabel", card)),
            skills=card.get("skills") or (card.get("tagsAndSkills") or "").split(","),
            # Jobs have it to the second. It is 0 for internships, which only tell when they start.
            posted=card.get("footerPlaceholderLabel") if created is None else created // 1000 or None,
            extra=_rated(card.get("ambitionBoxData") or {}) | pick(card, **CARD_EXTRA),
            **_experience(card, query(LABEL.format("experience"), card)),
            **pick(card, **CARD_FIELDS),
        )

    def parse_job(self, job: Any, response: TextResponse) -> Posting:
        """A job as its API or its page tells it."""
        ad = job["jobDetails"]
        rated = _rated(query("ambitionBoxDetails.companyInfo", job) or {})
        return self.posting(
            source_id=ad["jobId"],
            title=ad["title"],
            url=response.urljoin(ad.get("staticUrl") or ""),
            salary=_salary(ad, query("salaryDetail.label", ad)),
            extra=rated | pick(ad, company_address="companyDetail.address"),
            **_experience(ad, None),
            **pick(ad, **JOB_FIELDS),
        )


def _salary(ad: Mapping[str, Any], label: str | None) -> PostedSalary:
    """Figures are rupees for a year, of an internship for a month; hidden ones are only a label."""
    detail = ad.get("salaryDetail") or {}
    if detail.get("hideSalary"):
        return PostedSalary(text=label)
    figures = pick(detail, minimum="minimumSalary", maximum="maximumSalary", currency="currency")
    return PostedSalary(text=label, period="MONTH" if detail.get("internship") else None, **figures)


def _experience(ad: Mapping[str, Any], label: str | None) -> dict[str, Any]:
    """The years in words, or else in figures; `experienceText` may say "Associate level" in their place."""
    text = str(ad.get("experienceText") or "")
    years = PostedYears(**pick(ad, minimum="to_number(minimumExperience)", maximum="to_number(maximumExperience)"))
    level = None if text[:1].isdecimal() else text or None
    return {"experience": label or years if level else text or label or years, "level": level}


def _rated(company: Mapping[str, Any]) -> dict[str, Any]:
    """What employees think of the company. How many grows daily, so it is told to two figures."""
    told = pick(company, rating="AggregateRating")
    count = str(company.get("ReviewsCount") or "")
    return told | ({"reviews_about": round(int(count), 2 - len(count))} if count.isdecimal() else {})
