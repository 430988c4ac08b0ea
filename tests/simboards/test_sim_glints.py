"""Glints' replica: paging, filters and fall-backs all show the catalogue."""

from __future__ import annotations

import json

import pytest

from jobspiders.simboards.glints import expected

SEARCH = """query searchJobsV3($data: JobSearchConditionInput!) { searchJobsV3(data: $data) {
jobsInPage { id title type updatedAt workArrangementOption skills { skill { name } } } hasMore } }"""
DETAIL = """query getJobDetailsById($opportunityId: String!) { getJobById(id: $opportunityId) {
id status descriptionJsonString expiryDate creator { name lastSeen }
salaries { salaryType minAmount maxAmount CurrencyCode salaryMode } } }"""
PATH = "/api/v2-alc/graphql"


def search(site, read, **conditions):
    answer = site.post(PATH, {"query": SEARCH, "variables": {"data": conditions}})
    return read(answer)["data"]["searchJobsV3"]


def detail(site, read, known):
    return read(site.post(PATH, {"query": DETAIL, "variables": {"opportunityId": known}}))["data"]["getJobById"]


def test_pages_add_up(ask, read):
    site = ask("glints", 100)
    pages = [search(site, read, page=number, pageSize=30) for number in (1, 2, 3, 4, 5)]
    assert [len(page["jobsInPage"]) for page in pages] == [30, 30, 30, 10, 0]
    assert [page["hasMore"] for page in pages] == [True, True, True, False, False]
    rows = [row for page in pages for row in page["jobsInPage"]]
    assert {row["id"] for row in rows} == {job.id for job in site.site.jobs}
    updated = [row["updatedAt"][:19] for row in rows]
    assert updated == sorted(updated, reverse=True)


@pytest.mark.parametrize(
    ("conditions", "fits"),
    [
        ({"type": ["PART_TIME"]}, lambda row: row["type"] == "PART_TIME"),
        ({"type": ["FREELANCE", "CONTRACT"]}, lambda row: row["type"] in {"FREELANCE", "CONTRACT"}),
        ({"workArrangementOptions": ["REMOTE"]}, lambda row: row["workArrangementOption"] == "REMOTE"),
        ({"lastUpdatedAtRange": "PAST_24_HOURS"}, lambda row: row["updatedAt"] >= "2026-11-21T06:30"),
        ({"SearchTerm": "data sql"}, lambda row: "Data" in row["title"]),
    ],
)
def test_filters(conditions, fits, ask, read):
    site = ask("glints", 200)
    everything = [row for page in range(1, 8) for row in search(site, read, page=page)["jobsInPage"]]
    found = [row for page in range(1, 8) for row in search(site, read, page=page, **conditions)["jobsInPage"]]
    assert {row["id"] for row in found} == {row["id"] for row in everything if fits(row)}
    assert 0 < len(found) < len(everything) == 200


@pytest.mark.parametrize("term", ["", "*", None])
def test_no_term_is_everything(term, ask, read):
    assert search(ask("glints", 40), read, SearchTerm=term, page=2)["hasMore"] is False


@pytest.mark.parametrize(
    "conditions", [{"type": ["FULLTIME"]}, {"lastUpdatedAtRange": "LAST_YEAR"}, {"workArrangementOptions": ["x"]}]
)
def test_unknown_filter_values_are_refused(conditions, ask, read):
    answer = ask("glints").post(PATH, {"query": SEARCH, "variables": {"data": conditions}})
    assert answer.status == 400
    assert "invalid value" in read(answer)["errors"][0]["message"]


def test_what_is_not_in_the_schema_is_refused(ask):
    assert ask("glints").post(PATH, {"query": "{ searchJobsV3 { total } }"}).status == 400
    assert ask("glints").post(PATH, {"query": "{ searchJobs { id } }"}).status == 400
    assert ask("glints").post(PATH, "no query").status == 400


def test_detail_tells_the_truth(ask, read):
    site = ask("glints", 60)
    for job in site.site.jobs:
        shown, stored = detail(site, read, job.id), expected(job)
        blocks = json.loads(shown["descriptionJsonString"])["blocks"]
        assert set(job.sentences) <= {block["text"] for block in blocks}
        assert shown["expiryDate"] == job.closes.date().isoformat()
        basic = [part for part in shown["salaries"] or [] if part["salaryType"] == "BASIC"]
        assert [(part["minAmount"], part["maxAmount"], part["CurrencyCode"]) for part in basic] == (
            [(stored["salary_min"], stored["salary_max"], stored["salary_currency"])] if job.pay else []
        )


def test_traps(ask, read):
    site = ask("glints", 200)
    shown = [detail(site, read, job.id) for job in site.site.jobs]
    assert all(job["creator"]["name"] for job in shown)
    assert any(job["salaries"] is None for job in shown)
    assert any(job["salaries"] == [] for job in shown)
    assert any(job["salaries"] and job["salaries"][0]["salaryType"] == "BONUS" for job in shown)
    assert any(job["salaries"] and job["salaries"][0]["salaryMode"] == "PROJECT" for job in shown)


def test_ended_and_unknown_jobs(ask, read):
    site = ask("glints", 20)
    past = next(job for job in site.site.known.values() if job.closed)
    assert detail(site, read, past.id)["status"] == "CLOSED"
    assert detail(site, read, "00000000-0000-4000-8000-000000000000") is None
    assert site.get("/id/opportunities/jobs/00000000-0000-4000-8000-000000000000").status == 404


@pytest.mark.parametrize("path", ["/id/lowongan-kerja", "/id/opportunities/jobs/explore"])
def test_listing_pages(path, ask, read):
    site = ask("glints", 50)
    pages = [read(site.get(path, page=number), "next")["props"]["pageProps"]["initialJobs"] for number in (1, 2)]
    assert [len(page["jobsInPage"]) for page in pages] == [30, 20]
    assert {row["id"] for page in pages for row in page["jobsInPage"]} == {job.id for job in site.site.jobs}
    assert site.get(path).body.count(b"data-gtm-job-id=") == 30


def test_apollo_pages(ask, read):
    site = ask("glints", 20)
    cache = read(site.get("/id/en/opportunities/jobs/explore"), "next")["props"]["apolloCache"]
    (found,) = (value for name, value in cache["ROOT_QUERY"].items() if name.startswith("searchJobsV3("))
    jobs = [cache[row["__ref"]] for row in found["jobsInPage"]]
    assert [job["id"] for job in jobs] == [key.removeprefix("Job:") for key in cache if key.startswith("Job:")]
    assert all(cache[job["company"]["__ref"]]["name"] for job in jobs)
    page = read(site.get(f"/id/en/opportunities/jobs/x/{jobs[0]['id']}"), "next")
    assert json.loads(page["props"]["apolloCache"][f"Job:{jobs[0]['id']}"]["descriptionJsonString"])["blocks"]


def test_job_page(ask, read):
    site = ask("glints", 5)
    job = site.site.jobs[0]
    for path in (f"/id/opportunities/jobs/any-slug/{job.id}", f"/id/opportunities/jobs/{job.id}"):
        data = read(site.get(path), "next")["props"]["pageProps"]["initialData"]["data"]
        assert data["title"] == job.title
        assert [skill["skill"]["name"] for skill in data["JobSkills"]] == list(job.trade.skills)
        assert read(site.get(path), "ld")["@type"] == "JobPosting"
