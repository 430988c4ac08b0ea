"""JobStreet as it answers in 2025 and 2026: v5 search, GraphQL for a job, search page and job page.

Paths under /id/ are Indonesian, as is the search with an Indonesian `locale`; the others are English.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from jobspiders.simboards.board import SERIAL, Answer, Asked, Board, Site
from jobspiders.simboards.catalogue import SimJob
from jobspiders.simboards.graphql import Rejected, project, read
from jobspiders.simboards.jobstreet_details import details
from jobspiders.simboards.jobstreet_pages import job_page, language, search_page
from jobspiders.simboards.jobstreet_rows import (
    ARRANGEMENTS,
    HOSTS,
    WORK_TYPES,
    company,
    country,
    label,
    names_region_only,
    row,
    says_period,
)
from jobspiders.simboards.pages import (
    DAY,
    ROWS,
    dump,
    filled,
    json_answer,
    mentions,
    not_found,
    numbered,
    token,
    whole,
)

SEARCH_PAGE = re.compile(r"^/(?:id/)?(?:(?P<keywords>[\w-]+?)-)?jobs(?:/in-(?P<where>[\w-]+))?$")
JOB_PAGE = re.compile(r"^/(?:id/)?job/(?P<id>\d+)$")

CHOICES: dict[str, Callable[[SimJob], str]] = {
    "jobid": lambda job: job.id,
    "worktype": lambda job: WORK_TYPES[job.employment][0],
    "workarrangement": lambda job: ARRANGEMENTS[job.arrangement][0],
    "classification": lambda job: job.trade.seek[0],
    "subclassification": lambda job: job.trade.seek[2],
}


def expected(job: SimJob) -> dict[str, Any]:
    """What a perfect crawler stores of the job.

    Left out is what labels leave open: city beside a mere province, end of "from", unsaid period, "Contract/Temp".
    """
    pay = job.pay
    stored: dict[str, Any] = {
        "source_id": job.id,
        "title": job.title,
        "company": company(job),
        "country": country(job),
        "salary_min": pay and pay.minimum,
        "salary_currency": pay and pay.currency,
        "arrangement": job.arrangement,
        "is_remote": job.arrangement == "REMOTE",
        "posted_at": job.posted,
        "closes_at": job.closes,
        "language": job.language,
    }
    if country(job) != "SG":
        stored["region"] = job.places[0].region
    if not names_region_only(job):
        stored["city"] = job.places[0].city
    if pay is None or pay.maximum:
        stored["salary_max"] = pay and pay.maximum
    if pay is None or says_period(job):
        stored["salary_period"] = pay and pay.period
    if job.employment != "CONTRACTOR":
        stored["employment_types"] = [job.employment]
    return stored


def listing_page(asked: Asked) -> int | None:
    """The number of the listing's page that is asked for."""
    listing = asked.path == "/api/jobsearch/v5/search" or SEARCH_PAGE.match(asked.path)
    return whole(asked.query.get("page"), 1) if listing else None


def answer(site: Site, asked: Asked) -> Answer:
    """What the site of that country answers."""
    if asked.path == "/api/jobsearch/v5/search":
        return _search(site, asked.query)
    if asked.path == "/graphql":
        return _graphql(site, asked)
    if found := JOB_PAGE.match(asked.path):
        job = site.known.get(found["id"])
        return job_page(site, job, language(asked)) if job else not_found()
    if found := SEARCH_PAGE.match(asked.path):
        said = {name: (text or "").replace("-", " ") for name, text in found.groupdict().items()}
        return search_page(site, _wanted(site, {**asked.query, **said}), asked)
    return not_found()


def _search(site: Site, query: Mapping[str, str]) -> Answer:
    jobs = _wanted(site, query)
    number, size = whole(query.get("page"), 1), min(whole(query.get("pageSize"), 20), 100)
    words = "id" if query.get("locale", "").startswith("id") else "en"
    newest = query.get("sortmode") == "ListedDate"
    modes = (("Relevance", "KeywordRelevance", not newest), ("Date", "ListedDate", newest))
    frame: dict[str, Any] = {
        "data": ROWS,
        "totalCount": len(jobs),
        "info": {"timeTaken": 25, "source": "JobSearch-sm", "experiment": "mordor_727", "newSince": SERIAL},
        "userQueryId": f"API{SERIAL}",
        "sortModes": [dict(zip(("name", "value", "isActive"), mode, strict=True)) for mode in modes],
        "solMetadata": {
            "requestToken": token(),
            "pageSize": size,
            "pageNumber": number,
            "totalJobCount": len(jobs),
            "sortMode": "LISTED_DATE" if newest else "RELEVANCE",
        },
        "facets": {},
        "searchParams": {name.lower(): value for name, value in query.items()},
    }
    if query.get("where"):
        frame["location"] = {"description": query["where"], "type": "State", "whereId": "2030500"}
    rows = [
        site.once(("row", words, job.id), lambda job=job: dump(row(job, site.now, words)))  # type: ignore[misc]
        for job in numbered(jobs, number, size)
    ]
    return json_answer(filled(dump(frame), rows))


def _wanted(site: Site, query: Mapping[str, str]) -> Sequence[SimJob]:
    chosen = {name: frozenset(filter(None, query.get(name, "").split(","))) for name in CHOICES}
    keywords, where = query.get("keywords"), query.get("where", "").lower()
    days = whole(query.get("daterange"), 0)

    def fits(job: SimJob) -> bool:
        return (
            all(not words or CHOICES[name](job) in words for name, words in chosen.items())
            and mentions(keywords, job.title, company(job), job.trade.seek[3])
            and where in f"{label(job, 'id')} {label(job, 'en')} {job.places[0].region} {country(job)}".lower()
            and (not days or job.posted >= site.now - days * DAY)
        )

    def draw() -> list[SimJob]:
        found = list(filter(fits, site.jobs))
        return found if query.get("sortmode") == "ListedDate" else sorted(found, key=lambda job: job.lot)

    key = (*chosen.values(), keywords, where, days, query.get("sortmode") == "ListedDate")
    return site.once(key, draw)


def _graphql(site: Site, asked: Asked) -> Answer:
    try:
        sent = json.loads(asked.body)
        known = str(sent["variables"]["jobId"])
        words = str(sent["variables"].get("locale", "en"))[:2]
        query = str(sent["query"])
    except (ValueError, KeyError, TypeError):
        return json_answer({"errors": [{"message": "Must provide query string."}]}, 400)

    def draw() -> bytes:
        job = site.known.get(known)
        data = project({"jobDetails": job and details(job, site.now, words)}, read(query))
        return dump({"data": data}).encode()

    try:
        return json_answer(site.once((query, words, known), draw))
    except Rejected as rejected:
        return json_answer({"errors": [{"message": str(rejected)}]}, 400)


BOARD = Board("jobstreet", HOSTS, answer, expected, listing_page)
