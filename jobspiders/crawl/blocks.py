"""What is wrong with an answer: a wall, by the board's declared marks, or an error that will pass, or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)
from scrapy.http import Response

# Statuses that pass by themselves, besides those that are walls.
PASSING = {408, 425, 500, 502, 504, 520, 521, 522, 523, 524, 527, 530}
# Walls that no waiting removes.
HELPLESS = {"login"}

NETWORK: dict[type[Exception], str] = {
    CannotResolveHostError: "the board's name cannot be resolved",
    DownloadTimeoutError: "the board did not answer in time",
    DownloadConnectionRefusedError: "the board refuses the connection",
    ResponseDataLossError: "the board cut its answer off",
    DownloadFailedError: "the board cut the connection",
    OSError: "the network failed",
}


@dataclass(frozen=True, slots=True)
class Trouble:
    """What stands in the way: `kind` is a wall's (see `bases/marks.py`), `passing` or `network`; `says` it in words.

    `retry_after` is the wait in seconds that the board itself asks for.
    """

    kind: str
    says: str
    retry_after: float = 0.0

    @property
    def is_wall(self) -> bool:
        """True for a wall, False for an error of a server or of the network."""
        return self.kind not in {"passing", "network"}

    @property
    def is_helpless(self) -> bool:
        """True when trying again is of no use."""
        return self.kind in HELPLESS


class Walled(IgnoreRequest):
    """Raised by `Retry` for an answer that stayed a wall; the request's errback gets it, the run goes on."""


def trouble_with(response: Response, spider: Any, now: datetime) -> Trouble | None:
    """The trouble with an answer, None for one that a callback can read (or refuse, as it does 404)."""
    retry_after = seconds_to_wait(response.headers.get("Retry-After"), now)
    if mark := spider.wall(response):
        return Trouble(mark.kind, mark.says, retry_after)
    if response.status in PASSING:
        return Trouble("passing", f"the board's server failed ({response.status})", retry_after)
    return None


def trouble_of(error: BaseException) -> Trouble | None:
    """The trouble that an error of the network is, None for any other error."""
    says = next((words for kind, words in NETWORK.items() if isinstance(error, kind)), None)
    return Trouble("network", says) if says else None


def seconds_to_wait(header: bytes | None, now: datetime) -> float:
    """What a Retry-After header asks for, in seconds or as a date; 0 when it says nothing sensible."""
    text = (header or b"").decode("latin-1").strip()
    if text.isdecimal():
        return float(text)
    try:
        at = parsedate_to_datetime(text)
    except ValueError:
        return 0.0
    return max(0.0, ((at if at.tzinfo else at.replace(tzinfo=UTC)) - now).total_seconds())
