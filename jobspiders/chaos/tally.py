"""What a trial came to, from what was published, what was stored and what the board saw: pure functions."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter

# So many of the board's intervals may see at most so many requests: none too many, and 1.02 times the rate for longer.
WINDOWS = ((10, 10), (30, 30), (100, 102), (300, 306))
# Seconds for which a busy machine, on which the board and all workers run, may hold up requests that were sent in time:
# they come at once then. A burst that is no longer is not told from that; a rate that is too high is.
LATE = 0.2
ROBOTS = "/robots.txt"  # every worker asks for it; it is part of the rate, but no page


@dataclass(frozen=True, slots=True)
class Row:
    """A stored job: its id, whether its own page was read, how often its content changed (1: never)."""

    source_id: str
    complete: bool
    revision: int


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as the board saw it: its moment (seconds of one monotonic clock) and its path."""

    at: float
    path: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a trial left: `over` are the moments at which its faults were over, `dead_letters` the requests that were
    given up on, `ended` tells that the run came to its end, `interval` is the declared one between two requests.
    """

    published: Collection[str]
    rows: Sequence[Row]
    requests: Sequence[Asked]
    over: Sequence[float]
    interval: float
    dead_letters: int
    ended: bool


@dataclass(frozen=True, slots=True)
class Figures:
    """The result of a trial. `seconds_to_recover` is the longest time from the end of a fault to the next page, and
    to a page that had to be fetched again.
    """

    jobs: int
    lost: int
    stored_twice: int
    fetched_twice: int
    rate_violations: int
    seconds_to_recover: float
    dead_letters: int
    ended: bool

    @property
    def good(self) -> bool:
        """True when nothing was lost, nothing stored twice, and the board was never asked too fast."""
        bad = self.lost or self.stored_twice or self.rate_violations or self.dead_letters
        return self.ended and not bad


def tally(evidence: Evidence) -> Figures:
    """The figures of a trial."""
    pages = [asked for asked in evidence.requests if asked.path != ROBOTS]
    return Figures(
        jobs=len(evidence.published),
        lost=len(lost(evidence.published, evidence.rows)),
        stored_twice=stored_twice(evidence.published, evidence.rows),
        fetched_twice=fetched_twice(asked.path for asked in pages),
        rate_violations=too_fast([asked.at for asked in evidence.requests], evidence.interval),
        seconds_to_recover=round(seconds_to_recover(evidence.over, pages), 2),
        dead_letters=evidence.dead_letters,
        ended=evidence.ended,
    )


def lost(published: Collection[str], rows: Iterable[Row]) -> set[str]:
    """The ids of published jobs that were not stored as their own pages have them."""
    return set(published) - {row.source_id for row in rows if row.complete}


def stored_twice(published: Collection[str], rows: Sequence[Row]) -> int:
    """Rows beyond one for each published job, and those that were stored again as if their job had changed."""
    known = {row.source_id for row in rows} & set(published)
    return len(rows) - len(known) + sum(row.revision > 1 for row in rows)


def fetched_twice(paths: Iterable[str]) -> int:
    """Requests for pages that had been asked for before."""
    return sum(times - 1 for times in Counter(paths).values())


def too_fast(moments: Iterable[float], interval: float) -> int:
    """Requests that came so soon after earlier ones that a window of `WINDOWS` holds too many."""
    at = sorted(moments)
    early: set[int] = set()
    for intervals, most in WINDOWS:
        least = intervals * interval - LATE
        early |= {place for place in range(most, len(at)) if at[place] - at[place - most] < least}
    return len(early)


def seconds_to_recover(over: Iterable[float], pages: Iterable[Asked]) -> float:
    """The longest time from the end of a fault to the next page, or to one that is fetched again before the next fault;
    a fault that nothing came after is left out.
    """
    in_order, ends = sorted(pages, key=attrgetter("at")), sorted(over)
    at = [asked.at for asked in in_order]
    waits = [at[place] - end for end in ends if (place := bisect_right(at, end)) < len(at)]
    seen: set[str] = set()
    for asked in in_order:
        before = bisect_right(ends, asked.at)
        if asked.path in seen and before:
            waits.append(asked.at - ends[before - 1])
        seen.add(asked.path)
    return max(waits, default=0.0)
