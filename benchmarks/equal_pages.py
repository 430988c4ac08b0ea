"""Real pages that both this project and JobSpy can read, each in the form that either of them gets from its board."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jobspiders.bases.documents import decode

SITE = "https://www.indeed.com"
PERIODS = {"YEARLY": "YEAR", "HOURLY": "HOUR", "MONTHLY": "MONTH", "WEEKLY": "WEEK", "DAILY": "DAY"}
# JobSpy passes over rows of Naukri's without these, which those of 2025 and of March 2026 do not have yet.
NEWER: Mapping[str, Any] = {"companyApplyJob": False, "employmentType": "Full Time, Permanent", "jobType": ""}


@dataclass(frozen=True, slots=True)
class PageToRead:
    """A page: its board, what it is, what we get (`body` from `url`), and what JobSpy gets, if it can read it."""

    name: str
    kind: str
    url: str
    body: bytes
    jobspy: str | None = None

    @property
    def board(self) -> str:
        """The first part of the name."""
        return self.name.partition("/")[0]


def equal_pages(captures: Path) -> Iterator[PageToRead]:
    """The pages that are in the folder of captures."""
    yield from (*_linkedin(captures), *_naukri(captures), *_indeed(captures))


def _linkedin(captures: Path) -> Iterator[PageToRead]:
    """LinkedIn's listings and a job, which both read as they are."""
    url = "https://www.linkedin.com/jobs-guest/jobs/api/seeMoreJobPostings/search?start=0"
    job = "https://www.linkedin.com/jobs/view/4411867124"
    for name, kind, address in (
        ("search-page-es-madrid-python-2026-06", "listing", url),
        ("search-api-fragment-au-2026-06", "listing", url),
        ("detail-page-au-2026-08", "detail", job),
    ):
        for path in captures.glob(f"linkedin/{name}.html"):
            yield PageToRead(f"linkedin/{name}", kind, address, path.read_bytes(), path.read_text("utf-8"))


def _naukri(captures: Path) -> Iterator[PageToRead]:
    """Rows of Naukri's API, with the fields that JobSpy asks for."""
    for path in captures.glob("naukri/api-v3-search-jobDetails-*.json"):
        rows = [{**row, **NEWER} for row in json.loads(path.read_text("utf-8"))]
        text = json.dumps({"noOfJobs": len(rows), "jobDetails": rows})
        yield PageToRead(
            f"naukri/{path.stem}", "listing", "https://www.naukri.com/jobapi/v3/search", text.encode(), text
        )


def _indeed(captures: Path) -> Iterator[PageToRead]:
    """Jobs in Indeed's pages. JobSpy asks the app's API, whose answer has the shape of a part of the page's data; it
    gets the page's data with that part in front, so that both decode the same.
    """
    for path in sorted(captures.glob("indeed/*.html")):
        found = re.search(r"window\._initialData\s*=\s*", text := path.read_text("utf-8"))
        data = decode(text[found.end() :])[0] if found else {}
        data = (data.get("autoOpenTwoPaneViewjobResponse") or {}).get("body") or data
        if "hostQueryExecutionResult" not in data:
            continue
        script = json.dumps(data).replace("<", "\\u003c")
        body = f"<html><script>window._initialData={script};</script></html>".encode()
        answer = json.dumps({"job": _as_the_app_has_it(data), "page": data})
        yield PageToRead(f"indeed/{path.stem} (job)", "detail", f"{SITE}/viewjob?jk={data['jobKey']}", body, answer)


def _as_the_app_has_it(data: Mapping[str, Any]) -> dict[str, Any]:
    ad = dict(data["hostQueryExecutionResult"]["data"]["jobData"]["results"][0]["job"])
    pay = data.get("salaryInfoModel")
    span = pay and {
        "unitOfWork": PERIODS[pay["salaryType"]],
        "range": {"min": pay["salaryMin"], "max": pay["salaryMax"]},
    }
    ad["compensation"] = {"estimated": None, "currencyCode": pay and pay["salaryCurrency"], "baseSalary": span}
    ad["recruit"] = {"viewJobUrl": ad.get("url")}
    return ad
