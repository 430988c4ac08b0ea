"""The boards' queues, and the requests that were given up on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Query

from jobspiders.control.records import QueueRecord
from jobspiders.control.requeue import requeue as to_try_again
from jobspiders.store import failures
from jobspiders.web import answers, asks
from jobspiders.web.parts import Given
from jobspiders.web.refusals import EVERYWHERE, Refused, problems

router = APIRouter(prefix="/jobs/queue", tags=["queue"], responses=problems(*EVERYWHERE))
SUMMED = ("pending", "delayed", "leased", "done", "failed", "dead", "observed")
dead = APIRouter(prefix="/dead-letters", tags=["queue"], responses=problems(*EVERYWHERE))


@router.get("/status")
def status(given: Given) -> list[QueueRecord]:
    """Each board's queue."""
    return given.desk.queues()


@router.get("/stats")
def stats(given: Given) -> answers.QueueTotals:
    """All queues together."""
    return totals(given.desk.queues())


@dead.get("")
def letters(
    given: Given,
    site_name: Annotated[str | None, Query(max_length=100)] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> list[answers.DeadLetter]:
    """Requests given up on, the latest first."""
    found = failures.dead_letters(given.engine, site_name, limit=limit)
    return [answers.DeadLetter.model_validate(letter) for letter in found]


@dead.post("/requeue", status_code=202, responses=problems(404, 409, 400, 413))
def requeue(given: Given, body: asks.Requeue) -> answers.Requeued:
    """Try them again: `ids`, or all of a board."""
    if body.site_name is None and not body.ids:
        raise Refused(422, "invalid", "give `ids`, or a `site_name`.")
    letters = failures.dead_letters(given.engine, body.site_name, body.ids)
    if unknown := sorted(set(body.ids) - {letter.id for letter in letters}):
        raise Refused(404, "unknown_letter", f"there is no dead letter {unknown[0]}.")
    return answers.Requeued(requeued=to_try_again(given.desk, letters))


def totals(queues: Sequence[QueueRecord]) -> answers.QueueTotals:
    """The queues of several boards, summed up."""
    sums = {name: sum(getattr(queue, name) for queue in queues) for name in SUMMED}
    return answers.QueueTotals(boards=len(queues), **sums)
