"""Several schedulers on the same schedules, killed in turn: `python -m benchmarks.schedules [--seconds 180]`.

No tick may be run twice, no board crawled twice at once, no board left alone for long. The schedules are of a few
seconds; a scheduler is killed with -9 and started again at even intervals. The last line is JSON with every figure.
"""

from __future__ import annotations

import argparse
import json
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import pairwise
from typing import Any

from sqlalchemy import select

from jobspiders.store.db import connect, now
from jobspiders.store.runs import Run, select_runs
from jobspiders.store.schedules import Schedule, store
from jobspiders.store.tables import scrape_runs
from tests.servers import postgres


def main() -> None:
    """Measure and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--seconds", type=float, default=180)
    parser.add_argument("--kill-every", type=float, default=20, metavar="SECONDS")
    parser.add_argument("--schedulers", type=int, default=4)
    parser.add_argument("--schedules", type=int, default=20)
    parser.add_argument("--database", help="URL of an empty database (default: a PostgreSQL of its own)")
    options = parser.parse_args()
    with _database(options.database) as url:
        figures = measure(url, options.seconds, options.kill_every, options.schedulers, options.schedules)
    print(json.dumps({"benchmark": "schedules"} | figures))


def measure(url: str, seconds: float, kill_every: float, schedulers: int, schedules: int) -> dict[str, Any]:
    """The figures of one round on the database at `url`."""
    engine = connect(url)
    intervals = {f"board{number:02}": 4.0 + number % 5 for number in range(schedules)}
    for name, interval in intervals.items():
        store(engine, Schedule(site_name=name, interval_minutes=interval / 60, next_run_at=now(engine)))
    kills = _torment(url, seconds, kill_every, schedulers)
    runs = select_runs(engine, select(scrape_runs))
    engine.dispose()
    asked = {"seconds": seconds, "schedulers": schedulers, "schedules": schedules, "kills": kills}
    return asked | tally(runs, intervals)


def tally(runs: Sequence[Run], intervals: Mapping[str, float]) -> dict[str, Any]:
    """What came of it. `missed` is the longest time between two runs of a board, in intervals beyond the first;
    `latest_s` is how late a run was queued (but for the first of a board, which waits for a scheduler to be there).
    """
    ticks = [(run.site_name, run.tick) for run in runs]
    overlaps, missed, late = 0, 0.0, 0.0
    for name, interval in intervals.items():
        own = sorted(
            (run for run in runs if run.site_name == name and run.queued_at), key=lambda run: str(run.queued_at)
        )
        for before, after in pairwise(own):
            assert before.queued_at is not None
            assert after.queued_at is not None
            began = after.started_at or after.queued_at
            overlaps += before.finished_at is None or before.finished_at > began
            missed = max(missed, (after.queued_at - before.queued_at).total_seconds() / interval - 1)
        late = max(
            [late, *((run.queued_at - run.tick).total_seconds() for run in own[1:] if run.queued_at and run.tick)]
        )
    return {
        "runs": len(runs),
        "ticks_twice": len(ticks) - len(set(ticks)),
        "begun_twice": sum(run.requested_pages > 1 for run in runs),
        "overlaps": overlaps,
        "missed_intervals": round(missed, 2),
        "latest_s": round(late, 2),
        "died": sum((run.reason or "").startswith("nothing was heard") for run in runs),
        "boards_without_a_run": len(set(intervals) - {run.site_name for run in runs}),
    }


@contextmanager
def _database(url: str | None) -> Iterator[str]:
    if url:
        yield url
    else:
        with postgres() as server:
            yield server.url


def _torment(url: str, seconds: float, kill_every: float, schedulers: int) -> int:
    """Let the schedulers run, and kill one after the other; how many times."""
    running = [_start(url) for _ in range(schedulers)]
    until, kills = time.monotonic() + seconds, 0
    try:
        while (left := until - time.monotonic()) > 0:
            time.sleep(min(kill_every, left))
            if time.monotonic() < until:
                victim = running.pop(random.randrange(len(running)))
                victim.kill()
                victim.wait()
                kills += 1
                running.append(_start(url))
    finally:
        for process in running:
            process.send_signal(signal.SIGTERM)
        for process in running:
            process.wait()
    return kills


def _start(url: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "benchmarks.one_scheduler", url])


if __name__ == "__main__":
    main()
