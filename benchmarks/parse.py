"""What a job costs the processor, from the page's bytes to the record: `python -m benchmarks.parse`.

Reads real pages (`--captures`, a folder of boards), each once a round, with the boards' own code, and normalises what
comes out. With `--jobspy`, the Python of an environment that has python-jobspy, its parsers get equal pages of the
boards that it knows. Figures are medians over the rounds; fields are those of a job that say something, without
bookkeeping and without further forms of the same. The last line is JSON with every figure.
"""

from __future__ import annotations

import argparse
import json
import logging
import platform
import statistics
import subprocess
import time
from collections.abc import Iterator, Sequence
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path

from scrapy import Request
from scrapy.http import HtmlResponse, TextResponse
from scrapy.utils.project import get_project_settings

from benchmarks.equal_pages import PageToRead, equal_pages
from jobspiders.commands.replay import offline_spider, read
from jobspiders.items import Job
from jobspiders.normalise import normalise

SEEN_AT = datetime(2026, 10, 1, tzinfo=UTC)
JOBSPY = Path(__file__).with_name("jobspy_parser.py")
# Listings of the other boards, and in the forms that JobSpy does not read.
OURS_ALONE = (
    "ashby/board-notion.json",
    "glints/lokerbot-listing-trimmed-2026-03-16.html",
    "glints/shandytp-searchJobs-data-analyst-2023-06.json",
    "greenhouse/list-phonepe-content.json",
    "indeed/search-in-flutter-fromage1-2026-05.html",
    "indeed/search-us-portland-data-analyst-2026-02.html",
    "jobstreet/arif-search-v5-id-frontend-page-1-2024-11.json",
    "jobstreet/rzkinhfiz-search-page-en-2026-05-20.html",
    "lever/list-5.json",
    "lokerid/zipo-flattened-api-2025-09-24-first250.json",
    "naukri/search-rendered-bangalore-2026-06.html",
    "ycombinator/list-diode.html",
)
BESIDE = {
    *("job_source", "seen_at", "complete", "card_hash", "unread", "posted_precision", "location"),
    *("description_html", "description_text", "salary_min_annual", "salary_max_annual"),
    *(item.name for item in fields(Job) if item.name.endswith("_text")),
}
FACTS = [item.name for item in fields(Job) if item.name not in BESIDE]

Figures = dict[str, float]


def main() -> None:
    """Measure whatever is in the folder of captures and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--captures", type=Path, default=Path("../shared/captures"))
    parser.add_argument("--jobspy", metavar="PYTHON", help="an interpreter that has python-jobspy")
    parser.add_argument("--rounds", type=int, default=15)
    options = parser.parse_args()
    logging.disable(logging.CRITICAL)
    pages = [*equal_pages(options.captures), *_ours_alone(options.captures)]
    if not pages:
        parser.error(f"{options.captures} holds none of the pages.")
    theirs = _by_jobspy(options.jobspy, pages, options.rounds) if options.jobspy else {}
    ours = {page.name: _measure(page, options.rounds) for page in pages}
    _show(ours, theirs)
    told = {name: {**found, "jobspy": theirs.get(name)} for name, found in ours.items()}
    print(
        json.dumps({"benchmark": "parse", "rounds": options.rounds, "python": platform.python_version(), "pages": told})
    )


def _ours_alone(captures: Path) -> Iterator[PageToRead]:
    for name in OURS_ALONE:
        board = name.partition("/")[0]
        for path in captures.glob(name):
            homepage = offline_spider(board, get_project_settings()).homepage
            yield PageToRead(name.rpartition(".")[0], "listing", homepage, path.read_bytes())


def _measure(page: PageToRead, rounds: int) -> Figures:
    """What reading the page takes, each time anew from its bytes; of a listing, without going on to its jobs."""
    spider = offline_spider(page.board, get_project_settings(), {"fetch_description": "false"})
    seconds: list[float] = []
    for _ in range(rounds):
        begin = time.process_time()
        jobs = [normalise(posting, SEEN_AT) for posting in read(spider, _response(page), page.kind)]
        seconds.append(time.process_time() - begin)
    return {
        "jobs": len(jobs),
        "ms_per_job": round(statistics.median(seconds) * 1000 / len(jobs), 3),
        "fields_per_job": round(sum(map(_filled, jobs)) / len(jobs), 1),
    }


def _response(page: PageToRead) -> TextResponse:
    kind = HtmlResponse if page.body.lstrip().startswith(b"<") else TextResponse
    return kind(page.url, body=page.body, encoding="utf-8", request=Request(page.url))


def _filled(job: Job) -> int:
    return sum(getattr(job, name) not in (None, "", [], {}) for name in FACTS)


def _by_jobspy(python: str, pages: Sequence[PageToRead], rounds: int) -> dict[str, Figures]:
    """The same figures of JobSpy's parsers. Raises CalledProcessError where they cannot run."""
    given = [
        {"name": page.name, "board": page.board, "kind": page.kind, "text": page.jobspy}
        for page in pages
        if page.jobspy
    ]
    asked = json.dumps({"rounds": rounds, "pages": given})
    done = subprocess.run([python, str(JOBSPY)], input=asked, capture_output=True, text=True, check=True)
    figures: dict[str, Figures] = json.loads(done.stdout)
    return figures


def _show(ours: dict[str, Figures], theirs: dict[str, Figures]) -> None:
    print(f"{'':60}{'jobs':>6}{'ms a job':>10}{'fields':>8}{'JobSpy: jobs':>16}{'ms a job':>10}{'fields':>8}")
    for name, found in ours.items():
        beside = f"{'':10}{_row(theirs[name])}" if name in theirs else ""
        print(f"{name:60}{_row(found)}{beside}")


def _row(found: Figures) -> str:
    return f"{found['jobs']:6}{found['ms_per_job']:10.3f}{found['fields_per_job']:8.1f}"


if __name__ == "__main__":
    main()
