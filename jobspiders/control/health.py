"""How it all is: pure, from what was found to a word."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

SILENT = 20.0  # seconds without a sign after which a scheduler is not counted on; one comes every 5


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found. `database` and `redis` are None when they answer, else why they do not; `has_redis` tells whether
    there is to be one. `schedulers` holds how many seconds each was not heard of, `schedules` how many are enabled;
    `overdue` is how many seconds ago the tick was due that waits longest.
    """

    database: str | None = None
    has_redis: bool = False
    redis: str | None = None
    schedulers: tuple[float, ...] = ()
    schedules: int = 0
    overdue: float = 0.0


@dataclass(frozen=True, slots=True)
class Health:
    """`status` is ok, degraded or down; `parts` says the same of each part, with a reason unless it is ok."""

    status: str
    parts: Mapping[str, str]


def judge(found: Findings) -> Health:
    """Down without a database: nothing can be read or stored. Degraded when runs cannot begin."""
    parts = {
        "database": "ok" if found.database is None else f"down: {found.database}",
        "redis": _redis(found),
        "scheduler": _scheduler(found),
    }
    if found.database is not None:
        return Health("down", parts)
    well = all(said == "ok" or said.startswith("not used") for said in parts.values())
    return Health("ok" if well else "degraded", parts)


def _redis(found: Findings) -> str:
    if not found.has_redis:
        return "not used"
    return "ok" if found.redis is None else f"down: {found.redis}"


def _scheduler(found: Findings) -> str:
    if found.database is not None:
        return "down: it has no database"
    if any(silent <= SILENT for silent in found.schedulers):
        late = found.overdue > 3 * SILENT
        return f"degraded: a tick waits since {found.overdue:.0f} s" if late else "ok"
    return (
        "down: no scheduler runs, though there are schedules" if found.schedules else "not used: there are no schedules"
    )
