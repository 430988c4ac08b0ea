"""Two real processes store the same jobs at once, in any order: one row each, and no change lost."""

from __future__ import annotations

import multiprocessing
import random
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from typing import Any

import psycopg
import pytest
from some_jobs import at, card, detail
from sqlalchemy import Engine, text

from jobspiders.items import Job
from jobspiders.store.db import connect
from jobspiders.store.jobs import save
from jobspiders.store.query import Query, find, get

Batch = list[Job]


@pytest.fixture(scope="module")
def processes() -> Iterator[ProcessPoolExecutor]:
    with ProcessPoolExecutor(2, multiprocessing.get_context("spawn")) as pool:
        yield pool


def store_all(url: str, batches: list[Batch], run_id: str, begin: float) -> list[str]:
    """What another process does."""
    engine = connect(url)
    time.sleep(max(0.0, begin - time.time()))
    verdicts = [str(verdict) for batch in batches for verdict in save(engine, batch, run_id, at(0))]
    engine.dispose()
    return verdicts


def at_once(pool: ProcessPoolExecutor, url: str, first: list[Batch], second: list[Batch]) -> list[list[str]]:
    for warm_up in [pool.submit(store_all, url, [], "", 0) for _ in range(2)]:
        warm_up.result()
    begin = time.time() + 0.1
    both = [pool.submit(store_all, url, batches, f"run-{n}", begin) for n, batches in enumerate((first, second))]
    return [one.result() for one in both]


def visits(seed: int) -> list[Job]:
    """Twelve jobs, each seen five times, and never twice alike."""
    dice = random.Random(seed)
    return [
        detail(f"{number:02}", title=f"Title {hour}", salary_max=dice.choice([None, 1.0, 2.0]), seen_at=at(hour))
        for number in range(12)
        for hour in range(5)
    ]


def shuffled(records: list[Job], seed: int) -> list[Batch]:
    dice, left, batches = random.Random(seed), list(records), []
    dice.shuffle(left)
    while left:
        size = dice.randint(1, 12)
        batches.append(left[:size])
        left = left[size:]
    return batches


@pytest.mark.parametrize("seed", range(4))
def test_any_order_ends_alike(processes: ProcessPoolExecutor, database_url: str, seed: int) -> None:
    records = visits(seed)
    verdicts = at_once(processes, database_url, shuffled(records, seed), shuffled(records, seed + 100))
    engine = connect(database_url)
    found = list(find(engine, Query()))
    assert sorted(job.source_id for job in found) == [f"{number:02}" for number in range(12)]
    assert Counter(verdicts[0] + verdicts[1])["new"] == 12
    last = {job.source_id: job for job in records}
    for job in found:
        assert (job.title, job.salary_max) == ("Title 4", last[job.source_id].salary_max)
        assert (job.first_seen_at, job.last_seen_at, job.detailed_at) == (at(0), at(4), at(4))
        assert_nothing_is_missing(engine, job.source_id, verdicts)
    engine.dispose()


def assert_nothing_is_missing(engine: Engine, source_id: str, verdicts: list[list[str]]) -> None:
    """The changes form a chain without gaps from the first revision to what is stored."""
    history = get(engine, "example", source_id)
    assert history is not None
    assert {change.revision for change in history.changes} == set(range(2, history.job.revision + 1))
    now: dict[str, Any] = {}
    for change in history.changes:
        assert now.get(change.field, change.old) == change.old
        now[change.field] = change.new
    assert all(getattr(history.job, name) == value for name, value in now.items())


SLOW = """
CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep({seconds}); RETURN NEW; END';
CREATE TRIGGER slow BEFORE {event} ON jobs FOR EACH {unit} EXECUTE FUNCTION slow();
"""


def prepare(url: str, statements: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statements)


@pytest.mark.parametrize("event", ["INSERT", "UPDATE"])
def test_opposite_orders_do_not_lock_each_other_out(
    processes: ProcessPoolExecutor, postgres_url: str, event: str
) -> None:
    batch = [detail(str(number)) for number in range(40)]
    if event == "UPDATE":
        engine = connect(postgres_url)
        save(engine, batch, "before", at(0))
        engine.dispose()
    prepare(postgres_url, SLOW.format(seconds=0.01, event=event, unit="ROW"))
    verdicts = at_once(processes, postgres_url, [batch], [list(reversed(batch))])
    assert Counter(verdicts[0] + verdicts[1])["new"] == (40 if event == "INSERT" else 0)


@pytest.mark.parametrize(
    ("change", "rows"),
    [
        pytest.param("", 20, id="with the primary key"),
        # The same race must show doubled rows where nothing forbids them, or it would prove nothing.
        pytest.param("ALTER TABLE jobs DROP CONSTRAINT jobs_pkey CASCADE", 40, id="without it"),
    ],
)
def test_same_new_jobs_at_the_same_moment(
    processes: ProcessPoolExecutor, postgres_url: str, change: str, rows: int
) -> None:
    prepare(postgres_url, SLOW.format(seconds=0.5, event="INSERT", unit="STATEMENT") + change)
    batch = [card(str(number)) for number in range(20)]
    verdicts = at_once(processes, postgres_url, [batch], [list(reversed(batch))])
    engine = connect(postgres_url)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM jobs")).scalar() == rows
    engine.dispose()
    assert Counter(verdicts[0] + verdicts[1])["new"] == rows
