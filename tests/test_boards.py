"""Every saved page in `tests/boards/<board>/<case>/`, read by the board's own code, must give the expected jobs.

A case is data: `page.json` or `page.html` (written by us in the board's wire shape, with invented employers),
`case.toml` (what the page is, its address, when it was saved) and `expected.json` (the jobs, without empty fields).
"""

import json
import tomllib
from pathlib import Path

import pytest
from scrapy.utils.project import get_project_settings

from jobspiders.commands.replay import as_json, moment, offline_spider, read, saved_page
from jobspiders.normalise import normalise

CASES = sorted(path.parent for path in (Path(__file__).parent / "boards").glob("*/*/case.toml"))
LARGEST = 60_000  # bytes: trimmed pages, not whole ones


def name(case):
    return f"{case.parent.name}/{case.name}"


def page_of(case):
    (page,) = case.glob("page.*")
    return page


def jobs(case):
    told = tomllib.loads((case / "case.toml").read_text(encoding="utf-8"))
    spider = offline_spider(case.parent.name, get_project_settings(), told.get("arguments", {}))
    page = saved_page(page_of(case), told["url"])
    postings = read(spider, page, told["as"])
    found = [as_json(normalise(posting, moment(told["at"]))) for posting in postings]
    return [{key: value for key, value in job.items() if value not in (None, [], {})} for job in found]


def expected(case):
    return json.loads((case / "expected.json").read_text(encoding="utf-8"))


def fields():
    for case in CASES:
        for index, job in enumerate(expected(case)):
            for field in job:
                yield pytest.param(case, index, field, id=f"{name(case)}/{index}/{field}")


@pytest.fixture(scope="module")
def found():
    return {case: jobs(case) for case in CASES}


@pytest.mark.parametrize("case", CASES, ids=name)
def test_the_same_jobs_with_the_same_fields(case, found):
    assert [(job["source_id"], sorted(job)) for job in found[case]] == [
        (job["source_id"], sorted(job)) for job in expected(case)
    ]


@pytest.mark.parametrize(("case", "index", "field"), list(fields()))
def test_each_field(case, index, field, found):
    assert found[case][index][field] == expected(case)[index][field]


@pytest.mark.parametrize("case", CASES, ids=name)
def test_a_page_is_trimmed(case):
    assert page_of(case).stat().st_size <= LARGEST
