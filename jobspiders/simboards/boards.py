"""The boards that are played, by name and by host."""

from __future__ import annotations

from jobspiders.simboards import (
    ashby,
    glints,
    greenhouse,
    indeed,
    jobstreet,
    jsonld,
    lever,
    linkedin,
    lokerid,
    naukri,
    recruitee,
    smartrecruiters,
    workable,
    ycombinator,
)
from jobspiders.simboards.board import Board

PLAYED: tuple[Board, ...] = (
    ashby.BOARD,
    glints.BOARD,
    greenhouse.BOARD,
    indeed.BOARD,
    jobstreet.BOARD,
    jsonld.BOARD,
    lever.BOARD,
    linkedin.BOARD,
    lokerid.BOARD,
    naukri.BOARD,
    recruitee.BOARD,
    smartrecruiters.BOARD,
    workable.BOARD,
    ycombinator.BOARD,
)
BOARDS: dict[str, Board] = {board.name: board for board in PLAYED}
HOSTS: dict[str, Board] = {host: board for board in BOARDS.values() for host in board.hosts}
