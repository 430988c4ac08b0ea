"""Glints as it answers in 2025 and 2026: GraphQL for search and job, and the pages that hold the same as JSON.

Pages under /id/en/ hold it as an Apollo cache, the others as `initialJobs` and `initialData`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from jobspiders.simboards.board import Answer, Asked, Board, Site
from jobspiders.simboards.catalogue import EPOCH, SimJob
from jobspiders.simboards.glints_wire import (
    TYPES,
    card,
    company_name,
    created,
    detail,
    employment_type,
    in_apollo,
    moment,
)
from jobspiders.simboards.graphql import Field, Rejected, project, read
from jobspiders.simboards.invented import slug
from jobspiders.simboards.pages import (
    DAY,
    ROWS,
    as_html,
    dump,
    dump_for_script,
    filled,
    json_answer,
    mentions,
    not_found,
    numbered,
    page,
    whole,
)

PAGE_SIZE = 30
LISTINGS = ("/id/lowongan-kerja", "/id/opportunities/jobs/explore", "/id/en/opportunities/jobs/explore")
ENUMS = {
    "type": set(TYPES),
    "workArrangementOptions": {"ONSITE", "HYBRID", "REMOTE"},
    "lastUpdatedAtRange": {"ANY_TIME", "PAST_24_HOURS"},
}


def url(job: SimJob) -> str:
    """The address of the job's page."""
    return f"https://glints.com/id/opportunities/jobs/{slug(job.title)}/{job.id}"


def expected(job: SimJob) -> dict[str, Any]:
    """What a perfect crawler stores of the job. Paid by the project is paid for no known period."""
    pay, place = job.pay, job.places[0]
    low, high = job.experience
    by_project = employment_type(job) == "PROJECT_BASED"
    return {
        "source_id": job.id,
        "url": url(job),
        "title": job.title,
        "company": job.employer and company_name(job.employer),
        "district": place.district,
        "city": place.city,
        "region": place.region,
        "country": "ID",
        "salary_min": pay and pay.minimum,
        "salary_max": pay and pay.maximum,
        "salary_currency": pay and pay.currency,
        "salary_period": None if pay is None or by_project else "MONTH",
        "employment_types": [job.employment],
        "arrangement": job.arrangement,
        "is_remote": job.arrangement == "REMOTE",
        "experience_min": low,
        "experience_max": high,
        "education": job.education[0],
        "skills": list(job.trade.skills),
        "posted_at": created(job),
        "updated_at": job.updated,
    }


def listing_page(asked: Asked) -> int | None:
    """The number of the listing's page that is asked for."""
    if asked.path in LISTINGS:
        return whole(asked.query.get("page"), 1)
    conditions = _variables(asked).get("data")
    return int(conditions.get("page") or 1) if isinstance(conditions, Mapping) else None


def answer(site: Site, asked: Asked) -> Answer:
    """What glints.com answers."""
    if asked.path == "/api/v2-alc/graphql":
        return _graphql(site, asked)
    if asked.path in LISTINGS:
        return _listing(site, asked)
    if asked.path.startswith(("/id/opportunities/jobs/", "/id/en/opportunities/jobs/")):
        return _job(site, asked)
    return not_found()


def _sent(asked: Asked) -> dict[str, Any]:
    try:
        sent = json.loads(asked.body)
    except ValueError:
        return {}
    return sent if isinstance(sent, dict) else {}


def _variables(asked: Asked) -> dict[str, Any]:
    return _sent(asked).get("variables") or {}


def _graphql(site: Site, asked: Asked) -> Answer:
    sent = _sent(asked)
    query, variables = str(sent.get("query") or ""), sent.get("variables") or {}
    try:
        root = next(iter(read(query).items()))
        if root[1].name == "searchJobsV3":
            return _search(site, variables.get("data") or {}, query, root)
        if root[1].name == "getJobById":
            return _by_id(site, str(variables.get("opportunityId")), query, root)
        raise Rejected(f'Cannot query field "{root[1].name}" on type "Query".')
    except Rejected as rejected:
        return json_answer({"errors": [{"message": str(rejected)}], "isAuthenticated": False}, 400)


def _search(site: Site, conditions: Mapping[str, Any], query: str, root: tuple[str, Field]) -> Answer:
    size = min(int(conditions.get("pageSize") or PAGE_SIZE), PAGE_SIZE)
    number = int(conditions.get("page") or 1)
    jobs = _wanted(site, conditions)
    frame = {
        "__typename": "JobSearchResults",
        "jobsInPage": ROWS,
        "hasMore": len(jobs) > number * size,
        "expInfo": "mgtDstExperimentSearchApplication:base_0605",
    }
    alias, chosen = root
    rows = next((item.within for item in chosen.within.values() if item.name == "jobsInPage"), {})
    body = {"data": {alias: project(frame, chosen.within)}, "isAuthenticated": False}
    drawn = [
        site.once((query, job.id), lambda job=job: dump(project(detail(job), rows)))  # type: ignore[misc]
        for job in numbered(jobs, number, size)
    ]
    return json_answer(filled(dump(body), drawn))


