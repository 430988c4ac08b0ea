"""Carries out what a plan says: faults on workers, on the line to Redis, on the line to the database."""

from __future__ import annotations

import signal
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from jobspiders.chaos import plan
from jobspiders.chaos.fleet import Fleet
from jobspiders.chaos.line import Line
from jobspiders.chaos.places import QueuePlace, StorePlace
from jobspiders.chaos.plan import Strike

Tell = Callable[[str], None]

BETWEEN = 0.2  # seconds between the first SIGTERM and the second
GRACE = 30.0  # seconds for a worker to be gone after that, on a machine that is busy


@dataclass(slots=True)
class Storm:
    """Faults on these; `over` are the moments (monotonic) at which each was over, `struck` counts them by kind."""

    fleet: Fleet
    queue: QueuePlace
    store: StorePlace
    tell: Tell
    over: list[float] = field(default_factory=list)
    struck: Counter[str] = field(default_factory=Counter)

    def kinds(self) -> Sequence[str]:
        """What can be done here."""
        redis = plan.REDIS if self.queue.line else ()
        return (*plan.WORKERS, *redis, *(plan.DATABASE if self.store.line else ()))

    def strike(self, strike: Strike) -> None:
        """One fault, from its beginning to its end."""
        words = _DEEDS[strike.kind](self, strike)
        self.over.append(time.monotonic())
        self.struck[strike.kind] += 1
        self.tell(words)

    def _kill(self, strike: Strike) -> str:
        worker = self.fleet.chosen(strike.chance)
        worker.kill()
        worker.wait()
        return f"killed worker {worker.pid}"

    def _terminate(self, strike: Strike) -> str:
        worker = self.fleet.chosen(strike.chance)
        worker.terminate()
        time.sleep(BETWEEN)
        worker.terminate()
        worker.wait(GRACE)
        return f"ended worker {worker.pid} with SIGTERM, twice"

    def _stop(self, strike: Strike) -> str:
        worker = self.fleet.chosen(strike.chance)
        worker.send_signal(signal.SIGSTOP)
        time.sleep(strike.seconds)
        worker.send_signal(signal.SIGCONT)
        return f"stopped worker {worker.pid} for {strike.seconds:.1f} s"

    def _cut_redis(self, strike: Strike) -> str:
        return _cut(self.queue.line, strike, "Redis")

    def _cut_database(self, strike: Strike) -> str:
        return _cut(self.store.line, strike, "the database")

    def _redis_away(self, strike: Strike) -> str:
        if server := self.queue.server:
            server.kill()
            time.sleep(strike.seconds)
            server.start()
            return f"killed Redis, started it again after {strike.seconds:.1f} s"
        return _away(self.queue.line, strike, "Redis")

    def _database_away(self, strike: Strike) -> str:
        return _away(self.store.line, strike, "the database")


def _cut(line: Line | None, strike: Strike, what: str) -> str:
    assert line is not None
    deaf = strike.chance < 0.5
    line.cut(deaf=deaf)
    return f"cut the connections to {what}{', answers on their way' if deaf else ''}"


def _away(line: Line | None, strike: Strike, what: str) -> str:
    assert line is not None
    line.down()
    time.sleep(strike.seconds)
    line.up()
    return f"{what} could not be reached for {strike.seconds:.1f} s"


_DEEDS: dict[str, Callable[[Storm, Strike], str]] = {
    plan.KILL: Storm._kill,
    plan.TERMINATE: Storm._terminate,
    plan.STOP: Storm._stop,
    plan.CUT_REDIS: Storm._cut_redis,
    plan.CUT_DATABASE: Storm._cut_database,
    plan.REDIS_AWAY: Storm._redis_away,
    plan.DATABASE_AWAY: Storm._database_away,
}
