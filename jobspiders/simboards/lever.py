"""Lever's postings API as it answers in 2026."""

from __future__ import annotations

import re
from typing import Any

from jobspiders.simboards.board import Answer, Asked, Board, Site
from jobspiders.simboards.catalogue import SimJob
from jobspiders.simboards.invented import HEADINGS
from jobspiders.simboards.pages import dump, html_list, html_paragraphs, json_answer
from jobspiders.simboards.tenants import jobs_of, stored, tenant_of, where

POSTINGS = re.compile(r"^/v0/postings/(?P<tenant>[\w-]+)(?:/(?P<id>[\w-]+))?$")
SITE = "https://jobs.lever.co"
COMMITMENTS = {"FULL_TIME": "Regular Full Time (Salary)", "CONTRACTOR": "Contract", "INTERN": "Internship"}
WORKPLACES = {"ONSITE": "onsite", "HYBRID": "hybrid", "REMOTE": "remote"}
INTERVALS = {"YEAR": "per-year-salary", "HOUR": "per-hour-wage"}


def expected(job: SimJob) -> dict[str, Any]:
    """What a perfect crawler stores of the job. The API never tells the employer's name, only the tenant's."""
    return {**stored(job), "company": tenant_of(job), "url": _url(job), "apply_url": f"{_url(job)}/apply"}


def answer(site: Site, asked: Asked) -> Answer:
    """What api.lever.co answers."""
    found = POSTINGS.match(asked.path)
    jobs = jobs_of(site, found["tenant"]) if found else None
    if not found or jobs is None:
        return json_answer({"ok": False, "error": "Document not found"}, 404)
    if found["id"]:
        job = next((job for job in jobs if job.id == found["id"]), None)
        return json_answer(_posting(job)) if job else json_answer({"ok": False, "error": "Document not found"}, 404)
    return json_answer(dump([_posting(job) for job in jobs]).encode())


def listing_page(asked: Asked) -> int | None:
    """The number of the listing's page: a list has only one."""
    found = POSTINGS.match(asked.path)
    return 1 if found and not found["id"] else None


def _url(job: SimJob) -> str:
    return f"{SITE}/{tenant_of(job)}/{job.id}"


def _posting(job: SimJob) -> dict[str, Any]:
    return {
        "additional": "<div>The rest is invented, too.</div>",
        "additionalPlain": "The rest is invented, too.",
        "categories": _categories(job),
        "createdAt": int(job.posted.timestamp() * 1000),
        **_texts(job),
        "id": job.id,
        **_pay(job),
        "text": job.title,
        "country": job.places[0].country,
        "workplaceType": WORKPLACES[job.arrangement],
        "hostedUrl": _url(job),
        "applyUrl": f"{_url(job)}/apply",
    }


def _categories(job: SimJob) -> dict[str, Any]:
    places = [where(place) for place in job.places]
    said = {"commitment": COMMITMENTS[job.employment], "location": places[0], "team": job.trade.role[1]}
    department = {} if job.lot % 5 == 0 else {"department": "Everything"}
    return {**said, **department, "allLocations": places}


def _texts(job: SimJob) -> dict[str, Any]:
    about = html_paragraphs(job.about)
    lists = [
        {"text": heading, "content": html_list(items).removeprefix("<ul>").removesuffix("</ul>")}
        for heading, items in zip(HEADINGS[job.language], (job.duties, job.needs), strict=True)
    ]
    plain = "\n".join(job.about)
    html = dict.fromkeys(("description", "descriptionBody"), about)
    text = dict.fromkeys(("descriptionPlain", "descriptionBodyPlain"), plain)
    return {**html, **text, "lists": lists, **dict.fromkeys(("opening", "openingPlain"), "")}


def _pay(job: SimJob) -> dict[str, Any]:
    if job.pay is None:
        return {}
    words = "Factors such as scope and experience may influence base pay."
    figures = {"currency": job.pay.currency, "min": job.pay.minimum, "max": job.pay.maximum}
    return {
        "salaryRange": {"interval": INTERVALS[job.pay.period], **figures},
        "salaryDescription": f"<div>{words}</div>",
        "salaryDescriptionPlain": words,
    }


BOARD = Board("lever", {"api.lever.co": None}, answer, expected, listing_page)
