"""Greenhouse's job-board API as it answers in 2026: the list of an employer, a job alone."""

from __future__ import annotations

import html
import re
from typing import Any

from jobspiders.simboards.board import Answer, Asked, Board, Site
from jobspiders.simboards.catalogue import SimJob
from jobspiders.simboards.pages import as_html, json_answer
from jobspiders.simboards.tenants import COUNTRIES, jobs_of, money, paid, stored, tenant_of, where

JOBS = re.compile(r"^/v1/boards/(?P<tenant>[\w-]+)/jobs(?:/(?P<id>\d+))?$")
SITE = "https://job-boards.greenhouse.io"
TYPES = {"FULL_TIME": "Full time", "CONTRACTOR": "Contractor", "INTERN": "Intern"}
TITLES = {"YEAR": "Annual Salary Range", "HOUR": "Hourly Pay Range"}


def expected(job: SimJob) -> dict[str, Any]:
    """What a perfect crawler stores of the job.

    The board has no field for the arrangement: "Remote, …" and "Hybrid" stand where the place is. The period of pay
    is only known where a title in the text tells it.
    """
    found = {
        **stored(job),
        **paid(job.pay),
        "url": _url(job),
        "apply_url": _url(job),
        "updated_at": job.updated,
        "closes_at": None,
    }
    if job.pay and _pay_is(job) != "in the text":
        found["salary_period"] = None
    if not _says_type(job):
        found["employment_types"] = []
    if job.arrangement == "REMOTE":
        found |= {"arrangement": None, "city": None, "region": None}
    elif job.arrangement == "ONSITE":
        found |= {"arrangement": None, "is_remote": None}
    return found


def answer(site: Site, asked: Asked) -> Answer:
    """What boards-api.greenhouse.io answers."""
    found = JOBS.match(asked.path)
    jobs = jobs_of(site, found["tenant"]) if found else None
    if not found or jobs is None:
        return json_answer({"status": 404, "error": "Job board not found"}, 404)
    if found["id"]:
        job = site.known.get(found["id"])
        if job is None or job.closed or tenant_of(job) != found["tenant"]:
            return json_answer({"status": 404, "error": "Job not found"}, 404)
        return json_answer(_alone(job))
    rows = [_row(job, content=asked.query.get("content") == "true") for job in jobs]
    return json_answer({"jobs": rows, "meta": {"total": len(rows)}})


def listing_page(asked: Asked) -> int | None:
    """The number of the listing's page: a list has only one."""
    found = JOBS.match(asked.path)
    return 1 if found and not found["id"] else None


def _url(job: SimJob) -> str:
    return f"{SITE}/{tenant_of(job)}/jobs/{job.id}"


def _says_type(job: SimJob) -> bool:
    return job.lot % 7 != 0


def _pay_is(job: SimJob) -> str:
    return ("in the text", "in the text, untitled", "in a field")[job.lot % 3]


def _label(job: SimJob) -> str:
    if job.arrangement == "REMOTE":
        return f"Remote, {COUNTRIES[job.places[0].country]}"
    return "Hybrid" if job.arrangement == "HYBRID" else " | ".join(map(where, job.places))


def _row(job: SimJob, *, content: bool) -> dict[str, Any]:
    assert job.employer
    consent = ("requires_consent", "requires_processing_consent", "requires_retention_consent")
    row: dict[str, Any] = {
        "absolute_url": _url(job),
        "data_compliance": [
            {"type": "gdpr", **dict.fromkeys(consent, False), "retention_period": None,
             "demographic_data_consent_applies": False}
        ],
        "education": "education_optional",
        "employment": "employment_required",
        "internal_job_id": job.number + 4_000_000,
        "location": {"name": _label(job)},
        "metadata": _metadata(job),
        "id": int(job.id),
        "updated_at": job.updated.isoformat(),
        "requisition_id": f"JR{job.number}",
        "title": job.title,
        "company_name": f"{job.employer.name} ",  # with a blank, as seen
        "first_published": job.posted.isoformat(),
        "language": "en",
        "application_deadline": None,
    }  # fmt: skip
    return row | _long(job) if content else row


def _long(job: SimJob) -> dict[str, Any]:
    assert job.employer
    department = {"id": job.employer.number + 300, "name": job.trade.role[1], "child_ids": [1], "parent_id": 78747}
    offices = [
        {"id": 900 + number, "name": f"{place.city} office", "location": where(place), "child_ids": [1], "parent_id": 9}
        for number, place in enumerate(job.places)
    ]
    intro = f'<div class="content-intro"><p>{job.employer.name} is invented.</p></div>'
    return {
        "content": html.escape(intro + as_html(job) + _pay_block(job)),
        "departments": [department],
        "offices": offices,
        **dict.fromkeys(("ai_disclaimer", "include_ai_disclaimer", "ai_opt_out_request_url")),
    }


def _alone(job: SimJob) -> dict[str, Any]:
    ranges: list[dict[str, Any]] = []
    if job.pay and job.pay.maximum:
        cents = {"min_cents": job.pay.minimum * 100, "max_cents": job.pay.maximum * 100}
        ranges = [{**cents, "currency_type": job.pay.currency, "title": TITLES[job.pay.period], "blurb": None}]
    return {**_row(job, content=True), "pay_input_ranges": ranges}


def _metadata(job: SimJob) -> list[dict[str, Any]]:
    kind = TYPES[job.employment] if _says_type(job) else None
    fields = [
        {"id": 4372012006, "name": "Time Type", "value": kind, "value_type": "single_select"},
        {"id": 16593235006, "name": "Job Level", "value": "30", "value_type": "single_select"},
    ]
    if job.pay and _pay_is(job) == "in a field":
        value = {"unit": job.pay.currency, "min_value": f"{job.pay.minimum}.0", "max_value": f"{job.pay.maximum}.0"}
        fields.append({"id": 5, "name": "Pay", "value": value, "value_type": "currency_range"})
    return fields


def _pay_block(job: SimJob) -> str:
    if job.pay is None or _pay_is(job) == "in a field":
        return ""
    title = TITLES[job.pay.period] if _pay_is(job) == "in the text" else "United States Salary Range"
    low, high = money(job.pay).split("—")
    spans = f'<span>{low}</span><span class="divider">&mdash;</span><span>{high}</span>'
    words = '<div class="description"><p><em>It does not include any bonus.</em></p></div>'
    block = f'{words}<div class="title">{title}</div><div class="pay-range">{spans}</div>'
    return f'<div class="content-pay-transparency"><div class="pay-input">{block}</div></div>'


BOARD = Board("greenhouse", {"boards-api.greenhouse.io": None}, answer, expected, listing_page)
