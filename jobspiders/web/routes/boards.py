"""The boards that can be crawled, as they declare themselves."""

from __future__ import annotations

from fastapi import APIRouter

from jobspiders.registry import boards
from jobspiders.web import answers
from jobspiders.web.refusals import EVERYWHERE, problems

router = APIRouter(prefix="/jobs", tags=["boards"], responses=problems(*EVERYWHERE))


@router.get("/sites")
def sites() -> list[answers.Board]:
    """All boards, in alphabetical order."""
    return [answers.Board.model_validate(board) for board in boards().values()]
