"""Real pages with JobPosting, where they are at hand: counts as in their MANIFEST, values checked by eye."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from scrapy.utils.project import get_project_settings

from jobspiders.bases.marks import find_mark
from jobspiders.commands.replay import offline_spider, read, saved_page
from jobspiders.errors import Unreadable
from jobspiders.normalise import normalise

CAPTURES = Path(__file__).parents[3] / "shared" / "captures" / "schemaorg"
SEEN_AT = datetime(2026, 8, 20, tzinfo=UTC)
# Where each page was, as far as it is known, and what it holds.
PAGES = {
    "avalanche-itemlist.html": ("https://www.avalanchefusion.com/careers/open-positions", 9),
    "meta-careers.html": ("https://www.metacareers.com/jobs/1/", 1),
    "paylocity-fermi.html": (
        "https://recruiting.paylocity.com/recruiting/jobs/Details/4248451/Fermi-LLC/Corporate-Tax-Director", 1),
    "spatie-backend-engineer.blade.html": ("https://spatie.be/vacancies/backend-engineer", 1),
    "teamtailor-jobs-feed.json": ("https://career.teamtailor.com/jobs.json", 2),
    "quoted/careerbuilder-vn-recruiter-2022.html": ("https://careerbuilder.vn/vi/tim-viec-lam/x.35BA.html", 1),
    "quoted/crossfit-secaucus-2018.html": ("https://crossfit-secaucus.com/we-hire", 1),
    "quoted/gupy-memed-2026.html": ("https://memed.gupy.io/jobs/1", 1),
    "quoted/lamp-jp-webdesigner-2019.html": ("https://lamp.jp/recruit/webdesigner", 1),
    "quoted/shaped-like-abbvie-2026.html": ("https://careers.abbvie.com/en/job/1", 1),
    "quoted/topcv-vn-misa-2026.html": ("https://www.topcv.vn/viec-lam/x/1.html", 1),
}  # fmt: skip

pytestmark = pytest.mark.skipif(not CAPTURES.is_dir(), reason="the captures are not here")


def page(name, url=None):
    return saved_page(CAPTURES / name, url or PAGES[name][0])


def jobs(name, kind="listing", url=None):
    spider = offline_spider("jsonld", get_project_settings())
    return [normalise(posting, SEEN_AT) for posting in read(spider, page(name, url), kind)]


def test_these_are_all_the_captures():
    files = {str(path.relative_to(CAPTURES)) for path in CAPTURES.rglob("*") if path.suffix in {".html", ".json"}}
    assert files == {*PAGES, "saudicareers-homepage-placeholder.html"}


@pytest.mark.parametrize("name", PAGES)
def test_every_job_is_read(name):
    url, count = PAGES[name]
    found = jobs(name)
    assert len(found) == len({job.source_id for job in found}) == count
    for job in found:
        host = url.split("/")[2].removeprefix("www.")
        assert job.source_id.startswith(f"{host}:")
        assert job.title
        assert job.location
        assert job.company or name.endswith("abbvie-2026.html"), "which has none"
        assert set(job.unread) <= {"closes"}


@pytest.mark.parametrize("name", [name for name, (_, count) in PAGES.items() if count == 1])
def test_a_jobs_page_is_the_same_as_a_list_of_one(name):
    (listed,), (alone,) = jobs(name), jobs(name, "detail")
    listed.card_hash = None
    assert listed == alone
    assert alone.complete
    assert alone.url == PAGES[name][0]


EXPECTED = {
    "meta-careers.html": {
        "title": "Software Engineer, Infrastructure", "company": "Meta", "company_website": "https://www.meta.com/",
        "city": "Sunnyvale", "region": "California", "country": "US", "is_remote": True,
        "employment_types": ["FULL_TIME"], "posted_at": datetime(2025, 6, 10, 20, 7, 44, tzinfo=UTC),
        "closes_at": datetime(2026, 6, 8, 19, 50, 57, tzinfo=UTC), "extra": {"direct_apply": True}},
    "paylocity-fermi.html": {
        "title": "Corporate Tax Director", "company": "Fermi LLC", "city": "Dallas", "region": "Texas",
        "country": "US", "posted_at": datetime(2026, 6, 12, 2, 42, 38, tzinfo=UTC), "salary_min": None},
    "spatie-backend-engineer.blade.html": {
        "title": "Backend Engineer", "company": "Spatie", "company_website": "https://spatie.be",
        "company_url": None, "city": "Antwerp", "country": "BE", "postcode": "2018",
        "posted_at": datetime(2025, 3, 1, tzinfo=UTC), "closes_at": datetime(2026, 3, 1, tzinfo=UTC)},
    "quoted/careerbuilder-vn-recruiter-2022.html": {
        "title": "Nhân Viên Tuyển Dụng", "country": "VN", "salary_text": "Cạnh tranh", "salary_min": None,
        "experience_min": 5, "extra": {"identifier": "35A4F400", "work_hours": "8 giờ"},
        "company_url": "https://careerbuilder.vn/vi/nha-tuyen-dung/cong-ty-tnhh-may-theu-giay-an-phuoc.35A4F400.html"},
    "quoted/crossfit-secaucus-2018.html": {
        "city": "Secaucus", "region": "New Jersey", "employment_types": ["CONTRACTOR"], "postcode": "07094"},
    "quoted/gupy-memed-2026.html": {
        "title": "Frontend Engineer Sênior – React", "country": "BR", "city": None, "arrangement": "REMOTE",
        "description": "A Memed é healthtech."},
    "quoted/lamp-jp-webdesigner-2019.html": {
        "salary_min": 900, "salary_max": 900, "salary_currency": "JPY", "salary_period": "HOUR", "city": "京都市",
        "employment_types": ["PART_TIME", "INTERN"], "language": "ja"},
    "quoted/shaped-like-abbvie-2026.html": {
        "city": "North Chicago", "region": "Illinois", "country": "US", "salary_min": 25, "salary_max": 32,
        "salary_period": "HOUR", "closes_at": None, "unread": {"closes": "2126-04-30T23:57:53+00:00"}},
    "quoted/topcv-vn-misa-2026.html": {
        "salary_min": 15_000_000, "salary_max": 25_000_000, "salary_currency": "VND", "salary_period": "MONTH",
        "country": "VN", "extra": {"identifier": "198409"}},
}  # fmt: skip


@pytest.mark.parametrize("name", EXPECTED)
def test_values_checked_by_eye(name):
    (job,) = jobs(name)
    assert {field: getattr(job, field) for field in EXPECTED[name]} == EXPECTED[name]


def test_meta_has_nine_places_and_a_text_in_three_parts():
    (job,) = jobs("meta-careers.html")
    assert [place["text"] for place in job.places] == [
        "Sunnyvale, CA", "Bellevue, WA", "Redmond, WA", "Austin, TX", "Menlo Park, CA", "Seattle, WA", "Burlingame, CA",
        "Remote, US", "New York, NY",
    ]  # fmt: skip
    for part in (
        "Meta is seeking talented engineers",
        "Collaborate with cross-functional teams",
        "Bachelor's degree in",
    ):
        assert part in job.description_text


def test_a_list_without_addresses_finds_them_in_its_links():
    found = {job.title: job for job in jobs("avalanche-itemlist.html")}
    assert found["Integration & Test Manager"].url == (
        "https://www.avalanchefusion.com/careers/open-position/integration-test-manager"
    )
    assert {job.city for job in found.values()} == {"Seattle"}
    assert not any(job.complete for job in found.values())
    with pytest.raises(Unreadable):
        jobs("avalanche-itemlist.html", "detail")


def test_a_feed():
    madrid, copenhagen = jobs("teamtailor-jobs-feed.json")
    assert (madrid.city, madrid.country, madrid.company) == ("Madrid", "ES", "Teamtailor")
    assert madrid.url == "https://career.teamtailor.com/jobs/7167985-account-executive-italy-madrid-based"
    assert [place["country"] for place in copenhagen.places] == ["SE", "DK"]


@pytest.mark.parametrize("kind", ["listing", "detail"])
@pytest.mark.parametrize(
    "url", ["https://saudicareers.site/", "https://saudicareers.site/jobs/7", "https://schema.org/JobPosting"]
)
def test_a_site_dressed_up_as_a_job_is_none(kind, url):
    with pytest.raises(Unreadable):
        jobs("saudicareers-homepage-placeholder.html", kind, url)


def test_no_healthy_page_bears_a_mark():
    spider = offline_spider("jsonld", get_project_settings())
    for name in PAGES:
        assert find_mark(page(name), spider.blocks) is None
