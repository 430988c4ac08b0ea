"""The queue of a single crawl: its order, its memory, its delays, and what survives a kill."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from fleet import Crawl

ROOT = Path(__file__).parents[2]


@pytest.fixture
def crawl(site, tmp_path):
    """Starts a crawl of a site with so many jobs, with or without a JOBDIR."""
    rows = tmp_path / "rows"
    rows.touch()

    def start(jobs, *, latency=0.02, jobdir=True, **options):
        board = site(jobs, latency)
        folder = {"JOBDIR": str(tmp_path / "state")} if jobdir else {}
        settings = folder | options.pop("settings", {})
        given = {"site": board.url, "rows": str(rows), **options, "settings": settings}
        worker = Crawl(given, tmp_path / "log")
        worker.board = board
        return worker

    start.rows = lambda: Counter(rows.read_text().split())
    start.state = tmp_path / "state"
    return start


def wait_for(condition):
    until = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < until, "nothing came of it within 20 s"
        time.sleep(0.02)


def pages(board, since):
    return [path for _, path in board.log(since) if path != "/robots.txt"]


@pytest.mark.parametrize("jobdir", [True, False], ids=["on disk", "in memory"])
def test_every_page_once_and_listings_first(crawl, jobdir):
    began = time.monotonic()
    worker = crawl(60, jobdir=jobdir, settings={"CONCURRENT_REQUESTS": 1})
    assert worker.result()["finish_reason"] == "finished"
    assert crawl.rows() == Counter(worker.board.pages)
    asked = pages(worker.board, began)
    lists = [place for place, page in enumerate(asked) if page.startswith("/list/")]
    assert lists[-1] < 8, "a higher priority first"
    jobs = [page for page in asked if page.startswith("/job/")]
    assert jobs == [f"/job/{number}" for number in range(60)], "then first in, first out"


@pytest.mark.parametrize("jobdir", [True, False], ids=["on disk", "in memory"])
def test_a_delayed_request_comes_when_it_is_due_and_holds_nothing_up(crawl, jobdir):
    began = time.monotonic()
    worker = crawl(40, jobdir=jobdir, later="/list/0")
    assert worker.result()["finish_reason"] == "finished"
    log = {path: at for at, path in worker.board.log(began)}
    assert 1.4 <= log["/job/later"] - log["/list/0"] <= 3.0
    assert log["/job/later"] == max(log.values())


def test_killed_at_any_moment_nothing_is_lost(crawl):
    luck = random.Random(4)
    for _ in range(6):
        goal = sum(crawl.rows().values()) + luck.randint(1, 30)
        worker = crawl(200, latency=0.05, settings={"CONCURRENT_REQUESTS": 4})
        wait_for(lambda goal=goal: sum(crawl.rows().values()) >= goal)
        time.sleep(luck.random() / 20)
        worker.signal(signal.SIGKILL)
        worker.result()
    last = crawl(200, latency=0.05)
    result = last.result()
    assert result["finish_reason"] == "finished"
    assert set(crawl.rows()) == last.board.pages
    assert len(last.board.pages) <= result["item_scraped_count"] <= sum(crawl.rows().values()), "all crawls count"
    assert sum(crawl.rows().values()) < 2 * len(last.board.pages), "it goes on, it does not begin anew"


def test_what_is_through_leaves_nothing_and_the_next_crawl_begins_anew(crawl):
    for times in (1, 2):
        assert crawl(20).result()["finish_reason"] == "finished"
        assert set(crawl.rows().values()) == {times}
        assert not (crawl.state / "frontier.db").exists()


def test_killed_before_its_end_is_noted_it_ends_once_more(crawl):
    crawl(20, dies_at_the_end=True).result()
    before = crawl.rows()
    last = crawl(20)
    assert set(before) == last.board.pages
    assert last.result()["item_scraped_count"] == len(last.board.pages), "what the killed one did counts"
    assert crawl.rows() == before, "nothing is fetched again"
    assert not (crawl.state / "frontier.db").exists()


def test_what_could_not_be_stored_is_not_done(crawl):
    began = time.monotonic()
    crawl(20, unstorable="/job/7").result()
    assert "/job/7" not in crawl.rows()
    again = crawl(20)
    assert again.result()["finish_reason"] == "finished"
    assert crawl.rows() == Counter(again.board.pages)
    assert Counter(pages(again.board, began))["/job/7"] == 2, "only that page was fetched again"
    assert Counter(pages(again.board, began))["/job/8"] == 1


def test_two_processes_in_one_folder_are_refused_in_one_line(crawl):
    first = crawl(400, latency=0.5)  # long enough for the second to start
    wait_for(crawl.rows)
    second = crawl(400, latency=0.5)
    second.result()
    assert "): give each process a JOBDIR of its own." in second.said()
    first.signal(signal.SIGTERM)
    first.result()


def test_an_embedded_crawl_needs_no_redis_client():
    script = "import sys; import jobspiders.frontier.scheduler; assert 'redis' not in sys.modules"
    subprocess.run([sys.executable, "-c", script], check=True, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)})
