"""Real answers of recruiting software, where they are at hand: counts as in their MANIFEST, values checked by eye."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from scrapy.utils.project import get_project_settings

from jobspiders.bases.marks import find_mark
from jobspiders.commands.replay import offline_spider, read, saved_page
from jobspiders.errors import Unreadable
from jobspiders.normalise import normalise

CAPTURES = Path(__file__).parents[3] / "shared" / "captures"
SEEN_AT = datetime(2026, 8, 20, tzinfo=UTC)
ADDRESSES = {
    "ashby": "https://api.ashbyhq.com/posting-api/job-board/{}?includeCompensation=true",
    "greenhouse": "https://boards-api.greenhouse.io/v1/boards/{}/jobs?content=true",
    "lever": "https://api.lever.co/v0/postings/{}?mode=json",
    "recruitee": "https://{}.recruitee.com/api/offers/",
    "smartrecruiters": "https://api.smartrecruiters.com/v1/companies/{}/postings?limit=100&offset=0",
    "workable": "https://apply.workable.com/api/v1/widget/accounts/{}?details=true",
}
# What each file holds by its MANIFEST; a job in two places counts once.
LISTS = {
    ("ashby", "board-linear-comp", "linear"): 2,
    ("ashby", "board-notion", "notion"): 3,
    ("ashby", "board-srijan-5", "sarvam"): 5,
    ("greenhouse", "list-gitlab-content", "gitlab"): 3,
    ("greenhouse", "list-gong", "gongio"): 3,
    ("greenhouse", "list-phonepe-content", "phonepe"): 5,
    ("greenhouse", "list-stripe-nocontent", "stripe"): 6,
    ("lever", "list-5", "meesho"): 5,
    ("lever", "list-idealist", "idealistconsulting"): 2,
    ("lever", "list-matchgroup-salary", "matchgroup"): 2,
    ("recruitee", "offers-aikido", "aikidosecurity"): 3,
    ("recruitee", "offers-espeo", "espeo"): 3,
    ("smartrecruiters", "list-automationanywhere-p0", "AutomationAnywhere1"): 3,
    ("smartrecruiters", "list-automationanywhere-p1", "AutomationAnywhere1"): 1,
    ("smartrecruiters", "list-visa", "Visa"): 2,
    ("workable", "v1-widget-workable", "workable"): 1,
    ("workable", "v1-widget-zaelab-duprows", "zaelab"): 1,
    ("workable", "v3-list-huggingface", "huggingface"): 3,
}
IDS = {
    "ashby": r"[0-9a-f-]{36}", "greenhouse": r"\d{7,}", "lever": r"[0-9a-f-]{36}", "recruitee": r"\d{7}",
    "smartrecruiters": r"74\d{13}", "workable": r"[0-9A-F]{10}",
}  # fmt: skip

pytestmark = pytest.mark.skipif(not (CAPTURES / "greenhouse").is_dir(), reason="the captures are not here")


def page(board, name, tenant="x"):
    return saved_page(CAPTURES / board / f"{name}.json", ADDRESSES[board].format(tenant))


def jobs(board, name, tenant="x", kind="listing"):
    spider = offline_spider(board, get_project_settings())
    return [normalise(posting, SEEN_AT) for posting in read(spider, page(board, name, tenant), kind)]


@pytest.mark.parametrize(("board", "name", "tenant"), LISTS)
def test_every_job_is_read(board, name, tenant):
    found = jobs(board, name, tenant)
    assert len(found) == len({job.source_id for job in found}) == LISTS[board, name, tenant]
    for job in found:
        assert re.fullmatch(IDS[board], job.source_id)
        assert all((job.title, job.company, job.location, job.posted_at, job.url.startswith("https://")))
        assert job.company_id == tenant
        assert set(job.unread) <= {"salary"}


def test_these_are_all_the_captures_of_lists():
    files = {(path.parent.name, path.stem) for board in ADDRESSES for path in (CAPTURES / board).glob("*.json")}
    others = {name for name in files if name[1].startswith(("detail-", "departments-"))}
    assert files - others == {(board, name) for board, name, _ in LISTS}
    assert len(others) == 4


EXPECTED = [
    ("ashby", "board-linear-comp", 0, {
        "source_id": "d3bc1ced-3ce4-4086-a050-555055dbb1ff", "title": "Senior / Staff Fullstack Engineer",
        "location": "Europe", "country": None, "arrangement": "REMOTE", "is_remote": True,
        "employment_types": ["FULL_TIME"], "salary_text": None, "categories": ["Product", "Engineering"]}),
    ("ashby", "board-notion", 2, {
        "title": "Product Designer", "city": "San Francisco", "region": "California", "country": "US",
        "arrangement": "HYBRID", "is_remote": False, "location": "San Francisco, California; New York, New York",
        "posted_at": datetime(2026, 7, 2, 17, 18, 41, 823000, UTC),
        "url": "https://jobs.ashbyhq.com/notion/d177d052-ef57-4900-acf2-d58e9eded620"}),
    ("greenhouse", "list-gitlab-content", 2, {
        "source_id": "8638232002", "title": "AI Transformation Owner, CRO", "company": "GitLab", "country": "US",
        "is_remote": True, "salary_min": 139200, "salary_max": 235200, "salary_currency": "USD",
        "salary_period": None, "categories": ["Enablement"], "extra": {"reference": "6682"}}),
    ("greenhouse", "list-gitlab-content", 1, {"city": "Bengaluru", "country": "IN", "is_remote": True}),
    ("greenhouse", "list-phonepe-content", 0, {
        "source_id": "7650503003", "title": "AI Creative Lead", "city": "Bengaluru", "employment_types": ["FULL_TIME"],
        "employment_text": "FTE - Regular", "posted_at": datetime(2026, 3, 6, 9, 36, 13, tzinfo=UTC), "complete": True}),
    ("greenhouse", "list-stripe-nocontent", 1, {
        "title": "Account Executive, Bridge", "url": "https://stripe.com/jobs/search?gh_jid=8077887",
        "location": "SF, NYC, SEA, CHI", "complete": False}),
    ("greenhouse", "list-gong", 1, {"employment_types": ["FULL_TIME"], "country": "US", "is_remote": True}),
    ("lever", "list-matchgroup-salary", 0, {
        "title": "Android Engineer III", "city": "New York", "country": "US", "arrangement": "HYBRID",
        "salary_min": 150000, "salary_max": 180000, "salary_currency": "USD", "salary_period": "YEAR",
        "categories": ["Hinge", "Engineering"], "employment_types": ["FULL_TIME"],
        "apply_url": "https://jobs.lever.co/matchgroup/3414ba28-35f7-45d3-8e13-35c883959635/apply"}),
    ("lever", "list-matchgroup-salary", 1, {"city": "Seoul", "country": "KR", "language": "ko"}),
    ("lever", "list-idealist", 1, {
        "city": "Washington", "region": "District of Columbia", "country": "US", "arrangement": "REMOTE",
        "employment_types": ["CONTRACTOR"]}),
    ("lever", "list-5", 2, {
        "title": "Software Development Engineer III DevOps", "city": "Bengaluru", "region": "Karnataka",
        "arrangement": "HYBRID", "posted_at": datetime(2026, 6, 8, 6, 6, 59, 827000, UTC)}),
    ("recruitee", "offers-aikido", 2, {
        "source_id": "2705729", "title": "Office Manager Chicago", "company": "Aikido Security", "city": "Chicago",
        "region": "Illinois", "country": "US", "arrangement": "ONSITE", "salary_min": None,
        "salary_text": "USD 75.00 - 95.00 per year", "education": "HIGH_SCHOOL", "closed": False}),
    ("recruitee", "offers-aikido", 0, {"city": "Tel Aviv", "country": "IL", "is_remote": True, "seniority": "MID"}),
    ("recruitee", "offers-espeo", 1, {
        "city": "Poznań", "country": "PL", "arrangement": "HYBRID", "employment_types": ["CONTRACTOR"],
        "posted_at": datetime(2026, 6, 30, 13, 4, 46, tzinfo=UTC), "updated_at": datetime(2026, 8, 5, 9, 38, 6, tzinfo=UTC)}),
    ("smartrecruiters", "list-visa", 1, {
        "source_id": "744000129971988", "title": "Director", "city": "Bengaluru", "region": "Karnataka", "country": "IN",
        "seniority": None, "employment_types": ["FULL_TIME"], "is_remote": False,
        "url": "https://jobs.smartrecruiters.com/Visa/744000129971988"}),
    ("smartrecruiters", "list-automationanywhere-p0", 0, {
        "title": "Pricing Analyst", "company": "Automation Anywhere", "city": "San Jose", "postcode": "95131",
        "latitude": 37.3985718, "seniority": "MID", "posted_at": datetime(2020, 2, 6, 19, 42, 44, tzinfo=UTC)}),
    ("workable", "v1-widget-workable", 0, {
        "source_id": "401786A940", "title": "Implementation Manager", "company": "Workable", "city": "Boston",
        "region": "Massachusetts", "country": "US", "is_remote": False, "seniority": "MID", "education": "BACHELOR",
        "industry": "Computer Software", "complete": True}),
    ("workable", "v1-widget-zaelab-duprows", 0, {
        "source_id": "DD136DD7E7", "location": "Spain; Portugal", "country": "ES", "is_remote": True, "complete": False}),
    ("workable", "v3-list-huggingface", 2, {
        "source_id": "97904BAC90", "city": "Paris", "region": "Île-de-France", "country": "FR", "arrangement": "REMOTE",
        "employment_types": ["FULL_TIME"], "closed": False}),
]  # fmt: skip


@pytest.mark.parametrize(("board", "name", "index", "expected"), EXPECTED)
def test_values_checked_by_eye(board, name, index, expected):
    tenant = next(tenant for other, file, tenant in LISTS if (other, file) == (board, name))
    job = jobs(board, name, tenant)[index]
    assert {field: getattr(job, field) for field in expected} == expected


@pytest.mark.parametrize(
    ("name", "sentences"),
    [
        ("list-5", ["About the Team", "What you will do", "Welcome to Meesho"]),
        ("list-matchgroup-salary", ["What We're Looking For", "401(k) Matching"]),
    ],
)
def test_no_part_of_a_text_on_lever_is_lost(name, sentences):
    text = jobs("lever", name)[0].description_text
    assert all(sentence in text for sentence in sentences)


def test_a_text_on_greenhouse_is_no_markup():
    for job in jobs("greenhouse", "list-phonepe-content"):
        assert "&lt;" not in job.description_text
        assert "<div" not in job.description
        assert len(job.description) > 3000


def test_jobs_alone():
    (gong,) = jobs("greenhouse", "detail-gong", kind="detail")
    assert (gong.source_id, gong.title, gong.complete) == ("4679941006", "Commercial Revenue Architect", True)
    assert "Education & learning stipend." in gong.description_text
    (visa,) = jobs("smartrecruiters", "detail-visa", "Visa", kind="detail")
    assert (visa.source_id, visa.company, visa.region, visa.closed) == ("744000133907678", "Visa", "Texas", False)
    assert visa.url == "https://jobs.smartrecruiters.com/Visa/744000133907678-sr-manager"
    assert "EEO guidelines" in visa.description_text


def test_the_texts_of_a_job_whose_file_has_nothing_else():
    """The file is cut to `jobAd`; it is the first job of the list."""
    spider = offline_spider("smartrecruiters", get_project_settings())
    row = json.loads(page("smartrecruiters", "list-automationanywhere-p0").text)["content"][0]
    ad = page("smartrecruiters", "detail-automationanywhere-jobad")
    job = spider.parse_job({**row, **json.loads(ad.text)}, ad)
    assert "<h3>Job Description</h3>\n<p>Pricing analysts work with complex data" in job.description
    assert "Qualifications" not in job.description, "it is empty there"


def test_the_page_of_departments_is_no_list_of_jobs():
    with pytest.raises(Unreadable):
        jobs("greenhouse", "departments-stripe")


@pytest.mark.parametrize("board", sorted(ADDRESSES))
def test_no_healthy_answer_bears_a_mark(board):
    spider = offline_spider(board, get_project_settings())
    for path in (CAPTURES / board).glob("*.json"):
        assert find_mark(page(board, path.stem), spider.blocks) is None
