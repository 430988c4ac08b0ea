"""Ashby's posting API as it answers in 2026. Ended jobs are still in the list for a while, as not listed."""

from __future__ import annotations

import re
from typing import Any

from jobspiders.simboards.board import Answer, Asked, Board, Site
from jobspiders.simboards.catalogue import SimJob
from jobspiders.simboards.invented import SimPlace
from jobspiders.simboards.pages import as_html, json_answer
from jobspiders.simboards.tenants import COUNTRIES, jobs_of, money, paid, stored, tenant_of, where

LIST = re.compile(r"^/posting-api/job-board/(?P<tenant>[\w-]+)$")
SITE = "https://jobs.ashbyhq.com"
TYPES = {"FULL_TIME": "FullTime", "CONTRACTOR": "Contract", "INTERN": "Intern"}
WORKPLACES = {"ONSITE": "OnSite", "HYBRID": "Hybrid", "REMOTE": "Remote"}


def expected(job: SimJob) -> dict[str, Any]:
    """What a perfect crawler stores of the job; pay that is not to be shown is not."""
    found = {**stored(job), "company": tenant_of(job), "url": _url(job), "apply_url": f"{_url(job)}/application"}
    if not _says_workplace(job):
        found["arrangement"] = None
    return found | paid(job.pay if _shows_pay(job) else None)


def answer(site: Site, asked: Asked) -> Answer:
    """What api.ashbyhq.com answers."""
    found = LIST.match(asked.path)
    jobs = jobs_of(site, found["tenant"]) if found else None
    if not found or jobs is None:
        return Answer(b"Not Found", "text/plain", 404)
    past = [job for job in site.known.values() if job.closed and tenant_of(job) == found["tenant"]]
    with_pay = asked.query.get("includeCompensation") == "true"
    return json_answer({"jobs": [_row(job, with_pay=with_pay) for job in (*jobs, *past)], "apiVersion": "1"})


def listing_page(asked: Asked) -> int | None:
    """The number of the listing's page: a list has only one."""
    return 1 if LIST.match(asked.path) else None


def _url(job: SimJob) -> str:
    return f"{SITE}/{tenant_of(job)}/{job.id}"


def _shows_pay(job: SimJob) -> bool:
    return job.lot % 6 != 0


def _says_workplace(job: SimJob) -> bool:
    return job.lot % 9 != 0


def _row(job: SimJob, *, with_pay: bool) -> dict[str, Any]:
    says = _says_workplace(job)
    return {
        "id": job.id,
        "title": f" {job.title}",  # with a blank, as seen
        "department": job.trade.role[1],
        "team": job.trade.role[1],
        "employmentType": TYPES[job.employment],
        "location": where(job.places[0]),
        "shouldDisplayCompensationOnJobPostings": _shows_pay(job),
        "secondaryLocations": [{"location": where(place), **_address(place)} for place in job.places[1:]],
        "publishedAt": job.posted.isoformat(timespec="milliseconds"),
        "isListed": not job.closed,
        # Also true of hybrid jobs, as seen.
        "isRemote": job.arrangement == "REMOTE" or (says and job.arrangement == "HYBRID"),
        "workplaceType": WORKPLACES[job.arrangement] if says else None,
        **_address(job.places[0]),
        "jobUrl": _url(job),
        "applyUrl": f"{_url(job)}/application",
        "descriptionHtml": as_html(job),
        "descriptionPlain": "\n\n".join(job.sentences),
        **({"compensation": _pay(job)} if with_pay else {}),
    }


def _address(place: SimPlace) -> dict[str, Any]:
    named = {"addressRegion": place.region, "addressCountry": COUNTRIES[place.country], "addressLocality": place.city}
    return {"address": {"postalAddress": named}}


def _pay(job: SimJob) -> dict[str, Any]:
    if job.pay is None:
        return {
            "compensationTierSummary": None,
            "scrapeableCompensationSalarySummary": None,
            "compensationTiers": [],
            "summaryComponents": [],
        }
    figures = {"currencyCode": job.pay.currency, "minValue": job.pay.minimum, "maxValue": job.pay.maximum}
    salary = {"compensationType": "Salary", "interval": f"1 {job.pay.period}", **figures}
    equity = {"compensationType": "EquityPercentage", "interval": "NONE", **dict.fromkeys(figures)}
    words = money(job.pay, " - ")
    return {
        "compensationTierSummary": f"{words} • Offers Equity",
        "scrapeableCompensationSalarySummary": words,
        "compensationTiers": [{"id": job.id, "title": "All", "tierSummary": words, "components": [equity, salary]}],
        "summaryComponents": [equity, salary],
    }


BOARD = Board("ashby", {"api.ashbyhq.com": None}, answer, expected, listing_page)
