"""Schedules in both databases: stored, claimed once whoever tries, never beside a run that goes on."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine

from jobspiders.items import Outcome
from jobspiders.store import schedules
from jobspiders.store.db import connect, now
from jobspiders.store.dispatch import Process, end_for, queue, start, take
from jobspiders.store.manners import put_manners, stored_manners
from jobspiders.store.runs import Run, Status, new_run_id, recent
from jobspiders.store.schedules import Schedule, claim, due_sites, get, remove, store

ME = Process("h", 1)


def decide(schedule: Schedule, moment: datetime) -> tuple[Run, datetime]:
    run = Run(
        run_id=new_run_id(schedule.site_name, moment),
        site_name=schedule.site_name,
        trigger="schedule",
        launcher="local",
        tick=schedule.next_run_at,
    )
    return run, moment + timedelta(hours=1)


def due(engine: Engine, name: str = "glints", ago: float = 1.0, **more: object) -> Schedule:
    schedule = Schedule(site_name=name, interval_minutes=60, next_run_at=now(engine) - timedelta(seconds=ago), **more)
    store(engine, schedule)
    return schedule


def test_what_is_stored_comes_back(engine: Engine) -> None:
    schedule = Schedule(
        site_name="glints",
        cron="0 3 * * *",
        timezone="Asia/Jakarta",
        overlap="queue",
        payload={"search_term": "né", "is_remote": True},
        min_pause_seconds=1.5,
        max_retries=0,
        next_run_at=datetime(2026, 5, 1, tzinfo=UTC),
    )
    store(engine, schedule)
    store(engine, Schedule(site_name="ashby", interval_minutes=5))
    assert get(engine, "glints") == schedule
    store(engine, replace(schedule, enabled=False))
    assert [one.site_name for one in schedules.schedules(engine)] == ["ashby", "glints"]
    assert get(engine, "glints").enabled is False  # type: ignore[union-attr]
    assert remove(engine, "glints")
    assert not remove(engine, "glints")
    assert get(engine, "glints") is None


def test_only_what_is_enabled_and_due(engine: Engine) -> None:
    due(engine, "b", ago=1)
    due(engine, "a", ago=9)
    due(engine, "later", ago=-60)
    due(engine, "off", enabled=False)
    assert due_sites(engine) == ["a", "b"]
    assert claim(engine, "later", decide) is None
    assert claim(engine, "off", decide) is None
    assert recent(engine) == []


def test_a_tick_is_claimed_once(engine: Engine) -> None:
    schedule = due(engine)
    with ThreadPoolExecutor(8) as pool:
        claimed = list(pool.map(lambda _: claim(engine, "glints", decide), range(24)))
    (run,) = [run for run in claimed if run]
    (stored,) = recent(engine)
    assert (stored.run_id, stored.status, stored.managed) == (run.run_id, Status.QUEUED, True)
    assert stored.tick == schedule.next_run_at
    moved = get(engine, "glints")
    assert moved is not None
    assert moved.last_run_at == pytest.approx(stored.queued_at, abs=timedelta(seconds=2))
    assert moved.next_run_at > now(engine)


def test_a_tick_that_had_its_run_has_no_second_one(engine: Engine) -> None:
    schedule = due(engine)
    first = claim(engine, "glints", decide)
    assert first is not None
    end_run(engine, first.run_id)
    store(engine, schedule)  # somebody sets the schedule back
    assert claim(engine, "glints", decide) is None
    assert len(recent(engine)) == 1
    assert get(engine, "glints").next_run_at > now(engine)  # type: ignore[union-attr]


@pytest.mark.parametrize(("overlap", "again"), [("skip", False), ("queue", True)])
def test_no_run_beside_another(engine: Engine, overlap: str, again: bool) -> None:
    queue(engine, Run(run_id="by-hand", site_name="glints", launcher="local"))
    due(engine, overlap=overlap)
    assert claim(engine, "glints", decide) is None
    assert due_sites(engine) == (["glints"] if again else [])
    end_run(engine, "by-hand")
    assert (claim(engine, "glints", decide) is not None) is again


def test_a_run_by_hand_is_nobodys_business(engine: Engine) -> None:
    from jobspiders.store.runs import begin

    begin(engine, Run(run_id="by-hand", site_name="glints"))
    due(engine)
    assert claim(engine, "glints", decide) is not None


def test_a_schedule_that_asks_for_nothing_moves_on(engine: Engine) -> None:
    due(engine)
    assert claim(engine, "glints", lambda schedule, moment: (None, moment + timedelta(hours=1))) is None
    assert due_sites(engine) == []
    assert get(engine, "glints").last_run_at is None  # type: ignore[union-attr]


def test_what_decide_raises_leaves_the_tick_as_it_was(engine: Engine) -> None:
    before = due(engine)

    def fails(schedule: Schedule, moment: datetime) -> tuple[Run, datetime]:
        raise KeyError(schedule.site_name)

    with pytest.raises(KeyError):
        claim(engine, "glints", fails)
    assert get(engine, "glints") == before


def test_schedulers_show_themselves(engine: Engine) -> None:
    since = datetime(2026, 5, 1, tzinfo=UTC)
    schedules.note_scheduler(engine, "h-1", "parallel", since)
    schedules.note_scheduler(engine, "h-1", "parallel", since)
    schedules.note_scheduler(engine, "h-2", "sequential", since)
    assert [(one.name, one.mode, one.silent < 60) for one in schedules.scheduler_records(engine)] == [
        ("h-1", "parallel", True),
        ("h-2", "sequential", True),
    ]
    schedules.forget_schedulers(engine, "h-1", since)
    assert [one.name for one in schedules.scheduler_records(engine)] == ["h-2"]


def test_live_settings(engine: Engine) -> None:
    put_manners(engine, {"workers": 3, "retry_backoff_factor": 1.5})
    put_manners(engine, {"workers": 4})
    assert stored_manners(engine) == {"workers": 4, "retry_backoff_factor": 1.5}


def test_two_processes_of_one_sqlite_file(sqlite_url: str) -> None:
    engines = [connect(sqlite_url) for _ in range(4)]
    due(engines[0])
    with ThreadPoolExecutor(4) as pool:
        claimed = list(pool.map(lambda engine: claim(engine, "glints", decide), engines))
    assert sum(run is not None for run in claimed) == 1
    for engine in engines:
        engine.dispose()


def end_run(engine: Engine, run_id: str) -> None:
    take(engine, "local", ME)
    assert start(engine, run_id, ME)
    assert end_for(engine, run_id, ME, Outcome.COMPLETE, "")
