"""Runs: start one and wait for it or not, see how it goes, cancel it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response
from fastapi import Path as InPath

from jobspiders.control.records import Wish
from jobspiders.store.runs import Status
from jobspiders.web import answers, asks
from jobspiders.web.parts import AT_ONCE, Given
from jobspiders.web.refusals import EVERYWHERE, Refused, problems

router = APIRouter(prefix="/jobs/scrape", tags=["runs"], responses=problems(*EVERYWHERE))

RunId = Annotated[str, InPath(max_length=200, pattern=r"^[\w.-]+$", examples=["glints-20261122-085100-3fa9c1"])]
SYNC_SECONDS = 30.0  # that a request may wait for its jobs
TAIL = 64 * 1024  # bytes of a log that are looked at


@router.post("", status_code=202, responses={200: {"model": answers.Scraped}, **problems(404, 409, 400, 413, 429)})
def start(
    given: Given, body: asks.Scrape, response: Response, mode: Literal["async", "sync"] = "async"
) -> answers.Run | answers.Scraped:
    """Start a run. With `mode=sync` wait for at most 25 jobs, half a minute at the most."""
    wish = Wish(body.site_name, body.search(), launcher=body.launcher)
    if mode == "async":
        run = given.desk.start(wish)
        response.headers["Location"] = f"/jobs/scrape/{run.run_id}"
        return answers.Run.model_validate(run)
    if not given.waiting.acquire(blocking=False):
        raise Refused(429, "too_many", f"{AT_ONCE} searches are being waited for; ask without mode=sync, or later.")
    try:
        run, jobs = given.desk.scrape(wish, SYNC_SECONDS)
    finally:
        given.waiting.release()
    response.status_code = 200
    return answers.Scraped.model_validate({"run": run, "jobs": jobs})


@router.get("")
def recent(
    given: Given,
    site_name: Annotated[str | None, Query(max_length=100)] = None,
    status: Status | None = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 20,
) -> list[answers.Run]:
    """The latest runs, those that wait for their start first."""
    return [answers.Run.model_validate(run) for run in given.desk.runs(site_name, status, limit)]


@router.get("/{run_id}", responses=problems(404))
def show(given: Given, run_id: RunId) -> answers.Run:
    """How a run goes, or what came of it."""
    return answers.Run.model_validate(given.desk.run(run_id))


@router.post("/{run_id}/cancel", responses=problems(404))
def cancel(given: Given, run_id: RunId) -> answers.Run:
    """End a run; one that has ended stays as it is."""
    return answers.Run.model_validate(given.desk.cancel(run_id))


@router.get("/{run_id}/log", responses=problems(404))
def log(given: Given, run_id: RunId, lines: Annotated[int, Query(ge=1, le=1000)] = 200) -> answers.RunLog:
    """The last lines of a run's log, none when its host has it."""
    place = given.desk.log_of(run_id)
    if isinstance(place, str):
        return answers.RunLog(run_id=run_id, url=place, lines=[])
    return answers.RunLog(run_id=run_id, url=None, lines=_last_lines(place, lines) if place else [])


def _last_lines(path: Path, count: int) -> list[str]:
    try:
        with path.open("rb") as file:
            file.seek(max(0, path.stat().st_size - TAIL))
            return file.read().decode("utf-8", "replace").splitlines()[-count:]
    except FileNotFoundError:
        return []
