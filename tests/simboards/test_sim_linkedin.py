"""LinkedIn's replica: parts of ten cards, pages of sixty, a job's fragment and page, in the visitor's language."""

from __future__ import annotations

import re
from html import unescape

import pytest

from jobspiders.simboards.board import Asked
from jobspiders.simboards.faults import answer, read_fault
from jobspiders.simboards.linkedin import BOARD, NOTHING, SEARCH, expected
from jobspiders.simboards.linkedin_wire import address, applies_at, levelless, pageless, salary

FRAGMENT = "/jobs-guest/jobs/api/jobPosting/"


def urns(reply):
    return re.findall(r'data-entity-urn="urn:li:jobPosting:(\d+)"', reply.body.decode())


def cards(reply):
    return re.findall(r"<li>.*?</li>", reply.body.decode(), re.DOTALL)


def test_parts_add_up(ask):
    site = ask("linkedin", 57)
    parts = [urns(site.get(SEARCH, start=start)) for start in range(0, 70, 10)]
    assert [len(part) for part in parts] == [10, 10, 10, 10, 10, 7, 0]
    assert [known for part in parts for known in part] == [job.id for job in site.site.jobs]


def test_the_offset_counts_cards(ask):
    site = ask("linkedin", 57)
    assert urns(site.get(SEARCH, start=13)) == [job.id for job in site.site.jobs[13:23]]


def test_beyond_the_end(ask):
    site = ask("linkedin", 20)
    assert site.get(SEARCH, start=20).body == NOTHING
    assert site.get(SEARCH, start=990).status == 200
    assert site.get(SEARCH, start=1000).status == 400


@pytest.mark.parametrize(
    ("query", "fits"),
    [
        ({"keywords": "engineer"}, lambda job: "Engineer" in job.title),
        ({"location": "Texas, United States"}, lambda job: job.places[0].region == "Texas"),
        ({"location": "Canada"}, lambda job: job.places[0].country == "CA"),
        ({"f_JT": "P,I"}, lambda job: job.employment in {"PART_TIME", "INTERN"}),
        ({"f_WT": "2"}, lambda job: job.arrangement == "REMOTE"),
        ({"f_TPR": "r604800"}, lambda job: expected(job)["posted_at"].isoformat() >= "2026-11-15"),
    ],
)
def test_filters(query, fits, ask):
    site = ask("linkedin", 200)
    found = {known for start in range(0, 200, 10) for known in urns(site.get(SEARCH, start=start, **query))}
    assert 0 < len(found) < 200
    jobs = {job.id: job for job in site.site.jobs}
    assert all(fits(jobs[known]) for known in found)


def test_a_card_tells_the_truth(ask):
    site = ask("linkedin", 100)
    shown = [card for start in range(0, 100, 10) for card in cards(site.get(SEARCH, start=start))]
    for job, card in zip(site.site.jobs, shown, strict=True):
        text = unescape(card)
        assert job.title in text
        assert job.employer.name in text
        assert f'datetime="{job.posted:%Y-%m-%d}"' in card
        assert pageless(job) is ("/company/" not in card) is ("base-card__full-link" not in card)
        assert (salary(job) is not None and job.lot % 2 == 1) is ("job-search-card__salary-info" in card)
    for sign in (
        "job-search-card__listdate--new",
        "CA$",
        "£",
        "€",
        "static.licdn.com",
        "in.linkedin.com",
        "uk.linkedin.com",
    ):
        assert any(sign in card for card in shown), sign


def test_a_fragment_tells_the_truth(ask):
    site = ask("linkedin", 100)
    for job in site.site.jobs:
        text = unescape(site.get(FRAGMENT + job.id).body.decode())
        for said in (job.title, job.employer.name, f'<!--"{job.id}"-->', *job.sentences):
            assert said in text
        assert levelless(job) is ("Seniority level" not in text)
        assert (applies_at(job) is None) is ("applyUrl" not in text)
        assert "datetime" not in text
        assert "closed-job" not in text


def test_ended_and_unknown_jobs(ask):
    site = ask("linkedin", 20)
    past = next(job for job in site.site.known.values() if job.closed)
    assert b"closed-job__flavor--closed" in site.get(FRAGMENT + past.id).body
    assert site.get(FRAGMENT + "4499999999").status == 404


def test_a_page_of_a_job(ask):
    site = ask("linkedin", 20)
    job = site.site.jobs[0]
    path = address(job).partition(".linkedin.com")[2]
    text = site.get(path).body.decode()
    assert 'name="pageKey" content="d_jobs_guest_details"' in text
    assert f'rel="canonical" href="{address(job)}"' in text
    assert site.get(f"/jobs/view/{job.id}/").body.decode() == text


def test_a_page_of_a_search(ask):
    site = ask("linkedin", 150)
    reply = site.get("/jobs/search", keywords="")
    assert len(urns(reply)) == 60
    assert b"<!--150-->" in reply.body
    assert b'content="d_jobs_guest_search"' in reply.body
    nothing = site.get("/jobs/search", keywords="nobody does this")
    assert urns(nothing) == []
    assert b"no-results" in nothing.body


def test_it_speaks_the_visitors_language(ask):
    site = ask("linkedin", 20)
    asked = Asked("GET", site.host, FRAGMENT + site.site.jobs[0].id, headers={"accept-language": "es-ES,es"})
    text = BOARD.answer(site.site, asked).body.decode()
    assert "Tipo de empleo" in text
    assert "Hace " in text


def test_its_wall_is_another_page(ask):
    site = ask("linkedin", 20)
    asked = Asked("GET", site.host, SEARCH, {"start": "10"})
    walled = answer(BOARD, site.site, asked, read_fault("linkedin:wall", ["linkedin"]))
    assert (walled.status, walled.headers["Location"].partition("?")[0]) == (302, "https://www.linkedin.com/authwall")
    assert b'content="auth_wall_desktop_jserp"' in site.get("/authwall").body


def test_empty_is_the_boards_own_statement(ask):
    site = ask("linkedin", 20)
    asked = Asked("GET", site.host, SEARCH, {"start": "0"})
    assert answer(BOARD, site.site, asked, read_fault("linkedin:empty", ["linkedin"])).body == NOTHING
