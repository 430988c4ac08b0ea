"""JobStreet's replica: the v5 search, GraphQL and the pages all show the catalogue of their country."""

from __future__ import annotations

import re

import pytest

from jobspiders.simboards.jobstreet import expected

SEARCH, GRAPHQL = "/api/jobsearch/v5/search", "/graphql"
DETAIL = """query jobDetails($jobId: ID!) { jobDetails(id: $jobId) { job { id title status isExpired phoneNumber
content(platform: WEB) salary { label } expiresAt { dateTimeUtc } workTypes { label(locale: $locale) } } } }"""


def detail(site, read, known, **variables):
    body = {"query": DETAIL, "variables": {"jobId": known, **variables}}
    return read(site.post(GRAPHQL, body))["data"]["jobDetails"]


def test_pages_add_up(ask, read):
    site = ask("jobstreet", 250)
    pages = [read(site.get(SEARCH, page=number, pageSize=100, sortmode="ListedDate")) for number in (1, 2, 3, 4)]
    assert [len(page["data"]) for page in pages] == [100, 100, 50, 0]
    assert {page["totalCount"] for page in pages} == {250}
    rows = [row for page in pages for row in page["data"]]
    assert [row["id"] for row in rows] == [job.id for job in site.site.jobs]
    assert [row["listingDate"] for row in rows] == sorted((row["listingDate"] for row in rows), reverse=True)


def test_twenty_rows_unless_asked_otherwise_and_no_more_than_a_hundred(ask, read):
    site = ask("jobstreet", 120)
    assert len(read(site.get(SEARCH))["data"]) == 20
    assert len(read(site.get(SEARCH, pageSize=500))["data"]) == 100
    assert read(site.get(SEARCH, page=999))["data"] == []


def test_relevance_is_another_order_of_the_same(ask, read):
    site = ask("jobstreet", 80)
    newest, relevant = (
        [row["id"] for row in read(site.get(SEARCH, pageSize=100, sortmode=mode))["data"]]
        for mode in ("ListedDate", "KeywordRelevance")
    )
    assert newest != relevant
    assert sorted(newest) == sorted(relevant)


@pytest.mark.parametrize(
    ("query", "fits"),
    [
        ({"worktype": "243"}, lambda row: row["workTypes"] == ["Part time"]),
        ({"worktype": "244,245"}, lambda row: row["workTypes"][0] in {"Contract/Temp", "Casual/Vacation"}),
        ({"workarrangement": "3"}, lambda row: row["workArrangements"]["data"][0]["id"] == "3"),
        ({"daterange": "7"}, lambda row: row["listingDate"] >= "2026-11-15T06:30"),
        ({"where": "Jawa Barat"}, lambda row: row["locations"][0]["label"].endswith("Jawa Barat")),
        ({"where": "Surabaya"}, lambda row: row["locations"][0]["label"].startswith("Surabaya")),
        ({"classification": "6281"}, lambda row: row["classifications"][0]["classification"]["id"] == "6281"),
        ({"keywords": "kasir"}, lambda row: "Kasir" in row["title"]),
    ],
)
def test_filters(query, fits, ask, read):
    site = ask("jobstreet", 100)
    everything = read(site.get(SEARCH, pageSize=100))["data"]
    found = read(site.get(SEARCH, pageSize=100, **query))
    assert {row["id"] for row in found["data"]} <= {row["id"] for row in everything}
    assert {row["id"] for row in found["data"] if fits(row)} == {row["id"] for row in found["data"]}
    missed = {row["id"] for row in everything if fits(row)} - {row["id"] for row in found["data"]}
    assert not missed
    assert 0 < found["totalCount"] < 100


def test_one_ad_by_id(ask, read):
    site = ask("jobstreet", 30)
    job = site.site.jobs[7]
    assert [row["id"] for row in read(site.get(SEARCH, jobid=job.id))["data"]] == [job.id]
    assert read(site.get(SEARCH, jobid="1"))["data"] == []


def test_locale(ask, read):
    site = ask("jobstreet", 100)
    words = {
        locale: {row["workTypes"][0] for row in read(site.get(SEARCH, pageSize=100, locale=locale))["data"]}
        for locale in ("id-ID", "en-ID")
    }
    assert "Paruh waktu" in words["id-ID"]
    assert "Part time" in words["en-ID"]
    ages = [row["listingDateDisplay"] for row in read(site.get(SEARCH, pageSize=100, locale="id-ID"))["data"]]
    assert "30+ hari yang lalu" in ages
    assert any(re.fullmatch(r"\d+ hari yang lalu", age) for age in ages)


