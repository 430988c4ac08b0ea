"""What a worker holds under lease: requests that wait for their turn, and requests in the engine's hands."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable

from scrapy import Request

from jobspiders.frontier.records import Held

SUSPECT = 2  # failures from which a request may be what kills its workers, as in lua/claim.lua


class Hands:
    """The leased requests of one worker."""

    def __init__(self) -> None:
        self.waiting: deque[Held] = deque()
        self.running: dict[Request, Held] = {}

    def __len__(self) -> int:
        return len(self.waiting) + len(self.running)

    def add(self, claimed: Iterable[Held]) -> None:
        """Requests just claimed, in the order in which they are to be sent."""
        self.waiting.extend(claimed)

    def next(self, now: float) -> Held | None:
        """The next one whose moment has come, waiting no longer; None when there is none."""
        return self.waiting.popleft() if self.waiting and self.waiting[0].release <= now else None

    def start(self, request: Request, held: Held, now: float) -> None:
        """The engine has it now."""
        held.started = now
        self.running[request] = held

    def finish(self, request: Request) -> Held | None:
        """The engine is through with it; None for a request that did not come from the queue."""
        return self.running.pop(request, None)

    def lose(self, names: Collection[str]) -> None:
        """Forget those that wait and are another worker's by now; what runs may well come to its end."""
        self.waiting = deque(held for held in self.waiting if held.name not in names)

    def drop_waiting(self) -> list[Held]:
        """All that wait, which do so no more."""
        dropped, self.waiting = list(self.waiting), deque()
        return dropped

    def drop_running(self) -> list[Held]:
        """All that run, of which nothing more is expected."""
        dropped, self.running = list(self.running.values()), {}
        return dropped

    def names(self) -> list[str]:
        """The ids of all."""
        return [held.name for held in (*self.waiting, *self.running.values())]

    def young(self, now: float, max_age: float) -> list[str]:
        """The ids of all but those that the engine has had for more than `max_age` seconds."""
        late = {held.name for held in self.running.values() if now - held.started > max_age}
        return [name for name in self.names() if name not in late]

    @property
    def suspect(self) -> bool:
        """True while one is held that failed before."""
        return any(held.failures >= SUSPECT for held in (*self.waiting, *self.running.values()))
