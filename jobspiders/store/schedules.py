"""The schedules: when a board is crawled, for which search; a tick that is due is claimed by one scheduler only."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, and_, select
from sqlalchemy.exc import IntegrityError

from jobspiders.errors import BoardBusy
from jobspiders.store.content import clean
from jobspiders.store.db import clock, now, reading, writing
from jobspiders.store.dispatch import insert, refuse_second
from jobspiders.store.put import put
from jobspiders.store.runs import Run
from jobspiders.store.tables import schedulers, scrape_runs, site_schedules

c = site_schedules.c
due = and_(c.enabled, c.next_run_at.is_not(None))


@dataclass(slots=True, kw_only=True)
class Schedule:
    """When a board is crawled: every `interval_minutes`, or when `cron` says in `timezone` (IANA). `payload` holds the
    search. While a run of the board goes on, a tick is dropped or waits (`overlap` skip or queue).

    The pauses are seconds between two requests, at least and at most; `max_retries` are those of a request. None leaves
    both to the board and to the live settings. Times are aware.
    """

    site_name: str
    enabled: bool = True
    interval_minutes: float | None = None
    cron: str | None = None
    timezone: str = "UTC"
    overlap: str = "skip"
    payload: dict[str, Any] = field(default_factory=dict)
    min_pause_seconds: float | None = None
    max_pause_seconds: float | None = None
    max_retries: int | None = None
    last_run_at: datetime | None = None
    next_run_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SchedulerRecord:
    """A process that works off schedules in `mode`; heard of `silent` seconds ago."""

    name: str
    mode: str
    since: datetime
    silent: float


# What a due tick becomes: the run to queue, if there can be one, and the next tick.
Decide = Callable[[Schedule, datetime], tuple[Run | None, datetime]]


def schedules(engine: Engine) -> list[Schedule]:
    """All schedules by board. Raises StoreAway."""
    with reading(engine) as connection:
        rows = connection.execute(select(site_schedules).order_by(c.site_name))
        return [Schedule(**row._mapping) for row in rows]


def get(engine: Engine, site_name: str) -> Schedule | None:
    """The schedule of a board, None when it has none. Raises StoreAway."""
    with reading(engine) as connection:
        row = connection.execute(select(site_schedules).where(c.site_name == clean(site_name))).first()
        return None if row is None else Schedule(**row._mapping)


def store(engine: Engine, schedule: Schedule) -> None:
    """Store a schedule in the place of the board's earlier one. Raises StoreAway."""
    with writing(engine) as connection:
        put(connection, site_schedules, asdict(schedule))


def remove(engine: Engine, site_name: str) -> bool:
    """Forget a board's schedule; False when it has none. Its runs stay. Raises StoreAway."""
    with writing(engine) as connection:
        return bool(connection.execute(site_schedules.delete().where(c.site_name == clean(site_name))).rowcount)


def due_sites(engine: Engine) -> list[str]:
    """The boards whose tick has come, the longest waiting first. Raises StoreAway."""
    query = select(c.site_name).where(due, c.next_run_at <= clock(engine)).order_by(c.next_run_at)
    with reading(engine) as connection:
        return list(connection.execute(query).scalars())


def claim(engine: Engine, site_name: str, decide: Decide) -> Run | None:
    """Queue the run of a board's due tick as `decide` has it, and move the schedule on to the next tick.

    None when no run comes of it: another scheduler has the tick, or a run of the board goes on. Whoever claims locks
    the schedule's row until both is stored, so that no tick is run twice. Raises StoreAway.
    """
    moment = now(engine)
    locked = select(site_schedules).where(c.site_name == site_name, due, c.next_run_at <= moment)
    try:
        with writing(engine) as connection:
            row = connection.execute(locked.with_for_update(skip_locked=True)).first()
            if row is None:
                return None
            return _claimed(engine, connection, Schedule(**row._mapping), moment, decide)
    except IntegrityError:  # a run of the board was queued by hand at this very moment; the tick is still due
        return None


def _claimed(
    engine: Engine, connection: Connection, schedule: Schedule, moment: datetime, decide: Decide
) -> Run | None:
    run, following = decide(schedule, moment)
    is_free = _is_free(connection, schedule.site_name)
    if not is_free and schedule.overlap == "queue":
        return None
    moved: dict[str, Any] = {"next_run_at": following}
    begins = run is not None and is_free and not _was_run(connection, schedule)
    if run is not None and begins:
        insert(engine, connection, run)
        moved["last_run_at"] = moment
    connection.execute(site_schedules.update().where(c.site_name == schedule.site_name).values(moved))
    return run if begins else None


def note_scheduler(engine: Engine, name: str, mode: str, since: datetime) -> None:
    """A scheduler shows that it is alive. Raises StoreAway."""
    with writing(engine) as connection:
        put(connection, schedulers, {"name": name, "mode": mode, "since": since, "heartbeat_at": clock(engine)})


def forget_schedulers(engine: Engine, name: str, before: datetime) -> None:
    """The scheduler `name` has ended, and so have those that were not heard of since `before`. Raises StoreAway."""
    gone = (schedulers.c.name == name) | (schedulers.c.heartbeat_at < before)
    with writing(engine) as connection:
        connection.execute(schedulers.delete().where(gone))


def scheduler_records(engine: Engine) -> list[SchedulerRecord]:
    """Every scheduler that has not said that it ended. Raises StoreAway."""
    with reading(engine) as connection:
        moment = connection.execute(select(clock(engine))).scalar_one()
        rows = connection.execute(select(schedulers).order_by(schedulers.c.since)).all()
    return [SchedulerRecord(row.name, row.mode, row.since, (moment - row.heartbeat_at).total_seconds()) for row in rows]


def _is_free(connection: Connection, site_name: str) -> bool:
    try:
        refuse_second(connection, site_name)
    except BoardBusy:
        return False
    return True


def _was_run(connection: Connection, schedule: Schedule) -> bool:
    tick = scrape_runs.c.tick == schedule.next_run_at
    same = select(scrape_runs.c.run_id).where(scrape_runs.c.site_name == schedule.site_name, tick)
    return connection.execute(same).first() is not None
