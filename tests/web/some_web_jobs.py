"""Jobs for the tests of the API."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from jobspiders.items import Job

BEGIN = datetime(2026, 11, 2, 8, tzinfo=UTC)


def made(source_id: str, *, hours: float = 0, **values: Any) -> Job:
    """A job that was posted so many hours after BEGIN."""
    given = {"title": "Nurse", "url": f"https://jobs.example/{source_id}", "complete": True, **values}
    posted = BEGIN + timedelta(hours=hours)
    return Job(job_source="example", source_id=source_id, posted_at=posted, seen_at=BEGIN, **given)
