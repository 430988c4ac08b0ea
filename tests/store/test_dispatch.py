"""Runs that wait and runs that go on, in both databases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine

from jobspiders.errors import BoardBusy
from jobspiders.items import Outcome
from jobspiders.store.dispatch import (
    Process,
    ask_cancel,
    end_abandoned,
    end_for,
    give_back,
    move,
    note_task,
    queue,
    signs,
    start,
    take,
    take_one,
)
from jobspiders.store.runs import Run, Status, begin, get, progress

ME, OTHER = Process("h", 1), Process("h", 2)


def queued(engine: Engine, run_id: str, site_name: str | None = None, launcher: str = "local") -> None:
    queue(engine, Run(run_id=run_id, site_name=site_name or run_id, launcher=launcher))


def stored(engine: Engine, run_id: str) -> Run:
    run = get(engine, run_id)
    assert run is not None
    return run


def test_one_run_of_a_board_waits_or_goes_on(engine: Engine) -> None:
    queued(engine, "r1", "glints")
    with pytest.raises(BoardBusy, match="glints has a run that has not ended: r1") as busy:
        queued(engine, "r2", "glints")
    assert busy.value.run_id == "r1"
    assert start(engine, "r1", ME)
    with pytest.raises(BoardBusy):
        queued(engine, "r2", "glints")
    assert end_for(engine, "r1", ME, Outcome.FAILED, "")
    queued(engine, "r2", "glints")


def test_of_many_at_once_one_is_queued(engine: Engine) -> None:
    def attempt(number: int) -> bool:
        try:
            queued(engine, f"r{number}", "glints")
        except BoardBusy:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(attempt, range(16))) == 1


def test_each_is_taken_once(engine: Engine) -> None:
    for number in range(10):
        queued(engine, f"r{number}")
    queued(engine, "s", launcher="scrapyd")
    with ThreadPoolExecutor(5) as pool:
        batches = list(pool.map(lambda pid: take(engine, "local", Process("h", pid), limit=3), range(5)))
    taken = [run.run_id for batch in batches for run in batch]
    assert sorted(taken) == sorted(set(taken)) == [f"r{number}" for number in range(10)]
    assert not take_one(engine, "r1", OTHER)
    assert take_one(engine, "s", ME)


def test_the_longest_waiting_is_first(engine: Engine) -> None:
    for run_id in ("z", "a", "m"):
        queued(engine, run_id)
    assert [run.run_id for run in take(engine, "local", ME, limit=2)] == ["z", "a"]
    assert [run.run_id for run in take(engine, "local", ME, sites=["q"])] == []
    assert [run.run_id for run in take(engine, "local", ME, sites=["m"])] == ["m"]


def test_what_was_taken_can_be_given_back(engine: Engine) -> None:
    queued(engine, "r")
    (run,) = take(engine, "local", ME)
    assert give_back(engine, run)
    assert not give_back(engine, run)
    assert take_one(engine, "r", OTHER)
    assert not give_back(engine, run)
    move(engine, "r", ME)
    note_task(engine, "r", "t")
    assert (stored(engine, "r").pid, stored(engine, "r").task_id) == (1, "t")


def test_a_run_begins_once(engine: Engine) -> None:
    queued(engine, "r")
    assert start(engine, "r", ME)
    assert not start(engine, "r", OTHER)
    run = stored(engine, "r")
    assert (run.status, run.pid) == (Status.RUNNING, 1)
    assert run.started_at is not None
    assert not start(engine, "unheard of", ME)


def test_cancel(engine: Engine) -> None:
    queued(engine, "waits")
    ask_cancel(engine, "waits")
    assert (stored(engine, "waits").status, stored(engine, "waits").outcome) == (Status.CANCELLED, "cancelled")
    assert not start(engine, "waits", ME)
    queued(engine, "goes on")
    start(engine, "goes on", ME)
    assert progress(engine, stored(engine, "goes on"))
    ask_cancel(engine, "goes on")
    asked = stored(engine, "goes on").cancel_asked_at
    ask_cancel(engine, "goes on")
    assert stored(engine, "goes on").cancel_asked_at == asked
    assert not progress(engine, stored(engine, "goes on"))
    end_for(engine, "goes on", ME, Outcome.FAILED, "")
    ask_cancel(engine, "goes on")
    assert stored(engine, "goes on").status is Status.FAILED


def test_a_run_that_gave_a_sign_is_not_ended(engine: Engine) -> None:
    begin(engine, Run(run_id="r", site_name="glints"))
    ((run, silence, age, asked),) = signs(engine)
    assert silence < 60
    assert age < 60
    assert asked is None
    progress(engine, run)
    assert not end_abandoned(engine, run, Outcome.FAILED, "silent")
    assert end_abandoned(engine, stored(engine, "r"), Outcome.FAILED, "silent")
    assert not end_abandoned(engine, stored(engine, "r"), Outcome.FAILED, "once more")
    ended = stored(engine, "r")
    assert (ended.status, ended.outcome, ended.reason) == (Status.FAILED, "failed", "silent")
    assert not progress(engine, run), "it was given up for dead: it ends"
    assert signs(engine) == []


def test_who_ends_a_run(engine: Engine) -> None:
    queued(engine, "r")
    start(engine, "r", ME)
    assert not end_for(engine, "r", OTHER, Outcome.FAILED, "")
    assert end_for(engine, "r", ME, Outcome.CANCELLED, "stopped")
    assert stored(engine, "r").status is Status.CANCELLED
