"""The replicas of employers' recruiting software, each crawled by its own spider: every job, every field."""

from __future__ import annotations

import json
import re

import pytest
from offline import crawl
from test_sim_shapes import CAPTURES, assert_has

from jobspiders.simboards.boards import BOARDS
from jobspiders.simboards.catalogue import ended
from jobspiders.simboards.profiles import PROFILES
from jobspiders.simboards.tenants import employers, tenant_of
from jobspiders.spiders.ashby import Ashby
from jobspiders.spiders.greenhouse import Greenhouse
from jobspiders.spiders.lever import Lever
from jobspiders.spiders.recruitee import Recruitee
from jobspiders.spiders.smartrecruiters import SmartRecruiters
from jobspiders.spiders.workable import Workable

SPIDERS = {spider.name: spider for spider in (Ashby, Greenhouse, Lever, Recruitee, SmartRecruiters, Workable)}
LISTS = {
    "ashby": "/posting-api/job-board/{}",
    "greenhouse": "/v1/boards/{}/jobs",
    "lever": "/v0/postings/{}",
    "recruitee": "/api/offers/",
    "smartrecruiters": "/v1/companies/{}/postings",
    "workable": "/api/v1/widget/accounts/{}",
}
# The advertiser's own slip, which must not be believed.
MISREAD = {"recruitee": {"salary"}}


@pytest.fixture(params=sorted(SPIDERS))
def name(request):
    return request.param


@pytest.fixture(scope="module")
def crawled():
    return {name: crawl(name, 120) for name in SPIDERS}


def test_every_job_as_it_is(name, crawled):
    found, board = crawled[name], BOARDS[name]
    wanted = {job.id: job for job in found.site.jobs}
    assert not found.errors
    assert found.jobs.keys() == wanted.keys()
    for known, job in found.jobs.items():
        expected = board.expected(wanted[known])
        assert {field: getattr(job, field) for field in expected} == expected
        assert set(job.unread) <= MISREAD.get(name, set())
        assert job.complete
        text = " ".join((job.description_text or "").split())
        assert all(sentence in text for sentence in wanted[known].sentences)


def test_the_example_names_all_employers(name):
    assert SPIDERS[name].example_arguments["tenant"].split(",") == list(employers(name))


def test_only_what_was_asked_for(name):
    one = list(employers(name))[1]
    found = crawl(name, 60, tenant=one)
    assert set(found.jobs) == {job.id for job in found.site.jobs if tenant_of(job) == one}
    some = crawl(name, 60, tenant=one, offset="2", results_wanted="5")
    assert [posting.source_id for posting in some.postings] == list(found.jobs)[2:7]


@pytest.mark.parametrize(
    ("name", "failed"), [(name, int(name != "smartrecruiters")) for name in sorted(LISTS) if name != "recruitee"]
)
def test_an_unknown_tenant(name, failed):
    """SmartRecruiters answers as for an employer without jobs, the others say so; on Recruitee it is another host."""
    found = crawl(name, 20, tenant="imaginary-robotics,nobody")
    assert set(found.jobs) == {job.id for job in found.site.jobs if tenant_of(job) == "imaginary-robotics"}
    assert found.stats.get("listing/failed", 0) == failed


def test_ended_jobs_are_not_listed_as_open(name, crawled):
    found = crawled[name]
    past = {job.id for job in ended(name, 120, now=found.site.now)}
    assert past
    assert not past & set(found.jobs)


