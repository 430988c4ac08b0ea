"""Invented records for the tests of the store, and what every test asks of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Engine, func, select

from jobspiders.items import Gone, Job, Sighting
from jobspiders.store.jobs import Record, save
from jobspiders.store.query import History, get
from jobspiders.store.tables import jobs

START = datetime(2026, 11, 2, 8, tzinfo=UTC)


def at(hours: float) -> datetime:
    """So many hours after the start."""
    return START + timedelta(hours=hours)


def detail(source_id: str = "1", **fields: Any) -> Job:
    """A job whose own page was read."""
    told = {
        "url": f"https://jobs.example/{source_id}",
        "title": "Welder",
        "company": "PT Contoh Baja",
        "location": "Bandung, Indonesia",
        "city": "Bandung",
        "country": "ID",
        "salary_min": 5_000_000.0,
        "salary_max": 8_000_000.0,
        "salary_currency": "IDR",
        "salary_period": "MONTH",
        "employment_types": ["FULL_TIME"],
        "skills": ["MIG", "TIG"],
        "description": "Weld **pipes**.",
        "description_html": "<p>Weld <b>pipes</b>.</p>",
        "posted_at": at(-48),
        "posted_precision": "exact",
        "extra": {"shift": "night"},
        "complete": True,
    }
    return Job(job_source="example", source_id=source_id, **(told | fields))


def card(source_id: str = "1", **fields: Any) -> Job:
    """A job as a card of a listing tells it."""
    told = {"url": f"https://jobs.example/{source_id}", "title": "Welder", "company": "PT Contoh Baja"}
    return Job(job_source="example", source_id=source_id, **(told | fields))


SEEN = Sighting("example", "1")
GONE = Gone("example", "1", "404")


def stored(engine: Engine, source_id: str = "1") -> History:
    history = get(engine, "example", source_id)
    assert history is not None
    return history


def visit(engine: Engine, hours: float, *records: Record, run_id: str | None = None) -> list[str]:
    """Saves, by default in a run of its own."""
    return [str(verdict) for verdict in save(engine, records, run_id or f"at {hours}", at(hours))]


def told(history: History) -> list[tuple[int, str, Any, Any]]:
    return [(change.revision, change.field, change.old, change.new) for change in history.changes]


def rows(engine: Engine) -> int:
    with engine.connect() as connection:
        return connection.execute(select(func.count()).select_from(jobs)).scalar_one()
