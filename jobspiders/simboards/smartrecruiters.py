"""SmartRecruiters' postings API as it answers in 2026: lists of at most 100, and a job alone, with its texts."""

from __future__ import annotations

import re
from typing import Any

from jobspiders.simboards.board import Answer, Asked, Board, Site
from jobspiders.simboards.catalogue import SimJob
from jobspiders.simboards.invented import RECRUITERS, slug
from jobspiders.simboards.pages import html_list, html_paragraphs, json_answer, whole
from jobspiders.simboards.tenants import COUNTRIES, jobs_of, paid, stamp, stored, tenant_of

POSTINGS = re.compile(r"^/v1/companies/(?P<tenant>[\w-]+)/postings(?:/(?P<id>\d+))?$")
API, SITE = "https://api.smartrecruiters.com", "https://jobs.smartrecruiters.com"
MOST = 100
TYPES = {
    "FULL_TIME": ("permanent", "Full-time"),
    "CONTRACTOR": ("contract", "Contract"),
    "INTERN": ("intern", "Intern"),
}
LEVELS = {"ENTRY": "entry_level", "MID": "mid_senior_level", "SENIOR": "mid_senior_level", "LEAD": "associate"}


def expected(job: SimJob) -> dict[str, Any]:
    """What a perfect crawler stores of the job. The figures of pay are in no answer that was ever seen."""
    url = f"{_url(job)}-{slug(job.title)}"
    found = {**stored(job), **paid(None), "url": url, "apply_url": f"{url}?oga=true", "closed": False}
    if job.arrangement == "ONSITE":
        found["arrangement"] = None
    return found


def answer(site: Site, asked: Asked) -> Answer:
    """What api.smartrecruiters.com answers; an unknown employer has an empty list."""
    found = POSTINGS.match(asked.path)
    if not found:
        return json_answer({"message": "Not found"}, 404)
    jobs = jobs_of(site, found["tenant"]) or ()
    if found["id"]:
        job = next((job for job in jobs if job.id == found["id"]), None)
        return json_answer(_alone(job)) if job else json_answer({"message": "Not found"}, 404)
    offset, limit = whole(asked.query.get("offset"), 0), min(MOST, whole(asked.query.get("limit"), 10))
    rows = [_row(job) for job in jobs[offset : offset + limit]]
    return json_answer({"offset": offset, "limit": limit, "totalFound": len(jobs), "content": rows})


def listing_page(asked: Asked) -> int | None:
    """The number of the listing's page."""
    found = POSTINGS.match(asked.path)
    return 1 + whole(asked.query.get("offset"), 0) // MOST if found and not found["id"] else None


def _url(job: SimJob) -> str:
    return f"{SITE}/{tenant_of(job)}/{job.id}"


def _row(job: SimJob) -> dict[str, Any]:
    assert job.employer
    kind, label = TYPES[job.employment]
    level = LEVELS.get(job.level, "not_applicable")
    area = {"id": slug(job.trade.role[1]), "label": job.trade.role[1]}
    field = {"fieldId": "COUNTRY", "fieldLabel": "Country/Region", "valueId": "us", "valueLabel": "United States"}
    return {
        "id": job.id,
        "name": job.title,
        "uuid": f"267d47c7-29af-4c8f-a19d-{job.number:012}",
        "jobAdId": f"2132a049-8eb1-4bef-bc4c-{job.number:012}",
        "defaultJobAd": True,
        "refNumber": f"REF{job.number}W",
        "company": {"identifier": job.employer.slug, "name": job.employer.name},
        "releasedDate": stamp(job.posted),
        "location": _location(job),
        "industry": {"id": "it_and_services", "label": "Information Technology And Services"},
        "department": {} if job.lot % 2 else {**area, "id": str(job.employer.number)},
        "function": area,
        # The labels are in the language of the ad, as seen on Polish ones.
        "typeOfEmployment": {"id": kind, "label": "Pełny etat" if job.lot % 4 == 0 else label},
        "experienceLevel": {"id": level, "label": level.replace("_", " ").title()},
        "customField": [field],
        "visibility": "PUBLIC",
        "ref": f"{API}/v1/companies/{job.employer.slug}/postings/{job.id}",
        "language": {"code": "en", "label": "English", "labelNative": "English (US)"},
    }


def _location(job: SimJob) -> dict[str, Any]:
    place = job.places[0]
    return {
        "city": place.city,
        "region": place.code,
        "country": place.country.lower(),
        "address": "1 Nowhere Street",
        "postalCode": "00000",
        "remote": job.arrangement == "REMOTE",
        "hybrid": job.arrangement == "HYBRID",
        "latitude": "30.267153",
        "longitude": "-97.7430608",
        "fullLocation": f"{place.city}, {place.code}, {COUNTRIES[place.country]}",
    }


def _alone(job: SimJob) -> dict[str, Any]:
    assert job.employer
    texts = {
        "companyDescription": ("Company Description", html_paragraphs(job.about)),
        "jobDescription": ("Job Description", html_list(job.duties)),
        "qualifications": ("Qualifications", html_list(job.needs)),
        "additionalInformation": ("Additional Information", ""),
    }
    url = f"{_url(job)}-{slug(job.title)}"
    return {
        **_row(job),
        "department": {"id": job.employer.number, "label": job.trade.role[1]},
        "jobId": f"98046ec5-df31-450d-88c2-{job.number:012}",
        "creator": {"name": RECRUITERS[job.number % len(RECRUITERS)], "avatarUrl": ""},
        "postingUrl": url,
        "applyUrl": f"{url}?oga=true",
        "referralUrl": f"{SITE}/external-referrals/company/{job.employer.slug}",
        "jobAd": {"sections": {name: {"title": title, "text": text} for name, (title, text) in texts.items()}},
        "active": True,
    }


BOARD = Board("smartrecruiters", {"api.smartrecruiters.com": None}, answer, expected, listing_page)
