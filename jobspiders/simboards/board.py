"""What a board's module is given and gives back: requests taken apart, a site's jobs, answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, TypeVar

from jobspiders.simboards.catalogue import SimJob, catalogue, ended

T = TypeVar("T")
SERIAL = 987654321
"""A number that stands for "how many requests so far", wherever a board shows what differs at every visit."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The parts of a request that a board looks at: `path` is unquoted, `query` has the last value of a name, `headers`
    are found in lower case.
    """

    method: str
    host: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a board answers."""

    body: bytes = b""
    content_type: str = "text/html; charset=utf-8"
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Site:
    """One site of a board as it stands at `now`: its open jobs, the newest first, and `known` by id also those that
    ended lately. `drawn` keeps what was rendered once.
    """

    board: str
    country: str | None
    now: datetime
    jobs: Sequence[SimJob]
    known: Mapping[str, SimJob]
    drawn: dict[Any, Any] = field(default_factory=dict)

    def once(self, key: tuple[Any, ...], draw: Callable[[], T]) -> T:
        """What `draw` gave the first time it was asked for `key`."""
        if key not in self.drawn:
            self.drawn[key] = draw()
        kept: T = self.drawn[key]
        return kept

    def without_jobs(self) -> Site:
        """The same site with nothing to list; the pages of its jobs are still there."""
        return self.once(("without jobs",), lambda: replace(self, jobs=(), drawn={}))


@dataclass(frozen=True, slots=True)
class Board:
    """A board that is played: `hosts` with the country of each (None where the board has only one site).

    `answer` is the whole board; `expected` tells what a perfect crawler stores for a job (fields of `items.Job`,
    only those that the board really publishes); `page` is the number of the listing's page that is asked for,
    None for anything but a listing; `wall` is how the board demands a login, where it has a way of its own.
    """

    name: str
    hosts: Mapping[str, str | None]
    answer: Callable[[Site, Asked], Answer]
    expected: Callable[[SimJob], dict[str, Any]]
    page: Callable[[Asked], int | None]
    wall: Callable[[Asked], Answer] | None = None


def open_site(board: str, country: str | None, size: int, seed: int, now: datetime) -> Site:
    """The site of `board` in `country`, with `size` open jobs at `now`."""
    jobs = catalogue(board, size, seed, now=now, country=country)
    past = ended(board, size, seed, now=now, country=country)
    return Site(board, country, now, jobs, {job.id: job for job in (*past, *jobs)})
