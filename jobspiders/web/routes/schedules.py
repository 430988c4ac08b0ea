"""Schedules: when each board is crawled by itself; and the loop that does so."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path

from jobspiders.store import schedules
from jobspiders.store.schedules import Schedule
from jobspiders.web import answers, asks
from jobspiders.web.parts import Given
from jobspiders.web.refusals import EVERYWHERE, problems

router = APIRouter(prefix="/schedules", tags=["schedules"], responses=problems(*EVERYWHERE))
loop = APIRouter(prefix="/scheduler", tags=["schedules"], responses=problems(*EVERYWHERE))

Site = Annotated[str, Path(max_length=100, pattern=r"^\w+$", examples=["glints"])]


@router.get("")
def every(given: Given) -> list[Schedule]:
    """All schedules, by board."""
    return schedules.schedules(given.engine)


@router.get("/{site_name}", responses=problems(404))
def show(given: Given, site_name: Site) -> Schedule:
    """A board's schedule."""
    raise NotImplementedError


@router.put("/{site_name}", responses=problems(404, 413))
def put(given: Given, site_name: Site, body: asks.ScheduleWanted) -> Schedule:
    """Make a board's schedule, or replace it."""
    raise NotImplementedError


@router.delete("/{site_name}", status_code=204, responses=problems(404))
def remove(given: Given, site_name: Site) -> None:
    """Remove a board's schedule; its runs stay."""
    raise NotImplementedError


@router.post("/{site_name}/run", status_code=202, responses=problems(404, 409))
def run_now(given: Given, site_name: Site) -> answers.Run:
    """Start what the schedule would start, now."""
    raise NotImplementedError


@loop.get("/status")
def status(given: Given) -> answers.Scheduler:
    """Whether the loop runs here, and what is next."""
    raise NotImplementedError


@loop.post("/run", status_code=202)
def run(given: Given) -> list[answers.Run]:
    """Look for what is due now instead of at the next tick, and start it."""
    raise NotImplementedError
