"""Each way in which a board fails ends with the right outcome, a sentence that a person understands, the right exit
code, and the jobs seen so far stored.
"""

import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from itertools import pairwise

import pytest
from processes import environment, setting_words

from jobspiders.simboards.launch import launch

JOBS = 90


@pytest.fixture(scope="module")
def boards():
    with launch(jobs=JOBS) as running:
        yield running


@pytest.fixture
def crawl(boards, tmp_path):
    """Crawls a replica with a fault, as `scrapy crawl` would the board, only quicker."""

    def run(board, *faults, arguments=(), settings=()):
        boards.set_fault(*faults)
        given = {
            **boards.settings,
            "DOWNLOAD_DELAY": 0,
            "AUTOTHROTTLE_ENABLED": False,
            "CONCURRENT_REQUESTS_PER_DOMAIN": 8,
            "RETRY_BACKOFF": 0.3,
            "RETRY_TIMES": 2,
            "BREAKER_PAUSE": 0.3,
            "DOWNLOAD_TIMEOUT": 5,
            **dict(settings),
        }
        command = [sys.executable, "-m", "scrapy", "crawl", board, *setting_words(given)]
        command += [part for name, value in dict(arguments).items() for part in ("-a", f"{name}={value}")]
        start = time.monotonic()
        done = subprocess.run(
            command, check=False, cwd=tmp_path, env=environment(), capture_output=True, text=True, timeout=100
        )
        done.seconds = time.monotonic() - start
        return done

    return run


def rows(folder, query):
    with closing(sqlite3.connect(folder / "jobs.db")) as file:
        file.row_factory = sqlite3.Row
        return [dict(row) for row in file.execute(query)]


def stored(folder):
    return rows(folder, "SELECT count(*) AS number FROM jobs")[0]["number"]


def last_run(folder):
    return rows(folder, "SELECT * FROM scrape_runs ORDER BY started_at DESC LIMIT 1")[0]


@pytest.mark.parametrize(
    ("board", "faults", "outcome", "code", "says", "jobs"),
    [
        ("glints", ["glints:wall:page=2"], "truncated", 4, "login", 30),
        ("lokerid", ["lokerid:challenge:after=2"], "truncated", 4, "Cloudflare's challenge", 38),
        ("lokerid", ["lokerid:challenge"], "blocked", 3, "Cloudflare's challenge", 0),
        ("lokerid", ["lokerid:403"], "blocked", 3, "access denied", 0),
        ("lokerid", ["lokerid:empty"], "empty", 0, "says that there is nothing", 0),
        ("lokerid", ["lokerid:layout"], "drifted", 4, "has changed", 0),
        ("jobstreet", ["jobstreet:layout"], "drifted", 4, "has changed", 0),
        ("lokerid", ["lokerid:robots"], "robots", 3, "robots.txt forbids", 0),
        ("lokerid", ["lokerid:reset:after=2"], "truncated", 4, "the connection", 38),
        ("lokerid", ["lokerid:reset"], "failed", 1, "the connection", 0),
        ("lokerid", ["lokerid:reset:after=2:times=1"], "complete", 0, "to the end", JOBS),
        ("lokerid", ["lokerid:garbage"], "failed", 1, "neither a web page nor JSON", 0),
        ("lokerid", ["lokerid:garbage:after=2"], "truncated", 4, "a page could not be read", 38),
        ("lokerid", ["lokerid:503:after=2"], "truncated", 4, "service unavailable", 38),
        ("jobstreet", ["jobstreet:error:path=/graphql"], "truncated", 4, "", 0),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else None,
)
def test_a_fault_ends_a_run_honestly(crawl, tmp_path, board, faults, outcome, code, says, jobs):
    done = crawl(board, *faults)
    run = last_run(tmp_path)
    assert (run["outcome"], done.returncode) == (outcome, code), done.stderr
    assert says in run["reason"]
    assert f"{board}: {outcome} - {run['reason']}" in done.stderr
    assert stored(tmp_path) >= jobs
    if not jobs and outcome != "truncated":
        assert stored(tmp_path) == 0
    assert (tmp_path / "drifted").exists() == (outcome == "drifted") == bool(run["message"])


def test_a_name_that_cannot_be_resolved_is_a_failure_in_words(crawl, tmp_path):
    really = {"DOWNLOAD_HANDLERS": "{}", "RETRY_TIMES": 1, "RETRY_BACKOFF": 0.1}
    done = crawl("jsonld", arguments={"start_url": "https://jobs.invalid/list"}, settings=really)
    assert done.returncode == 1
    assert "jsonld: failed - the board's name cannot be resolved" in done.stderr
    assert last_run(tmp_path)["reason"] == "the board's name cannot be resolved"
    (dead,) = rows(tmp_path, "SELECT * FROM failed_requests")
    assert (dead["url"], dead["attempts"]) == ("https://jobs.invalid/list", 2)


@pytest.mark.parametrize(
    ("fault", "holds"),
    [
        ("lokerid:layout", '"jobsNew"'),  # nothing can be read
        ("lokerid:layout:keys=types+job_type", "typesNew"),  # jobs come, a field does not
    ],
)
def test_a_page_of_a_drift_is_kept_for_whoever_mends_the_board(crawl, tmp_path, fault, holds):
    done = crawl("lokerid", fault)
    page = tmp_path / "drifted" / "lokerid.html"
    message = last_run(tmp_path)["message"]
    assert f"kept: {page} (a listing, from https://www.loker.id/cari-lowongan-kerja" in message
    assert message in done.stderr
    text = page.read_text()
    assert holds in text
    assert "Rekaan" in text, "the page's data are there"
    assert len(text) <= 250_000


def test_too_many_requests_are_waited_out_as_long_as_the_board_says(crawl, tmp_path):
    done = crawl("lokerid", "lokerid:429:after=2:times=1:retry_after=5")
    assert last_run(tmp_path)["outcome"] == "complete"
    assert done.returncode == 0
    assert stored(tmp_path) == JOBS
    assert done.seconds > 5


def test_a_passing_error_is_tried_again_and_nothing_is_lost(crawl, tmp_path):
    done = crawl("jobstreet", "jobstreet:503:share=0.1", settings={"RETRY_TIMES": 6})
    assert last_run(tmp_path)["outcome"] == "complete", done.stderr
    assert stored(tmp_path) == JOBS


def test_the_attempts_come_at_growing_distances_and_end_as_a_dead_letter(crawl, boards, tmp_path):
    crawl(
        "lokerid", "lokerid:503:status=502:after=1", settings={"RETRY_BACKOFF": 2, "RETRY_LONGEST": 3, "RETRY_TIMES": 3}
    )
    (dead,) = rows(tmp_path, "SELECT * FROM failed_requests")
    assert dead["attempts"] == 4
    assert dead["error"] == "the board's server failed (502)"
    times = [row["at"] for row in boards.log() if row["path"].startswith("/cari-lowongan-kerja/page/2")][-4:]
    gaps = [later - sooner for sooner, later in pairwise(times)]
    assert 1.0 <= gaps[0] <= 2.5
    assert 1.5 <= gaps[1] <= 3.5, "4 s, capped at 3"
    assert 1.5 <= gaps[2] <= 3.5


def test_a_cut_off_page_keeps_its_whole_cards(crawl, tmp_path):
    crawl("lokerid", "lokerid:cut:after=2", settings={"RETRY_TIMES": 0})
    assert last_run(tmp_path)["outcome"] == "truncated"
    assert stored(tmp_path) >= 20
