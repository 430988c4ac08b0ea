"""Glints' real answers, where they are at hand: every job read, values checked by eye, all that is published filled."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from scrapy.utils.project import get_project_settings

from jobspiders.bases.marks import find_mark
from jobspiders.commands.replay import offline_spider, read, saved_page
from jobspiders.normalise import normalise

CAPTURES = Path(__file__).parents[3] / "shared" / "captures" / "glints"
SEEN_AT = datetime(2026, 3, 20, tzinfo=UTC)
V3, JOB = "nexjob-searchJobsV3-2025-11-12.json", "nexjob-getJobById-2025-11-12.json"
PAGE, OLD = "lokerbot-listing-trimmed-2026-03-16.html", "shandytp-searchJobs-data-analyst-2023-06.json"

pytestmark = pytest.mark.skipif(not CAPTURES.is_dir(), reason="the captures are not here")


def spider():
    return offline_spider("glints", get_project_settings())


def jobs(name, kind="listing"):
    page = saved_page(CAPTURES / name, spider().homepage)
    return [normalise(posting, SEEN_AT) for posting in read(spider(), page, kind)]


@pytest.mark.parametrize(("name", "kind", "count"), [(V3, "listing", 1), (JOB, "detail", 1), (PAGE, "listing", 2), (OLD, "listing", 100)])  # fmt: skip
def test_every_job_is_read(name, kind, count):
    found = jobs(name, kind)
    assert len(found) == len({job.source_id for job in found}) == count
    for job in found:
        assert len(job.source_id) == 36
        assert job.url.startswith("https://glints.com/id/opportunities/jobs/")
        assert job.url.endswith(f"/{job.source_id}")
        assert all((job.title, job.company, job.company_id, job.location, job.district, job.city, job.region))
        assert (job.country, job.posted_precision, job.closed, job.unread) == ("ID", "exact", False, {})
        assert None not in (job.experience_min, job.is_remote, job.updated_at)
        assert job.skills
        assert job.categories
        if name != OLD:  # which asked for neither
            assert all((job.employment_types, job.education, job.arrangement, job.salary_min, job.salary_max))


@pytest.mark.parametrize(
    ("name", "kind", "index", "expected"),
    [
        (V3, "listing", 0, {
            "source_id": "6693dbc2-1041-4a51-9985-c993fe9e83d8", "title": "Tax and Accounting Staff",
            "company": "PT.Semesta Sukses Nawasena", "company_industry": "Logistics and Supply Chain",
            "district": "Cilincing", "city": "Jakarta Utara", "region": "DKI Jakarta", "latitude": -6.12778,
            "longitude": 106.94444, "arrangement": "ONSITE", "is_remote": False, "employment_types": ["FULL_TIME"],
            "salary_min": 4_400_000, "salary_max": 5_500_000, "salary_currency": "IDR", "salary_period": "MONTH",
            "salary_max_annual": 66_000_000, "experience_min": 1, "experience_max": 3, "education": "DIPLOMA",
            "categories": ["Accounting", "Tax Accountant"],
            "posted_at": datetime(2025, 11, 12, 2, 59, 38, 841000, UTC),
            "updated_at": datetime(2025, 11, 12, 2, 59, 40, 288000, UTC)}),
        (JOB, "detail", 0, {
            "title": "Freelance Tech Recruiter", "company": "MSBU", "company_website": "https://www.msbu.co.id",
            "company_size": "BETWEEN_51_AND_200", "district": "Kebayoran Lama", "city": "Jakarta Selatan",
            "arrangement": "REMOTE", "is_remote": True, "employment_types": ["CONTRACTOR"],
            "employment_text": "PROJECT_BASED", "salary_min": 1_000_000, "salary_max": 2_000_000,
            "education": "BACHELOR", "language": "id", "complete": True, "closes_at": datetime(2025, 12, 11, tzinfo=UTC),
            "skills": ["LinkedIn Recruiter", "Recruitment", "Sourcing Skills"],
            "posted_at": datetime(2025, 11, 10, 7, 19, 51, 8000, UTC)}),
        (PAGE, "listing", 0, {
            "title": "Ahli Gizi", "district": "Lubuk Baja", "city": "Batam", "region": "Kepulauan Riau",
            "salary_min": 5_300_000, "experience_min": 0, "experience_max": 1, "education": "DIPLOMA"}),
        (PAGE, "listing", 1, {
            "title": "Sales Promotion Girl (SPG Event)", "employment_types": ["PART_TIME"], "education": "HIGH_SCHOOL",
            "posted_at": datetime(2026, 3, 10, 3, 6, 49, 932000, UTC)}),
        (OLD, "listing", 0, {
            "title": "Data Analyst", "company": "Petrolink Services Indonesia", "district": "Setiabudi",
            "salary_min": 8_000_000, "salary_max": 15_000_000, "experience_min": 3, "experience_max": 5}),
    ],
)  # fmt: skip
def test_values_checked_by_eye(name, kind, index, expected):
    job = jobs(name, kind)[index]
    assert {field: getattr(job, field) for field in expected} == expected


def test_the_text_of_a_job_is_whole():
    (job,) = jobs(JOB, "detail")
    assert job.description_text.startswith("Ingin cari penghasilan sampingan sebagai Tech Recruiter?\nMari gabung")
    assert job.company_description.startswith("MSBU was founded in 2019 as a specialist of on-demand IT staffing")
    assert '{"blocks"' not in job.description + job.company_description


def test_every_salary_and_remote_mark_that_is_published():
    rows = json.loads((CAPTURES / OLD).read_text(encoding="utf-8"))["data"]["searchJobs"]["jobsInPage"]
    for row, job in zip(rows, jobs(OLD), strict=True):
        (pay,) = row["salaries"] or [{}]
        assert (job.salary_min, job.salary_max) == (pay.get("minAmount"), pay.get("maxAmount"))
        assert (job.salary_currency, job.salary_period) == (pay.get("CurrencyCode"), pay.get("salaryMode"))
        assert job.is_remote is row["isRemote"]
        assert (job.experience_min, job.experience_max) == (row["minYearsOfExperience"], row["maxYearsOfExperience"])


def test_no_answer_bears_a_mark():
    for name in (V3, JOB, PAGE, OLD):
        assert find_mark(saved_page(CAPTURES / name, spider().homepage), spider().blocks) is None
