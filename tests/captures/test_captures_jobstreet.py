"""JobStreet's real pages, where they are at hand: every card read, values checked by eye, all that is published filled."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from scrapy.utils.project import get_project_settings

from jobspiders.bases.documents import Page
from jobspiders.bases.marks import find_mark
from jobspiders.commands.replay import offline_spider, read, saved_page
from jobspiders.normalise import normalise

CAPTURES = Path(__file__).parents[3] / "shared" / "captures" / "jobstreet"
SEEN_AT = datetime(2026, 9, 24, tzinfo=UTC)
PAGE, DOM = "rzkinhfiz-search-page-en-2026-05-20.html", "arif-search-dom-id-backend-2024-11.html"
ONE, ID = "nexjob-search-v5-2025-11-11.json", "arif-search-v5-id-frontend-page-1-2024-11.json"
MY, JOB = "myjobspy-search-v5-MY-trimmed-2026-09-23.json", "nexjob-detail-page-id-2025-11-11.html"
# By the MANIFEST: how many jobs; then how many of them tell a salary, a company (the others are anonymous).
LISTS = {PAGE: (32, 4, 30), DOM: (32, 9, 31), ONE: (1, 0, 1), ID: (20, 8, 18), MY: (8, 5, 7)}

pytestmark = pytest.mark.skipif(not CAPTURES.is_dir(), reason="the captures are not here")


def spider(name):
    return offline_spider("jobstreet", get_project_settings(), {"country": "MY"} if name == MY else {})


def page(name):
    return saved_page(CAPTURES / name, "https://my.jobstreet.com" if name == MY else "https://id.jobstreet.com")


def jobs(name, kind="listing", seen_at=SEEN_AT):
    return [normalise(posting, seen_at) for posting in read(spider(name), page(name), kind)]


@pytest.mark.parametrize("name", LISTS)
def test_every_card_is_read(name):
    found = jobs(name)
    count, paid, named = LISTS[name]
    assert len(found) == len({job.source_id for job in found}) == count
    assert sum(job.salary_min is not None for job in found) == sum(bool(job.salary_text) for job in found) == paid
    assert sum(job.company is not None for job in found) == named
    for job in found:
        assert job.source_id.isdecimal()
        assert job.url == f"https://{'my' if name == MY else 'id'}.jobstreet.com/job/{job.source_id}"
        assert all((job.title, job.location, job.region, job.employment_types, job.posted_at))
        assert job.city or job.location == "Bali"
        assert job.country == ("MY" if name == MY else "ID")
        assert job.posted_precision == ("about" if name == DOM else "exact")
        assert len(job.categories) == 2
        assert job.unread == {}


@pytest.mark.parametrize("name", [ID, MY, ONE])
def test_whatever_an_answer_publishes_is_there(name):
    rows = json.loads((CAPTURES / name).read_text(encoding="utf-8"))["data"]
    for row, job in zip(rows, jobs(name), strict=True):
        assert job.title == " ".join(row["title"].split())
        assert (job.salary_text or "") == row["salaryLabel"].replace("\xa0", " ")
        assert bool(job.arrangement) is bool(row["workArrangements"]["data"])
        assert job.posted_at == datetime.fromisoformat(row["listingDate"])
        assert bool(job.company_logo) is bool(row.get("branding"))


@pytest.mark.parametrize(
    ("name", "index", "expected"),
    [
        (PAGE, 0, {"source_id": "91924068", "title": "Data Scientist Intern", "company": "Gojek", "city": "Jakarta",
                   "company_url": "https://id.jobstreet.com/companies/gojek-168551832838110",
                   "employment_types": ["FULL_TIME"], "posted_at": datetime(2026, 5, 5, 13, 6, 15, tzinfo=UTC)}),
        (PAGE, 1, {"title": "Data Analyst", "location": "North Jakarta, Jakarta", "city": "Jakarta Utara",
                   "region": "DKI Jakarta"}),
        (PAGE, 24, {"location": "Setiabudi, Jakarta", "district": "Setiabudi", "city": "Jakarta"}),
        (ONE, 0, {"source_id": "81990353", "company": "BFI Finance Indonesia", "company_id": "168556908920494",
                  "location": "Tangerang District, Banten", "city": "Kabupaten Tangerang", "region": "Banten",
                  "arrangement": "ONSITE", "posted_at": datetime(2025, 2, 11, 5, 5, 44, tzinfo=UTC)}),
        (ID, 0, {"source_id": "80328229", "title": "Frontend Engineer, Digital Venture - Fully REMOTE",
                 "company": "Siam Makro", "city": "Jakarta", "arrangement": "REMOTE", "is_remote": True,
                 "employment_types": ["CONTRACTOR"], "employment_text": "Kontrak"}),
        (ID, 19, {"company": "Samara Liveaboard", "city": None, "region": "Bali", "salary_min": 6_950_000,
                  "salary_max": 8_000_000, "salary_currency": "IDR", "salary_period": "MONTH"}),
        (DOM, 0, {"source_id": "80130783", "city": "Jakarta Pusat", "posted_text": "3 hari yang lalu"}),
        (DOM, 1, {"city": "Yogyakarta", "region": "DI Yogyakarta"}),
        (MY, 0, {"company": None, "city": "Kuala Lumpur", "salary_min": 4000, "salary_max": 5500,
                 "salary_currency": "MYR", "salary_period": "MONTH", "is_remote": True}),
        # A dollar in Malaysia, for a job in Singapore: whose, it does not say.
        (MY, 7, {"salary_min": 5000, "salary_max": 7000, "salary_currency": None,
                 "salary_text": "$5,000 – $7,000 per month"}),
    ],
)  # fmt: skip
def test_cards_checked_by_eye(name, index, expected):
    job = jobs(name)[index]
    assert {field: getattr(job, field) for field in expected} == expected


def test_figures_in_both_countries_ways_of_writing():
    paid = {job.source_id: (job.salary_min, job.salary_max) for job in jobs(DOM) if job.salary_text}
    assert paid["80177731"] == (15_000_000, 22_000_000), "Rp 15,000,000 – Rp 22,000,000"
    assert paid["80208786"] == (5_000_000, 6_000_000), "Rp5.000.000 – Rp6.000.000"
    assert paid["80172915"] == (17_500_000, 25_000_000), "Rp 17.500.000 – Rp 25.000.000"


def test_ages_count_back_from_the_visit():
    aged = {job.posted_text: job.posted_at for job in jobs(DOM, seen_at=datetime(2024, 11, 16, 9, tzinfo=UTC))}
    assert aged["3 hari yang lalu"] == datetime(2024, 11, 13, 9, tzinfo=UTC)
    assert aged["4 jam yang lalu"] == datetime(2024, 11, 16, 5, tzinfo=UTC)


def test_the_elements_of_a_page_tell_of_the_same_jobs_as_its_data():
    spoken, data = Page(page(PAGE)), spider(PAGE).listing
    by_form = {one.name: [str(card["id"]) for card in spoken.find(one) or ()] for one in data}
    assert by_form["cards"] == by_form["redux"] == [job.source_id for job in jobs(PAGE)]


def test_a_job_page():
    (job,) = jobs(JOB, "detail")
    assert (job.source_id, job.title) == ("81990353", "Marketing Agency Relation Executive Tangerang Cikupa")
    assert (job.company, job.company_id, job.company_website) == (
        "BFI Finance Indonesia", "168556908920494", "https://www.bfi.co.id/",
    )  # fmt: skip
    assert (job.company_industry, job.company_size) == ("Banking & Financial Services", "More than 10,000 employees")
    assert (job.city, job.region, job.country, job.arrangement) == ("Kabupaten Tangerang", "Banten", "ID", "ONSITE")
    assert (job.employment_types, job.salary_text, job.closed) == (["FULL_TIME"], None, False)
    assert job.benefits == ["Multiple Medical Benefits", "Car/Motorcycle Ownership Program", "Low Rate Employee Loans"]
    assert job.posted_at == datetime(2025, 2, 11, 5, 5, 44, tzinfo=UTC)
    assert job.closes_at == datetime(2026, 2, 11, 4, 50, 11, tzinfo=UTC)
    assert job.description.startswith("**Job Description**")
    assert (job.language, job.complete, job.unread) == ("id", True, {})


def test_no_page_bears_a_mark():
    for name in (*LISTS, JOB):
        assert find_mark(page(name), spider(name).blocks) is None
