"""Which fault strikes when: drawn from a seed, so that a storm can be had again. Pure."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

KILL, TERMINATE, STOP = "kill", "terminate", "stop"
CUT_REDIS, REDIS_AWAY = "cut_redis", "redis_away"
CUT_DATABASE, DATABASE_AWAY = "cut_database", "database_away"

WORKERS = (KILL, TERMINATE, STOP)
REDIS = (CUT_REDIS, REDIS_AWAY)
DATABASE = (CUT_DATABASE, DATABASE_AWAY)

PAUSE = (0.5, 3.0)  # seconds between two faults
LASTS = {STOP: (2.5, 4.0), REDIS_AWAY: (0.2, 3.0), DATABASE_AWAY: (0.2, 3.0)}  # a stop is longer than a lease


@dataclass(frozen=True, slots=True)
class Strike:
    """A fault: it comes `pause` seconds after the one before and lasts `seconds`; `chance` (0 to 1) chooses the worker,
    and at a cut whether what was asked for arrives first.
    """

    kind: str
    pause: float
    seconds: float
    chance: float


def strikes(kinds: Sequence[str], seed: int) -> Iterator[Strike]:
    """Faults without end: each kind comes once before any comes again, and to kill comes twice as often."""
    draw = random.Random(seed)
    while True:
        bag = [*kinds, KILL]
        draw.shuffle(bag)
        for kind in bag:
            yield Strike(kind, draw.uniform(*PAUSE), draw.uniform(*LASTS.get(kind, (0.0, 0.0))), draw.random())
