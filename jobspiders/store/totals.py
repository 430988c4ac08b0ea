"""What the runs have done, summed up by the database: for metrics and for those who ask how it goes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, and_, case, func, or_, select

from jobspiders.store.columns import Instant
from jobspiders.store.db import reading
from jobspiders.store.runs import Status
from jobspiders.store.tables import scrape_runs, unfinished

c = scrape_runs.c
SUMS = ("completed_pages", "found", "new", "changed", "closed", "errors")


@dataclass(frozen=True, slots=True)
class SiteTotals:
    """All runs of one board that have that status: how many, and what they did."""

    site_name: str
    status: Status
    runs: int
    completed_pages: int
    found: int
    new: int
    changed: int
    closed: int
    errors: int
    last_finished_at: datetime | None


@dataclass(frozen=True, slots=True)
class Lately:
    """The runs that ended or went on since a moment: how many ended and succeeded, the jobs that all of them found,
    and when the first of them began.
    """

    ended: int
    succeeded: int
    found: int
    began: datetime | None


def by_site(engine: Engine) -> list[SiteTotals]:
    """The totals by board and status. Raises StoreAway."""
    sums = [func.coalesce(func.sum(c[name]), 0) for name in SUMS]
    query = select(c.site_name, c.status, func.count(), *sums, func.max(c.finished_at, type_=Instant()))
    with reading(engine) as connection:
        rows = connection.execute(query.group_by(c.site_name, c.status).order_by(c.site_name, c.status))
        return [_totals(*row) for row in rows]


def lately(engine: Engine, since: datetime) -> Lately:
    """What was done since that moment; those who cancelled a run did not want it to succeed. Raises StoreAway."""
    ended = and_(c.finished_at >= since, c.status != Status.CANCELLED)
    query = select(
        func.coalesce(func.sum(case((ended, 1), else_=0)), 0),
        func.coalesce(func.sum(case((and_(ended, c.status == Status.SUCCEEDED), 1), else_=0)), 0),
        func.coalesce(func.sum(c.found), 0),
        func.min(c.started_at, type_=Instant()),
    ).where(or_(c.finished_at >= since, unfinished))
    with reading(engine) as connection:
        ended_count, succeeded, found, began = connection.execute(query).one()
    return Lately(int(ended_count), int(succeeded), int(found), began)


def _totals(site: str, status: str, *figures: Any) -> SiteTotals:
    *sums, last = figures
    whole = dict(zip(("runs", *SUMS), map(int, sums), strict=True))  # PostgreSQL sums BIGINT up as NUMERIC
    return SiteTotals(site, Status(status), last_finished_at=last, **whole)
