"""Reads stored jobs: searches them, newest first, and shows one with its history."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Engine, Text, and_, cast, func, or_, select, true

from jobspiders.items import Job
from jobspiders.store.content import clean
from jobspiders.store.db import reading
from jobspiders.store.decide import Change
from jobspiders.store.tables import annual_top, head, job_changes, jobs, newest

ROWS_AT_ONCE = 500  # held in memory while a result is read


@dataclass(frozen=True, slots=True)
class Query:
    """Which jobs; whatever is not given does not matter.

    All words of `text` must occur in the title, the company or the place, those of `company`, `location` and
    `description` there; case does not matter. `annual_salary` is the least wanted: the top of a job's range must
    reach it, in whatever currency unless `currency` (ISO 4217) is given. `run_id` is the run that saw the job last.
    Times are aware.
    """

    boards: tuple[str, ...] = ()
    text: str | None = None
    company: str | None = None
    description: str | None = None
    location: str | None = None
    country: str | None = None
    is_remote: bool | None = None
    employment_type: str | None = None
    annual_salary: float | None = None
    currency: str | None = None
    posted_since: datetime | None = None
    seen_since: datetime | None = None
    first_seen_since: datetime | None = None
    open_only: bool = False
    run_id: str | None = None
    closed_only: bool = False
    limit: int | None = None


@dataclass(slots=True, kw_only=True)
class StoredJob(Job):
    """A job with what the store knows of it beside its content."""

    first_seen_at: datetime
    last_seen_at: datetime
    detailed_at: datetime | None
    revision: int
    content_hash: str
    closed_at: datetime | None
    closed_reason: str | None
    first_run_id: str | None
    last_run_id: str | None


class History(NamedTuple):
    """A job and its changes, the oldest first, with `old` and `new` as plain data."""

    job: StoredJob
    changes: list[Change]


def find(engine: Engine, query: Query) -> Iterator[StoredJob]:
    """The jobs that `query` asks for, newest first, read as they are consumed. Raises StoreAway."""
    statement = select(jobs).where(*conditions(query)).limit(query.limit)
    statement = statement.order_by(newest.desc(), jobs.c.job_source, jobs.c.source_id)
    with (
        reading(engine) as connection,
        connection.execution_options(yield_per=ROWS_AT_ONCE).execute(statement) as rows,
    ):
        for row in rows:
            yield StoredJob(**row._mapping)


def count(engine: Engine, query: Query) -> int:
    """How many jobs `query` asks for, its limit left aside. Raises StoreAway."""
    with reading(engine) as connection:
        return connection.execute(select(func.count()).select_from(jobs).where(*conditions(query))).scalar_one()


def get(engine: Engine, job_source: str, source_id: str) -> History | None:
    """One job with its history, None when it is not stored. Raises StoreAway."""
    job_source, source_id = clean(job_source), clean(source_id)
    told = select(*(job_changes.c[name] for name in Change._fields)).order_by(job_changes.c.id)
    with reading(engine) as connection:
        row = connection.execute(
            select(jobs).where(jobs.c.job_source == job_source, jobs.c.source_id == source_id)
        ).first()
        if row is None:
            return None
        changes = connection.execute(
            told.where(job_changes.c.job_source == job_source, job_changes.c.source_id == source_id)
        )
        read = [Change(*change)._replace(old=json.loads(change.old), new=json.loads(change.new)) for change in changes]
        return History(StoredJob(**row._mapping), read)


def _holds(words: str, *columns: ColumnElement[Any]) -> ColumnElement[bool]:
    """Every word stands in one of the columns."""
    return and_(*(or_(*(column.icontains(word, autoescape=True) for column in columns)) for word in words.split()))


c = jobs.c
# What each field of Query but the limit means.
CONDITIONS: dict[str, Callable[[Any], ColumnElement[bool]]] = {
    "boards": c.job_source.in_,
    "text": lambda words: _holds(words, head),
    "description": lambda words: _holds(words, c.description),
    # What is looked for in the head, too, says nothing new, but there is an index for it. So it is with `posted_since`.
    "company": lambda words: and_(_holds(words, c.company), _holds(words, head)),
    "location": lambda words: and_(
        _holds(words, c.location, c.district, c.city, c.region, cast(c.places, Text)), _holds(words, head)
    ),
    "country": lambda code: c.country == code.upper(),
    "is_remote": c.is_remote.is_,
    "employment_type": lambda name: cast(c.employment_types, Text).contains(f'"{name.upper()}"', autoescape=True),
    "annual_salary": lambda least: annual_top >= least,
    "currency": lambda code: c.salary_currency == code.upper(),
    "posted_since": lambda since: and_(c.posted_at >= since, newest >= since),
    "seen_since": lambda since: c.last_seen_at >= since,
    "first_seen_since": lambda since: c.first_seen_at >= since,
    "run_id": lambda run_id: c.last_run_id == run_id,
    "open_only": lambda only: c.closed_at.is_(None) if only else true(),
    "closed_only": lambda only: c.closed_at.is_not(None) if only else true(),
}


def conditions(query: Query) -> list[ColumnElement[bool]]:
    """What must hold for a row of `jobs` that `query` asks for; its limit is left aside."""
    given = {name: clean(getattr(query, name)) for name in CONDITIONS}
    return [CONDITIONS[name](value) for name, value in given.items() if value or value is False]
