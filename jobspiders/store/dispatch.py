"""Runs that wait and runs that go on: queued once a board, taken by one process, ended when their process is gone."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Engine, and_, select
from sqlalchemy.exc import IntegrityError

from jobspiders.errors import BoardBusy
from jobspiders.items import Outcome
from jobspiders.store.content import clean
from jobspiders.store.db import clock, reading, writing
from jobspiders.store.runs import Run, Status, as_run
from jobspiders.store.tables import scrape_runs, unfinished

c = scrape_runs.c
queued = and_(c.status == Status.QUEUED, unfinished)  # the second half says nothing new, but has an index


class Process(NamedTuple):
    """A process on a host of that name."""

    host: str
    pid: int


class Sign(NamedTuple):
    """A run that has not ended: for how many seconds nothing has been heard of it, how many seconds ago it began or was
    queued, and how many ago it was asked to stop, if it was (all by the store's clock).
    """

    run: Run
    silence: float
    age: float
    asked: float | None


def queue(engine: Engine, run: Run) -> None:
    """Store a managed run that waits for its start. Raises BoardBusy when its board has another one; StoreAway."""
    try:
        with writing(engine) as connection:
            refuse_second(connection, run.site_name)
            insert(engine, connection, run)
    except IntegrityError:  # somebody was quicker
        with reading(engine) as connection:
            refuse_second(connection, run.site_name)
        raise


def insert(engine: Engine, connection: Connection, run: Run) -> None:
    """Store a queued run within a transaction. IntegrityError: its board has an active one, or its tick had a run."""
    row = clean(asdict(run)) | {"status": Status.QUEUED, "managed": True, "queued_at": clock(engine)}
    connection.execute(scrape_runs.insert().values(row))


def refuse_second(connection: Connection, site_name: str) -> None:
    """Raises BoardBusy when a managed run of the board waits or goes on."""
    active = connection.execute(select(c.run_id).where(c.site_name == site_name, c.managed, unfinished)).scalar()
    if active is not None:
        raise BoardBusy(site_name, active)


def take(
    engine: Engine, launcher: str, by: Process, *, sites: Collection[str] = (), limit: int | None = None
) -> list[Run]:
    """Runs that wait for this launcher, the longest waiting first, from now on `by`'s to start. Raises StoreAway."""
    waiting = and_(
        queued, c.managed, c.launcher == launcher, c.host.is_(None), *([c.site_name.in_(sites)] if sites else [])
    )
    if not _any(engine, waiting):
        return []
    with writing(engine) as connection:
        ids = select(c.run_id).where(waiting).order_by(c.queued_at).limit(limit).with_for_update(skip_locked=True)
        return _claim(engine, connection, connection.execute(ids).scalars().all(), by)


def take_one(engine: Engine, run_id: str, by: Process) -> bool:
    """The same for one run; False when it does not wait, or is another process's to start. Raises StoreAway."""
    with writing(engine) as connection:
        locked = select(c.run_id).where(c.run_id == run_id, queued, c.host.is_(None)).with_for_update()
        return bool(_claim(engine, connection, connection.execute(locked).scalars().all(), by))


def give_back(engine: Engine, run: Run) -> bool:
    """Let another process start a run that was taken, as `run` has it; False when it has begun. Raises StoreAway."""
    taken = and_(c.run_id == run.run_id, queued, c.host == run.host, c.pid == run.pid)
    return bool(_change(engine, taken, host=None, pid=None))


def start(engine: Engine, run_id: str, by: Process) -> bool:
    """A queued run goes on in `by`. False for any other, as one that was cancelled or that another process goes on
    with: `by` has to leave it alone. Raises StoreAway.
    """
    moment = clock(engine)
    begun = {"status": Status.RUNNING, "host": by.host, "pid": by.pid, "started_at": moment, "heartbeat_at": moment}
    return bool(_change(engine, and_(c.run_id == run_id, queued), **begun))


def move(engine: Engine, run_id: str, to: Process) -> None:
    """A run that was taken is from now on `to`'s to start. Raises StoreAway."""
    _change(engine, and_(c.run_id == run_id, queued), host=to.host, pid=to.pid)


def note_task(engine: Engine, run_id: str, task_id: str) -> None:
    """The launcher knows the run as `task_id`. Raises StoreAway."""
    _change(engine, c.run_id == run_id, task_id=task_id)


def signs(engine: Engine) -> list[Sign]:
    """All runs that have not ended, and how long nothing was heard of each. Raises StoreAway."""
    with reading(engine) as connection:
        moment = connection.execute(select(clock(engine))).scalar_one()
        runs = [as_run(row) for row in connection.execute(select(scrape_runs).where(unfinished))]
    return [_sign(run, moment) for run in runs]


def ask_cancel(engine: Engine, run_id: str) -> None:
    """End a run that is queued, and ask one that goes on to stop, unless it was asked before. Raises StoreAway."""
    asked = {"cancel_asked_at": clock(engine)}
    ended = _ending(engine, Outcome.CANCELLED, "cancelled before it began")
    with writing(engine) as connection:
        if not connection.execute(
            scrape_runs.update().where(c.run_id == run_id, queued).values(ended | asked)
        ).rowcount:
            first = and_(c.run_id == run_id, unfinished, c.cancel_asked_at.is_(None))
            connection.execute(scrape_runs.update().where(first).values(asked))


def end_abandoned(engine: Engine, run: Run, outcome: Outcome, reason: str) -> bool:
    """End a run of which nothing has been heard since `run` was read; False when something was. Raises StoreAway."""
    same = and_(c.run_id == run.run_id, unfinished, c.status == run.status)
    silent = and_(same, c.heartbeat_at.is_not_distinct_from(run.heartbeat_at))
    return bool(_change(engine, silent, **_ending(engine, outcome, reason)))


def end_for(engine: Engine, run_id: str, by: Process, outcome: Outcome, reason: str) -> bool:
    """End a run that `by` has left without a word, unless it has ended, or is another's. Raises StoreAway."""
    of_by = and_(c.host == by.host, c.pid == by.pid)
    return bool(_change(engine, and_(c.run_id == run_id, unfinished, of_by), **_ending(engine, outcome, reason)))


def _ending(engine: Engine, outcome: Outcome, reason: str) -> dict[str, Any]:
    status = Status.CANCELLED if outcome is Outcome.CANCELLED else Status.FAILED
    return {"status": status, "outcome": outcome, "reason": clean(reason), "finished_at": clock(engine)}


def _claim(engine: Engine, connection: Connection, ids: Collection[str], by: Process) -> list[Run]:
    taken = {"host": by.host, "pid": by.pid, "heartbeat_at": clock(engine)}
    rows = connection.execute(scrape_runs.update().where(c.run_id.in_(ids)).values(taken).returning(scrape_runs))
    return sorted((as_run(row) for row in rows), key=lambda run: list(ids).index(run.run_id))


def _any(engine: Engine, condition: ColumnElement[bool]) -> bool:
    with reading(engine) as connection:
        return connection.execute(select(c.run_id).where(condition).limit(1)).first() is not None


def _change(engine: Engine, condition: ColumnElement[bool], **values: Any) -> int:
    with writing(engine) as connection:
        return connection.execute(scrape_runs.update().where(condition).values(values)).rowcount


def _sign(run: Run, moment: datetime) -> Sign:
    began = run.started_at or run.queued_at or moment
    silence = (moment - (run.heartbeat_at or began)).total_seconds()
    asked = None if run.cancel_asked_at is None else (moment - run.cancel_asked_at).total_seconds()
    return Sign(run, silence, (moment - began).total_seconds(), asked)
