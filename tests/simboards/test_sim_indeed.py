"""Indeed's replica: one page a search, a sign-in behind it, a decoy in it, and jobs in two forms."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from jobspiders.simboards.board import Asked
from jobspiders.simboards.faults import answer, read_fault
from jobspiders.simboards.indeed import BOARD, DECOY, expected
from jobspiders.simboards.indeed_wire import age, anywhere, place

STATES = {"california": "California", "new york state": "New York", "jawa barat": "Jawa Barat"}


def rows(site, read, **query):
    return read(site.get("/jobs", **query), "mosaic")["metaData"]["mosaicProviderJobCardsModel"]["results"]


def test_one_page_of_the_newest(ask, read):
    site = ask("indeed", 80)
    shown = rows(site, read, q="", l="United States", sort="date")
    assert [row["jobkey"] for row in shown[:15]] == [job.id for job in site.site.jobs[:15]]
    assert [row["jobkey"] for row in shown[15:]] == [shown[0]["jobkey"]], "the first one comes again"
    relevant = rows(site, read, q="", l="")
    assert [row["jobkey"] for row in relevant] != [row["jobkey"] for row in shown]
    assert len(rows(ask("indeed", 9), read)) == 9


def test_further_pages_want_a_sign_in(ask):
    site = ask("indeed", 80)
    refused = site.get("/jobs", start=10)
    assert (refused.status, refused.headers["Location"][:30]) == (307, "https://secure.indeed.com/auth")
    assert b"Sign In" in ask("secure.indeed.com").get("/auth").body


def test_a_decoy_is_only_among_the_elements(ask, read):
    reply = ask("indeed", 40).get("/jobs", sort="date")
    keys = re.findall(r'data-jk="(\w+)"', reply.body.decode())
    assert keys[-1] == DECOY
    assert keys[:-1] == [row["jobkey"] for row in rows(ask("indeed", 40), read, sort="date")[:15]]
    hidden = re.search(rf'<div class="[^"]*job_{DECOY}"([^>]*)>', reply.body.decode())[1]
    assert 'aria-hidden="true"' in hidden


@pytest.mark.parametrize(
    ("host", "query", "fits"),
    [
        ("www.indeed.com", {"q": "engineer"}, lambda job: "Engineer" in job.title),
        ("www.indeed.com", {"l": "California"}, lambda job: place(job).region == "California"),
        ("www.indeed.com", {"l": "New York State"}, lambda job: place(job).region == "New York"),
        ("id.indeed.com", {"l": "Jawa Barat"}, lambda job: place(job).region == "Jawa Barat"),
        ("www.indeed.com", {"l": "Remote"}, lambda job: job.arrangement == "REMOTE"),
        ("www.indeed.com", {"sc": "0kf:attr(DSQF7);"}, lambda job: job.arrangement == "REMOTE"),
        ("www.indeed.com", {"jt": "parttime"}, lambda job: job.employment == "PART_TIME"),
    ],
)
def test_filters(host, query, fits, ask, read):
    site = ask(host, 60)
    found = {row["jobkey"] for row in rows(site, read, **query)}
    fitting = {job.id for job in site.site.jobs if fits(job)}
    assert found
    assert found <= fitting
    assert len(found) == min(15, len(fitting))


@pytest.mark.parametrize("days", [1, 7, 14])
def test_ages(days, ask, read, now):
    site = ask("indeed", 60)
    young = {job.id for job in site.site.jobs if now - job.posted <= timedelta(days=days)}
    found = {row["jobkey"] for row in rows(site, read, fromage=days)}
    assert found <= young
    assert len(found) == min(15, len(young))


def test_a_card_tells_the_truth(ask, read):
    site = ask("indeed", 15)
    jobs = {job.id: job for job in site.site.jobs}
    for row in rows(site, read):
        job = jobs[row["jobkey"]]
        stored = expected(job)
        assert (row["title"], row["company"], row["expired"]) == (job.title, stored["company"], False)
        assert row.get("extractedSalary", {}).get("min", 0) == (stored["salary_min"] or 0)
        assert row.get("extractedSalary", {}).get("max", -1) == (stored["salary_max"] or -1)
        assert row.get("createDate", row["pubDate"]) == round(stored["posted_at"].timestamp() * 1000)
        assert (row["formattedLocation"] == "Remote") is anywhere(job)


def test_traps(ask):
    jobs = ask("indeed", 600).site.jobs
    stored = [expected(job) for job in jobs]
    assert any(job["salary_min"] and job["salary_max"] is None for job in stored)
    assert any(job["salary_max"] and job["salary_min"] is None for job in stored)
    assert any(job["city"] is None for job in stored)
    assert any(job.lot % 25 == 6 for job in jobs), "listed again, with a pubDate years old"
    assert {place(job).country for job in jobs} == {"US"}


def test_a_page_tells_the_truth(ask, read):
    site = ask("indeed", 60)
    without = 0
    for job in site.site.jobs:
        reply, stored = site.get("/viewjob", jk=job.id), expected(job)
        state = read(reply, "initial")
        found = state["hostQueryExecutionResult"]["data"]["jobData"]["results"][0]["job"]
        assert (state["jobKey"], found["key"], found["expired"]) == (job.id, job.id, False)
        assert found["dateOnIndeed"] == round(stored["posted_at"].timestamp() * 1000)
        text = found["description"]["html"].replace("&amp;", "&").replace("&lt;", "<")
        assert all(sentence in text for sentence in job.sentences)
        assert "This job has expired on Indeed" in reply.body.decode()
        without += b"ld+json" not in reply.body
    assert 0 < without < 20


def test_json_ld(ask, read):
    site = ask("indeed", 30)
    job = next(job for job in site.site.jobs if job.lot % 8)
    linked = read(site.get("/viewjob", jk=job.id), "ld")
    assert (linked["title"], linked["datePosted"][:10]) == (job.title, f"{expected(job)['posted_at']:%Y-%m-%d}")
    assert linked["validThrough"][:10] == "2027-03-22"


def test_ended_and_unknown_jobs(ask, read):
    site = ask("indeed", 20)
    past = next(job for job in site.site.known.values() if job.closed)
    state = read(site.get("/viewjob", jk=past.id), "initial")
    assert state["jobInfoWrapperModel"]["jobInfoModel"]["jobDescriptionSectionModel"]["jobDetailsSection"][
        "isJobExpired"
    ]
    assert site.get("/viewjob", jk="0" * 16).status == 404


@pytest.mark.parametrize(
    ("days", "words"),
    [(0.5, "Just posted"), (1, "1 day ago"), (8, "8 days ago"), (29, "29 days ago"), (30, "30+ days ago")],
)
def test_ages_in_words(days, words):
    assert age(timedelta(days=days)) == words


def test_faults(ask, read):
    site = ask("indeed", 20)
    asked = Asked("GET", site.host, "/jobs", {})
    empty = answer(BOARD, site.site, asked, read_fault("indeed:empty", ["indeed"]))
    assert read(empty, "mosaic")["metaData"]["mosaicProviderJobCardsModel"]["results"] == []
    walled = answer(BOARD, site.site, asked, read_fault("indeed:wall:page=1", ["indeed"]))
    assert (walled.status, "secure.indeed.com" in walled.headers["Location"]) == (307, True)
