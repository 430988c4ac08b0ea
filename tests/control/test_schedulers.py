"""Schedulers that are killed, a few seconds of them; `python -m benchmarks.schedules` does it for minutes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from benchmarks.schedules import measure, tally
from jobspiders.store.runs import Run, Status

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize("database", ["sqlite_url", "postgres_url"])
def test_no_tick_twice_and_no_overlap_while_schedulers_are_killed(database, request):
    figures = measure(request.getfixturevalue(database), seconds=9, kill_every=3.5, schedulers=3, schedules=6)
    assert figures["kills"] == 2
    assert figures["runs"] >= 6
    for trouble in ("ticks_twice", "begun_twice", "overlaps", "boards_without_a_run"):
        assert figures[trouble] == 0, figures
    assert figures["missed_intervals"] <= 2, figures


def test_the_tally_sees_what_it_looks_for():
    well = Run(
        run_id="a", site_name="a", tick=NOON, queued_at=NOON, started_at=NOON, finished_at=NOON + timedelta(seconds=5),
        status=Status.SUCCEEDED, requested_pages=1,
    )  # fmt: skip
    later = {
        name: getattr(well, name) + timedelta(seconds=60) for name in ("tick", "queued_at", "started_at", "finished_at")
    }
    second = replace(well, run_id="b", **later)
    intervals = {"a": 60.0}
    found = tally([well, second], intervals)
    assert {found[name] for name in ("ticks_twice", "begun_twice", "overlaps", "missed_intervals", "latest_s")} == {0}
    assert tally([well, replace(second, tick=NOON)], intervals)["ticks_twice"] == 1
    assert tally([well, replace(second, requested_pages=2)], intervals)["begun_twice"] == 1
    assert tally([replace(well, finished_at=None), second], intervals)["overlaps"] == 1
    assert tally([well, second], {"a": 20.0})["missed_intervals"] == 2
    assert tally([well, second], {"a": 60.0, "b": 60.0})["boards_without_a_run"] == 1
