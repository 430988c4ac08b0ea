"""Every key that a real capture has is in the replica's answer, too, with a value of the same kind."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from jobspiders.simboards.board import Answer
from jobspiders.simboards.linkedin import SEARCH
from jobspiders.simboards.lokerid import LISTING
from jobspiders.simboards.ycombinator_wire import company_path, path

CAPTURES = Path(__file__).parents[3] / "shared" / "captures"
KINDS = {int: "number", float: "number"}
# What no crawler reads: echoes of the request, tokens, the page's own state, adverts, a search engine's figures.
PASSED_OVER = re.compile(
    r"searchParams|mordor|requestToken|solMetadata\.(token|keywords|tags)"
    r"|rails_context|learningInsights|seoInfo|xRealIp|jobPending|pageLoadedCount|CorrelationId"
)


@pytest.fixture
def capture():
    def read(name: str) -> str:
        file = CAPTURES / name
        if not file.exists():
            pytest.skip(f"the capture {name} is not here")
        return file.read_text("utf-8")

    return read


def shape(value: object, at: str = "") -> dict[str, set[str]]:
    """The kinds of value at every key path; members of a list share one."""
    if isinstance(value, dict | list):
        members = value.items() if isinstance(value, dict) else (("[]", member) for member in value)
        found: dict[str, set[str]] = {at: {type(value).__name__}}
        for name, member in members:
            for where, kinds in shape(member, f"{at}.{name}").items():
                found.setdefault(where, set()).update(kinds)
        return found
    return {at: set() if value is None else {KINDS.get(type(value), type(value).__name__)}}


def assert_has(ours: object, real: object, passed_over: re.Pattern[str] = PASSED_OVER) -> None:
    played = shape(ours)
    for where, kinds in shape(real).items():
        if not passed_over.search(where):
            assert where in played, f"{where} is not played"
            assert kinds <= played[where] or not played[where], f"{where} is {kinds}, not {played[where]}"


def test_glints_search(ask, read, capture):
    sent = json.loads(capture("glints/nexjob-request-searchJobsV3.json"))
    sent["variables"]["data"]["pageSize"] = 30
    ours = read(ask("glints", 30).post("/api/v2-alc/graphql", sent))
    assert_has(ours, json.loads(capture("glints/nexjob-searchJobsV3-2025-11-12.json")))


def test_glints_job(ask, read, capture):
    sent = json.loads(capture("glints/nexjob-request-getJobDetailsById.json"))
    site = ask("glints", 30)
    ours = []
    for job in site.site.jobs:
        sent["variables"]["opportunityId"] = job.id
        ours.append(read(site.post("/api/v2-alc/graphql", sent)))
    assert_has(ours, [json.loads(capture("glints/nexjob-getJobById-2025-11-12.json"))])


def test_glints_page(ask, read, capture):
    real = read(Answer(capture("glints/lokerbot-listing-trimmed-2026-03-16.html").encode()), "next")
    assert_has(read(ask("glints", 30).get("/id/lowongan-kerja"), "next"), real)


@pytest.mark.parametrize(
    "name",
    [
        "arif-search-v5-id-frontend-page-1-2024-11.json",
        "nexjob-search-v5-2025-11-11.json",
        "myjobspy-search-v5-MY-trimmed-2026-09-23.json",
    ],
)
def test_jobstreet_search(name, ask, read, capture):
    ours = read(ask("jobstreet", 100).get("/api/jobsearch/v5/search", pageSize=100, where="Jakarta"))
    assert_has(ours, json.loads(capture(f"jobstreet/{name}")))


def test_jobstreet_search_page(ask, read, capture):
    text = capture("jobstreet/rzkinhfiz-search-page-en-2026-05-20.html")
    real = read(Answer(text.encode()), "redux")["results"]
    site = ask("jobstreet", 90)
    answers = [site.get("/jobs", page=number) for number in (1, 2, 3)]
    rows = [row for answer in answers for row in read(answer, "redux")["results"]["results"]["jobs"]]
    assert_has(rows, real["results"]["jobs"], re.compile("mordor|__typename"))
    played = {name for answer in answers for name in automation(answer.body.decode())}
    assert {name for name in automation(text) if name.startswith("job")} - played <= {"job-list-item-link-overlay"}


def automation(text: str) -> set[str]:
    """The hooks within the cards of a search page."""
    cards = re.findall(r"<article.*?</article>", text, re.DOTALL)
    return {name for card in cards for name in re.findall(r'data-automation="([^"]*)"', card)}


def test_jobstreet_job_page(ask, read, capture):
    text = capture("jobstreet/nexjob-detail-page-id-2025-11-11.html")
    site = ask("jobstreet", 30)
    answers = [site.get(f"/id/job/{job.id}") for job in site.site.jobs]
    ours = [read(answer, "redux")["jobdetails"]["result"] for answer in answers]
    assert_has(ours, [read(Answer(text.encode()), "redux")["jobdetails"]["result"]])
    for name in ("job-detail-title", "advertiser-name", "job-detail-location", "job-detail-work-type", "jobAdDetails"):
        assert f'data-automation="{name}"' in text
        assert f'data-automation="{name}"' in answers[0].body.decode()


def test_lokerid_list(ask, read, capture):
    # The capture was cut after its first job.
    real = json.loads(capture("lokerid/nexjob-search-data-2025-11-12.json") + "]}")
    assert_has(read(ask("lokerid", 20).get(LISTING, _data="")), real)


def test_ycombinator_company(ask, read, capture):
    real = read(Answer(capture("ycombinator/list-diode.html").encode()), "inertia")
    site = ask("ycombinator", 40)
    ours = [read(site.get(f"{company_path(job.employer)}/jobs"), "inertia") for job in site.site.jobs]
    assert_has(ours, [real])


@pytest.mark.parametrize("kind", ["inertia", "ld"])
@pytest.mark.parametrize("name", ["detail-diode-senior.html", "detail-loombotic-software.html"])
def test_ycombinator_job(name, kind, ask, read, capture):
    real = read(Answer(capture(f"ycombinator/{name}").encode()), kind)
    site = ask("ycombinator", 40)
    assert_has([read(site.get(path(job)), kind) for job in site.site.jobs], [real])


@pytest.mark.parametrize("name", ["us-portland-data-analyst-2026-02", "in-flutter-fromage1-2026-05"])
def test_indeed_search(name, ask, read, capture):
    def rows(answer):
        return read(answer, "mosaic")["metaData"]["mosaicProviderJobCardsModel"]["results"]

    ours = [row for host in ("www.indeed.com", "id.indeed.com") for row in rows(ask(host, 15).get("/jobs"))]
    passed_over = re.compile("mouseDownHandlerOption|moreLinks|jobSeekerMatchSummaryModel")
    assert_has(ours, rows(Answer(capture(f"indeed/search-{name}.html").encode())), passed_over)


def test_indeed_job(ask, read, capture):
    real = read(Answer(capture("indeed/detail-viewjob-au-2026-08.html").encode()), "initial")
    site = ask("indeed", 40)
    ours = [read(site.get("/viewjob", jk=job.id), "initial") for job in site.site.jobs]
    # The page's state has a hundred parts more, of which no crawler reads one.
    parts = set(ours[0]) - {"localeData"}
    real["hostQueryExecutionResult"] = {"data": {"jobData": real["hostQueryExecutionResult"]["data"]["jobData"]}}
    del real["hostQueryExecutionResult"]["data"]["jobData"]["results"][0]["matchComparisonResult"]
    del real["hiringInsightsModel"]
    assert_has(ours, [{name: value for name, value in real.items() if name in parts}])


HOOKS = re.compile(
    r'(?<=[" ])(?:base-search-card|job-search-card|topcard|description__job-criteria|show-more-less-html__markup)[\w-]*'
)


@pytest.mark.parametrize("name", ["api-fragment-au-2026-06", "cards-il-2022-12"])
def test_linkedin_cards(name, ask, capture):
    site = ask("linkedin", 100)
    ours = "".join(site.get(SEARCH, start=start).body.decode() for start in range(0, 100, 10))
    real = set(HOOKS.findall(capture(f"linkedin/search-{name}.html")))
    assert real - {"base-search-card__metadata", "job-search-card__benefits"} <= set(HOOKS.findall(ours))


def test_linkedin_job(ask, capture):
    site = ask("linkedin", 30)
    ours = "".join(site.get(f"/jobs/view/{job.id}").body.decode() for job in site.site.jobs)
    real = set(HOOKS.findall(capture("linkedin/detail-page-au-2026-08.html")))
    passed_over = {"topcard__flavor--black-link", "description__job-criteria-text--criteria"}
    assert {hook for hook in real if "clamp" not in hook} - passed_over <= set(HOOKS.findall(ours))