def test_pages_of_a_hundred_add_up():
    found = crawl("smartrecruiters", 360, fetch_description="false")
    pages = [url for _, url in found.asked if "offset=" in url]
    counts = [sum(tenant_of(job) == one for job in found.site.jobs) for one in employers("smartrecruiters")]
    assert max(counts) > 100
    assert len(pages) == sum(-(-count // 100) for count in counts)
    assert set(found.jobs) == {job.id for job in found.site.jobs}


def test_workable_pages_of_the_other_list_add_up(ask, read):
    site = ask("workable", 100)
    shown, body = [], {"query": ""}
    while True:
        page = read(site.post("/api/v3/accounts/imaginary-robotics/jobs", body))
        shown += [row["shortcode"] for row in page["results"]]
        if "nextPage" not in page:
            break
        body = {"query": "", "token": page["nextPage"]}
    assert len(shown) == len(set(shown)) == page["total"]


def test_workable_repeats_a_job_for_each_place(ask, read):
    rows = read(ask("workable", 100).get(LISTS["workable"].format("imaginary-robotics")))["jobs"]
    assert len({row["shortcode"] for row in rows}) < len(rows)
    assert "description" not in rows[0]


@pytest.mark.parametrize(
    ("board", "path"),
    [
        ("greenhouse", "/v1/boards/{}/jobs/{}"),
        ("lever", "/v0/postings/{}/{}"),
        ("smartrecruiters", "/v1/companies/{}/postings/{}"),
        ("workable", "/api/v2/accounts/{}/jobs/{}"),
    ],
)
def test_jobs_alone(board, path, ask, read):
    site = ask(board, 40)
    for job in site.site.known.values():
        given = site.get(path.format(tenant_of(job), job.id))
        assert given.status == (404 if job.closed else 200)
    assert site.get(path.format("nobody", "1")).status == 404


def test_pay_hides_in_three_places(ask, read):
    rows = read(ask("greenhouse", 120).get(LISTS["greenhouse"].format("imaginary-robotics"), content="true"))["jobs"]
    fields = sum(any(field["value_type"] == "currency_range" for field in row["metadata"]) for row in rows)
    blocks = sum("pay-range" in row["content"] for row in rows)
    assert 0 < fields < blocks < len(rows)
    assert all("<" not in row["content"] for row in rows)


# What no crawler reads: forms, translations, what only some employers have.
PASSED_OVER = re.compile(r"metadata\.\[\]\.value|data_compliance|translations|translation|customField|dynamic|open_q")


@pytest.mark.parametrize(
    ("board", "file"),
    [
        ("ashby", "board-linear-comp.json"),
        ("ashby", "board-notion.json"),
        ("ashby", "board-srijan-5.json"),
        ("greenhouse", "list-gitlab-content.json"),
        ("greenhouse", "list-gong.json"),
        ("greenhouse", "list-phonepe-content.json"),
        ("greenhouse", "list-stripe-nocontent.json"),
        ("lever", "list-5.json"),
        ("lever", "list-idealist.json"),
        ("lever", "list-matchgroup-salary.json"),
        ("recruitee", "offers-aikido.json"),
        ("recruitee", "offers-espeo.json"),
        ("smartrecruiters", "list-automationanywhere-p0.json"),
        ("smartrecruiters", "list-visa.json"),
        ("workable", "v1-widget-workable.json"),
        ("workable", "v1-widget-zaelab-duprows.json"),
    ],
)
def test_a_list_has_every_key_of_a_real_one(board, file, ask, read):
    if not (CAPTURES / board / file).exists():
        pytest.skip("the capture is not here")
    query = {"content": "true", "includeCompensation": "true", "details": "true", "limit": 100}
    site = ask(board, 120)
    ours = read(site.get(LISTS[board].format(next(iter(employers(board)))), **query))
    assert_has(ours, json.loads((CAPTURES / board / file).read_text("utf-8")), PASSED_OVER)


@pytest.mark.parametrize(
    ("board", "file", "path"),
    [
        ("greenhouse", "detail-gong.json", "/v1/boards/{}/jobs/{}"),
        ("smartrecruiters", "detail-visa.json", "/v1/companies/{}/postings/{}"),
        ("smartrecruiters", "detail-automationanywhere-jobad.json", "/v1/companies/{}/postings/{}"),
    ],
)
def test_a_job_has_every_key_of_a_real_one(board, file, path, ask, read):
    if not (CAPTURES / board / file).exists():
        pytest.skip("the capture is not here")
    site = ask(board, 30)
    ours = [read(site.get(path.format(tenant_of(job), job.id))) for job in site.site.jobs]
    assert_has(ours, [json.loads((CAPTURES / board / file).read_text("utf-8"))], PASSED_OVER)


def test_the_other_list_of_workable_has_every_key_of_a_real_one(ask, read):
    file = CAPTURES / "workable" / "v3-list-huggingface.json"
    if not file.exists():
        pytest.skip("the capture is not here")
    ours = read(ask("workable", 60).post("/api/v3/accounts/imaginary-robotics/jobs", {}))
    assert_has(ours, json.loads(file.read_text("utf-8")))


def test_three_employers_share_the_jobs(name, crawled):
    assert PROFILES[name].employers == 3
    assert {tenant_of(job) for job in crawled[name].site.jobs} == set(employers(name))
