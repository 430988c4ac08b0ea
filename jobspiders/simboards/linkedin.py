"""LinkedIn as guests see it in 2026: searches of ten cards a fragment, pages of sixty, a fragment and a page for a job.

It speaks the visitor's language. Beyond the thousandth card a search is refused.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from jobspiders.simboards.board import Answer, Asked, Board, Site
from jobspiders.simboards.catalogue import SimJob
from jobspiders.simboards.linkedin_wire import (
    NATIONS,
    SITE,
    address,
    applies_at,
    card,
    fragment,
    head,
    levelless,
    location,
    login_page,
    pageless,
)
from jobspiders.simboards.pages import mentions, not_found, page, whole

SEARCH = "/jobs-guest/jobs/api/seeMoreJobPostings/search"
JOB = re.compile(r"^/jobs-guest/jobs/api/jobPosting/(\d+)$|^/jobs/view/(?:[^/]*-)?(\d{8,})/?$")
PART, PAGE, MOST = 10, 60, 1000
NOTHING = b"<!DOCTYPE html>\n\n<!---->"
LEVELS = {"ENTRY": "ENTRY", "MID": "ASSOCIATE", "SENIOR": "MID", "LEAD": None, "MANAGER": "DIRECTOR"}
KINDS = {"F": "FULL_TIME", "P": "PART_TIME", "C": "CONTRACTOR", "I": "INTERN"}
MODELS = {"1": "ONSITE", "2": "REMOTE", "3": "HYBRID"}


def expected(job: SimJob) -> dict[str, Any]:
    """What a perfect crawler stores of the job; its arrangement is not published, its date only to the day."""
    assert job.employer
    where, pay = job.places[0], job.pay
    return {
        "source_id": job.id,
        "url": f"{SITE}/jobs/view/{job.id}/",
        "title": job.title.strip(),
        "company": job.employer.name,
        "company_id": None if pageless(job) else job.employer.slug,
        "city": where.city,
        "region": where.region,
        "country": where.country,
        "employment_types": [job.employment],
        "seniority": None if levelless(job) else LEVELS[job.level],
        "categories": [job.trade.role[1]],
        "industry": job.employer.industry,
        "salary_min": pay and pay.minimum,
        "salary_max": pay and pay.maximum,
        "salary_currency": pay and pay.currency,
        "salary_period": pay and pay.period,
        "apply_url": applies_at(job),
        "posted_at": job.posted.replace(hour=0, minute=0, second=0, microsecond=0),
        "language": "en",
    }


def listing_page(asked: Asked) -> int | None:
    """The number of the search's part that is asked for."""
    return whole(asked.query.get("start"), 0) // PART + 1 if asked.path in (SEARCH, "/jobs/search") else None


def answer(site: Site, asked: Asked) -> Answer:
    """What www.linkedin.com answers."""
    spanish = asked.headers.get("accept-language", "").startswith("es")
    if asked.path == SEARCH:
        return _part(site, asked, spanish=spanish)
    if asked.path in {"/jobs/search", "/jobs/search/"}:
        return _page(site, asked, spanish=spanish)
    if asked.path == "/authwall":
        return Answer(login_page())
    if found := JOB.match(asked.path):
        job = site.known.get(found[1] or found[2])
        return _job(site, job, spanish=spanish, alone=bool(found[1])) if job else not_found()
    return not_found()


def wall(_asked: Asked) -> Answer:
    """Where a visitor is sent who has seen enough."""
    return Answer(status=302, headers={"Location": f"{SITE}/authwall?trk=sim&sessionRedirect=x"})


def _part(site: Site, asked: Asked, *, spanish: bool) -> Answer:
    start = whole(asked.query.get("start"), 0)
    if start >= MOST:
        return Answer(status=400)
    jobs = _found(site, asked)
    cards = _cards(site, jobs[start : start + PART], start, spanish=spanish)
    return Answer(b"<!DOCTYPE html>\n\n" + cards.encode() if cards else NOTHING)


def _cards(site: Site, jobs: Sequence[SimJob], start: int, *, spanish: bool) -> str:
    return "".join(card(job, rank, site.now, spanish=spanish) for rank, job in enumerate(jobs, start=start + 1))


def _page(site: Site, asked: Asked, *, spanish: bool) -> Answer:
    jobs = _found(site, asked)
    top = head("d_jobs_guest_search", "es_ES" if spanish else "en_US")
    if not jobs:
        words = '<h1 class="core-section-container__main-title">We couldn’t find a match</h1>'
        return Answer(page(f'<section class="core-section-container my-3 no-results">{words}</section>', top))
    cards = _cards(site, jobs[:PAGE], 0, spanish=spanish)
    # Every healthy page holds a hidden form to sign in.
    body = (
        f'<span class="results-context-header__job-count">{len(jobs):,}</span>'
        f'<code id="totalResults" style="display: none"><!--{len(jobs)}--></code>'
        f'<ul class="jobs-search__results-list">{cards}</ul>'
        '<form data-id="sign-in-form"><input name="session_key"><input name="session_password"></form>'
    )
    return Answer(page(body, top, "es" if spanish else "en"))


def _found(site: Site, asked: Asked) -> Sequence[SimJob]:
    query = asked.query
    where, kinds, models = query.get("location", "").lower(), query.get("f_JT"), query.get("f_WT")
    seconds = whole(query.get("f_TPR", "").removeprefix("r"), 0)

    def fits(job: SimJob) -> bool:
        place = job.places[0]
        said = f"{location(place)}, {place.region}, {NATIONS[place.country]}".lower()
        return (
            mentions(query.get("keywords"), job.title, job.employer_name)
            and all(part.strip() in said for part in where.split(","))
            and (not kinds or job.employment in {KINDS.get(kind) for kind in kinds.split(",")})
            and (not models or job.arrangement in {MODELS.get(model) for model in models.split(",")})
            and (not seconds or site.now - job.posted <= timedelta(seconds=seconds))
        )

    names = ("keywords", "location", "f_JT", "f_WT", "f_TPR")
    return site.once(("found", *(query.get(name) for name in names)), lambda: list(filter(fits, site.jobs)))


def _job(site: Site, job: SimJob, *, spanish: bool, alone: bool) -> Answer:
    if alone:
        return Answer(fragment(job, site.now, spanish=spanish).encode())
    top = head("d_jobs_guest_details", "es_ES" if spanish else "en_US", companyId=job.number, titleId=39)
    body = fragment(job, site.now, spanish=spanish, whole=True)
    return Answer(page(body, f'{top}<link rel="canonical" href="{address(job)}">', "es" if spanish else "en"))


BOARD = Board("linkedin", {"www.linkedin.com": None}, answer, expected, listing_page, wall)
