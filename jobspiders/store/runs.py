"""The runs: one row for each search on a board, from its trigger to its outcome."""

from __future__ import annotations

import secrets
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Engine, Row, Select, bindparam, func, select
from sqlalchemy.exc import IntegrityError

from jobspiders.store.columns import Instant
from jobspiders.store.content import clean
from jobspiders.store.db import clock, reading, writing
from jobspiders.store.tables import scrape_runs

# What was said when a run was queued and holds from then on.
FIRST_WORD_COUNTS = {"run_id", "trigger"}
# What a run that begins once more has not got any longer.
ENDING: dict[str, Any] = dict.fromkeys(("outcome", "reason", "finished_at", "message"))


class Status(StrEnum):
    """Where a run stands; its outcome tells more about the end."""

    QUEUED = "queued"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    PARTIAL = "partial"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def ended(self) -> bool:
        """True when nothing more will come of the run."""
        return self not in (Status.QUEUED, Status.RUNNING)


@dataclass(slots=True, kw_only=True)
class Counts:
    """What a run has done so far."""

    requested_pages: int = 0
    completed_pages: int = 0
    found: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    closed: int = 0
    errors: int = 0


@dataclass(slots=True, kw_only=True)
class Run(Counts):
    """One search on one board. `trigger` is manual or schedule; `search` holds the arguments that were given,
    `ignored` the names of those that the board cannot honour; times are aware.

    `launcher` started it (None: somebody by hand) and knows it as `task_id`; `settings` are Scrapy's for this run
    alone. A run that is `managed` was queued by the control plane, at `queued_at`, and is the only such one of its
    board; `tick` is the moment for which a schedule asked. `host` and `pid` are those of the process that runs it, or,
    while it is queued, of the one that is about to start it.
    """

    run_id: str
    site_name: str
    trigger: str = "manual"
    search: dict[str, Any] = field(default_factory=dict)
    ignored: list[str] = field(default_factory=list)
    status: Status = Status.RUNNING
    outcome: str | None = None
    reason: str | None = None
    started_at: datetime | None = None
    finished_at: datetime | None = None
    message: str | None = None
    launcher: str | None = None
    task_id: str | None = None
    host: str | None = None
    pid: int | None = None
    stats: dict[str, Any] = field(default_factory=dict)
    managed: bool = False
    tick: datetime | None = None
    settings: dict[str, Any] = field(default_factory=dict)
    queued_at: datetime | None = None
    heartbeat_at: datetime | None = None
    cancel_asked_at: datetime | None = None


FIGURES = tuple(item.name for item in fields(Counts))


def new_run_id(site_name: str, now: datetime) -> str:
    """An id that sorts by board and time and is fit for a URL, a file name and scrapyd."""
    return f"{site_name}-{now:%Y%m%d-%H%M%S}-{secrets.token_hex(3)}"


def begin(engine: Engine, run: Run) -> None:
    """Store a run that is queued or has started. What was stored when it was queued, and is not said again, stays.

    Raises StoreAway, and may then be called again.
    """
    row = clean(asdict(run))
    try:
        with writing(engine) as connection:
            connection.execute(scrape_runs.insert().values(row | {"heartbeat_at": clock(engine)}))
    except IntegrityError:  # it was queued, or another worker of the same run was first
        said: dict[str, Any] = {name: value for name, value in row.items() if value and name not in FIRST_WORD_COUNTS}
        started = func.coalesce(scrape_runs.c.started_at, bindparam("started", run.started_at, type_=Instant()))
        _update(engine, run.run_id, ENDING | said | {"started_at": started, "heartbeat_at": clock(engine)})


def progress(engine: Engine, run: Run) -> bool:
    """Store that a run is alive and how far it is: its figures replace the earlier ones. False when it is to stop,
    because that was asked for or it was given up for dead. Raises StoreAway.
    """
    values: dict[str, Any] = {name: getattr(run, name) for name in (*FIGURES, "stats")}
    mine = scrape_runs.c.run_id == run.run_id
    told = scrape_runs.update().where(mine).values(clean(values) | {"heartbeat_at": clock(engine)})
    with writing(engine) as connection:
        row = connection.execute(told.returning(scrape_runs.c.status, scrape_runs.c.cancel_asked_at)).first()
    return row is not None and row.status == Status.RUNNING and row.cancel_asked_at is None


def end(engine: Engine, run: Run) -> None:
    """Store a run that has ended, with its outcome and last figures; where it began stays as stored.

    Raises StoreAway, and may then be called again.
    """
    names = [*FIGURES, "status", "outcome", "reason", "finished_at", "message", "stats"]
    _update(engine, run.run_id, {name: getattr(run, name) for name in names})


def get(engine: Engine, run_id: str) -> Run | None:
    """The run of that id, None when there is none. Raises StoreAway."""
    return next(iter(select_runs(engine, select(scrape_runs).where(scrape_runs.c.run_id == run_id))), None)


def recent(engine: Engine, site_name: str | None = None, limit: int = 20, status: Status | None = None) -> list[Run]:
    """The latest runs (of one board, of one status), those that wait for their start first. Raises StoreAway."""
    c = scrape_runs.c
    began = func.coalesce(c.started_at, c.queued_at)
    order = ((c.status == Status.QUEUED).desc(), began.desc().nulls_last(), c.run_id.desc())
    latest = select(scrape_runs).order_by(*order)
    if site_name is not None:
        latest = latest.where(c.site_name == site_name)
    if status is not None:
        latest = latest.where(c.status == status)
    return select_runs(engine, latest.limit(limit))


def first_of(engine: Engine, launcher: str) -> Run | None:
    """The earliest run that was started by this launcher, None when there is none. Raises StoreAway."""
    started = select(scrape_runs).where(scrape_runs.c.launcher == launcher, scrape_runs.c.started_at.is_not(None))
    return next(iter(select_runs(engine, started.order_by(scrape_runs.c.started_at).limit(1))), None)


def select_runs(engine: Engine, query: Select[Any]) -> list[Run]:
    """The runs that `query`, of all columns of `scrape_runs`, finds. Raises StoreAway."""
    with reading(engine) as connection:
        return [as_run(row) for row in connection.execute(query)]


def as_run(row: Row[Any]) -> Run:
    """The run of a whole row of `scrape_runs`."""
    return replace(Run(**row._mapping), status=Status(row.status))


def _update(engine: Engine, run_id: str, values: dict[str, Any]) -> None:
    with writing(engine) as connection:
        connection.execute(scrape_runs.update().where(scrape_runs.c.run_id == run_id).values(clean(values)))
