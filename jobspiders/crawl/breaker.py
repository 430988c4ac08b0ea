"""A board's pause after walls: pure, time comes in.

Closed, requests pass. Enough walls in a row open it: requests are held back for a while, then one goes as a probe
(half-open). A good answer closes it again; another wall opens it for twice as long. After some openings, or when the
walls are such that no waiting helps (a login), it gives up.
"""

from __future__ import annotations

from dataclasses import dataclass

PROBE = 5.0  # seconds in which a probe should be answered; meanwhile nothing else is sent


@dataclass(slots=True)
class Breaker:
    """`walls` in a row open it, for `pause` seconds at first; it gives up at the opening after `openings`.

    Times are seconds of any one clock. `until` is when the next request may go.
    """

    walls: int = 5
    pause: float = 60.0
    openings: int = 3
    until: float = 0.0
    in_a_row: int = 0
    opened: int = 0
    given_up: bool = False

    def good(self) -> None:
        """The board gave an answer: all is well."""
        self.in_a_row = self.opened = 0
        self.until = 0.0

    def wall(self, now: float, helpless: bool = False) -> None:
        """The board showed a wall; `helpless` when waiting is of no use."""
        self.in_a_row += 1
        if self.in_a_row < self.walls and not self.opened:
            return
        self.given_up = helpless or self.opened >= self.openings
        self.until = max(self.until, now + self.pause * 2**self.opened)
        self.opened += 1

    def hold(self, until: float) -> None:
        """The board itself says until when to stay away."""
        self.until = max(self.until, until)

    def wait(self, now: float) -> float:
        """Seconds for which a request must wait; 0 when it may go, in which case it is the probe if one is due."""
        if now < self.until:
            return self.until - now
        if self.opened:
            self.until = now + PROBE
        return 0.0
