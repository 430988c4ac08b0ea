"""Indeed's real pages, where they are at hand: every card but the decoy, values checked by eye, walls told from pages."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from scrapy.utils.project import get_project_settings

from jobspiders.bases.documents import Page
from jobspiders.bases.marks import find_mark
from jobspiders.commands.replay import offline_spider, read, saved_page
from jobspiders.normalise import normalise

CAPTURES = Path(__file__).parents[3] / "shared" / "captures" / "indeed"
SEEN_AT = datetime(2026, 9, 1, tzinfo=UTC)
US, IN = "search-us-portland-data-analyst-2026-02", "search-in-flutter-fromage1-2026-05"
OLD, JOB = "search-cards-us-2020-09", "detail-viewjob-au-2026-08"
DECOYS = {"cdef0123456789ab", "0f1e2d3c4b5a6978"}

pytestmark = pytest.mark.skipif(not CAPTURES.is_dir(), reason="the captures are not here")


def page(name):
    return saved_page(CAPTURES / f"{name}.html", "https://www.indeed.com/jobs?q=x")


def spider():
    return offline_spider("indeed", get_project_settings())


def jobs(name, kind="listing"):
    return [normalise(posting, SEEN_AT) for posting in read(spider(), page(name), kind)]


@pytest.mark.parametrize(("name", "site"), [(US, "www"), (IN, "in"), (OLD, "www")])
def test_every_card_is_read(name, site):
    found = jobs(name)
    assert len(found) == len({job.source_id for job in found}) == 15
    for job in found:
        assert len(job.source_id) == 16
        assert job.url == f"https://{site}.indeed.com/viewjob?jk={job.source_id}"
        assert all((job.title, job.company, job.location, job.posted_at))
        assert job.country or job.location == "Remote"
        assert job.unread == {}
        if name != OLD:
            assert job.closed is False
            assert job.employment_types or job.title == "Business Process Analyst I"
            assert job.posted_precision == "exact"


@pytest.mark.parametrize("name", [US, IN])
def test_the_decoy_is_in_none_of_the_forms(name):
    elements = page(name).css("a[data-jk]::attr(data-jk)").getall()
    assert len(elements) == 16
    (decoy,) = DECOYS & set(elements)
    by_form = {
        generation.name: {card["jobkey"] for card in Page(page(name)).find(generation) or ()}
        for generation in spider().listing
    }
    assert by_form["mosaic"] == by_form["cards"] == set(elements) - {decoy}


@pytest.mark.parametrize(
    ("name", "index", "expected"),
    [
        (US, 0, {"source_id": "29dd4196cccd7eaf", "title": "Research Data Analyst 1", "city": "Portland",
                 "company": "Oregon Health & Science University", "region": "Oregon", "postcode": "97239",
                 "district": "Homestead", "employment_types": ["PART_TIME"], "salary_min": 27.85, "salary_max": 41.77,
                 "salary_currency": "USD", "salary_period": "HOUR",
                 "posted_at": datetime(2026, 2, 19, 9, 21, 55, 134000, UTC),
                 "company_url": "https://www.indeed.com/cmp/Oregon-Health-&-Science-University"}),
        (US, 11, {"title": "Special Agent: Mathematics/Data Expertise", "openings": 100, "salary_min": 103236.0,
                  "salary_period": "YEAR", "company": "Federal Bureau of Investigation"}),
        (US, 9, {"company": "NIKE", "salary_text": None, "salary_min": None}),
        (IN, 0, {"source_id": "b6bab53a3af7b954", "is_remote": True, "arrangement": "REMOTE", "salary_text": None,
                 "openings": 2, "benefits": ["Flexible schedule"]}),
        (IN, 1, {"city": "Puducherry", "country": "IN", "salary_min": 40000.0, "salary_max": None,
                 "salary_period": "MONTH", "salary_text": "From ₹40,000 a month"}),
        (IN, 2, {"salary_min": None, "salary_max": 3200.0, "salary_currency": "INR"}),
        (IN, 7, {"employment_types": ["FULL_TIME", "INTERN"], "city": "Bhavnagar", "region": "Gujarat"}),
        (IN, 9, {"district": "Rajajinagar", "city": "Bengaluru", "region": "Karnataka"}),
        # First there in May 2026, published eight days before: what the page calls "Just posted".
        (IN, 11, {"posted_at": datetime(2026, 5, 19, 18, 50, 28, 145000, UTC), "company_id": "120a801942e0adb0"}),
        (OLD, 0, {"title": "Software Engineer, Recent Graduate", "company": "eBay Inc.", "postcode": "10012",
                  "city": "New York", "posted_text": "Today"}),
        (OLD, 1, {"salary_min": 100000.0, "salary_max": 110000.0, "is_remote": True, "posted_precision": "at_least"}),
    ],
)  # fmt: skip
def test_cards_checked_by_eye(name, index, expected):
    job = jobs(name)[index]
    assert {field: getattr(job, field) for field in expected} == expected


def test_a_job_page():
    (job,) = jobs(JOB, "detail")
    assert (job.source_id, job.title) == ("54f1f8af68d722d2", "Senior DevOps Engineer")
    assert job.url == "https://au.indeed.com/viewjob?jk=54f1f8af68d722d2"
    assert job.apply_url == "https://jobs.smartrecruiters.com/PaperCutSoftware/744000143231078-senior-devops-engineer"
    assert (job.company, job.company_id) == ("PaperCut Software", "f8bd74f76daaa0e6")
    assert job.company_url == "https://au.indeed.com/cmp/Papercut-Software"
    assert (job.city, job.region, job.country, job.postcode) == ("Camberwell", "Victoria", "AU", "3124")
    assert (job.latitude, job.longitude) == (-37.8333, 145.0667)
    assert (job.arrangement, job.employment_types, job.benefits) == ("HYBRID", ["FULL_TIME"], ["Parental leave"])
    assert (job.salary_min, job.salary_max, job.salary_currency, job.salary_period) == (130000, 160000, "AUD", "YEAR")
    assert job.skills == ["Azure", "Google Cloud Platform", "AWS", "Leadership"]
    assert job.posted_at == datetime(2026, 8, 6, 7, 39, 35, 941000, UTC)
    assert (job.closed, job.closes_at, job.unread) == (False, None, {})
    assert job.extra == {"rating": 4, "reviews": 2}
    assert job.description_text.startswith("Company Description\n\nAt PaperCut, we believe two things")


def test_json_ld_alone_tells_the_same():
    both = page(JOB)
    linked = both.css('script[type="application/ld+json"]').get()
    found = read(spider(), both.replace(url="https://au.indeed.com/viewjob?jk=54f1f8af68d722d2", body=linked), "detail")
    (job,), (whole,) = [normalise(posting, SEEN_AT) for posting in found], jobs(JOB, "detail")
    for field in ("source_id", "url", "title", "company", "company_logo", "city", "region", "country", "postcode",
                  "employment_types", "salary_min", "salary_max", "salary_currency", "salary_period", "posted_at",
                  "description_text", "closes_at"):  # fmt: skip
        assert getattr(job, field) == getattr(whole, field), field


def test_only_walls_bear_marks():
    found = {path.stem: find_mark(page(path.stem), spider().blocks) for path in CAPTURES.glob("*.html")}
    assert {name: mark.kind for name, mark in found.items() if mark} == {
        "block-cloudflare-captcha-us-2025-11": "challenge",
        "block-waf-blocked-es-2026-06": "denied",
    }
