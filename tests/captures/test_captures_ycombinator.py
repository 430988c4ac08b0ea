"""Y Combinator's real pages, where they are at hand: every job read, values checked by eye."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from scrapy.utils.project import get_project_settings

from jobspiders.bases.marks import find_mark
from jobspiders.commands.replay import offline_spider, read, saved_page
from jobspiders.normalise import normalise

CAPTURES = Path(__file__).parents[3] / "shared" / "captures" / "ycombinator"
SEEN_AT = datetime(2026, 6, 24, tzinfo=UTC)
LIST, SENIOR, SOFTWARE = "list-diode.html", "detail-diode-senior.html", "detail-loombotic-software.html"
SITE = "https://www.ycombinator.com"

pytestmark = pytest.mark.skipif(not CAPTURES.is_dir(), reason="the captures are not here")


def spider():
    return offline_spider("ycombinator", get_project_settings())


def jobs(name, kind="detail"):
    page = saved_page(CAPTURES / name, f"{SITE}/jobs")
    return [normalise(posting, SEEN_AT) for posting in read(spider(), page, kind)]


@pytest.mark.parametrize(("name", "kind", "count"), [(LIST, "listing", 2), (SENIOR, "detail", 21), (SOFTWARE, "detail", 21)])  # fmt: skip
def test_every_job_is_read(name, kind, count):
    found = jobs(name, kind)
    assert len(found) == len({job.source_id for job in found}) == count
    for job in found:
        assert job.source_id.isdecimal()
        assert job.url.startswith(f"{SITE}/companies/{job.company_id}/jobs/")
        assert all((job.title, job.company, job.company_logo, job.apply_url, job.location, job.posted_at))
        assert job.employment_types == ["FULL_TIME"]
        assert job.country or job.location == "San Francisco / Remote (US)"
        assert job.experience_min is not None
        assert (job.salary_currency, job.salary_period) == (None, None) or job.salary_text
        assert set(job.unread) <= {"places"}
    assert sum(job.salary_max is not None for job in found) == count - (count == 21)


@pytest.mark.parametrize(
    ("name", "index", "expected"),
    [
        (SENIOR, 0, {
            "source_id": "76882", "title": "Senior Software Engineer", "company": "Diode Computers, Inc.",
            "company_id": "diode-computers-inc", "company_url": f"{SITE}/companies/diode-computers-inc",
            "city": "New York", "region": "New York", "country": "US", "salary_min": 140_000, "salary_max": 240_000,
            "salary_currency": "USD", "salary_period": "YEAR", "skills": ["Python", "Rust", "TypeScript"],
            "categories": ["Engineering", "Full stack"], "experience_min": 3, "complete": True,
            "posted_at": datetime(2025, 5, 28, 17, 29, 19, tzinfo=UTC), "posted_precision": "exact"}),
        (SENIOR, 1, {
            "company": "Pasito", "country": "US", "city": None, "is_remote": True, "complete": False,
            "posted_precision": "about", "posted_text": "2 months", "salary_max": 170_000}),
        (SENIOR, 20, {
            "location": "CA / Remote (CA)", "country": "CA", "region": None, "is_remote": True,
            "salary_text": "$90K - $120K CAD", "salary_min": 90_000, "salary_currency": "CAD"}),
        (SOFTWARE, 0, {
            "source_id": "95783", "company": "Loombotic", "company_website": "https://www.loombotic.com",
            "company_industry": "Manufacturing", "company_size": "11", "city": "Toronto", "region": "Ontario",
            "country": "CA", "location": "Toronto, Ontario, CA; Austin, Texas, US", "salary_min": 120_000,
            "experience_min": 0, "experience_text": "Any (new grads ok)",
            "posted_at": datetime(2026, 6, 4, 17, 4, 10, tzinfo=UTC)}),
    ],
)  # fmt: skip
def test_values_checked_by_eye(name, index, expected):
    job = jobs(name)[index]
    assert {field: getattr(job, field) for field in expected} == expected


def test_a_list_and_a_job_page_tell_the_same():
    card, job = jobs(LIST, "listing")[1], jobs(SENIOR)[0]
    for field in ("source_id", "url", "title", "company", "salary_min", "salary_max", "city", "skills", "extra"):
        assert getattr(card, field) == getattr(job, field), field
    assert (card.complete, card.description) == (False, None)
    assert card.posted_text == "about 1 year"


def test_several_places_and_other_currencies():
    found = {job.source_id: job for job in jobs(SOFTWARE)}
    assert [place["city"] for place in found["95783"].places] == ["Toronto", "Austin"]
    assert (found["89043"].salary_text, found["89043"].salary_currency) == ("€70K - €100K EUR", "EUR")
    assert found["89043"].country == "FR"


def test_the_text_of_a_job_is_whole():
    job = jobs(SOFTWARE)[0]
    assert job.description.startswith("### About Loombotic\n\nLoombotic is automating the wire harness")
    assert job.company_description == "Loombotic is automating wire harness manufacturing."


def test_no_page_bears_a_mark():
    for name in (LIST, SENIOR, SOFTWARE):
        assert find_mark(saved_page(CAPTURES / name, f"{SITE}/jobs"), spider().blocks) is None
