"""Looks at everything at once: the snapshot that listeners get each second."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from time import monotonic

from jobspiders.control.checkup import examine
from jobspiders.control.desk import Desk
from jobspiders.control.health import judge
from jobspiders.control.records import QueueRecord, WorkerRecord
from jobspiders.errors import FrontierAway, StoreAway
from jobspiders.store.runs import Run, Status
from jobspiders.web import answers
from jobspiders.web.parts import Parts

LATEST = 20  # runs of each status in a snapshot
WINDOW = 60.0  # seconds over which the jobs a minute are counted


def health(parts: Parts) -> answers.Health:
    """How it all is; whatever is away is said, not raised."""
    return answers.Health.model_validate(judge(examine(parts.config, parts.engine)))


def _latest(desk: Desk) -> list[Run]:
    """The runs that go on, however long ago they began, and the latest of all."""
    going = [run for status in (Status.QUEUED, Status.RUNNING) for run in desk.runs(status=status, limit=LATEST)]
    return list({run.run_id: run for run in [*going, *desk.runs(limit=LATEST)]}.values())


class Pace:
    """Jobs a minute, from how many each run has found at each look."""

    def __init__(self) -> None:
        self._past: deque[tuple[float, Mapping[str, int]]] = deque()

    def of(self, found: Mapping[str, int], now: float) -> float:
        """The jobs of the last minute, or since the first look, as so many a minute. `now` is in seconds."""
        self._past.append((now, found))
        while now - self._past[0][0] > WINDOW:
            self._past.popleft()
        began, before = self._past[0]
        if now - began < 1:
            return 0.0
        return round(sum(count - before.get(run_id, 0) for run_id, count in found.items()) / (now - began) * 60, 1)


class Watch:
    """Makes snapshots, one after the other."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._pace = Pace()

    def snapshot(self) -> answers.Snapshot:
        """All that moves, now. What cannot be had is empty, and `health` tells why."""
        runs: Sequence[Run] = ()
        queues: Sequence[QueueRecord] = ()
        workers: Sequence[WorkerRecord] = ()
        said = health(self._parts)
        try:
            runs = _latest(self._parts.desk)
            queues, workers = self._parts.desk.queues(), self._parts.desk.workers()
        except (StoreAway, FrontierAway):
            if said.status == "ok":  # it has gone between the two looks
                said = health(self._parts)
        return answers.Snapshot(
            at=datetime.now(UTC),
            health=said,
            runs=[answers.Run.model_validate(run) for run in runs],
            queues=list(queues),
            workers=list(workers),
            jobs_per_minute=self._pace.of({run.run_id: run.found for run in runs}, monotonic()),
        )
