"""Looks at everything at once: how healthy it is, and the snapshot that listeners get each second."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from time import monotonic
from typing import TypeVar

from jobspiders.control.desk import Desk
from jobspiders.control.health import Findings, judge
from jobspiders.control.records import QueueRecord, WorkerRecord
from jobspiders.errors import FrontierAway, StoreAway
from jobspiders.store import schedules
from jobspiders.store.runs import Run, Status
from jobspiders.web import answers
from jobspiders.web.parts import Parts

LATEST = 20  # runs of each status in a snapshot
WINDOW = 60.0  # seconds over which the jobs a minute are counted

Found = TypeVar("Found")


def health(parts: Parts) -> answers.Health:
    """How it all is; whatever is away is said, not raised."""
    return _judged(parts, _said(parts.desk.queues))


def _judged(parts: Parts, redis: str | None) -> answers.Health:
    has_redis = parts.config.redis_url is not None
    try:
        records, planned = schedules.scheduler_records(parts.engine), schedules.schedules(parts.engine)
        now = datetime.now(UTC)
        due = [plan.next_run_at for plan in planned if plan.enabled and plan.next_run_at]
        found = Findings(
            has_redis=has_redis,
            redis=redis,
            schedulers=tuple(record.silent for record in records),
            schedules=sum(plan.enabled for plan in planned),
            overdue=max(((now - at).total_seconds() for at in due), default=0.0),
        )
    except StoreAway as away:
        found = Findings(database=str(away), has_redis=has_redis, redis=redis)
    return answers.Health.model_validate(judge(found))


def _latest(desk: Desk) -> list[Run]:
    """The runs that go on, however long ago they began, and the latest of all."""
    going = [run for status in (Status.QUEUED, Status.RUNNING) for run in desk.runs(status=status, limit=LATEST)]
    return list({run.run_id: run for run in [*going, *desk.runs(limit=LATEST)]}.values())


def _said(look: Callable[[], object]) -> str | None:
    """Why Redis does not answer, None when it does."""
    try:
        look()
    except FrontierAway as away:
        return str(away)
    except StoreAway:
        return None
    return None


class Watch:
    """Makes snapshots, one after the other, and remembers as much of them as a pace needs."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._past: deque[tuple[float, dict[str, int]]] = deque()

    def snapshot(self) -> answers.Snapshot:
        """All that moves, now. What cannot be had is empty, and `health` tells why."""
        parts, redis = self._parts, None
        queues: Sequence[QueueRecord] = ()
        workers: Sequence[WorkerRecord] = ()
        runs: Sequence[Run] = ()
        try:
            runs = _latest(parts.desk)
            queues, workers = parts.desk.queues(), parts.desk.workers()
        except FrontierAway as away:
            redis = str(away)
        except StoreAway:
            pass  # health says it
        return answers.Snapshot(
            at=datetime.now(UTC),
            health=_judged(parts, redis),
            runs=[answers.Run.model_validate(run) for run in runs],
            queues=list(queues),
            workers=list(workers),
            jobs_per_minute=self._pace(runs),
        )

    def _pace(self, runs: Sequence[Run]) -> float:
        """Jobs found in the last minute, or since the first look if that is less, as so many a minute."""
        now = monotonic()
        self._past.append((now, {run.run_id: run.found for run in runs}))
        while now - self._past[0][0] > WINDOW:
            self._past.popleft()
        began, before = self._past[0]
        found = sum(max(0, run.found - before.get(run.run_id, 0)) for run in runs if run.run_id in before or run.found)
        return round(found / (now - began) * 60, 1) if now - began >= 1 else 0.0
