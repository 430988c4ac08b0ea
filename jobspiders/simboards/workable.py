"""Workable as it answers in 2026: the widget's list, the careers page's list (v3) and a job alone (v2)."""

from __future__ import annotations

import json
import re
from typing import Any

from jobspiders.simboards.board import Answer, Asked, Board, Site
from jobspiders.simboards.catalogue import SimJob
from jobspiders.simboards.invented import HEADINGS, SimPlace
from jobspiders.simboards.pages import as_html, html_list, html_paragraphs, json_answer, whole
from jobspiders.simboards.tenants import COUNTRIES, employers, jobs_of, paid, stored

ROUTE = re.compile(r"^/api/(?P<kind>v1/widget|v2|v3)/accounts/(?P<tenant>[\w-]+)(?:/jobs(?:/(?P<code>\w+))?)?$")
SITE = "https://apply.workable.com"
TYPES = {"FULL_TIME": ("Full-time", "full"), "CONTRACTOR": ("Contract", "contract"), "INTERN": ("Intern", "internship")}
WORKPLACES = {"ONSITE": "on_site", "HYBRID": "hybrid", "REMOTE": "remote"}
LEVELS = {
    "ENTRY": "Entry level",
    "MID": "Mid-Senior level",
    "SENIOR": "Mid-Senior level",
    "LEAD": "Associate",
    "MANAGER": "",
}
SCHOOLS = {"HIGH_SCHOOL": "High School", "DIPLOMA": "Associate Degree", "BACHELOR": "Bachelor's Degree"}
PAGE_SIZE = 10


def expected(job: SimJob) -> dict[str, Any]:
    """What a perfect crawler stores of the job: no pay, and of the arrangement only if it is remote."""
    shown = [place for place in job.places if not _hides(job, place)]
    first = shown[0] if shown else None
    stored_ = {**stored(job), **paid(None), "url": _url(job), "apply_url": f"{_url(job)}/apply", "arrangement": None}
    place = {name: getattr(first, name, None) for name in ("city", "region", "country")}
    return {**stored_, **place, "posted_at": job.posted.replace(hour=0, minute=0, second=0, microsecond=0)}


def answer(site: Site, asked: Asked) -> Answer:
    """What apply.workable.com answers."""
    found = ROUTE.match(asked.path)
    jobs = jobs_of(site, found["tenant"]) if found else None
    if not found or jobs is None:
        return json_answer({"error": "Not Found"}, 404)
    if found["kind"] == "v2":
        job = next((job for job in jobs if job.id == found["code"]), None)
        return json_answer(_alone(job)) if job else json_answer({"error": "Not Found"}, 404)
    if found["kind"] == "v3":
        start = whole(json.loads(asked.body or b"{}").get("token"), 0)
        more = {"nextPage": str(start + PAGE_SIZE)} if start + PAGE_SIZE < len(jobs) else {}
        rows = [_listed(job) for job in jobs[start : start + PAGE_SIZE]]
        return json_answer({"total": len(jobs), "results": rows, **more})
    details = asked.query.get("details") == "true"
    rows = [_row(job, place, details=details) for job in jobs for place in job.places]
    name = employers(site.board)[found["tenant"]].name
    return json_answer({"name": name, "description": "<p>We are invented.</p>", "jobs": rows})


def listing_page(asked: Asked) -> int | None:
    """The number of the listing's page, where it has one."""
    found = ROUTE.match(asked.path)
    return 1 if found and not found["code"] else None


def _url(job: SimJob) -> str:
    return f"{SITE}/j/{job.id}"


def _hides(job: SimJob, place: SimPlace) -> bool:
    return place is job.places[-1] and job.lot % 12 == 0


def _row(job: SimJob, place: SimPlace, *, details: bool) -> dict[str, Any]:
    text = {"description": as_html(job)} if details else {}
    shown = {"country": COUNTRIES[place.country], "city": place.city}
    return {
        "title": job.title,
        "shortcode": job.id,
        "code": f"REF{job.number}" if job.lot % 2 else None,
        "employment_type": TYPES[job.employment][0],
        "telecommuting": job.arrangement == "REMOTE",
        "department": job.trade.role[1],
        "url": _url(job),
        "shortlink": _url(job),
        "application_url": f"{_url(job)}/apply",
        "published_on": f"{job.posted:%Y-%m-%d}",
        "created_at": "2019-03-06",
        **shown,
        "state": place.region,
        "education": SCHOOLS.get(job.education[0], ""),
        "experience": LEVELS[job.level],
        "function": "",
        "industry": "Computer Software",
        "locations": [_location(job, place)],
        **text,
    }


def _location(job: SimJob, place: SimPlace) -> dict[str, Any]:
    named = {"country": COUNTRIES[place.country], "countryCode": place.country}
    return {**named, "city": place.city, "region": place.region, "hidden": _hides(job, place)}


def _listed(job: SimJob) -> dict[str, Any]:
    locations = [_location(job, place) for place in job.places]
    return {
        "id": job.number,
        "shortcode": job.id,
        "title": job.title,
        "remote": job.arrangement == "REMOTE",
        "location": {key: value for key, value in locations[0].items() if key != "hidden"},
        "locations": locations,
        "state": "published",
        "isInternal": False,
        "code": None,
        "published": f"{job.posted:%Y-%m-%d}T00:00:00.000Z",
        "type": TYPES[job.employment][1],
        "language": "en",
        "department": [job.trade.role[1]],
        "accountUid": "940cf17f-c078-40ac-95e8-07704e754048",
        "approvalStatus": "approved",
        "workplace": WORKPLACES[job.arrangement],
    }


def _alone(job: SimJob) -> dict[str, Any]:
    heading = f"<p><strong>{HEADINGS['en'][0]}</strong></p>"
    texts = {"description": html_paragraphs(job.about) + heading + html_list(job.duties)}
    return {**_listed(job), **texts, "requirements": html_list(job.needs), "benefits": ""}


BOARD = Board("workable", {"apply.workable.com": None}, answer, expected, listing_page)
