"""How well it goes: pure, from what the runs did lately and what waits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from jobspiders.control.records import QueueRecord
from jobspiders.store.totals import Lately
from jobspiders.web.answers import Performance


def performance(
    hours: float, lately: Lately, queues: Sequence[QueueRecord], workers: int, now: datetime
) -> Performance:
    """The figures of the last `hours`; if the first run began later, of the time since then."""
    began = lately.began or now
    spent = min(hours, max((now - began).total_seconds(), 60.0) / 3600)
    per_hour = lately.found / spent
    return Performance(
        hours=round(spent, 3),
        jobs=lately.found,
        jobs_per_hour=round(per_hour, 1),
        success_rate=round(lately.succeeded / lately.ended, 3) if lately.ended else None,
        runs_ended=lately.ended,
        workers=workers,
        average_per_worker=round(per_hour / workers, 1) if workers else None,
        waiting_pages=sum(map(waiting, queues)),
        estimated_completion=completion(queues, now),
    )


def waiting(queue: QueueRecord) -> int:
    """The requests of a board that are not answered yet."""
    return queue.pending + queue.delayed + queue.leased


def completion(queues: Sequence[QueueRecord], now: datetime) -> datetime | None:
    """When the slowest board is through with what waits, at its pace of the last minute; None when nobody can tell."""
    busy = [queue for queue in queues if waiting(queue)]
    if not busy or any(queue.observed <= 0 for queue in busy):
        return None
    return now + timedelta(minutes=max(waiting(queue) / queue.observed for queue in busy))
