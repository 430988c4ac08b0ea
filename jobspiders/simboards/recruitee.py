"""Recruitee's offers API as it answers in 2026, on a host for each employer. A draft is in the list now and then."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from jobspiders.simboards.board import Answer, Asked, Board, Site
from jobspiders.simboards.catalogue import SimJob
from jobspiders.simboards.invented import RECRUITERS, SimPlace, slug
from jobspiders.simboards.pages import html_list, html_paragraphs, json_answer, not_found
from jobspiders.simboards.tenants import COUNTRIES, employers, jobs_of, paid, stored, tenant_of

TYPES = {"FULL_TIME": "fulltime_permanent", "CONTRACTOR": "freelance", "INTERN": "internship"}
MODES = {"ONSITE": "on_site", "HYBRID": "hybrid", "REMOTE": "remote"}
LEVELS = {"ENTRY": "entry_level", "MID": "mid_level", "SENIOR": "experienced", "LEAD": "experienced"}
SCHOOLS = {"HIGH_SCHOOL": "high_school", "DIPLOMA": "associate_degree", "BACHELOR": "bachelor_degree"}
OPTIONS = ("salutation", "title", "cover_letter", "photo", "cv", "phone")


def expected(job: SimJob) -> dict[str, Any]:
    """What a perfect crawler stores of the job; pay whose thousands were left out is none."""
    url = _url(job)
    found = {**stored(job), "url": url, "apply_url": f"{url}/c/new", "closed": False}
    whole_seconds = {"posted_at": job.posted.replace(microsecond=0), "updated_at": job.updated.replace(microsecond=0)}
    return {**found, **whole_seconds, **paid(None if _slips(job) else job.pay)}


def answer(site: Site, asked: Asked) -> Answer:
    """What <employer>.recruitee.com answers."""
    jobs = jobs_of(site, asked.host.partition(".")[0])
    if jobs is None or asked.path.rstrip("/") != "/api/offers":
        return not_found()
    past = [job for job in site.known.values() if job.closed and tenant_of(job) == asked.host.partition(".")[0]]
    return json_answer({"offers": [_offer(job, rank) for rank, job in enumerate((*jobs, *past))]})


def listing_page(asked: Asked) -> int | None:
    """The number of the listing's page: a list has only one."""
    return 1 if asked.path.rstrip("/") == "/api/offers" else None


def _url(job: SimJob) -> str:
    return f"https://{tenant_of(job)}.recruitee.com/o/{slug(job.title)}-{job.number}"


def _slips(job: SimJob) -> bool:
    return job.lot % 15 == 0 and job.pay is not None and job.pay.period == "YEAR"


def _offer(job: SimJob, rank: int) -> dict[str, Any]:
    assert job.employer
    title, place, host = job.title, job.places[0], f"{job.employer.slug}.recruitee.com"
    label = f"{place.city}, {place.region}, {COUNTRIES[place.country]}"
    return {
        "id": int(job.id),
        "guid": f"g{job.number}",
        "slug": f"{slug(title)}-{job.number}",
        "title": title,
        "position": rank,
        "status": "draft" if job.closed else "published",
        "company_name": job.employer.name,
        "department": f"{job.trade.role[1]}\u200b",
        "description": html_paragraphs(job.about),
        "requirements": html_list((*job.duties, *job.needs)),
        "highlight": None,
        "location": "Remote job" if job.arrangement == "REMOTE" else label,
        **_place(place),
        "locations": [_location(place, number) for number, place in enumerate(job.places)],
        **{mode: MODES[job.arrangement] == mode for mode in MODES.values()},
        "employment_type_code": TYPES[job.employment],
        "category_code": slug(job.trade.role[1]).replace("-", "_"),
        "experience_code": LEVELS.get(job.level, "not_applicable"),
        "education_code": SCHOOLS.get(job.education[0]),
        **dict.fromkeys(("min_hours", "max_hours", "min_hours_per_week", "max_hours_per_week", "close_at")),
        "salary": _pay(job),
        "tags": [],
        **{f"{name}_at": _moment(at) for name, at in (("created", job.posted), ("published", job.posted))},
        "updated_at": _moment(job.updated),
        "careers_url": _url(job),
        "careers_apply_url": f"{_url(job)}/c/new",
        "mailbox_email": f"{slug(RECRUITERS[rank % len(RECRUITERS)])}@{host}",
        "dynamic_fields": [],
        **{f"options_{name}": "off" for name in OPTIONS},
        **_sharing(job),
    }


def _sharing(job: SimJob) -> dict[str, Any]:
    return {
        "sharing_title": job.title,
        "sharing_description": job.about[0],
        "sharing_image": "https://images.example/offer.jpg",
        "cover_image": None,
        "locations_question": "What is your preferred work location?",
        "locations_question_type": "multiple_choice",
        "locations_question_required": True,
        "location_question_visible": False,
    }


def _place(place: SimPlace) -> dict[str, Any]:
    named = {"country": COUNTRIES[place.country], "country_code": place.country, "city": place.city}
    return {**named, "state_name": place.region, "state_code": place.code, "postal_code": None}


def _location(place: SimPlace, number: int) -> dict[str, Any]:
    empty = dict.fromkeys(("postal_code", "street", "note"))
    names = {"name": place.city, "city": place.city}
    state = {"state": place.region, "state_code": place.code}
    country = {"country": COUNTRIES[place.country], "country_code": place.country}
    return {"id": 294_000 + number, **names, **state, **country, **empty, "translations": {"en": {**names, **empty}}}


def _pay(job: SimJob) -> dict[str, Any]:
    if job.pay is None:
        return dict.fromkeys(("max", "min", "period", "currency"))
    part = 1000 if _slips(job) else 1
    low, high = job.pay.minimum / part, (job.pay.maximum or 0) / part
    return {"max": f"{high:.2f}", "min": f"{low:.2f}", "period": job.pay.period.lower(), "currency": job.pay.currency}


def _moment(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S} UTC"


HOSTS: dict[str, str | None] = {f"{name}.recruitee.com": None for name in employers("recruitee")}
BOARD = Board("recruitee", HOSTS, answer, expected, listing_page)
