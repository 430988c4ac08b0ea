"""What this worker did and Redis does not know yet, in order.

A commit is always a beginning of this row. A request's acknowledgement stands behind the requests that came of it, so
that it can never arrive before them, wherever the worker is killed.
"""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from time import monotonic

from jobspiders.frontier.growth import Grown

Step = tuple[str | bytes | int, ...]

ENDINGS = ("ack", "nack", "release", "bury")
AT_MOST = 500  # steps in one commit: a script is done at once, and others wait meanwhile
FULL, ROOMY = 2_000, 1_000  # steps at which whoever makes new requests is held up, and let go on


@dataclass(frozen=True, slots=True)
class Commit:
    """Steps for `lua/commit.lua`. One with the same number is done once, however often it is sent."""

    number: int
    steps: tuple[Step, ...]


def written(grown: Grown) -> Iterator[tuple[str, str]]:
    """What statistics grew by as it stands in Redis."""
    return ((name, json.dumps(value)) for name, value in grown.items())


class Outbox:
    """The row of steps."""

    def __init__(self) -> None:
        self._steps: deque[Step] = deque()
        self._sent: Commit | None = None
        self._number = 0
        self._room = asyncio.Event()
        self._room.set()
        self._closed = False
        self.pushes = 0
        self.since = 0.0  # monotonic time of the oldest step, if there is one

    def __len__(self) -> int:
        return len(self._steps) + (len(self._sent.steps) if self._sent else 0)

    def push(self, member: str, delay: float, body: bytes) -> None:
        """A request; `member` is its place among the seen ("" lets it pass), `delay` is in seconds."""
        self.pushes += 1
        self._add("push", member, round(delay * 1000), body)

    def ack(self, name: str) -> None:
        """The request of that id is done for good."""
        self._add("ack", name)

    def nack(self, name: str, reason: str) -> None:
        """It failed in a way that another try may mend."""
        self._add("nack", name, reason.encode(errors="replace"))

    def release(self, name: str) -> None:
        """It was not tried: no fault of its own."""
        self._add("release", name)

    def bury(self, name: str, reason: str) -> None:
        """It is given up on."""
        self._add("bury", name, reason.encode(errors="replace"))

    def seeded(self) -> None:
        """All requests with which the run begins stand before this."""
        self._add("seeded")

    def commit(self, growth: Callable[[], Grown]) -> Commit | None:
        """What is to be sent now: the last commit again until it is confirmed, then the next steps.

        `growth` tells what the statistics grew by since it was asked last; that goes with the steps.
        """
        if self._sent is None:
            steps = [self._steps.popleft() for _ in range(min(AT_MOST, len(self._steps)))]
            self.pushes -= sum(step[0] == "push" for step in steps)
            steps += [("count", *pair) for pair in written(growth())]
            if steps:
                self._number += 1
                self._sent = Commit(self._number, tuple(steps))
        return self._sent

    def names(self) -> list[str]:
        """The ids of requests of whose end Redis has not heard, or not answered that it has."""
        steps = (*(self._sent.steps if self._sent else ()), *self._steps)
        return [str(step[1]) for step in steps if step[0] in ENDINGS]

    def confirm(self) -> None:
        """The commit has arrived."""
        self._sent = None
        self.since = monotonic()
        if len(self._steps) <= ROOMY:
            self._room.set()

    def give_up(self) -> None:
        """Nothing can be sent any more: forget the row, and hold nobody up."""
        self._closed = True
        self._sent = None
        self._steps.clear()
        self.pushes = 0
        self._room.set()

    async def room(self) -> None:
        """Come back when there is room for more requests."""
        await self._room.wait()

    def _add(self, *step: str | bytes | int) -> None:
        if self._closed:
            return
        if not self._steps:
            self.since = monotonic()
        self._steps.append(step)
        if len(self._steps) >= FULL:
            self._room.clear()