def _by_id(site: Site, known: str, query: str, root: tuple[str, Field]) -> Answer:
    job = site.known.get(known)
    alias, chosen = root

    def draw() -> bytes:
        shown = project(detail(job), chosen.within) if job else None
        return dump({"data": {alias: shown}, "isAuthenticated": False}).encode()

    return json_answer(site.once((query, known), draw))


def _wanted(site: Site, conditions: Mapping[str, Any]) -> Sequence[SimJob]:
    types, arrangements = _chosen(conditions, "type"), _chosen(conditions, "workArrangementOptions")
    since = site.now - DAY if "PAST_24_HOURS" in _chosen(conditions, "lastUpdatedAtRange") else EPOCH
    term = str(conditions.get("SearchTerm") or "").strip("*")

    def fits(job: SimJob) -> bool:
        return (
            (not types or employment_type(job) in types)
            and (not arrangements or job.arrangement in arrangements)
            and job.updated >= since
            and mentions(term, job.title, job.employer_name, *job.trade.skills)
        )

    def draw() -> list[SimJob]:
        return sorted(filter(fits, site.jobs), key=lambda job: job.updated, reverse=True)

    return site.once((frozenset(types), frozenset(arrangements), since, term), draw)


def _chosen(conditions: Mapping[str, Any], name: str) -> set[str]:
    given = conditions.get(name) or []
    chosen = {given} if isinstance(given, str) else set(given)
    if unknown := chosen - ENUMS[name]:
        raise Rejected(f'Variable "$data" got invalid value "{unknown.pop()}" at "data.{name}".')
    return chosen


def _listing(site: Site, asked: Asked) -> Answer:
    number = whole(asked.query.get("page"), 1)
    conditions = {"SearchTerm": asked.query.get("keyword")}
    jobs = _wanted(site, conditions)
    found = {
        "__typename": "JobSearchResults",
        "expInfo": "",
        "hasMore": len(jobs) > number * PAGE_SIZE,
        "jobsInPage": [card(job) for job in numbered(jobs, number, PAGE_SIZE)],
    }
    if asked.path.startswith("/id/en/"):
        cache: dict[str, Any] = {}
        cache["ROOT_QUERY"] = {"__typename": "Query", f"searchJobsV3({dump(conditions)})": in_apollo(found, cache)}
        props: dict[str, Any] = {"apolloCache": cache, "pageProps": {}}
    else:
        props = {"pageProps": {"initialJobs": found, "queryVariableData": {"CountryCode": "ID"}}}
    cards = "".join(_anchor(job) for job in numbered(jobs, number, PAGE_SIZE))
    return _next(props, cards)


def _anchor(job: SimJob) -> str:
    link = f"{url(job).removeprefix('https://glints.com')}?utm_referrer=explore&amp;traceInfo=sim"
    title = job.title.replace("&", "&amp;").replace("<", "&lt;")
    return f'<div data-gtm-job-id="{job.id}" data-gtm-job-role="{slug(job.title)}"><a href="{link}">{title}</a></div>'


def _job(site: Site, asked: Asked) -> Answer:
    job = site.known.get(asked.path.rpartition("/")[2])
    if job is None:
        return not_found()
    data = detail(job)
    if asked.path.startswith("/id/en/"):
        cache: dict[str, Any] = {}
        in_apollo(data, cache)
        return _next({"apolloCache": cache, "pageProps": {}}, f"<h1>{slug(job.title)}</h1>")
    address = {"poi": {"addressLabel": f"{job.places[0].district}, {job.places[0].city}"}}
    data |= {"isPublic": True, "companyAddress": address, "JobSkills": data["skills"], "closedAt": None}
    return _next({"pageProps": {"initialData": {"code": 200, "data": data}}}, _json_ld(job))


def _json_ld(job: SimJob) -> str:
    organization = {"@type": "Organization", "name": job.employer and company_name(job.employer)}
    ld = {
        "@context": "https://schema.org/",
        "@type": "JobPosting",
        "title": job.title,
        "datePosted": moment(created(job)),
        "validThrough": f"{job.closes:%Y-%m-%d}",
        "employmentType": job.employment,
        "hiringOrganization": organization,
        "description": as_html(job),
    }
    return f'<script data-next-head="" type="application/ld+json">{dump_for_script(ld)}</script>'


def _next(props: Mapping[str, Any], body: str) -> Answer:
    data = dump_for_script({"props": props})
    return Answer(page(f'<script id="__NEXT_DATA__" type="application/json">{data}</script>{body}', language="id"))


BOARD = Board("glints", {"glints.com": None}, answer, expected, listing_page)
