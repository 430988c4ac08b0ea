"""Tells people what happens to the boards: a line when a run begins, when it ends, and when the next one comes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from sqlalchemy import Engine

from jobspiders.store import schedules
from jobspiders.store.db import now
from jobspiders.store.dispatch import Sign
from jobspiders.store.runs import Run, Status, get
from jobspiders.store.schedules import Schedule


def began(run: Run) -> str:
    """The line for a run that has begun."""
    title = run.site_name.title()
    at = "" if run.started_at is None else f" at {_clock(run.started_at)}"
    return f"[{title} Worker] Starting {title} scraping{at}"


def ended(run: Run) -> str:
    """The line for a run that has ended."""
    title = run.site_name.title()
    if run.status in (Status.SUCCEEDED, Status.PARTIAL):
        short = "" if run.status is Status.SUCCEEDED else f" ({run.outcome}: {run.reason})"
        return f"[{title} Worker] {title} scraping completed. Added {run.new} new jobs{short}"
    return f"[{title} Worker] {title} scraping {run.status.value}: {run.reason}"


def follows(schedule: Schedule, moment: datetime) -> str:
    """The line that tells when a board's next run comes."""
    if schedule.next_run_at is None:
        return f"{schedule.site_name.title()} rests"
    minutes = max(0.0, (schedule.next_run_at - moment).total_seconds() / 60)
    return f"Next {schedule.site_name.title()} run in {minutes:.1f} minutes at {_clock(schedule.next_run_at)}"


class Narrator:
    """Follows the runs by looking at them now and then."""

    def __init__(self, engine: Engine, tell: Callable[[str], None]) -> None:
        self._engine = engine
        self._tell = tell
        self._going: dict[str, Status] = {}

    def follow(self, found: Iterable[Sign]) -> None:
        """Tell what has changed since the last look. Raises StoreAway."""
        runs = {sign.run.run_id: sign.run for sign in found}
        for run_id, run in runs.items():
            if run.status is Status.RUNNING and self._going.get(run_id) is not Status.RUNNING:
                self._tell(began(run))
        for run_id in self._going.keys() - runs.keys():
            self._tell_end(run_id)
        self._going = {run_id: run.status for run_id, run in runs.items()}

    def _tell_end(self, run_id: str) -> None:
        run = get(self._engine, run_id)
        if run is None:
            return
        if self._going[run_id] is Status.QUEUED and run.started_at is not None:  # it was quicker than our look
            self._tell(began(run))
        self._tell(ended(run))
        schedule = schedules.get(self._engine, run.site_name)
        if schedule is not None and schedule.enabled:
            self._tell(follows(schedule, now(self._engine)))


def _clock(moment: datetime) -> str:
    """A moment by the clock on the wall."""
    return f"{moment.astimezone():%Y-%m-%d %H:%M:%S}"
