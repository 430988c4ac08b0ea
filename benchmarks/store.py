"""How fast jobs are stored, beside a bare load of the very same rows: `python -m benchmarks.store [--jobs 100000]`.

Jobs go through `pipelines.Store.process_item`: new, then as they were, then changed. The bare load is COPY
(PostgreSQL) or executemany (SQLite) of ready rows into a table with the same indexes. All four take turns, a tenth
of the jobs at a time, so that a noisy machine is noisy for each. The last line is JSON with every figure.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import gc
import json
import platform
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any, cast

from psycopg import Connection as Driver
from scrapy import Spider
from scrapy.crawler import Crawler
from scrapy.statscollectors import MemoryStatsCollector
from sqlalchemy import Engine, text

from benchmarks.made_up import BEGIN, job
from jobspiders.items import Job
from jobspiders.pipelines import Store
from jobspiders.store.arrivals import gather
from jobspiders.store.columns import as_text, aware, bound
from jobspiders.store.db import connect
from jobspiders.store.decide import first
from jobspiders.store.tables import jobs as stored_jobs
from jobspiders.store.upsert import ROW, row
from jobspiders.store.writer import AT_MOST, Writer
from tests.servers import postgres

TURNS = 10
VISITS: dict[str, dict[str, Any]] = {
    "new": {},
    "unchanged": {},
    "changed": {"title": "Staff Engineer", "salary_max": 90e6},
}


def main() -> None:
    """Measure the databases that were asked for and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--jobs", type=int, default=100_000)
    parser.add_argument("--in-flight", type=int, default=2 * AT_MOST, help="items between a spider and the store")
    parser.add_argument("--databases", nargs="+", choices=("sqlite", "postgresql"), default=["sqlite", "postgresql"])
    options = parser.parse_args()
    figures: dict[str, Any] = {"benchmark": "store", "jobs": options.jobs, "in_flight": options.in_flight}
    figures |= {"python": platform.python_version(), "machine": platform.machine()}
    print(f"{'jobs per second':24}{'bare load':>12}{'new':>10}{'unchanged':>12}{'changed':>10}")
    for name in options.databases:
        with _database(name) as url:
            found = asyncio.run(_measure(url, options.jobs, options.in_flight))
        figures[name] = found
        print(
            f"{name:24}{found['bare']:12,.0f}{found['new']:10,.0f}{found['unchanged']:12,.0f}{found['changed']:10,.0f}"
        )
        print(
            f"{'':24}new = {found['new_to_bare']} of the bare load, unchanged = {found['unchanged_to_new']} times new"
        )
    print(json.dumps(figures))


@contextlib.contextmanager
def _database(name: str) -> Iterator[str]:
    if name == "sqlite":
        with tempfile.TemporaryDirectory(prefix="jobspiders-benchmark-") as folder:
            yield f"sqlite:///{folder}/jobs.db"
    else:
        with postgres() as server:
            yield server.url


async def _measure(url: str, count: int, in_flight: int) -> dict[str, float]:
    engine = connect(url)
    _make_bare_table(engine)
    store = Store(MemoryStatsCollector(Crawler(Spider)), Writer(url, "benchmark"))
    await store.open_spider()
    seconds = dict.fromkeys(("bare", "new", "unchanged", "changed"), 0.0)
    size = max(1, count // TURNS)
    parts = [range(start, min(start + size, count)) for start in range(0, count, size)]
    for part in parts:
        jobs = [job(number) for number in part]
        ready = _ready_rows(engine, jobs)
        with _set_aside():
            seconds["bare"] += _load(engine, ready)
        for hours, (kind, other) in enumerate(VISITS.items()):
            seen = [replace(one, seen_at=BEGIN + timedelta(hours=hours), **other) for one in jobs]
            store.writer.run_id = kind  # what the same run sees twice is counted as repeated
            with _set_aside():
                seconds[kind] += await _feed(store, seen, in_flight)
    await store.close_spider()
    stats = store.stats.get_stats()
    assert all(stats[f"jobs/{kind}"] == count for kind in ("new", "unchanged", "changed")), stats
    engine.dispose()
    speeds = {kind: round(count / spent, 1) for kind, spent in seconds.items()}
    ratios = {
        "new_to_bare": round(speeds["new"] / speeds["bare"], 2),
        "unchanged_to_new": round(speeds["unchanged"] / speeds["new"], 2),
    }
    return speeds | ratios


@contextlib.contextmanager
def _set_aside() -> Iterator[None]:
    """Keeps the garbage collector from walking through what lies ready, which no crawl has in its memory."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


async def _feed(store: Store, jobs: Sequence[Job], in_flight: int) -> float:
    """Seconds until all jobs are through the pipeline's step, so many of them at a time."""
    begin, left = time.perf_counter(), iter(jobs)

    async def pass_on() -> None:
        for item in left:
            await store.process_item(item)

    await asyncio.gather(*(pass_on() for _ in range(in_flight)))
    return time.perf_counter() - begin


def _make_bare_table(engine: Engine) -> None:
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("CREATE TABLE bare (LIKE jobs INCLUDING ALL) WITH (fillfactor = 50)"))
            return
        for (made,) in connection.execute(
            text("SELECT sql FROM sqlite_master WHERE tbl_name = 'jobs' AND sql > ''")
        ).all():
            statement = made.replace("TABLE jobs", "TABLE bare").replace(" ON jobs", " ON bare")
            connection.exec_driver_sql(statement.replace("INDEX jobs_", "INDEX bare_"))


def _ready_rows(engine: Engine, jobs: Sequence[Job]) -> list[tuple[Any, ...]]:
    decisions = {arrival.key: first(arrival, "benchmark") for arrival in gather(jobs, BEGIN).values()}
    in_order = [decisions[job.job_source, job.source_id] for job in jobs]
    bind_moment = as_text if engine.dialect.name == "sqlite" else aware
    return [tuple(ready) for ready in bound(stored_jobs, ROW, map(row, in_order), bind_moment)]


def _load(engine: Engine, ready: Sequence[tuple[Any, ...]]) -> float:
    """Seconds of a load that looks at nothing."""
    names, begin = ", ".join(ROW), time.perf_counter()
    for start in range(0, len(ready), AT_MOST):
        part = ready[start : start + AT_MOST]
        with engine.begin() as connection:
            if engine.dialect.name == "sqlite":
                connection.exec_driver_sql(
                    f"INSERT INTO bare ({names}) VALUES ({', '.join('?' * len(ROW))})", list(part)
                )
                continue
            driver = cast("Driver[Any]", connection.connection.driver_connection)
            with driver.cursor() as cursor, cursor.copy(f"COPY bare ({names}) FROM STDIN") as copy:
                for values in part:
                    copy.write_row(values)
    return time.perf_counter() - begin


if __name__ == "__main__":
    main()
