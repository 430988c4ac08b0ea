"""Requests that were given up on: seen, tried again, through; embedded and over Redis."""

import json
import sqlite3
from contextlib import closing

import pytest
from processes import setting_words
from servers import valkey

from jobspiders.frontier.letters import anew, body
from jobspiders.simboards.launch import launch

JOBS = 50


@pytest.fixture(scope="module")
def boards():
    with launch(jobs=JOBS) as running:
        yield running


@pytest.fixture
def quick(scrapy, boards, tmp_path):
    """Runs a command over the replicas, without waiting."""
    given = {
        **boards.settings, "DOWNLOAD_DELAY": 0, "AUTOTHROTTLE_ENABLED": False, "RETRY_BACKOFF": 0.2, "RETRY_TIMES": 1,
        "BREAKER_PAUSE": 0.2, "BREAKER_WALLS": 50, "LOG_LEVEL": "ERROR",
    }  # fmt: skip

    def run(*arguments, **variables):
        return scrapy(*arguments, *setting_words(given), cwd=tmp_path, **variables)

    yield run
    boards.clear_faults()


def rows(folder, query):
    with closing(sqlite3.connect(folder / "jobs.db")) as file:
        file.row_factory = sqlite3.Row
        return [dict(row) for row in file.execute(query)]


def listed(done):
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_what_was_given_up_on_comes_back_and_comes_through(quick, boards, tmp_path):
    boards.set_fault("jobstreet:503:status=502:path=/graphql", "lokerid:503:status=502:path=/page/2")
    quick("crawl", "jobstreet", "-a", "results_wanted=5")
    assert quick("crawl", "lokerid").returncode == 4
    letters = listed(quick("requeue", "--list"))
    assert {letter["site_name"] for letter in letters} == {"jobstreet", "lokerid"}
    assert {(letter["attempts"], letter["error"]) for letter in letters} == {(2, "the board's server failed (502)")}
    (page,) = [letter for letter in letters if letter["site_name"] == "lokerid"]
    assert page["url"].endswith("/cari-lowongan-kerja/page/2")
    incomplete = rows(tmp_path, "SELECT count(*) AS n FROM jobs WHERE NOT complete")[0]["n"]
    assert incomplete == len(letters) - 1 > 0

    again = quick("requeue", "lokerid")
    assert again.returncode != 0, "the fault is still there"
    assert f"0 of 1 dead letters came through.\n  {page['id']} {page['url']}: the board's server failed" in again.stderr

    boards.clear_faults()
    through = quick("requeue")
    assert through.returncode == 0, through.stderr
    assert f"{len(letters)} of {len(letters)} dead letters came through." in through.stderr
    assert rows(tmp_path, "SELECT * FROM failed_requests") == []
    assert rows(tmp_path, "SELECT count(*) AS n FROM jobs WHERE NOT complete")[0]["n"] == 0
    assert rows(tmp_path, "SELECT count(*) AS n FROM jobs WHERE job_source = 'lokerid'")[0]["n"] == JOBS


def test_a_run_of_dead_letters_closes_no_job(quick, boards, tmp_path):
    """Whoever reads one page has not seen that all other jobs are gone."""
    assert quick("crawl", "lokerid").returncode == 0
    boards.set_fault("lokerid:503:status=502:path=/page/3")
    quick("crawl", "lokerid")
    boards.clear_faults()
    done = quick("requeue", "lokerid")
    assert done.returncode == 0, done.stderr
    assert "lokerid: complete - read 1 listing page" in done.stderr
    assert rows(tmp_path, "SELECT source_id FROM jobs WHERE closed_at IS NOT NULL") == []
    (run,) = rows(tmp_path, "SELECT * FROM scrape_runs WHERE \"trigger\" = 'requeue'")
    assert (run["outcome"], run["status"]) == ("complete", "succeeded")


def test_each_search_goes_on_as_what_it_was(quick, boards, tmp_path):
    boards.set_fault("greenhouse:503:status=502")
    quick("crawl", "greenhouse", "-a", "tenant=imaginary-robotics")
    boards.clear_faults()
    done = quick("requeue")
    assert done.returncode == 0, done.stderr
    (run,) = rows(tmp_path, "SELECT * FROM scrape_runs WHERE \"trigger\" = 'requeue'")
    assert json.loads(run["search"]) == {"tenant": "imaginary-robotics"}
    assert rows(tmp_path, "SELECT count(*) AS n FROM jobs")[0]["n"] > 0


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["nowhere"], 2, "no board is called 'nowhere'"),
        (["--id", "abc"], 1, "there is no dead letter abc."),
        ([], 0, "no request was given up on."),
    ],
)
def test_what_cannot_be_meant_is_one_line(scrapy, tmp_path, arguments, code, says):
    done = scrapy("requeue", *arguments, cwd=tmp_path, LOG_LEVEL="ERROR")
    assert (done.returncode, done.stdout) == (code, "")
    assert says in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_over_redis_the_workers_take_them(quick, boards, tmp_path):
    boards.set_fault("lokerid:503:status=502:path=/page/2")
    assert quick("crawl", "lokerid").returncode == 4
    boards.clear_faults()
    away = quick("requeue", REDIS_URL="redis://127.0.0.1:1")
    assert (away.returncode, len(away.stderr.splitlines())) == (2, 1)
    with valkey() as redis:
        handed = quick("requeue", REDIS_URL=redis.url)
        assert handed.returncode == 0, handed.stderr
        assert "lokerid: 1 handed to the workers, 1 wait" in handed.stderr
        assert len(rows(tmp_path, "SELECT * FROM failed_requests")) == 1, "it is a letter until it came through"
        worker = quick("crawl", "lokerid", "-s", "FRONTIER_SEEDS=0", REDIS_URL=redis.url)
        assert worker.returncode == 0, worker.stderr
    assert rows(tmp_path, "SELECT * FROM failed_requests") == []
    assert rows(tmp_path, "SELECT count(*) AS n FROM jobs")[0]["n"] == JOBS
    assert rows(tmp_path, "SELECT source_id FROM jobs WHERE closed_at IS NOT NULL") == []


def test_a_request_begins_anew():
    kept = '{"url":"https://x.test/é","callback":"on_job","meta":{"page":"job","attempt":4,"depth":2},"priority":3}'
    again = json.loads(anew(kept, "f00"))
    assert again == {
        "url": "https://x.test/é", "callback": "on_job", "priority": 3, "dont_filter": True,
        "meta": {"page": "job", "dead_letter": "f00"},
    }  # fmt: skip
    assert body(anew(kept, "f00")) == f"3 {anew(kept, 'f00')}"
    assert body('{"url":"https://x.test"}').startswith("0 {")
    assert anew(anew(kept, "old"), "f00") == anew(kept, "f00")
    for text in ("", "https://x.test", "[]", '{"url": 1, "meta": []}'):
        with pytest.raises(ValueError):
            anew(text, "f00")
