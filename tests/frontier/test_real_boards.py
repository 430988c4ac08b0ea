"""`scrapy crawl` of a real board's replica by three workers, over Redis, with the real store."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from contextlib import closing

import pytest
from processes import environment, setting_words
from servers import postgres
from sqlalchemy import func, select

from jobspiders.simboards.launch import crawl_settings, launch
from jobspiders.store.db import connect
from jobspiders.store.runs import recent
from jobspiders.store.tables import failed_requests, jobs

pytestmark = pytest.mark.timeout(300)

QUICK = {
    "DOWNLOAD_DELAY": 0.01,
    "AUTOTHROTTLE_ENABLED": False,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 4,
    "FRONTIER_LEASE": 6,
    "RETRY_BACKOFF": 0.3,
    "LOG_LEVEL": "INFO",
}


class Company:
    """Workers of one board, each a `scrapy crawl` in a process of its own."""

    def __init__(self, url, redis_url, prefix, database_url, folder) -> None:
        self.url, self.folder, self.database_url = url, folder, database_url
        self.environ = environment(REDIS_URL=redis_url, REDIS_PREFIX=prefix, DATABASE_URL=database_url)
        self.crawls: list[subprocess.Popen[str]] = []
        self.store = connect(database_url)

    def start(self, board: str, workers: int = 1, **settings):
        given = setting_words(QUICK | crawl_settings(self.url) | settings)
        command = [sys.executable, "-m", "scrapy", "crawl", board, *given]
        for _ in range(workers):
            with (self.folder / f"log-{len(self.crawls)}").open("w") as log:
                crawl = subprocess.Popen(command, cwd=self.folder, env=self.environ, stderr=log, text=True)
            self.crawls.append(crawl)
        return self.crawls[-workers:]

    def said(self) -> str:
        return "\n".join(path.read_text()[-5000:] for path in sorted(self.folder.glob("log-*")))

    def count(self, column=jobs.c.source_id) -> int:
        with self.store.connect() as connection:
            return connection.execute(select(func.count(column))).scalar_one()

    def wait_for(self, condition, patience: float = 100.0) -> None:
        until = time.monotonic() + patience
        while not condition():
            if time.monotonic() > until:
                pytest.fail(f"waited in vain; {self.said()}")
            time.sleep(0.05)

    def ended(self, patience: float = 200.0) -> list[int]:
        """The exit codes of all, once they have ended."""
        self.wait_for(lambda: all(crawl.poll() is not None for crawl in self.crawls), patience)
        return [crawl.returncode for crawl in self.crawls]

    def close(self) -> None:
        for crawl in self.crawls:
            if crawl.poll() is None:
                crawl.kill()
            crawl.wait()
        self.store.dispose()


@pytest.fixture
def company(redis, prefix, tmp_path):
    """Workers for replicas at this address, with a database of that URL."""
    companies = []

    def gather(url, database_url=None) -> Company:
        database_url = database_url or f"sqlite:///{tmp_path}/jobs.db"
        companies.append(Company(url, redis.url, prefix, database_url, tmp_path))
        return companies[-1]

    yield gather
    for one in companies:
        one.close()


def test_one_row_with_the_counts_of_all_and_all_end_together(company):
    with launch(jobs=120, latency=0.05) as boards:
        three = company(boards.url)
        began = time.monotonic()
        three.start("jobstreet", workers=3)
        assert three.ended() == [0, 0, 0], three.said()
        over, log = time.monotonic(), boards.log()
        # A machine that takes long to start a process takes long to end it, too.
        assert over - log[-1]["at"] < max(3, log[0]["at"] - began)
        (run,) = recent(three.store)
        assert (run.status, run.outcome) == ("succeeded", "complete")
        assert (run.found, run.new, run.errors) == (120, 120, 0) == (three.count(), 120, 0)
        assert run.requested_pages == run.completed_pages == len(log)
        assert sum(row["path"] == "/graphql" for row in log) == 120, "no job was fetched twice"


def test_a_worker_is_killed_and_postgresql_restarted_and_no_row_is_lost_or_doubled(company):
    with launch(jobs=120, latency=0.05) as boards, postgres() as server:
        three = company(boards.url, server.url)
        crawls = three.start("jobstreet", workers=3)
        three.wait_for(lambda: three.count() > 40)
        crawls[0].send_signal(signal.SIGKILL)
        three.store.dispose()
        server.stop()
        time.sleep(1)
        server.start()
        codes = three.ended()
        assert codes[1:] == [0, 0], three.said()
        with closing(three.store.raw_connection()) as connection:
            cursor = connection.cursor()
            cursor.execute("SELECT count(*), count(DISTINCT (job_source, source_id)) FROM jobs")
            assert cursor.fetchone() == (120, 120)
        (run,) = recent(three.store)
        assert run.outcome == "complete"


def test_walls_end_the_run_for_all_workers(company):
    with launch(jobs=120, latency=0.05, faults=["lokerid:challenge:after=4"]) as boards:
        three = company(boards.url)
        three.start("lokerid", workers=3, BREAKER_WALLS=2, BREAKER_PAUSE=0.5, BREAKER_OPENINGS=1, RETRY_TIMES=9)
        assert three.ended() == [4, 4, 4], three.said()
        (run,) = recent(three.store)
        assert (run.status, run.outcome) == ("partial", "truncated")
        assert "Cloudflare's challenge" in run.reason
        assert run.found == three.count() > 0


def test_what_is_given_up_on_becomes_a_dead_letter_of_the_store(company):
    with launch(jobs=60, faults=["lokerid:503:status=502:after=2"]) as boards:
        one = company(boards.url)
        one.start("lokerid", RETRY_TIMES=1)
        one.ended()
        with one.store.connect() as connection:
            letters = connection.execute(select(failed_requests)).all()
        assert letters, one.said()
        assert {(letter.error, letter.attempts) for letter in letters} == {("the board's server failed (502)", 2)}
        assert all(json.loads(letter.request)["url"] == letter.url for letter in letters)
