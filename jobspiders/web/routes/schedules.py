"""Schedules: when each board is crawled by itself; and the loop that does so."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Path

from jobspiders.control.timetable import put_schedule, wish_of
from jobspiders.registry import board
from jobspiders.store import schedules
from jobspiders.store.db import now
from jobspiders.store.schedules import Schedule
from jobspiders.web import answers, asks
from jobspiders.web.parts import Given
from jobspiders.web.refusals import EVERYWHERE, Refused, problems

router = APIRouter(prefix="/schedules", tags=["schedules"], responses=problems(*EVERYWHERE))
loop = APIRouter(prefix="/scheduler", tags=["schedules"], responses=problems(*EVERYWHERE))

Site = Annotated[str, Path(max_length=100, pattern=r"^\w+$", examples=["glints"])]
MOST = 200  # runs that one tick is asked for


@router.get("")
def every(given: Given) -> list[Schedule]:
    """All schedules, by board."""
    return schedules.schedules(given.engine)


@router.get("/{site_name}", responses=problems(404))
def show(given: Given, site_name: Site) -> Schedule:
    """A board's schedule."""
    found = schedules.get(given.engine, board(site_name).name)
    if found is None:
        raise Refused(404, "unknown_schedule", f"{site_name} has no schedule.")
    return found


@router.put("/{site_name}", responses=problems(404, 400, 413))
def put(given: Given, site_name: Site, body: asks.ScheduleWanted) -> Schedule:
    """Make a board's schedule, or replace it."""
    return put_schedule(given.engine, Schedule(site_name=site_name, **body.model_dump()))


@router.post("/{site_name}/enable", responses=problems(404))
def enable(given: Given, site_name: Site) -> Schedule:
    """Have a schedule go on."""
    return put_schedule(given.engine, replace(show(given, site_name), enabled=True))


@router.post("/{site_name}/disable", responses=problems(404))
def disable(given: Given, site_name: Site) -> Schedule:
    """Have a schedule rest."""
    return put_schedule(given.engine, replace(show(given, site_name), enabled=False))


@router.post("/{site_name}/run", status_code=202, responses=problems(404, 409))
def run_now(given: Given, site_name: Site) -> answers.Run:
    """Start now what the schedule would start."""
    run = given.desk.start(wish_of(show(given, site_name), trigger="manual"))
    return answers.Run.model_validate(run)


@router.delete("/{site_name}", status_code=204, responses=problems(404))
def remove(given: Given, site_name: Site) -> None:
    """Remove a board's schedule; its runs stay."""
    schedules.remove(given.engine, show(given, site_name).site_name)


@loop.get("/status")
def status(given: Given) -> answers.Scheduler:
    """Who works the schedules off, and what is next."""
    planned = [one for one in schedules.schedules(given.engine) if one.enabled]
    ticks = [one.next_run_at for one in planned if one.next_run_at]
    return answers.Scheduler(
        schedulers=schedules.scheduler_records(given.engine), enabled=len(planned), next_run_at=min(ticks, default=None)
    )


@loop.post("/run", status_code=202)
def run(given: Given) -> list[answers.Run]:
    """Look for what is due now instead of at the next tick: the runs that were queued for it."""
    before = now(given.engine)
    given.loop.tick()
    found = given.desk.runs(limit=MOST)
    return [answers.Run.model_validate(run) for run in found if run.tick and run.queued_at and run.queued_at >= before]
