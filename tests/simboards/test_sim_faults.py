"""Faults as data: reading them, when they strike, what is answered then."""

from __future__ import annotations

import json

import pytest

from jobspiders.simboards.board import Asked
from jobspiders.simboards.boards import BOARDS
from jobspiders.simboards.faults import BadFault, Duty, answer, read_fault
from jobspiders.simboards.ycombinator_wire import path

GLINTS = BOARDS["glints"]


def page_asked(number=1):
    return Asked("GET", "glints.com", "/id/lowongan-kerja", {"page": str(number)})


@pytest.mark.parametrize(
    "text",
    [
        "glints:429",
        "jobstreet:429:times=3:retry_after=5",
        "all:slow:seconds=0.5",
        "lokerid:layout:keys=title+job_salary",
        "ycombinator:403:path=/companies/.*/jobs$:after=4:share=0.25",
        "glints:wall:page=4:status=200",
    ],
)
def test_a_fault_reads_as_it_is_written(text):
    fault = read_fault(text, BOARDS)
    assert read_fault(str(fault), BOARDS) == fault
    assert set(str(fault).split(":")) == set(text.split(":"))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("nowhere:429", "the board is one of [a-z]+, "),
        ("glints", "the kind is one of 429, 403"),
        ("glints:418", "the kind is one of 429, 403"),
        ("glints:429:often=3", "options are path, after"),
        ("glints:429:times", "options are path, after"),
        ("glints:429:times=many", "options are path, after"),
        ("glints:429:path=(", "options are path, after"),
    ],
)
def test_what_is_no_fault(text, message):
    with pytest.raises(BadFault, match=message):
        read_fault(text, BOARDS)


@pytest.mark.parametrize(
    ("options", "struck"),
    [
        ("", "xxxxxxxxxxxx"),
        (":after=3", "...xxxxxxxxx"),
        (":times=2", "xx.........."),
        (":after=1:times=2", ".xx........."),
        (":share=0.5", ".x.x.x.x.x.x"),
        (":share=0.25:after=2:times=2", ".....x...x.."),
    ],
)
def test_when_it_strikes(options, struck):
    duty = Duty(read_fault(f"glints:403{options}", BOARDS))
    turns = [duty.strikes(GLINTS, page_asked(), "/id/lowongan-kerja") for _ in struck]
    assert "".join("x" if turn else "." for turn in turns) == struck
    assert (duty.met, duty.struck) == (len(struck), struck.count("x"))


@pytest.mark.parametrize(
    ("text", "board", "path", "strikes"),
    [
        ("glints:403", "glints", "/id/lowongan-kerja", True),
        ("glints:403", "lokerid", "/cari-lowongan-kerja", False),
        ("all:403", "lokerid", "/cari-lowongan-kerja", True),
        ("glints:403", "glints", "/robots.txt", False),
        ("glints:403:path=robots", "glints", "/robots.txt", True),
        ("glints:robots", "glints", "/robots.txt", True),
        ("glints:robots", "glints", "/id/lowongan-kerja", False),
        ("jobstreet:403:path=^/graphql", "jobstreet", "/graphql", True),
        ("jobstreet:403:path=^/graphql", "jobstreet", "/api/jobsearch/v5/search", False),
    ],
)
def test_whom_it_strikes(text, board, path, strikes):
    asked = Asked("GET", "any", path)
    assert Duty(read_fault(text, BOARDS)).strikes(BOARDS[board], asked, path) is strikes


@pytest.mark.parametrize(
    ("board", "asked", "number"),
    [
        ("glints", page_asked(number=3), 3),
        ("glints", Asked("POST", "", "/api/v2-alc/graphql", {}, b'{"variables": {"data": {"page": 3}}}'), 3),
        ("glints", Asked("POST", "", "/api/v2-alc/graphql", {}, b'{"variables": {"opportunityId": "x"}}'), None),
        ("jobstreet", Asked("GET", "", "/api/jobsearch/v5/search", {"page": "3"}), 3),
        ("jobstreet", Asked("GET", "", "/id/jobs", {"page": "3"}), 3),
        ("jobstreet", Asked("GET", "", "/id/job/12345678", {}), None),
        ("lokerid", Asked("GET", "", "/cari-lowongan-kerja/page/3"), 3),
        ("lokerid", Asked("GET", "", "/cari-lowongan-kerja"), 1),
        ("lokerid", Asked("GET", "", "/cari-lowongan-kerja", {"jobid": "1"}), None),
        ("ycombinator", Asked("GET", "", "/jobs/role/designer"), 1),
        ("ycombinator", Asked("GET", "", "/companies/x/jobs"), 1),
        ("ycombinator", Asked("GET", "", "/companies/x/jobs/AbCdEfG-engineer"), None),
    ],
)
def test_the_page_that_a_wall_counts(board, asked, number):
    assert BOARDS[board].page(asked) == number
    wall = Duty(read_fault(f"{board}:wall:page=3", BOARDS))
    assert wall.strikes(BOARDS[board], asked, asked.path) is (number == 3)


