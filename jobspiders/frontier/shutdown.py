"""A closing worker gives back what it has not begun, and soon what it cannot finish: it is gone within 10 seconds."""

from __future__ import annotations

import asyncio

from jobspiders.frontier.engine import Engine
from jobspiders.frontier.hands import Hands
from jobspiders.frontier.outbox import Outbox

# Seconds until what still runs is given back, and until the process ends whatever runs. It may take 2 seconds until the
# signal is noticed.
GRACE, FORCE = 5.0, 7.5


class Shutdown:
    """Watches for the engine's closing."""

    def __init__(self, engine: Engine, hands: Hands, outbox: Outbox) -> None:
        self._engine = engine
        self._hands = hands
        self._outbox = outbox
        self._timers: list[asyncio.TimerHandle] | None = None

    def look(self) -> None:
        """To be called often: acts once, when the engine begins to close. Only a process that was told to end hurries;
        a crawl that closes for its own reasons finishes what runs.
        """
        if self._timers is not None or not self._engine.closing:
            return
        for held in self._hands.drop_waiting():
            self._outbox.release(held.name)
        loop = asyncio.get_running_loop()
        deadlines = ((GRACE, self._give_back), (FORCE, self._engine.force)) if self._engine.stopping else ()
        self._timers = [loop.call_later(seconds, act) for seconds, act in deadlines]

    def over(self) -> None:
        """The engine has closed in time."""
        for timer in self._timers or ():
            timer.cancel()

    def _give_back(self) -> None:
        for held in self._hands.drop_running():
            self._outbox.release(held.name)
        self._engine.abandon()
