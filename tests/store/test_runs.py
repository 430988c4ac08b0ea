"""The rows of runs."""

from __future__ import annotations

from dataclasses import replace

import pytest
from some_jobs import at
from sqlalchemy import Engine

from jobspiders.store.runs import Run, Status, begin, end, get, progress, recent


def said(engine: Engine) -> Run:
    """The stored run without what the store adds of its own."""
    run = get(engine, "r")
    assert run is not None
    return replace(run, heartbeat_at=None)


def test_life_of_a_run(engine: Engine) -> None:
    run = Run(
        run_id="r", site_name="example", search={"search_term": "né"}, ignored=["distance"], started_at=at(0), pid=7
    )
    begin(engine, run)
    assert said(engine) == run
    progress(engine, replace(run, requested_pages=3, found=20, stats={"a": 0}))
    seen = get(engine, "r")
    assert seen is not None
    assert (seen.requested_pages, seen.found, seen.stats, seen.status) == (3, 20, {"a": 0}, Status.RUNNING)
    ended = replace(run, status=Status.PARTIAL, outcome="truncated", reason="a wall", finished_at=at(1), new=9)
    end(engine, replace(ended, stats={"a": 1}))
    assert said(engine) == replace(ended, stats={"a": 1})


def test_start_of_a_queued_run_keeps_what_was_queued(engine: Engine) -> None:
    queued = Run(
        run_id="r", site_name="example", trigger="schedule", status=Status.QUEUED, launcher="local", task_id="t"
    )
    begin(engine, queued)
    begin(engine, Run(run_id="r", site_name="example", started_at=at(0), host="h", search={"limit": 1}))
    expected = replace(queued, status=Status.RUNNING, started_at=at(0), host="h", search={"limit": 1})
    assert said(engine) == expected
    begin(engine, Run(run_id="r", site_name="example", started_at=at(1), host="i"))  # a second worker of the same run
    assert said(engine) == replace(expected, host="i")


def test_recent(engine: Engine) -> None:
    for number, hours in enumerate([1, 3, 2]):
        begin(engine, Run(run_id=f"r{number}", site_name="ab"[number % 2], started_at=at(hours)))
    begin(engine, Run(run_id="r9", site_name="a", status=Status.QUEUED))
    assert [run.run_id for run in recent(engine)] == ["r9", "r1", "r2", "r0"]
    assert [run.run_id for run in recent(engine, "a", limit=2)] == ["r9", "r2"]


@pytest.mark.parametrize("status", Status)
def test_every_status_comes_back(engine: Engine, status: Status) -> None:
    begin(engine, Run(run_id="r", site_name="example", status=status))
    assert get(engine, "r").status is status  # type: ignore[union-attr]


def test_text_that_postgresql_refuses(engine: Engine) -> None:
    run = Run(run_id="r", site_name="example", search={"search_term": "a\0b"})
    begin(engine, run)
    end(engine, replace(run, message="bad \0 byte \ud800"))
    stored = get(engine, "r")
    assert stored is not None
    assert (stored.search, stored.message) == ({"search_term": "ab"}, "bad  byte ")


def test_unknown_run(engine: Engine) -> None:
    assert get(engine, "r") is None
