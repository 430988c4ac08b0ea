"""The lines that people read."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from jobspiders.control.narrator import began, ended, follows
from jobspiders.store.runs import Run, Status
from jobspiders.store.schedules import Schedule

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
LOCAL = f"{NOON.astimezone():%Y-%m-%d %H:%M:%S}"


def run(status: Status, **more: object) -> Run:
    return Run(run_id="r", site_name="glints", status=status, started_at=NOON, **more)


def test_lines() -> None:
    assert began(run(Status.RUNNING)) == f"[Glints Worker] Starting Glints scraping at {LOCAL}"
    done = ended(run(Status.SUCCEEDED, new=32))
    assert done == "[Glints Worker] Glints scraping completed. Added 32 new jobs"
    partly = ended(run(Status.PARTIAL, new=3, outcome="truncated", reason="a wall, after 2 listing pages"))
    assert partly.endswith("Added 3 new jobs (truncated: a wall, after 2 listing pages)")
    failed = ended(run(Status.FAILED, reason="no answer came from the board"))
    assert failed == "[Glints Worker] Glints scraping failed: no answer came from the board"


def test_the_next_run() -> None:
    schedule = Schedule(site_name="glints", interval_minutes=60, next_run_at=NOON)
    assert follows(schedule, NOON - timedelta(hours=1)) == f"Next Glints run in 60.0 minutes at {LOCAL}"
    assert follows(schedule, NOON + timedelta(hours=1)) == f"Next Glints run in 0.0 minutes at {LOCAL}"
