"""Stored jobs: search them, and show one with its history."""

from __future__ import annotations

import json
from typing import Annotated

from fastapi import APIRouter, Path, Query

from jobspiders.store import pages, query
from jobspiders.web import answers, cursor
from jobspiders.web.asks import Filters
from jobspiders.web.parts import Given
from jobspiders.web.refusals import EVERYWHERE, Refused, problems

router = APIRouter(prefix="/jobs", tags=["jobs"], responses=problems(*EVERYWHERE))
# To be mounted last, for its path has room for every other one below /jobs.
one = APIRouter(prefix="/jobs", tags=["jobs"], responses=problems(*EVERYWHERE))


@router.get("")
def search(given: Given, filters: Annotated[Filters, Query()]) -> answers.JobPage:
    """Jobs, newest first, a page at a time."""
    wanted = query.Query(
        boards=tuple(filters.board),
        text=filters.text,
        description=filters.description,
        company=filters.company,
        location=filters.location,
        country=filters.country,
        is_remote=filters.remote,
        employment_type=filters.employment_type,
        annual_salary=filters.salary,
        currency=filters.currency,
        posted_since=filters.posted_since,
        open_only=filters.state == "open",
        closed_only=filters.state == "closed",
    )
    after = cursor.read(filters.after) if filters.after else None
    found = pages.page(given.engine, wanted, filters.limit, after)
    return answers.JobPage(jobs=found.jobs, next=cursor.written(found.after))


@one.get("/{source}/{source_id:path}", responses=problems(404))
def show(given: Given, source: Annotated[str, Path(max_length=100)], source_id: str) -> answers.JobHistory:
    """A job, whole, and what of it has changed, the oldest change first."""
    found = query.get(given.engine, source, source_id)
    if found is None:
        raise Refused(404, "unknown_job", f"{json.dumps(source)} has no job {json.dumps(source_id)} here.")
    return answers.JobHistory.model_validate(found)