@pytest.mark.parametrize(
    ("host", "sign", "country"),
    [("my.jobstreet.com", "RM", "MY"), ("sg.jobstreet.com", "$", "SG"), ("ph.jobstreet.com", "₱", "PH")],
)
def test_other_countries(host, sign, country, ask, read):
    rows = read(ask(host, 100).get(SEARCH, pageSize=100))["data"]
    assert {row["locations"][0]["countryCode"] for row in rows} == {country}
    assert any(row["salaryLabel"].startswith(sign) for row in rows)


def test_traps(ask, read):
    site = ask("jobstreet", 400)
    rows = [row for page in range(1, 5) for row in read(site.get(SEARCH, page=page, pageSize=100))["data"]]
    by_id = {job.id: job for job in site.site.jobs}
    private = [row for row in rows if not row["advertiser"]["id"]]
    assert {row["advertiser"]["description"] for row in private} == {"Private Advertiser"}
    assert all("companyName" not in row and expected(by_id[row["id"]])["company"] is None for row in private)
    assert any("companyName" not in row and row["advertiser"]["id"] for row in rows)
    assert any(row.get("currencyLabel") == "USD" for row in rows)
    labels = " | ".join(row["salaryLabel"] for row in rows)
    for spelling in ("Rp\u00a0", " – ", "IDR ", "million net", "per hour", "Gaji Kompetitif"):
        assert spelling in labels


def test_detail_tells_the_truth(ask, read):
    site = ask("jobstreet", 60)
    labels = {row["id"]: row["salaryLabel"] for row in read(site.get(SEARCH, pageSize=100))["data"]}
    for job in site.site.jobs:
        shown = detail(site, read, job.id)["job"]
        assert (shown["title"], shown["status"], shown["isExpired"]) == (job.title, "Active", False)
        assert (shown["salary"] or {"label": ""})["label"] == labels[job.id]
        text = shown["content"].replace("&amp;", "&").replace("&lt;", "<")
        assert all(sentence in text for sentence in job.sentences)


def test_ended_and_deleted_jobs(ask, read):
    site = ask("jobstreet", 20)
    past = next(job for job in site.site.known.values() if job.closed)
    shown = detail(site, read, past.id)["job"]
    assert (shown["status"], shown["isExpired"]) == ("Expired", True)
    assert detail(site, read, "1") is None
    assert site.get("/id/job/1").status == 404


def test_graphql_refuses(ask):
    site = ask("jobstreet")
    assert site.post(GRAPHQL, {"query": "{ jobDetails { wage } }", "variables": {"jobId": "x"}}).status == 200
    known = site.site.jobs[0].id
    assert site.post(GRAPHQL, {"query": "{ jobDetails { wage } }", "variables": {"jobId": known}}).status == 400
    assert site.post(GRAPHQL, {"query": "{ jobDetails { job { id } } }"}).status == 400


def test_search_page(ask, read):
    site = ask("jobstreet", 70)
    answers = [site.get("/id/jobs", page=number, sortmode="ListedDate") for number in (1, 2, 3)]
    results = [read(answer, "redux")["results"] for answer in answers]
    assert [len(page["results"]["jobs"]) for page in results] == [32, 32, 6]
    assert [row["id"] for page in results for row in page["results"]["jobs"]] == [job.id for job in site.site.jobs]
    assert [b"nofollow next" in answer.body for answer in answers] == [True, True, False]
    assert b":undefined" in answers[0].body
    cards = re.findall(r'<article[^>]*data-job-id="(\d+)"', answers[0].body.decode())
    assert cards == results[0]["jobIds"]


def test_search_page_reads_its_path(ask, read):
    site = ask("jobstreet", 150)
    for path, title in (("/id/kasir-jobs", "Kasir"), ("/data-analyst-jobs/in-Jakarta", "Data Analyst")):
        jobs = read(site.get(path), "redux")["results"]["results"]["jobs"]
        assert jobs
        assert all(title in job["title"] for job in jobs)


def test_job_page(ask, read):
    site = ask("jobstreet", 30)
    paid = next(job for job in site.site.jobs if job.pay)
    for prefix, words in (("/id", "Indonesian"), ("", "English")):
        answer = site.get(f"{prefix}/job/{paid.id}")
        shown = read(answer, "redux")["jobdetails"]["result"]["job"]
        assert shown["salary"]["label"], words
        assert f'data-automation="job-detail-title">{paid.title}<' in answer.body.decode()
