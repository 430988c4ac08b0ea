"""Loker.id as it answers since 2025: list and job pages of Remix, and their loaders' JSON with `_data`.

Premium ads come first, the others by age; now and then a job stands on two pages.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from jobspiders.simboards.board import Answer, Asked, Board, Site
from jobspiders.simboards.catalogue import Pay, SimJob
from jobspiders.simboards.invented import slug
from jobspiders.simboards.lokerid_wire import (
    LISTING,
    MILLION,
    SITE,
    bucket,
    details,
    name,
    path,
    row,
    tells_figures,
)
from jobspiders.simboards.pages import (
    ROWS,
    dump_for_script,
    filled,
    json_answer,
    mentions,
    not_found,
    numbered,
    page,
    whole,
)

PAGE_SIZE = 20
LIST_ROUTE = "routes/_lowongan.cari-lowongan-kerja.(page).($number_page)"
JOB_ROUTE = "routes/$parent_category.($child_category).$jobslug[.]html"
LIST_PAGE = re.compile(rf"^{LISTING}(?:/page/(?P<number>\d+))?$")
JOB_PAGE = re.compile(r"^/(?:[^/]+/){1,2}(?P<name>[^/]+)\.html$")


def expected(job: SimJob) -> dict[str, Any]:
    """What a perfect crawler stores of the job: figures count for more than the label beside them."""
    place = job.places[0]
    stored: dict[str, Any] = {
        "source_id": job.id,
        "url": SITE + path(job),
        "title": job.title,
        "company": job.employer_name,
        "city": place.city,
        "region": place.region,
        "country": "ID",
        "employment_types": [job.employment],
        "arrangement": job.arrangement,
        "is_remote": job.arrangement == "REMOTE",
        **dict(zip(("experience_min", "experience_max"), job.experience, strict=True)),
        "education": job.education[0],
        "skills": list(job.trade.skills),
        "posted_at": job.posted,
        "updated_at": job.updated,
        "language": "id",
    }
    if job.level in {"ENTRY", "MANAGER"}:
        stored["seniority"] = job.level
    return stored | _paid(job.pay, by_figures=tells_figures(job))


def _paid(pay: Pay | None, *, by_figures: bool) -> dict[str, Any]:
    if pay is None:
        return dict.fromkeys(("salary_min", "salary_max", "salary_currency", "salary_period"))
    low, high = bucket(pay)
    least, most = (pay.minimum, pay.maximum) if by_figures else (low * MILLION, high and high * MILLION)
    return {"salary_min": least, "salary_max": most, "salary_currency": "IDR", "salary_period": "MONTH"}


def listing_page(asked: Asked) -> int | None:
    """The number of the listing's page that is asked for."""
    found = LIST_PAGE.match(asked.path)
    return whole(found["number"], 1) if found and "jobid" not in asked.query else None


def answer(site: Site, asked: Asked) -> Answer:
    """What www.loker.id answers."""
    if "jobid" in asked.query and LIST_PAGE.match(asked.path):
        return _job(site, site.known.get(asked.query["jobid"]), asked)
    if LIST_PAGE.match(asked.path):
        return _listing(site, asked)
    if found := JOB_PAGE.match(asked.path):
        by_name = site.once(("by name",), lambda: {name(job): job for job in site.known.values()})
        return _job(site, by_name.get(found["name"]), asked)
    return not_found()


def _job(site: Site, job: SimJob | None, asked: Asked) -> Answer:
    if job is None or job.closed:
        return not_found()
    data = site.once(("details", job.id), lambda: dump_for_script(details(job)))
    if "_data" in asked.query:
        return json_answer(data.encode())
    return _remix(JOB_ROUTE, data, f"<h1>{slug(job.title)}</h1>")


def _listing(site: Site, asked: Asked) -> Answer:
    number = listing_page(asked) or 1
    jobs = _wanted(site, asked.query)
    shown = numbered(jobs, number, PAGE_SIZE)
    if not shown and number > 1:
        return not_found()
    last = max(1, -(-len(jobs) // PAGE_SIZE))
    meta = {"current_page": number, "last_page": last, "per_page": PAGE_SIZE, "total": len(jobs)}
    rows = [
        site.once(("row", job.id), lambda job=job: dump_for_script(row(job)))  # type: ignore[misc]
        for job in shown
    ]
    data = filled(dump_for_script({"jobs": ROWS, "meta": meta}), rows)
    if "_data" in asked.query:
        return json_answer(data)
    return _remix(LIST_ROUTE, data.decode(), "".join(_card(job) for job in shown))


def _wanted(site: Site, query: Mapping[str, str]) -> Sequence[SimJob]:
    term, category, place = (query.get(name, "") for name in ("q", "category", "lokasi"))

    def fits(job: SimJob) -> bool:
        areas, places = job.trade.area, (job.places[0].city, job.places[0].region)
        return (
            mentions(term, job.title, job.employer_name)
            and (not category or category in map(slug, areas))
            and (not place or place in map(slug, places))
        )

    def draw() -> list[SimJob]:
        # sorted() keeps the order of equals: each group stays the newest first.
        return _with_repeats(sorted(filter(fits, site.jobs), key=lambda job: not job.premium))

    return site.once((term, category, place), draw)


def _with_repeats(jobs: Sequence[SimJob]) -> list[SimJob]:
    """The rows of the listing: on every third page, the first one was the last one of the page before."""
    rows: list[SimJob] = []
    for job in jobs:
        if len(rows) % (3 * PAGE_SIZE) == PAGE_SIZE:
            rows.append(rows[-1])
        rows.append(job)
    return rows


def _card(job: SimJob) -> str:
    title = job.title.replace("&", "&amp;").replace("<", "&lt;")
    return f'<article class="card" data-id="{job.id}"><a href="{path(job)}"><h3>{title}</h3></a></article>'


def _remix(route: str, data: str, body: str) -> Answer:
    context = (
        f'{{"basename":"/","state":{{"loaderData":{{"root":{{"user":null}},"{route}":{data}}},'
        '"actionData":null,"errors":null}}'
    )
    return Answer(page(f"{body}<script>window.__remixContext = {context};</script>", language="id"))


BOARD = Board("lokerid", {"www.loker.id": None}, answer, expected, listing_page)
