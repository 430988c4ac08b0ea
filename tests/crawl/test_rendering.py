"""Boards that need a browser, crawled with a real one: all jobs, no popup, and no process left however it ends."""

from __future__ import annotations

import signal
import time
from datetime import UTC, datetime

import pytest

from jobspiders.simboards.board import open_site
from jobspiders.simboards.boards import BOARDS
from jobspiders.simboards.launch import launch

SIZE = 22
NAUKRI = BOARDS["naukri"]
NOW = datetime.now(UTC)


@pytest.fixture(scope="module")
def boards():
    with launch(jobs=SIZE, now=NOW) as served:
        yield served


@pytest.fixture
def simulated(boards):
    yield {"SIMBOARDS_URL": boards.url}
    boards.clear_faults()


@pytest.fixture(scope="module")
def truth():
    site = open_site("naukri", None, SIZE, 1, NOW)
    return {job.id: NAUKRI.expected(job) for job in site.jobs}


def test_every_job_of_a_list_under_popups(crawl, simulated, truth, boards):
    since = time.monotonic()
    done = crawl("naukri", settings=simulated).read()
    assert done.process.wait() == 0
    assert {job["source_id"] for job in done.jobs} == set(truth)
    for job in done.jobs:
        expected = {**truth[job["source_id"]]}
        expected["posted_at"] = expected["posted_at"].isoformat()
        extra = expected.pop("extra")
        assert {name: job[name] for name in expected} == expected
        assert extra.items() <= job["extra"].items()
    drawn = [page for page in done.pages if "rendered" in page["flags"]]
    assert len(drawn) == SIZE + 2
    assert [page["popups"] for page in drawn] == [[]] * len(drawn)
    (stats,) = done.stats
    assert (stats["listing/generation/v3"], stats["job/generation/v4"]) == (2, SIZE)
    assert not [row for row in boards.log(since) if "pixel" in row["path"]], "images are not wanted"
    assert done.left() == []


def test_the_list_is_not_drawn_while_popups_lie_over_it(crawl, simulated, boards):
    since = time.monotonic()
    done = crawl("undismissed", settings=simulated).read()
    assert done.jobs == []
    assert done.stats[0]["spider_exceptions/Unreadable"] == 1
    assert not [row for row in boards.log(since) if row["path"].startswith("/jobapi/")]


def test_sitemaps_name_the_jobs_too(crawl, simulated, truth):
    done = crawl("naukri", door="sitemap", results_wanted="3", settings=simulated).read()
    assert {job["source_id"] for job in done.jobs} == set(list(truth)[:3])
    assert all(job["title"] == truth[job["source_id"]]["title"] for job in done.jobs)
    plain = [page["url"] for page in done.pages if "rendered" not in page["flags"]]
    assert [url.rpartition("/")[2] for url in plain] == ["incremental-jd-pages.xml", "sitemap-latest-jd-pages-1.xml.gz"]


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL], ids=["SIGTERM", "kill -9"])
def test_nothing_is_left_of_a_crawl_that_was_ended(how, crawl, simulated):
    running = crawl("naukri", settings=simulated).read(jobs=1)
    assert len(running.drivers()) == 1
    assert len(running.browsers()) == 1
    assert len(running.family) > 3
    running.process.send_signal(how)
    running.read()
    running.process.wait(20)
    assert running.left() == []


@pytest.mark.parametrize("victim", ["browsers", "drivers", "renderers"])
def test_a_crawl_survives_its_browser(victim, crawl, simulated, truth):
    running = crawl("naukri", results_wanted="12", settings=simulated).read(jobs=2)
    for process in getattr(running, victim)():
        process.kill()
    running.read()
    assert running.process.wait() == 0
    assert {job["source_id"] for job in running.jobs} == set(list(truth)[:12])
    assert {job["complete"] for job in running.jobs} == {True}
    assert running.left() == []


@pytest.mark.parametrize("rooms", [1, 4])
def test_crawls_of_one_process_share_a_browser(rooms, crawl, simulated, truth):
    two = [("naukri", {"results_wanted": "4", "offset": offset}) for offset in ("0", "4")]
    running = crawl(*two, settings={**simulated, "MAX_BROWSER_INSTANCES": rooms}).read(jobs=1)
    assert (len(running.drivers()), len(running.browsers())) == (1, 1)
    running.read()
    assert {job["source_id"] for job in running.jobs} == set(list(truth)[:8])
    assert running.left() == []
