"""Over a shared queue the server keeps worker processes: as many as asked for."""

from __future__ import annotations

import signal
from pathlib import Path

import httpx
import psutil
from servers import valkey
from webserver import ended, scrapy_serve, until, words

from jobspiders.simboards.launch import launch


def crew(server: int) -> set[int]:
    """The workers of this process, by their numbers."""
    return {child.pid for child in psutil.Process(server).children() if child.status() != psutil.STATUS_ZOMBIE}


def test_workers_of_a_server_that_was_killed_go_home(tmp_path: Path) -> None:
    with (
        valkey() as redis,
        scrapy_serve(tmp_path, REDIS_URL=redis.url) as (process, url),
        httpx.Client(base_url=url, timeout=60) as site,
    ):
        site.post("/jobs/workers/start", json={"number": 2})
        until(lambda: len(crew(process.pid)) == 2)
        orphans = crew(process.pid)
        process.kill()
        until(lambda: not any(map(psutil.pid_exists, orphans)))


def test_workers_are_kept_renewed_and_sent_home(tmp_path: Path) -> None:
    with (
        valkey() as redis,
        launch(30) as boards,
        scrapy_serve(tmp_path, *words(boards.url), REDIS_URL=redis.url) as (process, url),
        httpx.Client(base_url=url, timeout=60) as site,
    ):
        assert site.get("/health").json()["parts"]["redis"] == "ok"
        assert crew(process.pid) == set()
        assert site.post("/jobs/workers/start", json={"number": 2}).json()["wanted"] == 2
        until(lambda: len(crew(process.pid)) == 2)
        run = site.post("/jobs/scrape", json={"site_name": "lokerid", "results_wanted": 10}).json()
        assert run["launcher"] == "workers"
        assert ended(site, run["run_id"])["found"] >= 10
        first = crew(process.pid)
        assert site.post("/jobs/workers/restart", json={"number": 1}).json()["wanted"] == 1
        until(lambda: len(crew(process.pid)) == 1 and not crew(process.pid) & first)
        last = crew(process.pid)
        process.send_signal(signal.SIGTERM)
        assert process.wait(15) == 0
        assert not any(map(psutil.pid_exists, last))
