"""Naukri's replica by `scrapy crawl` and `scrapy demo`, as an operator runs them: a list that its script draws once the
location popup and the registration drawer over it are closed, in a real headless browser.
"""

from __future__ import annotations

import signal
import sqlite3
import time
from contextlib import closing

import pytest
from processes import setting_words

from jobspiders.simboards.launch import launch

SIZE = 24


@pytest.fixture(scope="module")
def boards():
    with launch(jobs=SIZE) as running:
        yield running


@pytest.fixture
def naukri(boards, scrapy):
    """Starts `scrapy crawl naukri`, as fast as the replica answers."""
    given = setting_words(boards.settings, DOWNLOAD_DELAY=0, AUTOTHROTTLE_ENABLED=0)
    return lambda: scrapy("crawl", "naukri", *given)


def watched(crawl, until=lambda: False, seconds=60):
    """Waits for the crawl's end, or until something holds, and notes every process below it meanwhile."""
    end = time.monotonic() + seconds
    while crawl.process.poll() is None and not until() and time.monotonic() < end:
        crawl.drivers()
        time.sleep(0.1)
    return crawl


def rows(folder, query):
    with closing(sqlite3.connect(folder / "jobs.db")) as file:
        return file.execute(query).fetchall()


def stored(folder):
    try:
        return rows(folder, "SELECT count(*) FROM jobs")[0][0]
    except sqlite3.OperationalError:  # the table is being made
        return 0


def test_all_jobs_are_read_and_no_browser_is_left(naukri, boards, tmp_path):
    since = time.monotonic()
    crawl = watched(naukri())
    told = crawl.process.stderr.read()
    assert crawl.process.wait(10) == 0, told
    assert f"naukri: complete - read 2 listing pages with {SIZE} cards to the end" in told
    assert rows(tmp_path, "SELECT count(*), sum(complete), count(DISTINCT source_id) FROM jobs") == [(SIZE, SIZE, SIZE)]
    asked = [row["path"] for row in boards.log(since) if row["path"].startswith("/jobapi/v3/search")]
    assert len(asked) == 2, "the script asks for its list when both popups are gone, not before"
    assert len(crawl.family) > 3, "a browser was at it"
    assert crawl.left() == []


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL], ids=["SIGTERM", "kill -9"])
def test_a_crawl_that_was_ended_leaves_no_browser_and_what_it_read(how, naukri, tmp_path):
    crawl = naukri()
    watched(crawl, lambda: stored(tmp_path) >= 2 and crawl.renderers())
    assert (len(crawl.drivers()), len(crawl.browsers())) == (1, 1)
    assert crawl.renderers()
    crawl.process.send_signal(how)
    crawl.process.wait(30)
    assert crawl.left(10) == []
    assert stored(tmp_path) >= 2
    if how is signal.SIGTERM:
        assert crawl.process.returncode == 130
        assert rows(tmp_path, "SELECT outcome, status FROM scrape_runs") == [("cancelled", "cancelled")]


def test_the_demo_plays_it_too(scrapy, tmp_path):
    demo = watched(scrapy("demo", "naukri", "--jobs", "3"))
    told = demo.process.stderr.read()
    assert demo.process.wait(10) == 0, told
    assert "with 3 cards to the end" in told
    assert stored(tmp_path) == 3
    assert demo.left() == []
