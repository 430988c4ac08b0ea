"""How fast `GET /jobs` answers over a million stored jobs while others are stored: `python -m benchmarks.api`.

A PostgreSQL of its own is filled, `scrapy serve` serves it, a process beside it stores jobs as a busy crawl does, and
one client after the other asks: for the newest jobs under each set of filters, and for the pages that follow. The last
line is JSON with every figure, in milliseconds as the client saw them.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import platform
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from multiprocessing.synchronize import Event
from typing import Any

import httpx

from benchmarks.made_up import BEGIN, job
from benchmarks.million import fill
from jobspiders.store.db import connect
from jobspiders.store.jobs import save
from tests.servers import postgres

PAGES = 5  # of each answer that are asked for, one after the other
BATCH, PER_SECOND = 50, 200  # jobs that are stored meanwhile
WEEK = (BEGIN - timedelta(days=7)).isoformat()
FILTERS: dict[str, dict[str, Any]] = {
    "newest": {},
    "closed": {"state": "closed"},
    "common board": {"board": "jobstreet"},
    "rare board": {"board": "workable"},
    "two boards": {"board": ["jobstreet", "lever"]},
    "common country": {"country": "ID"},
    "rare country": {"country": "EE"},
    "remote": {"remote": True},
    "remote in a rare country": {"remote": True, "country": "EE", "state": "any"},
    "interns": {"employment_type": "INTERN"},
    "temporary in a rare country": {"employment_type": "TEMPORARY", "country": "EE"},
    "salary": {"salary": 300e6, "currency": "IDR"},
    "top salary": {"salary": 340e6, "currency": "IDR"},
    "salary nobody pays": {"salary": 1e12},
    "salary in a currency nobody pays in": {"salary": 1e5, "currency": "USD"},
    "last week": {"posted_since": WEEK},
    "last week, remote, rare country": {"posted_since": WEEK, "remote": True, "country": "EE"},
    "common word": {"text": "sales"},
    "two words": {"text": "data engineer"},
    "rare word": {"text": "falconry"},
    "three rare words": {"text": "chief falconry intern"},
    "word that is not there": {"text": "zzyzx"},
    "word and place": {"text": "lead maritime", "location": "merauke"},
    "company": {"company": "meridian 1234"},
    "common place": {"location": "jakarta"},
    "rare place": {"location": "merauke"},
    "200 jobs": {"limit": 200},
}


def main() -> None:
    """Measure and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--jobs", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=20, help="how often each set of filters is asked for")
    options = parser.parse_args()
    with postgres("shared_buffers=1GB", "max_wal_size=8GB", "maintenance_work_mem=512MB") as server:
        began = time.perf_counter()
        engine = connect(server.url)
        fill(engine, options.jobs)
        engine.dispose()
        filled = round(time.perf_counter() - began, 1)
        print(f"{options.jobs:,} jobs stored in {filled} s", flush=True)
        with _crawling(server.url) as stored, _serving(server.url) as client:
            times = _measure(client, options.rounds)
            per_second = stored()
    everything = [each for found in times.values() for each in found]
    print(f"{'milliseconds':40}{'p50':>8}{'p95':>8}{'p99':>8}")
    for name, found in [*times.items(), ("all", everything)]:
        print(f"{name:40}" + "".join(f"{value:8.1f}" for value in _shares(found).values()))
    figures: dict[str, Any] = {"benchmark": "api", "jobs": options.jobs, "fill_seconds": filled}
    figures |= {"requests": len(everything), "stored_per_second_meanwhile": per_second, **_shares(everything)}
    figures |= {"python": platform.python_version(), "machine": platform.machine(), "load": os.getloadavg()[0]}
    print(json.dumps(figures | {"filters": {name: _shares(found) for name, found in times.items()}}))


def _measure(client: httpx.Client, rounds: int) -> dict[str, list[float]]:
    """The milliseconds of each answer; the sets take turns, so that a noisy moment is noisy for each."""
    times: dict[str, list[float]] = {name: [] for name in FILTERS}
    for _ in range(rounds):
        for name, asked in FILTERS.items():
            after: dict[str, str] = {}
            for _ in range(PAGES):
                began = time.perf_counter()
                answer = client.get("/jobs", params={**asked, **after})
                times[name].append((time.perf_counter() - began) * 1000)
                assert answer.status_code == 200, (name, answer.text)
                following = answer.json()["next"]
                if following is None:
                    break
                after = {"after": following}
    return times


def _shares(times: Sequence[float]) -> dict[str, float]:
    cuts = statistics.quantiles(times, n=100, method="inclusive")
    return {name: round(cuts[at], 1) for name, at in (("p50", 49), ("p95", 94), ("p99", 98))}


@contextmanager
def _serving(url: str) -> Iterator[httpx.Client]:
    """A client of `scrapy serve` over this database."""
    command = [sys.executable, "-m", "scrapy", "serve", "--port", "0"]
    environ = os.environ | {"DATABASE_URL": url, "SCRAPY_SETTINGS_MODULE": "jobspiders.settings"}
    environ |= {"PYTHONPATH": os.getcwd()}  # noqa: PTH109 - as the operator's shell has it
    with tempfile.TemporaryDirectory() as folder:
        process = subprocess.Popen(command, cwd=folder, env=environ, stderr=subprocess.PIPE, text=True)
        assert process.stderr is not None
        said = next(found for line in process.stderr if (found := re.match(r"jobspiders: (http\S+)/", line)))
        try:
            with httpx.Client(base_url=said[1], timeout=30) as client:
                yield client
        finally:
            process.send_signal(signal.SIGTERM)
            process.communicate(timeout=15)


@contextmanager
def _crawling(url: str) -> Iterator[Any]:
    """Another process that stores jobs; gives what tells how many a second it did so far."""
    context = multiprocessing.get_context("spawn")
    stop, count = context.Event(), context.Value("q", 0)
    process = context.Process(target=_store, args=(url, stop, count))
    process.start()
    began = time.perf_counter()
    try:
        yield lambda: round(count.value / (time.perf_counter() - began), 1)
    finally:
        stop.set()
        process.join(30)


def _store(url: str, stop: Event, count: Any) -> None:
    """Store jobs, half of them new, half changed, at the pace of a busy company."""
    engine, number = connect(url), 0
    while not stop.is_set():
        began = time.perf_counter()
        now = datetime.now(UTC)
        jobs = [replace(job(10_000_000 + number // 2 + place), seen_at=now) for place in range(BATCH)]
        save(engine, [replace(one, openings=number) for one in jobs], "benchmark", now)
        number += BATCH
        count.value += BATCH
        stop.wait(max(0.0, BATCH / PER_SECOND - (time.perf_counter() - began)))
    engine.dispose()


if __name__ == "__main__":
    main()
