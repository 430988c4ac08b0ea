"""Naukri as it answers in 2026: pages that are empty until their own script has asked the API, and sitemaps.

The API wants a token that only the script makes; without one it asks for a captcha (406). A job that ended has a
page like any other, but the API no longer knows it.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable, Mapping
from importlib.resources import files
from typing import Any

from jobspiders.simboards.board import Answer, Asked, Board, Site
from jobspiders.simboards.catalogue import SimJob
from jobspiders.simboards.invented import slug
from jobspiders.simboards.naukri_wire import (
    SITE,
    client,
    company_id,
    company_path,
    details,
    experience,
    openings,
    path,
    rating,
    reviews,
    row,
    years,
)
from jobspiders.simboards.pages import (
    ROWS,
    dump,
    filled,
    json_answer,
    mentions,
    not_found,
    numbered,
    page,
    whole,
)

PAGE_SIZE = 20
LIST_PAGE = re.compile(r"^/(?:[\w-]+-)?jobs(?:-in-[a-z-]*[a-z])?(?:-(?P<number>\d+))?$")
JOB_PAGE = re.compile(r"^/job-listings-[\w-]+-\d{12}$")
JOB = re.compile(r"^/jobapi/v4/job/(?P<id>\d{12})$")
SEARCH, SCRIPT = "/jobapi/v3/search", "/s/9/121/app.js"
MAPS = "/sitemap/"
FRESH = "sitemap-latest-jd-pages-{}.xml.gz"
CHAPTER = 50  # addresses in a sitemap; the real ones have 25,000
MODES = {"0": "ONSITE", "2": "REMOTE", "3": "HYBRID"}
SHELL = page(
    '<div id="root"><div class="styles_splashscreen-container__jxBax"></div></div>'
    f'<img src="/s/9/pixel.gif"><script src="{SCRIPT}"></script>',
    '<link rel="icon" href="data:,">',
)


def expected(job: SimJob) -> dict[str, Any]:
    """What a perfect crawler stores of the job, having read its own page."""
    employer, pay, remote = job.employer, job.pay, job.arrangement == "REMOTE"
    assert employer
    place = None if remote else job.places[0]
    school = next((school for school in job.education if school != "HIGH_SCHOOL"), None)
    employments = {"CONTRACTOR": ["FULL_TIME", "TEMPORARY", "CONTRACTOR"]}
    stored: dict[str, Any] = {
        "source_id": job.id,
        "url": SITE + path(job),
        "title": job.title.strip(),
        "company": employer.name,
        "company_id": str(company_id(employer)),
        "company_url": f"{SITE}/{company_path(employer)}",
        "company_website": employer.website,
        "city": place and place.city,
        "region": place and place.region,
        "arrangement": job.arrangement,
        "is_remote": remote,
        "employment_types": employments.get(job.employment, [job.employment]),
        "salary_min": pay and pay.minimum,
        "salary_max": pay and pay.maximum,
        "salary_currency": pay and pay.currency,
        "salary_period": pay and pay.period,
        **dict(zip(("experience_min", "experience_max"), job.experience, strict=True)),
        "seniority": None if experience(job) == years(job) else "ASSOCIATE",
        "education": school,
        "industry": employer.industry,
        "skills": list(job.trade.skills),
        "openings": openings(job),
        "posted_at": job.updated,
        "language": "en",
    }
    told = {"rating": rating(employer), "reviews_about": _about(reviews(employer)) if rating(employer) else None}
    told |= {"hiring_for": client(job)}
    return stored | {"extra": {name: value for name, value in told.items() if value}}


def _about(number: int) -> int:
    return round(number, 2 - len(str(number)))


def listing_page(asked: Asked) -> int | None:
    """The number of the listing's page that is asked for, as a page or of the API."""
    if asked.path == SEARCH:
        return whole(asked.query.get("pageNo"), 1)
    found = LIST_PAGE.match(asked.path)
    return whole(found["number"], 1) if found else None


