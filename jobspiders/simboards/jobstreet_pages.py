"""JobStreet's search page and job page: cards and fields in the HTML, the same as a JavaScript object beside it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

from jobspiders.simboards.board import SERIAL, Answer, Asked, Site
from jobspiders.simboards.catalogue import SimJob
from jobspiders.simboards.jobstreet_details import details
from jobspiders.simboards.jobstreet_rows import host, page_row
from jobspiders.simboards.pages import ROWS, as_html, dump_for_script, filled, numbered, page, whole

PAGE_SIZE = 32
UNDEFINED = "@undefined@"
"""Becomes the bare word, which JavaScript knows and JSON does not."""


def language(asked: Asked) -> str:
    """The language in which a page is written: paths under /id/ are Indonesian."""
    return "id" if asked.path.startswith("/id/") else "en"


def search_page(site: Site, jobs: Sequence[SimJob], asked: Asked) -> Answer:
    """The page of `jobs` that is asked for."""
    words, number = language(asked), whole(asked.query.get("page"), 1)
    shown = numbered(jobs, number, PAGE_SIZE)
    summary = {"displayTotalCount": str(len(jobs)), "text": "jobs found"}
    results = {
        "results": {"jobs": ROWS, "isZeroResults": not jobs, "summary": summary},
        "jobIds": [job.id for job in shown],
        "title": UNDEFINED,
        "totalCount": len(jobs),
        "solMetadata": {
            "pageSize": PAGE_SIZE,
            "pageNumber": number,
            "totalJobCount": len(jobs),
            "sortMode": "RELEVANCE",
        },
        "userQueryId": f"sim-{SERIAL}",
    }
    rows = [page_row(job, site.now, words) for job in shown]
    data = filled(_script({"results": results}), [_script(row) for row in rows]).decode()
    total = f"{len(jobs):,} {'lowongan kerja' if words == 'id' else 'jobs'}"
    follows = f'<a href="{asked.path}?page={number + 1}" rel="nofollow next" aria-hidden="false">Next</a>'
    body = (
        f'<div data-automation="totalJobsMessage"><span>{total}</span></div>'
        f"{''.join(_card(row, words) for row in rows)}"
        f"{follows if number * PAGE_SIZE < len(jobs) else ''}{_state(data)}"
    )
    return Answer(page(body, language=words))


def job_page(site: Site, job: SimJob, words: str) -> Answer:
    """The page of one job."""
    result = details(job, site.now, words)
    shown = result["job"]
    prefix = "/id" if words == "id" else ""
    fields = {
        "job-detail-title": shown["title"],
        "advertiser-name": shown["advertiser"]["name"],
        "job-detail-location": shown["location"]["label"],
        "job-detail-classifications": shown["classifications"][0]["label"],
        "job-detail-work-type": shown["workTypes"]["label"],
        "job-detail-salary": shown["salary"] and shown["salary"]["label"],
    }
    spans = "".join(
        f'<div><span data-automation="{name}">{escape(text)}</span></div>' for name, text in fields.items() if text
    )
    body = (
        f'<div data-automation="jobDetailsPage">{spans}<span>Posted {shown["listedAt"]["label"]}</span>'
        f'<a href="{prefix}/job/{job.id}/apply" data-automation="job-detail-apply">Apply</a>'
        f'<div data-automation="jobAdDetails"><div>{as_html(job)}</div></div></div>'
    )
    head = f'<link rel="canonical" href="https://{host(job)}{prefix}/job/{job.id}">'
    data = _script({"jobdetails": {"result": result, "personalised": UNDEFINED, "error": False}})
    return Answer(page(body + _state(data), head, words))


def _script(value: Any) -> str:
    return dump_for_script(value).replace("/", "\\u002F").replace(f'"{UNDEFINED}"', "undefined")


def _state(data: str) -> str:
    config = _script({"SEEK_API_V5_SEARCH_ENDPOINT_PUBLIC": "/api/jobsearch/v5/search"})
    return (
        f'<script data-automation="server-state">\n    window.SEEK_CONFIG = {config};\n'
        f"    window.SEEK_REDUX_DATA = {data};\n    window.SEEK_APP_CONFIG = {{}};\n</script>"
    )


def _card(row: dict[str, Any], words: str) -> str:
    known, prefix = row["id"], "/id" if words == "id" else ""
    link = f"{prefix}/job/{known}?type=standard&amp;ref=search-standalone"
    sentence = "Ini adalah lowongan kerja {}" if words == "id" else "This is a {} job"
    classes = row["classifications"][0]
    dates = f'<div data-automation="jobListingDate"><div><span>{row["listingDateDisplay"]}</span></div></div>'
    teaser = f'<span data-automation="jobShortDescription">{escape(row["teaser"])}</span>'
    bullets = "".join(f"<li>{escape(text)}</li>" for text in row["bulletPoints"])
    return (
        f'<article data-automation="normalJob" data-testid="job-card" data-job-id="{known}">{_logo(row)}'
        f'<a href="{link}" data-automation="job-list-view-job-link"></a>'
        f'<h3><a href="{link}&amp;origin=cardTitle" data-automation="jobTitle">{escape(row["title"])}</a></h3>'
        f"{_company(row, prefix)}<p>{sentence.format(row['workTypes'][0])}</p>"
        f"<div>{_places(row)}{_arrangement(row)}</div>{_salary(row)}<ul>{bullets}</ul>{teaser}{teaser}"
        f'<span data-automation="jobSubClassification">{escape(classes["subclassification"]["description"])}</span>'
        f'<span data-automation="jobClassification">({escape(classes["classification"]["description"])})</span>'
        f"{dates}{dates}</article>"
    )


def _logo(row: dict[str, Any]) -> str:
    address = (row["branding"] or {}).get("serpLogoUrl")
    return f'<div data-automation="company-logo"><img src="{address}"></div>' if address else ""


def _company(row: dict[str, Any], prefix: str) -> str:
    """An anonymous advertiser has no link (seen in captures: 31 for 32 cards)."""
    if not row["advertiser"]["id"]:
        return f"<span>{escape(row['advertiser']['description'])}</span>"
    name = row["companyName"] or row["advertiser"]["description"]
    link = f"{prefix}/{escape(name).replace(' ', '-')}-jobs"
    return f'<div><span>at<!-- --> </span><a href="{link}" data-automation="jobCompany">{escape(name)}</a></div>'


def _places(row: dict[str, Any]) -> str:
    parts = row["locations"][0]["label"].split(", ")
    links = [f'<a data-automation="jobLocation">{part}</a></span>' for part in parts]
    opened = '<span data-automation="jobCardLocation">'
    return f"<span>{opened}{f'{opened}, '.join(links)}</span>"


def _arrangement(row: dict[str, Any]) -> str:
    text = row["workArrangements"]["displayText"]
    return f'<span data-testid="work-arrangement">(<!-- -->{text}<!-- -->)</span>' if text else ""


def _salary(row: dict[str, Any]) -> str:
    text = escape(row["salaryLabel"]).replace("\u00a0", "&nbsp;")
    return f'<div><span data-automation="jobSalary"><span>{text}</span></span></div>' if text else ""
