"""Naukri's replica: empty pages, an API that wants its script's token, and sitemaps."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import pytest

from jobspiders.simboards.board import Asked
from jobspiders.simboards.invented import RECRUITERS
from jobspiders.simboards.naukri import expected, listing_page
from jobspiders.simboards.naukri_wire import path, row

CAPTURE = Path(__file__).parents[3] / "shared" / "captures" / "naukri" / "api-v3-search-jobDetails-2025-09.json"
TOKEN = {"nkparam": "x"}


@pytest.fixture
def api(ask):
    def get(where, size=100, **query):
        site = ask("naukri", size)
        asked = Asked("GET", site.host, where, {name: str(value) for name, value in query.items()}, b"", TOKEN)
        return site.board.answer(site.site, asked)

    return get


def found(answer):
    return json.loads(answer.body)


def test_pages_add_up(api, ask):
    pages = [found(api("/jobapi/v3/search", 47, pageNo=number)) for number in (1, 2, 3)]
    assert [len(page["jobDetails"]) for page in pages] == [20, 20, 7]
    assert {page["noOfJobs"] for page in pages} == {47}
    shown = [job["jobId"] for page in pages for job in page["jobDetails"]]
    assert shown == [job.id for job in ask("naukri", 47).site.jobs]
    assert api("/jobapi/v3/search", 47, pageNo=4).status == 400


def test_the_api_wants_a_token(ask):
    site = ask("naukri", 5)
    for where in ("/jobapi/v3/search", f"/jobapi/v4/job/{site.site.jobs[0].id}"):
        refused = site.get(where)
        assert (refused.status, found(refused)["message"]) == (406, "recaptcha required")


def test_pages_are_empty_until_their_script_ran(ask):
    site = ask("naukri", 5)
    for where in ("/jobs-in-india", "/data-engineer-jobs-in-pune-2", path(site.site.jobs[0])):
        page = site.get(where).body.decode()
        assert "splashscreen-container" in page
        assert site.site.jobs[0].title not in page
        script = re.search(r'<script src="([^"]+)"', page)[1]
    assert b"nkparam" in site.get(script).body
    assert site.get("/elsewhere").status == 404


@pytest.mark.parametrize(
    ("path", "number"),
    [
        ("/jobs-in-india", 1),
        ("/jobs-in-india-12", 12),
        ("/data-engineer-jobs-in-pune-3", 3),
        ("/python-jobs", 1),
        ("/python-jobs-4", 4),
        ("/job-listings-x-y-1-to-3-years-221126248056", None),
        ("/s/9/121/app.js", None),
    ],
)
def test_which_page_of_a_list_is_asked_for(path, number):
    assert listing_page(Asked("GET", "", path)) == number


def test_which_page_the_api_is_asked_for():
    assert listing_page(Asked("GET", "", "/jobapi/v3/search", {"pageNo": "3"})) == 3


@pytest.mark.parametrize(
    ("query", "fits"),
    [
        ({"k": "engineer"}, lambda job: "Engineer" in job.title),
        ({"l": "Pune"}, lambda job: "Pune" in {place.city for place in job.places}),
        ({"wfhType": 2}, lambda job: job.arrangement == "REMOTE"),
        ({"experience": 4}, lambda job: job.experience[0] <= 4 <= job.experience[1]),
    ],
)
def test_filters(query, fits, api, ask):
    jobs = ask("naukri", 200).site.jobs
    told = found(api("/jobapi/v3/search", 200, **query))
    assert told["noOfJobs"] == len([job for job in jobs if fits(job)])
    assert 0 < told["noOfJobs"] < 200


def test_age(api, ask, now):
    fresh = [job for job in ask("naukri", 200).site.jobs if (now - job.updated).days < 3]
    assert found(api("/jobapi/v3/search", 200, jobAge=3))["noOfJobs"] == len(fresh) > 0


def test_jobs_of_the_api(api, ask):
    site = ask("naukri", 60).site
    for job in site.jobs:
        told = found(api(f"/jobapi/v4/job/{job.id}", 60))
        detail, stored = told["jobDetails"], expected(job)
        assert (detail["jobId"], detail["staticUrl"]) == (stored["source_id"], stored["url"])
        assert detail["salaryDetail"]["hideSalary"] is (stored["salary_min"] is None)
    assert any(person in str(found(api(f"/jobapi/v4/job/{job.id}", 60))) for job in site.jobs for person in RECRUITERS)
    past = next(job for job in site.known.values() if job.closed)
    assert api(f"/jobapi/v4/job/{past.id}", 60).status == 404


def test_counts_grow_at_every_visit(api, ask):
    known = ask("naukri", 5).site.jobs[0].id
    detail = found(api(f"/jobapi/v4/job/{known}", 5))["jobDetails"]
    assert detail["viewCount"] == detail["applyCount"] == 987654321  # what the server makes another number of


def test_sitemaps_lead_to_every_job(ask):
    site = ask("naukri", 120)

    def addresses(name):
        body = site.get(f"/sitemap/{name}").body
        return re.findall(r"<loc>([^<]+)</loc>", (gzip.decompress(body) if name.endswith(".gz") else body).decode())

    assert any("incremental-jd-pages.xml" in address for address in addresses("sitemap.xml"))
    chapters = [address.rpartition("/")[2] for address in addresses("incremental-jd-pages.xml")]
    assert len(chapters) == 3
    listed = [address for chapter in chapters for address in addresses(chapter)]
    assert listed == [expected(job)["url"] for job in site.site.jobs]
    assert site.get("/sitemap/other.xml").status == 404
    assert site.get("/sitemap/sitemap-latest-jd-pages-4.xml.gz").status == 404


def test_oddities_are_all_there(ask, now):
    rows = [row(job, now) for job in ask("naukri", 300).site.jobs]
    assert {row.get("jobType") for row in rows} == {None, "WALK IN"}
    assert {row["mode"] for row in rows} == {"jp", "crawled"}
    assert {bool(row["ambitionBoxData"]) for row in rows} == {True, False}
    assert any("hiringFor" in row for row in rows)
    labels = {part["type"]: part["label"] for row in rows for part in row["placeholders"]}
    assert labels.keys() == {"experience", "date", "salary", "location"}
    places = {part["label"] for row in rows for part in row["placeholders"] if part["type"] == "location"}
    assert "Remote" in places
    assert any(place.startswith("Hybrid - ") for place in places)
    assert any("(" in place for place in places)


def test_rows_have_the_keys_of_the_capture(ask, now):
    if not CAPTURE.exists():
        pytest.skip("the capture is not here")

    def keys(rows):
        return {(name, type(value).__name__) for row in rows for name, value in row.items()}

    ours = keys(row(job, now) for job in ask("naukri", 300).site.jobs)
    assert keys(json.loads(CAPTURE.read_text("utf-8"))) <= ours
