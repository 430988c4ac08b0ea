"""JobSpy's own parsing, timed, in an interpreter that has it: reads pages as JSON, writes figures as JSON.

Run by `benchmarks.parse --jobspy`; needs nothing of this project. A page is {"name", "board", "kind", "text"}; its
figures are {"jobs", "ms_per_job", "fields_per_job"}. JobSpy's requests are left out: a job's page is given to it by a
session that already has it.
"""

from __future__ import annotations

import contextlib
import json
import logging
import statistics
import sys
import time
from collections.abc import Callable, Iterable
from types import SimpleNamespace
from typing import Any

from bs4 import BeautifulSoup
from jobspy.indeed import Indeed
from jobspy.linkedin import LinkedIn
from jobspy.model import Country, ScraperInput
from jobspy.naukri import Naukri


def main() -> None:
    """Parse each page so many times and write what it took."""
    logging.disable(logging.CRITICAL)
    given = json.load(sys.stdin)
    json.dump({page["name"]: _figures(page, given["rounds"]) for page in given["pages"]}, sys.stdout)


def _figures(page: dict[str, str], rounds: int) -> dict[str, float]:
    parse = PARSERS[page["board"], page["kind"]]
    seconds = []
    for _ in range(rounds):
        begin = time.process_time()
        jobs = parse(page["text"])
        seconds.append(time.process_time() - begin)
    return {
        "jobs": len(jobs),
        "ms_per_job": round(statistics.median(seconds) * 1000 / max(1, len(jobs)), 3),
        "fields_per_job": round(sum(map(_filled, jobs)) / max(1, len(jobs)), 1),
    }


def _filled(job: Any) -> int:
    """How many of a job's fields say something; a place counts as its parts."""
    values = dict(job if isinstance(job, dict) else vars(job))
    place = values.pop("location", None)
    parts = [*values.values(), *(vars(place).values() if place else ())]
    return sum(part not in (None, "", [], {}) for part in parts)


def _linkedin_listing(text: str) -> list[Any]:
    board = LinkedIn()
    board.scraper_input = ScraperInput(site_name=["linkedin"], fetch_description=False)
    seen: dict[str, Any] = {}
    for card in BeautifulSoup(text, "html.parser").find_all("div", class_="base-search-card"):
        number = str(card.get("data-entity-urn", "")).split(":")[-1]
        if number not in seen:
            seen[number] = card
    return _read(lambda item: board._process_job(item[1], item[0]), seen.items())


def _linkedin_detail(text: str) -> list[Any]:
    board = LinkedIn()
    board.scraper_input = ScraperInput(site_name=["linkedin"], country_indeed=Country.AUSTRALIA)
    page = SimpleNamespace(status_code=200, text=text, url="https://au.linkedin.com/jobs/view/1")
    board.session = SimpleNamespace(get=lambda _: page)
    return [board._fetch_details("1")]


def _indeed_detail(text: str) -> list[Any]:
    board = Indeed()
    board.base_url = "https://www.indeed.com"
    board.scraper_input = ScraperInput(site_name=["indeed"], country_indeed=Country.USA)
    return [board._process_job(json.loads(text)["job"])]


def _naukri_listing(text: str) -> list[Any]:
    board = Naukri()
    board.scraper_input = ScraperInput(site_name=["naukri"], fetch_description=False)
    return _read(board._process_job, json.loads(text)["jobDetails"])


def _read(process: Callable[[Any], Any], cards: Iterable[Any]) -> list[Any]:
    """The jobs of the cards; JobSpy passes over those that it cannot read, as is done here."""
    jobs = []
    for card in cards:
        with contextlib.suppress(ValueError, LookupError):
            jobs.append(process(card))
    return jobs


PARSERS: dict[tuple[str, str], Callable[[str], list[Any]]] = {
    ("linkedin", "listing"): _linkedin_listing,
    ("linkedin", "detail"): _linkedin_detail,
    ("indeed", "detail"): _indeed_detail,
    ("naukri", "listing"): _naukri_listing,
}

if __name__ == "__main__":
    main()