def answer(site: Site, asked: Asked) -> Answer:
    """What www.naukri.com answers."""
    if asked.path == SCRIPT:
        return Answer(files(__package__).joinpath("naukri_app.js").read_bytes(), "text/javascript; charset=utf-8")
    if asked.path.startswith("/jobapi/"):
        return _api(site, asked)
    if LIST_PAGE.match(asked.path) or JOB_PAGE.match(asked.path):
        return Answer(SHELL)
    return _sitemap(site, asked.path.removeprefix(MAPS)) if asked.path.startswith(MAPS) else not_found()


def _api(site: Site, asked: Asked) -> Answer:
    if "nkparam" not in asked.headers:
        return _refusal("recaptcha required", 406)
    if asked.path == SEARCH:
        return _search(site, asked.query)
    found = JOB.match(asked.path)
    job = site.known.get(found["id"]) if found else None
    if job is None or job.closed:
        return _refusal("Job not found", 404)
    return json_answer(site.once(("details", job.id), lambda: dump(details(job, site.now)).encode()))


def _refusal(message: str, status: int) -> Answer:
    return json_answer({"message": message, "statusCode": status, "validationErrors": []}, status)


def _search(site: Site, query: Mapping[str, str]) -> Answer:
    jobs = site.once(("search", *_filters(query)), lambda: [job for job in site.jobs if _fits(site, job, query)])
    number = whole(query.get("pageNo"), 1)
    shown = numbered(jobs, number, PAGE_SIZE)
    if not shown and number > 1:
        return _refusal("Invalid page", 400)
    rows = [site.once(("row", job.id), lambda job=job: dump(row(job, site.now))) for job in shown]  # type: ignore[misc]
    frame = {"noOfJobs": len(jobs), "jobDetails": ROWS, "clusters": {}, "clusterOrder": [], "fatFooter": {}, "sid": "1"}
    return json_answer(filled(dump(frame), rows))


def _filters(query: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(query.get(name, "") for name in ("k", "l", "jobAge", "experience", "wfhType"))


def _fits(site: Site, job: SimJob, query: Mapping[str, str]) -> bool:
    term, place, days, least_years, mode = _filters(query)
    least, most = job.experience
    return (
        mentions(term, job.title, job.employer_name, *job.trade.skills)
        and (not place or any(slug(place) in {slug(at.city), slug(at.region)} for at in job.places))
        and (not days or (site.now - job.updated).days < int(days))
        and (not least_years or least <= int(least_years) <= (most or least))
        and (not mode or MODES.get(mode) == job.arrangement)
    )


def _sitemap(site: Site, name: str) -> Answer:
    chapters = range(1, 1 - len(site.jobs) // -CHAPTER)
    here = SITE + MAPS
    maps: dict[str, Callable[[], str]] = {
        "sitemap.xml": lambda: _index([f"{here}static-pages.xml", f"{here}incremental-jd-pages.xml"]),
        "static-pages.xml": lambda: _addresses([f"{SITE}/jobs-in-india"]),
        "incremental-jd-pages.xml": lambda: _index([here + FRESH.format(number) for number in chapters]),
    }
    if name in maps:
        return Answer(maps[name]().encode(), "application/xml")
    for number in chapters:
        if name == FRESH.format(number):
            listed = _addresses([SITE + path(job) for job in numbered(site.jobs, number, CHAPTER)])
            return Answer(gzip.compress(listed.encode()), "application/x-gzip")
    return not_found()


def _index(addresses: list[str]) -> str:
    return _xml("sitemapindex", "sitemap", addresses)


def _addresses(addresses: list[str]) -> str:
    return _xml("urlset", "url", addresses)


def _xml(root: str, entry: str, addresses: list[str]) -> str:
    entries = "".join(f"<{entry}><loc>{address}</loc></{entry}>" for address in addresses)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</{root}>'
    )


BOARD = Board("naukri", {"www.naukri.com": None}, answer, expected, listing_page)
