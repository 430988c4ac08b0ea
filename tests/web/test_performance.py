"""How well it goes, from figures: pure."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine

from jobspiders.control.records import QueueRecord
from jobspiders.store.runs import Run, Status, begin
from jobspiders.store.totals import Lately, by_site, lately
from jobspiders.web.performance import completion, performance

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def test_figures_are_those_of_the_hours_in_which_something_ran() -> None:
    done = Lately(ended=4, succeeded=3, found=600, began=NOW - timedelta(hours=2))
    queues = [QueueRecord("glints", 20, pending=90, leased=10, observed=20.0), QueueRecord("lever", 10)]
    told = performance(24, done, queues, workers=3, now=NOW)
    assert (told.hours, told.jobs_per_hour, told.success_rate) == (2.0, 300.0, 0.75)
    assert (told.average_per_worker, told.waiting_pages) == (100.0, 100)
    assert told.estimated_completion == NOW + timedelta(minutes=5)


def test_nothing_done_is_no_division_by_zero() -> None:
    told = performance(24, Lately(0, 0, 0, None), [], workers=0, now=NOW)
    assert (told.jobs_per_hour, told.success_rate, told.average_per_worker) == (0.0, None, None)


@pytest.mark.parametrize(
    ("queues", "minutes"),
    [
        ([], None),
        ([QueueRecord("a", 20)], None),
        ([QueueRecord("a", 20, pending=10)], None),  # nobody works on it
        ([QueueRecord("a", 20, pending=10, observed=5)], 2),
        ([QueueRecord("a", 20, pending=10, observed=5), QueueRecord("b", 20, delayed=9, observed=1)], 9),
    ],
)
def test_the_slowest_board_decides_on_the_end(queues: list[QueueRecord], minutes: int | None) -> None:
    assert completion(queues, NOW) == (None if minutes is None else NOW + timedelta(minutes=minutes))


def test_totals_are_summed_up_by_the_store(engine: Engine) -> None:
    def run(number: int, status: Status, hours: float | None, site: str = "glints", **figures: int) -> None:
        finished = None if hours is None else NOW - timedelta(hours=hours)
        started = NOW - timedelta(hours=(hours or 0) + 1)
        figures = {"found": 0, **figures}
        begin(
            engine,
            Run(run_id=str(number), site_name=site, status=status, started_at=started, finished_at=finished, **figures),
        )

    run(1, Status.SUCCEEDED, 1, found=10, new=4)
    run(2, Status.SUCCEEDED, 30, found=100)
    run(3, Status.FAILED, 2, found=1, errors=2)
    run(4, Status.CANCELLED, 1, found=5)
    run(5, Status.RUNNING, None, site="lever", found=3)
    assert lately(engine, NOW - timedelta(hours=24)) == Lately(2, 1, 19, NOW - timedelta(hours=3))
    told = {(one.site_name, one.status): one for one in by_site(engine)}
    assert set(told) == {("glints", status) for status in ("succeeded", "failed", "cancelled")} | {("lever", "running")}
    assert (told["glints", Status.SUCCEEDED].runs, told["glints", Status.SUCCEEDED].found) == (2, 110)
    assert told["glints", Status.SUCCEEDED].last_finished_at == NOW - timedelta(hours=1)
    assert by_site(engine)[-1].last_finished_at is None
