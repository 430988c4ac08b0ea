"""YC's replica: samples, complete lists of companies, and job pages that lead on."""

from __future__ import annotations

from datetime import timedelta

import pytest

from jobspiders.simboards.ycombinator import ROLES, expected
from jobspiders.simboards.ycombinator_wire import age, company_path, path


def postings(site, read, where):
    return read(site.get(where), "inertia")["props"]["jobPostings"]


def test_companies_add_up(ask, read):
    site = ask("ycombinator", 150)
    companies = {company_path(job.employer) for job in site.site.jobs}
    rows = [row for company in companies for row in postings(site, read, f"{company}/jobs")]
    assert sorted(str(row["id"]) for row in rows) == sorted(job.id for job in site.site.jobs)


def test_samples(ask, read):
    site = ask("ycombinator", 600)
    assert len(postings(site, read, "/jobs")) == 20
    assert len(postings(site, read, "/jobs/role/software-engineer")) == 40
    assert {row["role"] for row in postings(site, read, "/jobs/role/designer")} == {"design"}
    assert all("Remote (" in row["location"] for row in postings(site, read, "/jobs/location/remote"))
    both = postings(site, read, "/jobs/role/software-engineer/boston")
    assert both
    assert all(row["role"] == "eng" and "Boston, MA, US" in row["location"] for row in both)


def test_every_company_can_be_reached_from_the_samples(ask, read):
    site = ask("ycombinator", 400)
    by_path = {company_path(job.employer): job for job in site.site.jobs}
    found: set[str] = set()
    waiting = [row["companyUrl"] for role in ROLES for row in postings(site, read, f"/jobs/role/{role}")]
    while waiting:
        company = waiting.pop()
        if company not in found:
            found.add(company)
            page = read(site.get(path(by_path[company])), "inertia")
            waiting += [row["companyUrl"] for row in page["props"]["relatedJobs"]]
    assert found == set(by_path)


def test_job_page_tells_the_truth(ask, read):
    site = ask("ycombinator", 60)
    for job in site.site.jobs:
        answer = site.get(path(job))
        page, linked = read(answer, "inertia"), read(answer, "ld")
        assert page["component"] == "WaasShowJobPage"
        assert page["props"]["job"]["id"] == int(job.id)
        assert page["props"]["job"]["hiringManager"]["first_name"]
        assert linked["datePosted"] == f"{job.posted:%Y-%m-%dT%H:%M:%SZ}"
        text = linked["description"].replace("&amp;", "&").replace("&lt;", "<")
        assert all(sentence in text for sentence in job.sentences)
        assert all(row["companyName"] != job.employer.name for row in page["props"]["relatedJobs"])


def test_ended_jobs_send_to_the_company(ask):
    site = ask("ycombinator", 30)
    past = next(job for job in site.site.known.values() if job.closed)
    answer = site.get(path(past))
    assert (answer.status, answer.headers["Location"]) == (302, f"{company_path(past.employer)}/jobs")
    assert site.get(answer.headers["Location"]).status == 200
    assert site.get("/companies/nobody/jobs").status == 404


def test_slips_in_salaries_are_not_stored(ask, read):
    site = ask("ycombinator", 600)
    jobs = {job.id: job for job in site.site.jobs}
    rows = [row for job in jobs.values() for row in postings(site, read, f"{company_path(job.employer)}/jobs")]
    labels = {str(row["id"]): row["salaryRange"] for row in rows}
    slips = {known: label for known, label in labels.items() if label.startswith("$1 - ")}
    assert slips
    assert all(expected(jobs[known])["salary_min"] is None for known in slips)
    small = {known: label for known, label in labels.items() if label and not label[-1:].isalpha() and "/" not in label}
    assert small
    assert all(expected(jobs[known])["salary_max"] is None for known in small)
    for word in ("CAD", "EUR", "GBP", "INR", "/ hourly", "M INR"):
        assert any(word in label for label in labels.values())


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0.02, "about 1 hour"),
        (0.4, "about 9 hours"),
        (1, "1 day"),
        (27, "27 days"),
        (31, "about 1 month"),
        (240, "8 months"),
        (370, "about 1 year"),
        (500, "over 1 year"),
        (700, "almost 2 years"),
    ],
)
def test_ages(days, words):
    assert age(timedelta(days=days)) == words
