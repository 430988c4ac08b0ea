"""The shapes of what the API answers; beside them only records of the store that go out as they are.

Times are ISO 8601 in UTC, ages and pauses are in seconds, countries are ISO 3166-1, currencies ISO 4217.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from jobspiders.control.records import QueueRecord, WorkerRecord
from jobspiders.store.pages import JobSummary
from jobspiders.store.query import StoredJob
from jobspiders.store.runs import Status
from jobspiders.store.schedules import SchedulerRecord


class Answer(BaseModel):
    """What they have in common: they are read from records by name."""

    model_config = ConfigDict(from_attributes=True)


class Problem(Answer):
    """What every refusal looks like: `error` is for programs, `detail` one line for people."""

    error: str = Field(examples=["unknown_board"])
    detail: str = Field(examples=["no board is called 'glint': did you mean glints?"])


class Rate(Answer):
    """A board's declared limit."""

    per_minute: float
    concurrency: int


class Board(Answer):
    """A board and what is declared of it; `arguments` are its own search arguments with what each means."""

    name: str = Field(examples=["glints"])
    title: str
    homepage: str
    countries: list[str]
    rate: Rate
    schedule: str = Field(description="how often is sensible", examples=["every 6 hours"])
    robots: str
    terms: str
    walls: str
    browser: bool = Field(description="its pages need a browser")
    arguments: dict[str, str]
    example: dict[str, str] = Field(description="search arguments that it cannot do without")


class JobPage(Answer):
    """Jobs, newest first, without their long texts. `next` is the `after` of the next page, null on the last."""

    jobs: list[JobSummary]
    next: str | None = Field(description="opaque; valid as long as the filters are the same")


class Change(Answer):
    """One field of a job that got a new value."""

    revision: int
    field: str = Field(examples=["salary_max"])
    old: Any
    new: Any
    changed_at: datetime
    run_id: str | None


class JobHistory(Answer):
    """A job, whole, and every change of it, the oldest first."""

    job: StoredJob
    changes: list[Change]


class Run(Answer):
    """One search on one board, from its trigger to its outcome."""

    run_id: str = Field(examples=["glints-20261122-085100-3fa9c1"])
    site_name: str
    trigger: str = Field(examples=["manual", "schedule"])
    status: Status
    outcome: str | None = Field(examples=["complete", "truncated", "blocked"])
    reason: str | None
    message: str | None
    search: dict[str, Any]
    ignored: list[str] = Field(description="search arguments that the board cannot honour, and why")
    requested_pages: int
    completed_pages: int
    found: int
    new: int
    changed: int
    unchanged: int
    closed: int
    errors: int
    queued_at: datetime | None
    started_at: datetime | None
    finished_at: datetime | None
    cancel_asked_at: datetime | None
    tick: datetime | None = Field(description="the moment for which a schedule asked")
    launcher: str | None
    task_id: str | None
    host: str | None


class Scraped(Answer):
    """What came of a run that was waited for; one that has not ended in time goes on, with fewer jobs here."""

    run: Run
    jobs: list[StoredJob]


class RunLog(Answer):
    """The last lines of a run's log, or where scrapyd shows it."""

    run_id: str
    url: str | None
    lines: list[str]


class Workers(Answer):
    """All workers that gave a sign of life lately, and how many this server is to keep."""

    wanted: int
    workers: list[WorkerRecord]


class Performance(Answer):
    """What the runs of the last hours did. `estimated_completion` is when the pages that wait will be read."""

    hours: float
    jobs: int
    jobs_per_hour: float
    success_rate: float | None = Field(description="share of ended runs that succeeded, 0 to 1")
    runs_ended: int
    workers: int
    average_per_worker: float | None = Field(description="jobs per hour and worker")
    waiting_pages: int
    estimated_completion: datetime | None


class QueueTotals(Answer):
    """All boards' queues together."""

    boards: int
    pending: int
    delayed: int
    leased: int
    done: int
    failed: int
    dead: int
    observed: float = Field(description="requests in the last minute")


class Scheduler(Answer):
    """The processes that work the schedules off, and what is next."""

    schedulers: list[SchedulerRecord]
    enabled: int = Field(description="schedules that are")
    next_run_at: datetime | None


class DeadLetter(Answer):
    """A request given up on, after so many attempts, with its last error."""

    id: str
    site_name: str
    run_id: str | None
    url: str
    attempts: int
    error: str
    first_failed_at: datetime
    last_failed_at: datetime


class Requeued(Answer):
    """How many dead letters wait in a queue again."""

    requeued: int


class Health(Answer):
    """`ok`, `degraded` (jobs are still served) or `down`, with a line for each part that is looked at."""

    status: Literal["ok", "degraded", "down"]
    parts: dict[str, str] = Field(examples=[{"database": "ok", "redis": "not used", "scheduler": "ok"}])


class Snapshot(Answer):
    """What `/jobs/status` sends each second."""

    at: datetime
    health: Health
    runs: list[Run]
    queues: list[QueueRecord]
    workers: list[WorkerRecord]
    jobs_per_minute: float
