"""The records that pass between a worker and its queue in Redis. Times are seconds; moments are monotonic time."""

from __future__ import annotations

import asyncio
import os
import socket
from dataclasses import dataclass, field
from typing import Any

from scrapy.settings import BaseSettings

from jobspiders.frontier.growth import Grown


def this_worker() -> str:
    """How this process is called among the workers: hostname-pid."""
    return f"{socket.gethostname()}-{os.getpid()}"


@dataclass(frozen=True, slots=True)
class Terms:
    """How requests are handed out: for `lease` seconds, and again at most `redeliveries` times after failures; a
    worker that has one for more than `max_age` seconds loses it.
    """

    lease: float
    redeliveries: int
    max_age: float

    @classmethod
    def of(cls, settings: BaseSettings) -> Terms:
        """The terms in Scrapy's settings, or ours."""
        return cls(
            settings.getfloat("FRONTIER_LEASE", 30),
            settings.getint("FRONTIER_REDELIVERIES", 3),
            settings.getfloat("FRONTIER_MAX_AGE", 600),
        )

    @property
    def silence(self) -> float:
        """How long a worker may give no sign of life before it is taken to be gone."""
        return 3 * self.lease


@dataclass(frozen=True, slots=True)
class Pace:
    """The declared and the slowest interval between two requests; 0 for no limit."""

    floor: float = 0.0
    ceiling: float = 0.0

    @classmethod
    def of(cls, settings: BaseSettings) -> Pace:
        """The board's interval as Scrapy's settings have it: DOWNLOAD_DELAY, with AutoThrottle up to its greatest."""
        floor = settings.getfloat("DOWNLOAD_DELAY")
        if not settings.getbool("AUTOTHROTTLE_ENABLED"):
            return cls(floor, floor)
        return cls(floor, max(floor, settings.getfloat("AUTOTHROTTLE_MAX_DELAY")))


@dataclass(frozen=True, slots=True)
class Joined:
    """The run that a worker has come to. `verdict` is begun, joined, other, over or foreign, as in `lua/join.lua`."""

    verdict: str
    run_id: str
    epoch: str
    arguments: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Ask:
    """What a worker asks for: so many requests. `seeds`: it can send the run's seeds; `suspect`: it holds one;
    `target` is the interval that the last latency asks for, if any.
    """

    wanted: int
    seeds: bool
    suspect: bool
    target: float | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """Requests of a run, by where they are."""

    pending: int = 0
    delayed: int = 0
    leased: int = 0
    done: int = 0
    failed: int = 0

    @property
    def remaining(self) -> int:
        """Those that are neither done nor given up on."""
        return self.pending + self.delayed + self.leased


@dataclass(slots=True, eq=False)
class Held:
    """A request under lease: its id, its body as in `keys.py`, when it may be sent and when the engine got it."""

    name: str
    body: str
    failures: int
    release: float
    started: float = 0.0


@dataclass(frozen=True, slots=True)
class Reply:
    """What came of an exchange. Asking again before `again` is of no use; the board is closed for `closed`, and showed
    `walls` in a row. `seeds` tells who sends the run's seeds: mine, theirs or done. `claimed`: id, seconds to wait,
    failures, body.
    """

    standing: str
    seeds: str = "done"
    again: float = 0.0
    closed: float = 0.0
    interval: float = 0.0
    counts: Counts = Counts()
    walls: int = 0
    claimed: tuple[tuple[str, float, int, str], ...] = ()
    filtered: int = 0


@dataclass(frozen=True, slots=True)
class Left:
    """A run as it stands when a worker leaves it: `ended` tells that it ended with this, `others` is the number of its
    other workers, `totals` are the statistics of all.
    """

    standing: str
    ended: bool
    others: int
    totals: Grown


@dataclass(slots=True)
class Outlook:
    """What this worker knows of the rest of the world: Redis' last `reply`, until when the board is closed, and the
    interval that the latency since asks for. `answered` wakes those who wait for the next reply.
    """

    reply: Reply = Reply("running", seeds="theirs")
    closed_until: float = 0.0
    target: float | None = None
    answered: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def over(self) -> bool:
        """True when the run goes on without this worker, or not at all."""
        return self.reply.standing in ("lost", "over", "cancelled", "blocked")