def struck(ask, text, asked=None, board="glints"):
    site = ask(board, 40).site
    return answer(BOARDS[board], site, asked or page_asked(), read_fault(text, BOARDS))


@pytest.mark.parametrize(
    ("text", "status", "mark"),
    [
        ("glints:429", 429, b"Sorry"),
        ("glints:403", 403, b"Sorry"),
        ("glints:503", 503, b"Sorry"),
        ("glints:challenge", 200, b"<title>Just a moment...</title>"),
        ("glints:challenge:status=403", 403, b"cf-browser-verification"),
        ("glints:wall", 403, b"login-form-password"),
    ],
)
def test_refusals(text, status, mark, ask):
    refused = struck(ask, text)
    assert refused.status == status
    assert mark in refused.body


def test_retry_after(ask):
    assert struck(ask, "glints:429:retry_after=7").headers == {"Retry-After": "7"}
    assert struck(ask, "glints:429").headers == {}


def test_wall_in_graphql(ask):
    refused = struck(ask, "glints:wall", Asked("POST", "glints.com", "/api/v2-alc/graphql"))
    body = json.loads(refused.body)
    assert refused.status == 403
    assert (body["errors"][0]["extensions"]["code"], body["isAuthenticated"]) == ("NO_PERMISSION", False)


def test_error_inside_200(ask):
    refused = struck(ask, "jobstreet:error", Asked("POST", "id.jobstreet.com", "/graphql"), "jobstreet")
    body = json.loads(refused.body)
    assert (refused.status, body["data"]) == (200, {"jobDetails": None})
    assert body["errors"][0] == {"message": "Too many requests.", "extensions": {"code": "RATE_LIMITED"}}


@pytest.mark.parametrize(
    ("board", "path", "kind"),
    [
        ("glints", "/id/lowongan-kerja", "next"),
        ("jobstreet", "/api/jobsearch/v5/search", "json"),
        ("jobstreet", "/jobs", "redux"),
        ("lokerid", "/cari-lowongan-kerja", "remix"),
        ("ycombinator", "/jobs", "inertia"),
    ],
)
def test_empty_is_the_boards_own_statement(board, path, kind, ask, read):
    empty = struck(ask, f"{board}:empty", Asked("GET", "", path), board)
    (jobs,) = lists_of_jobs(read(empty, kind))
    assert (empty.status, jobs) == (200, [])


def lists_of_jobs(value):
    members = value.items() if isinstance(value, dict) else ()
    found = [member for name, member in members if name in {"jobsInPage", "data", "jobs", "jobPostings"}]
    deeper = [jobs for _, member in members for jobs in lists_of_jobs(member)]
    return [jobs for jobs in found if isinstance(jobs, list)] + deeper


def test_empty_spares_the_jobs_own_pages(ask):
    site = ask("ycombinator", 40).site
    asked = Asked("GET", "", path(site.jobs[0]))
    assert answer(BOARDS["ycombinator"], site, asked, read_fault("ycombinator:empty", BOARDS)).status == 200


def test_layout_renames_all_keys_and_hooks(ask, read):
    body = struck(ask, "glints:layout").body
    assert b'"jobsInPageNew":' in body
    assert b'"title":' not in body
    assert b" data-gtm-job-id-new=" in body
    inertia = read(struck(ask, "ycombinator:layout:keys=title", Asked("GET", "", "/jobs"), "ycombinator"), "inertia")
    assert {"titleNew", "url"} <= set(inertia["props"]["jobPostings"][0])


def test_layout_renames_some_keys(ask, read):
    jobs = read(struck(ask, "glints:layout:keys=company+salaries"), "next")["props"]["pageProps"]["initialJobs"]
    names = set(jobs["jobsInPage"][0])
    assert {"companyNew", "salariesNew", "title"} <= names
    assert not names & {"company", "salaries"}


def test_garbage(ask):
    body = struck(ask, "glints:garbage").body
    assert len(body) == 10_000_000
    assert len(set(body[:10_000])) == 256


def test_robots(ask):
    asked = Asked("GET", "glints.com", "/robots.txt")
    site = ask("glints", 5).site
    assert answer(GLINTS, site, asked, None).body == b"User-agent: *\nAllow: /\n"
    assert answer(GLINTS, site, asked, read_fault("glints:robots", BOARDS)).body == b"User-agent: *\nDisallow: /\n"
