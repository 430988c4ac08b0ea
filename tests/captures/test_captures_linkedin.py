"""LinkedIn's real pages, where they are at hand: every card read, values checked by eye, walls told from pages."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from scrapy.utils.project import get_project_settings

from jobspiders.bases.marks import find_mark
from jobspiders.commands.replay import offline_spider, read, saved_page
from jobspiders.normalise import normalise

CAPTURES = Path(__file__).parents[3] / "shared" / "captures" / "linkedin"
GUEST = "https://www.linkedin.com/jobs-guest/jobs/api"
SEEN_AT = datetime(2026, 10, 1, tzinfo=UTC)

pytestmark = pytest.mark.skipif(not CAPTURES.is_dir(), reason="the captures are not here")


def page(name, url=f"{GUEST}/seeMoreJobPostings/search?start=0"):
    return saved_page(CAPTURES / f"{name}.html", url)


def spider():
    return offline_spider("linkedin", get_project_settings())


def jobs(name, kind="listing", url=f"{GUEST}/seeMoreJobPostings/search?start=0"):
    return [normalise(posting, SEEN_AT) for posting in read(spider(), page(name, url), kind)]


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("search-page-es-madrid-python-2026-06", 60),
        ("search-api-fragment-au-2026-06", 10),
        ("search-page-us-one-result-2026-01", 1),
        ("search-page-ma-zero-results-2025-10", 0),
        ("search-cards-il-2022-12", 2),  # four cards, each twice
    ],
)
def test_every_card_is_read(name, count):
    found = jobs(name)
    assert len(found) == len({job.source_id for job in found}) == count
    for job in found:
        assert job.source_id.isdecimal()
        assert job.url == f"https://www.linkedin.com/jobs/view/{job.source_id}/"
        assert all((job.title, job.company, job.location, job.posted_at, job.company_logo))
        assert job.posted_precision == "day"
        assert set(job.unread) <= {"places"}


@pytest.mark.parametrize(
    ("name", "index", "expected"),
    [
        ("search-api-fragment-au-2026-06", 0, ("4426694701", "Quality Assurance Manager", "EQ Food", "Minto",
                                               "New South Wales", "AU", "eq-food", "2026-06-12")),
        ("search-api-fragment-au-2026-06", 2, ("4422537148", "Site Quality Manager", "Manufacturing", "Rooty Hill",
                                               "New South Wales", "AU", "manufacturing-itc-infotech",
                                               "2026-05-31")),
        ("search-api-fragment-au-2026-06", 9, ("4428225208", "National Operations Manager (Audit & Certifications)",
                                               "SGS", "Alexandria", "New South Wales", "AU", "sgs", "2026-06-19")),
        # Younger than a day: another class, which cost JobSpy the date (its issue 343).
        ("search-page-es-madrid-python-2026-06", 7, ("4427556503", "Analista de datos", "DIGI España", "Madrid", None,
                                                     None, "digi-esp", "2026-06-11")),
        ("search-page-es-madrid-python-2026-06", 59, ("4425857811", "Graduate software engineer (Madrid)",
                                                      "Bending Spoons", None, None, "ES", "bendingspoons",
                                                      "2026-06-09")),
        ("search-page-us-one-result-2026-01", 0, ("4334692903", "Developer Productivity Engineer", "Hightouch", None,
                                                  "California", "US", "hightouchio", "2026-01-11")),
        ("search-cards-il-2022-12", 1, ("3438485711", "Junior iOS Developer", "inManage", "Tel Aviv-Yafo",
                                        "Tel Aviv District", "IL", "inmanage", "2022-12-24")),
    ],
)  # fmt: skip
def test_cards_checked_by_eye(name, index, expected):
    job = jobs(name)[index]
    told = (job.source_id, job.title, job.company, job.city, job.region, job.country, job.company_id)
    assert (*told, f"{job.posted_at:%Y-%m-%d}") == expected


def test_titles_that_say_remote():
    found = {job.title for job in jobs("search-page-es-madrid-python-2026-06") if job.is_remote}
    assert found == {
        "Python Developer - Fully Remote | Upto $100/hr",
        "Desarrollador/a Python – Microservicios & IA (Remoto)",
        "Senior Python Developer - Remoto 100%",
    }


def test_a_job_page():
    (job,) = jobs("detail-page-au-2026-08", "detail")
    assert (job.source_id, job.title) == ("4411867124", "Senior Software Engineer - Developer Experience")
    assert (job.company, job.company_id, job.city, job.country) == ("Heidi", "heidi", "Melbourne", "AU")
    assert "/company-logo_100_100/" in job.company_logo
    assert (job.employment_types, job.seniority, job.seniority_text) == (["FULL_TIME"], "MID", "Mid-Senior level")
    assert (job.categories, job.industry) == (["Engineering and Information Technology"], "Software Development")
    assert job.description_text.startswith("Who We Are\nHealthcare needs a better rhythm")
    assert job.description_text.endswith("a culture of opportunity for all.")
    assert (job.posted_text, job.closed, job.salary_text, job.unread) == ("1 week ago", None, None, {})


def test_a_job_beside_a_search_is_what_its_fragment_is():
    whole = page("search-page-es-madrid-python-2026-06")
    beside = whole.css(".two-pane-serp-page__detail-view").get()
    fragment = whole.replace(url=f"{GUEST}/jobPosting/4421135956", body=beside)
    (job,) = (normalise(posting, SEEN_AT) for posting in read(spider(), fragment, "detail"))
    assert (job.source_id, job.title) == ("4421135956", "Junior Data & Automation Engineer (Python / IA)")
    assert (job.company, job.company_id, job.city) == ("Universia España", "universia-espana", "Madrid")
    assert (job.employment_types, job.employment_text, job.seniority) == (["FULL_TIME"], "Jornada completa", None)
    assert job.categories == ["Ingeniería y Tecnología de la información"]
    assert (job.industry, job.posted_text, job.unread) == ("Enseñanza superior", "Hace 6 días", {})
    assert job.description_text.startswith("ONEtoONE Corporate Finance")


def test_a_closed_job():
    (job,) = jobs("detail-closed-excerpt-2026-09", "detail", f"{GUEST}/jobPosting/4445506698")
    assert (job.source_id, job.title, job.closed) == ("4445506698", "Assoc Director AI Product Manager", True)


def test_only_the_wall_bears_a_mark():
    found = {path.stem: find_mark(page(path.stem), spider().blocks) for path in CAPTURES.glob("*.html")}
    walls = {name: mark.kind for name, mark in found.items() if mark}
    assert walls == {"block-authwall-signup-2026-02": "login"}
