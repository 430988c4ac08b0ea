"""Sets schedules, and tells what run one of them asks for."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import Engine

from jobspiders.control.due import check, first
from jobspiders.control.records import Wish
from jobspiders.errors import BadSchedule
from jobspiders.registry import asked
from jobspiders.store import schedules
from jobspiders.store.db import now
from jobspiders.store.schedules import Schedule


def put_schedule(engine: Engine, schedule: Schedule) -> Schedule:
    """Store a schedule in the place of the board's earlier one: as stored, with its first tick.

    Raises UnknownBoard, BadSearch for the payload, BadSchedule, StoreAway.
    """
    payload = asked(schedule.site_name, schedule.payload)
    check(schedule)
    before = schedules.get(engine, schedule.site_name)
    known = replace(schedule, payload=payload, last_run_at=before.last_run_at if before else None)
    stored = replace(known, next_run_at=first(known, now(engine)) if known.enabled else None)
    schedules.store(engine, stored)
    return stored


def enable(engine: Engine, site_name: str, *, enabled: bool) -> Schedule:
    """Have a schedule go on or rest. Raises BadSchedule when the board has none, StoreAway."""
    return put_schedule(engine, replace(scheduled(engine, site_name), enabled=enabled))


def scheduled(engine: Engine, site_name: str) -> Schedule:
    """The board's schedule. Raises BadSchedule when it has none, StoreAway."""
    schedule = schedules.get(engine, site_name)
    if schedule is None:
        raise BadSchedule(f"{site_name} has no schedule.")
    return schedule


def wish_of(schedule: Schedule, trigger: str = "schedule") -> Wish:
    """The run that a schedule asks for."""
    settings: dict[str, Any] = {
        "DOWNLOAD_DELAY": schedule.min_pause_seconds,
        "AUTOTHROTTLE_MAX_DELAY": schedule.max_pause_seconds,
        "RETRY_TIMES": schedule.max_retries,
    }
    given = {name: value for name, value in settings.items() if value is not None}
    return Wish(schedule.site_name, schedule.payload, given, trigger=trigger)
