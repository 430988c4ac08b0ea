"""Naukri's real pages and answers, where they are at hand: every job read, values checked by eye, walls told from pages."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from scrapy.utils.project import get_project_settings

from jobspiders.bases.marks import find_mark
from jobspiders.commands.replay import offline_spider, read, saved_page
from jobspiders.errors import Unreadable
from jobspiders.normalise import normalise

CAPTURES = Path(__file__).parents[3] / "shared" / "captures" / "naukri"
LISTING, JOB = "https://www.naukri.com/python-jobs-in-pune", "https://www.naukri.com/job-listings-x-1"
SEEN_AT = datetime(2026, 6, 12, tzinfo=UTC)
COUNTS = {
    "search-rendered-hyderabad-2025-03.html": 20,
    "search-rendered-bangalore-2026-06.html": 20,
    "api-v3-search-jobDetails-2025-09.json": 20,
    "api-v3-search-records-python-2026-03.json": 50,
}
WALLS = {
    "search-nojs-shell-2026-02.html": "shell",
    "block-akamai-access-denied-2026-09.html": "denied",
    "block-api-406-recaptcha.json": "captcha",
}
DETAIL = "detail-rendered-excerpt-2026-10.html"

pytestmark = pytest.mark.skipif(not CAPTURES.is_dir(), reason="the captures are not here")


def spider():
    return offline_spider("naukri", get_project_settings())


def jobs(name, kind="listing"):
    page = saved_page(CAPTURES / name, LISTING if kind == "listing" else JOB)
    return [normalise(posting, SEEN_AT) for posting in read(spider(), page, kind)]


@pytest.mark.parametrize("name", sorted(COUNTS))
def test_every_job_is_read(name):
    found = jobs(name)
    assert len(found) == len({job.source_id for job in found}) == COUNTS[name]
    for job in found:
        assert len(job.source_id) == 12
        assert job.source_id.isdecimal()
        assert job.url.startswith("https://www.naukri.com/job-listings-")
        assert job.url.endswith(f"-{job.source_id}")
        assert all((job.title, job.company, job.company_logo, job.posted_at, job.skills))
        assert job.experience_min is not None
        assert job.unread == {}


@pytest.mark.parametrize("name", sorted(set(COUNTS) - {"api-v3-search-records-python-2026-03.json"}))
def test_every_job_has_its_place_and_work_mode(name):  # whoever exported the records left the places out
    for job in jobs(name):
        assert (job.city, job.region, job.country) != (None, None, None)
        assert job.arrangement in {"ONSITE", "HYBRID", "REMOTE"}


@pytest.mark.parametrize(
    ("name", "index", "expected"),
    [
        ("api-v3-search-jobDetails-2025-09.json", 0, (
            "290825918864", "Executive", "Jones Lang LaSalle Property Consultants (India) Pv t. Ltd.", "Bengaluru", None,
            "ONSITE", None, None, 1, 4, "2025-08-29", "exact")),
        ("api-v3-search-jobDetails-2025-09.json", 1, (
            "280825010121", "Real Estate: Fresher and Sr. Sales Executive", "RP Clan", "Bengaluru", "Varthur", "ONSITE",
            250_000, 500_000, 0, 3, "2025-08-28", "exact")),
        ("api-v3-search-records-python-2026-03.json", 0, (
            "120226012905", "Python Developer - Pan India", "PwC India", None, None, None, None, None, 3, 7,
            "2026-03-08", "exact")),
        ("search-rendered-bangalore-2026-06.html", 0, (
            "080626026898", "Software Engineer RISCV", "Qualcomm", "Bangalore Rural", None, "ONSITE", 2_750_000,
            4_000_000, 7, 12, "2026-06-12", "about")),
        ("search-rendered-hyderabad-2025-03.html", 1, (
            "250225000066", "Data Analyst- AI/ML", "Radon Global Tech Services", "Hyderabad", None, "ONSITE", 1_500_000,
            3_000_000, 10, 20, "2026-05-31", "about")),
        ("search-rendered-hyderabad-2025-03.html", 2, (
            "070325022505", "Data Analyst (Salesforce) - Contractual", "Alter Domus", "Hyderabad", None, "HYBRID", None,
            None, 4, 8, "2026-06-11", "about")),
        ("search-rendered-hyderabad-2025-03.html", 18, (
            "270225007550", "Data Analyst", "Varsity Education Management", "Hyderabad", "Madhapur", "ONSITE", 200_000,
            500_000, 2, 5, "2026-06-02", "about")),
    ],
)  # fmt: skip
def test_jobs_checked_by_eye(name, index, expected):
    job = jobs(name)[index]
    told = (job.source_id, job.title, job.company, job.city, job.district, job.arrangement, job.salary_min)
    told += (job.salary_max, job.experience_min, job.experience_max)
    assert (*told, f"{job.posted_at:%Y-%m-%d}", job.posted_precision) == expected


def test_all_there_is_in_a_row():
    first, client, walk_in, level = (jobs("api-v3-search-jobDetails-2025-09.json")[index] for index in (1, 2, 15, 3))
    assert first.openings == 10
    assert first.extra == {"rating": "3.2", "reviews_about": 21, "mode": "jp"}
    assert first.company_url == "https://www.naukri.com/rp-clan-jobs-careers-4445304"
    assert first.salary_text == "2.5-5 Lacs PA"
    assert (first.salary_currency, first.salary_period) == ("INR", "YEAR")
    assert client.extra["hiring_for"] == "Client of Anlage"
    assert [place["city"] for place in client.places] == ["Mumbai Suburban", "Mumbai", "Thane"]
    assert walk_in.extra["walk_in"] == "12 Sep"
    assert (level.seniority, level.experience_text) == ("ASSOCIATE", "2-7 Yrs")


def test_a_job_page():
    (job,) = jobs(DETAIL, "detail")
    url = "https://www.naukri.com/job-listings-react-js-developer-infosys-pune-chennai-bengaluru-2-to-5-years-190826038428"
    assert (job.source_id, job.url, job.title) == ("190826038428", url, "React JS Developer")
    assert (job.company, job.company_id, job.company_website) == ("Infosys", "11244", "https://www.infosys.com/")
    assert job.company_url == "https://www.naukri.com/infosys-jobs-careers-11244"
    assert job.company_logo == "https://img.naukimg.com/logo_images/groups/v1/13832.gif"
    assert (job.experience_min, job.experience_max, job.salary_text, job.salary_min) == (2, 5, "Not Disclosed", None)
    assert [place["city"] for place in job.places] == ["Pune", "Chennai", "Bengaluru"]
    assert (job.arrangement, job.is_remote, job.openings) == ("HYBRID", False, 30)
    assert (job.employment_types, job.education, job.industry) == (
        ["FULL_TIME"],
        "BACHELOR",
        "IT Services & Consulting",
    )
    assert job.categories == ["Engineering - Software & QA", "Software Development", "Software Development - Other"]
    assert job.skills == ["Node.js", "TypeScript", "Javascript", "Restful Web API Development", "Azure"]
    assert job.extra == {"rating": "3.5", "company_address": "Bengaluru"}
    assert (job.posted_text, job.posted_precision, job.unread) == ("2 days ago", "about", {})
    assert job.description_text.startswith("Job Summary\n\nWe are looking for a skilled React JS Developer")


@pytest.mark.parametrize("name", [*sorted(COUNTS), DETAIL])
def test_healthy_pages_bear_no_mark(name):
    assert find_mark(saved_page(CAPTURES / name, LISTING), spider().blocks) is None


@pytest.mark.parametrize("name", sorted(WALLS))
def test_walls_bear_their_mark_and_are_no_listing(name):
    page = saved_page(CAPTURES / name, LISTING)
    assert find_mark(page, spider().blocks).kind == WALLS[name]
    with pytest.raises(Unreadable):
        list(read(spider(), page, "listing"))


@pytest.mark.parametrize("name", ["search-rendered-hyderabad-2025-03.html", "search-rendered-bangalore-2026-06.html"])
def test_a_drawn_list_leads_to_its_next_page(name):
    page = saved_page(CAPTURES / name, LISTING)
    (following,) = [request for request in spider().on_listing(page) if request.meta.get("page") == "listing"]
    assert following.url == page.css("link[rel=canonical]::attr(href)").get() + "-2"
    assert following.cb_kwargs == {"number": 2, "before": 20}
