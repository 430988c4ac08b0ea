"""Workers: how many there are, what each does, how well; and the live settings of all runs."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Query

from jobspiders.control.manners import Manners
from jobspiders.control.records import Wish
from jobspiders.store.db import now
from jobspiders.store.runs import Status
from jobspiders.store.totals import lately
from jobspiders.web import answers, asks
from jobspiders.web.parts import Given, Parts
from jobspiders.web.performance import performance as judged
from jobspiders.web.refusals import EVERYWHERE, problems

router = APIRouter(prefix="/jobs/workers", tags=["workers"], responses=problems(*EVERYWHERE))
MOST = 200  # runs that are begun anew
PATIENCE = 12.0  # seconds that each of them may take to end
manners = APIRouter(prefix="/settings", tags=["workers"], responses=problems(*EVERYWHERE))


@router.post("/start", responses=problems(400, 413))
def start(given: Given, body: asks.Number) -> answers.Workers:
    """Keep so many workers from now on, 1 to 20; those that are too many finish what they do.

    Without a shared queue that is how many runs go on at once; with one, how many worker processes each server keeps.
    """
    given.desk.set_workers(body.number)
    return status(given)


@router.post("/stop")
def stop(given: Given) -> answers.Workers:
    """Keep none; those that are there finish what they do."""
    given.desk.set_workers(0)
    return status(given)


@router.post("/restart", responses=problems(400, 413))
def restart(given: Given, body: asks.Number) -> answers.Workers:
    """Keep so many workers from now on, 1 to 20, all of them new; runs that go on in the old ones begin anew."""
    given.desk.set_workers(0)
    given.loop.tick()  # sends the worker processes home
    given.desk.set_workers(body.number)
    if given.config.redis_url is None:
        _begin_anew(given)
    return status(given)


@router.get("/status")
def status(given: Given) -> answers.Workers:
    """Who works, at what, since when."""
    return answers.Workers(wanted=given.desk.manners().workers, workers=given.desk.workers())


@router.get("/performance")
def performance(given: Given, hours: Annotated[float, Query(ge=1, le=24 * 31)] = 24) -> answers.Performance:
    """What the runs of the last hours did."""
    moment = now(given.engine)
    found = lately(given.engine, moment - timedelta(hours=hours))
    return judged(hours, found, given.desk.queues(), len(given.desk.workers()), moment)


@manners.get("")
def settings(given: Given) -> Manners:
    """The live settings."""
    return given.desk.manners()


@manners.put("", responses=problems(400, 413))
def set_settings(given: Given, body: asks.MannersWanted) -> Manners:
    """Change live settings; they hold for every run that starts from now on."""
    return given.desk.set_manners(body.model_dump(exclude_none=True))


def _begin_anew(given: Parts) -> None:
    going = given.desk.runs(status=Status.RUNNING, limit=MOST)
    for run in going:
        given.desk.cancel(run.run_id)
    for run in going:
        if given.desk.wait(run.run_id, PATIENCE).status.ended:
            given.desk.start(Wish(run.site_name, run.search, run.settings, run.trigger, run.launcher))
