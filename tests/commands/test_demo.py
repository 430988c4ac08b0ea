"""The newcomer's first command, whole: replicas, spiders, normalising, storing, showing."""

import json
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing
from datetime import datetime

import psutil
import pytest
from processes import environment

from jobspiders.simboards.board import open_site
from jobspiders.simboards.boards import BOARDS

CORE = ("glints", "jobstreet", "lokerid", "ycombinator")


def rows(folder, query, *values):
    with closing(sqlite3.connect(folder / "jobs.db")) as file:
        file.row_factory = sqlite3.Row
        return [dict(row) for row in file.execute(query, values)]


def jobs_per_board(folder):
    return Counter(row["job_source"] for row in rows(folder, "SELECT job_source FROM jobs"))


def test_it_ends_well_with_enough_jobs_of_each_board(demo):
    folder, done = demo
    assert done.returncode == 0, done.stderr
    counted = jobs_per_board(folder)
    for board in CORE:
        assert counted[board] >= 100
    assert "Traceback" not in done.stderr
    assert "ERROR" not in done.stderr


def test_it_says_what_landed_and_what_to_try_next(demo):
    _, done = demo
    for board in CORE:
        assert f"{board}: complete - " in done.stderr
    assert "scrapy jobs" in done.stderr
    assert done.stdout == "", "stdout is for data"


@pytest.mark.parametrize("board", CORE)
def test_every_job_is_stored_right_field_by_field(demo, board):
    folder, _ = demo
    stored = {row["source_id"]: row for row in rows(folder, "SELECT * FROM jobs WHERE job_source = ?", board)}
    played = BOARDS[board]
    site = open_site(board, next(iter(played.hosts.values())), 110, 1, moment_of_the_demo(folder))
    assert set(stored) == {job.id for job in site.jobs}
    for job in site.jobs:
        row = stored[job.id]
        for field, value in played.expected(job).items():
            assert same(row[field], value), f"{job.id} {field}: stored {row[field]!r}, played {value!r}"


def moment_of_the_demo(folder):
    (first,) = rows(folder, "SELECT min(started_at) AS at FROM scrape_runs")
    return datetime.fromisoformat(first["at"]).replace(hour=0, minute=0, second=0, microsecond=0)


def same(stored, played):
    if isinstance(played, datetime):
        return stored is not None and datetime.fromisoformat(stored) == played
    if isinstance(played, list | dict):
        return json.loads(stored) == played
    if isinstance(played, bool):
        return stored is not None and bool(stored) is played
    return stored == played


def test_no_recruiter_is_stored(demo):
    folder, _ = demo
    text = (folder / "jobs.db").read_bytes() + b"".join(path.read_bytes() for path in folder.glob("jobs.db-*"))
    for person in (b"hiringManager", b"creator", b"Recruiter Rekaan"):
        assert person not in text


def test_again_it_adds_nothing(demo, scrapy):
    folder, _ = demo
    before = jobs_per_board(folder)
    again = scrapy("demo", "--jobs", 110, *CORE, cwd=folder)
    assert again.returncode == 0, again.stderr
    assert jobs_per_board(folder) == before
    for board in CORE:
        assert f"{before[board]} jobs: 0 new, 0 changed, {before[board]} unchanged; 0 closed, 0 failed" in again.stderr
    assert rows(folder, "SELECT * FROM job_changes") == []


def test_killed_at_any_moment_it_goes_on_where_it_was(tmp_path):
    command = [
        sys.executable,
        "-m",
        "scrapy",
        "demo",
        "--jobs",
        "150",
        "--latency",
        "0.02",
        *CORE,
        "-s",
        "JOBDIR=state",
    ]
    kills = 0
    for seconds in (3.5, 4.2, 5.0):
        process = subprocess.Popen(command, cwd=tmp_path, env=environment(), stderr=subprocess.DEVNULL)
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
            kills += 1
    assert kills, "it was through before it could be killed: make it longer"
    last = subprocess.run(
        command, check=False, cwd=tmp_path, env=environment(), capture_output=True, text=True, timeout=100
    )
    assert last.returncode == 0, last.stderr
    stored = rows(tmp_path, "SELECT job_source, source_id, complete, closed_at FROM jobs")
    assert Counter(row["job_source"] for row in stored) == dict.fromkeys(CORE, 150)
    assert all(row["complete"] for row in stored)
    assert not any(row["closed_at"] for row in stored), "a crawl that was cut off is no evidence that a job is gone"
    runs = rows(tmp_path, "SELECT site_name, status, outcome FROM scrape_runs")
    assert {run["status"] for run in runs} == {"succeeded"}, "a run that was cut off is gone on with, and ends"
    assert {run["outcome"] for run in runs} == {"complete"}


def test_the_replicas_are_gone_when_it_is_killed(tmp_path):
    command = [sys.executable, "-m", "scrapy", "demo", "--jobs", "150", "--latency", "0.05"]
    process = subprocess.Popen(command, cwd=tmp_path, env=environment(), stderr=subprocess.DEVNULL)
    children = []
    until = time.monotonic() + 20
    while not children and time.monotonic() < until:
        time.sleep(0.1)
        children = psutil.Process(process.pid).children(recursive=True)
    process.kill()
    process.wait()
    gone, alive = psutil.wait_procs(children, timeout=10)
    assert gone
    assert not alive


def test_without_a_browser_the_board_that_needs_one_is_skipped_in_one_line(scrapy, tmp_path):
    done = scrapy(
        "demo", "--jobs", 20, "naukri", "ashby", cwd=tmp_path, PATH="", PLAYWRIGHT_BROWSERS_PATH=str(tmp_path)
    )
    assert done.returncode == 0, done.stderr
    assert "naukri: skipped - its pages need a browser, and no browser was found: install" in done.stderr
    assert "ashby: complete" in done.stderr
    assert set(jobs_per_board(tmp_path)) == {"ashby"}


def test_bad_arguments_are_one_line(scrapy, tmp_path):
    for arguments, says in (
        (["nowhere"], "no replica of nowhere"),
        (["--fault", "glints:nonsense"], "nonsense"),
    ):
        done = scrapy("demo", *arguments, cwd=tmp_path)
        assert done.returncode == 2
        assert says in done.stderr
        assert "Traceback" not in done.stderr
