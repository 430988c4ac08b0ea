"""Reads stored jobs a page at a time, newest first, for those who look through many of them."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Engine, and_, or_, select, tuple_

from jobspiders.store.db import reading
from jobspiders.store.query import Query, conditions
from jobspiders.store.tables import jobs, newest


@dataclass(slots=True)
class JobSummary:
    """A stored job without its long texts."""

    job_source: str
    source_id: str
    url: str
    apply_url: str | None
    title: str
    company: str | None
    location: str | None
    city: str | None
    country: str | None
    arrangement: str | None
    is_remote: bool | None
    employment_types: list[str]
    seniority: str | None
    salary_min: float | None
    salary_max: float | None
    salary_currency: str | None
    salary_period: str | None
    salary_min_annual: float | None
    salary_max_annual: float | None
    salary_text: str | None
    posted_at: datetime | None
    posted_precision: str | None
    first_seen_at: datetime
    last_seen_at: datetime
    revision: int
    closed_at: datetime | None
    closed_reason: str | None


class Place(NamedTuple):
    """Where a job stands in the order of all: `at` is when it was posted, or first seen if the board did not say."""

    at: datetime
    job_source: str
    source_id: str


class Page(NamedTuple):
    """Some jobs, and the place after which the next page begins, None when there is none."""

    jobs: list[JobSummary]
    after: Place | None


PATIENCE = 5  # seconds that a page may take
COLUMNS = [jobs.c[item.name] for item in fields(JobSummary)]


def page(engine: Engine, query: Query, limit: int, after: Place | None = None) -> Page:
    """At most `limit` of the jobs that `query` asks for, newest first, those behind `after`.

    Raises TooSlow, StoreAway.
    """
    statement = select(*COLUMNS).where(*conditions(query)).limit(limit + 1)
    statement = statement.order_by(newest.desc(), jobs.c.job_source, jobs.c.source_id)
    if after is not None:
        behind = tuple_(jobs.c.job_source, jobs.c.source_id) > tuple_(after.job_source, after.source_id)
        # The first half is what the index can begin at.
        statement = statement.where(newest <= after.at, or_(newest < after.at, and_(newest == after.at, behind)))
    with reading(engine) as connection:
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql(f"SET LOCAL statement_timeout = '{PATIENCE}s'")
        found = [JobSummary(*row) for row in connection.execute(statement)]
    return Page(found[:limit], _place(found[limit - 1]) if len(found) > limit else None)


def _place(job: JobSummary) -> Place:
    return Place(job.posted_at or job.first_seen_at, job.job_source, job.source_id)
