"""How a run ended, judged from what was counted: pure, so that every judgement can be tested as a table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from jobspiders.crawl.counts import Counts
from jobspiders.items import Expect, Outcome

# What a shell script sees of an outcome. 2 is a wrong command line.
EXIT_CODES = {
    Outcome.COMPLETE: 0,
    Outcome.EMPTY: 0,
    Outcome.FAILED: 1,
    Outcome.BLOCKED: 3,
    Outcome.ROBOTS: 3,
    Outcome.TRUNCATED: 4,
    Outcome.DRIFTED: 4,
    Outcome.CANCELLED: 130,
}
TOLERATED = 0.3  # share of errors up to which a run is partial, and not failed

Judgement = tuple[Outcome, str]


@dataclass(frozen=True, slots=True)
class Verdict:
    """An outcome with its reason in words, and the status of the run's row that follows from both."""

    outcome: Outcome
    reason: str
    status: str


def judge(counts: Counts, fill: Mapping[str, float], expect: Expect, finish_reason: str, everything: bool) -> Verdict:
    """The verdict on a run.

    `fill` is, for the fields that `expect` names, the share of jobs in which each was filled; `finish_reason` is
    Scrapy's; `everything` tells that the search asked for all there is.
    """
    outcome, reason = _outcome(counts, finish_reason) or _content(
        counts, fill, expect if everything and counts.seeded else Expect(0, expect.fields)
    )
    return Verdict(outcome, reason, _status(outcome, counts))


def _outcome(counts: Counts, finish_reason: str) -> Judgement | None:
    """What cut the run short, or that the board has nothing; None when the listing was read and holds jobs."""
    if stopped := _stopped(counts, finish_reason):
        return stopped
    if not counts.listings and (counts.seeded or not counts.stored):
        return _nothing_read(counts)
    if counts.broke_off or finish_reason == "blocked":
        return Outcome.TRUNCATED, f"{counts.says or 'a page could not be read'}, after {counts.pages}"
    has_jobs = counts.cards or (counts.stored and not counts.seeded)
    return None if has_jobs else (Outcome.EMPTY, "the board itself says that there is nothing")


def _stopped(counts: Counts, finish_reason: str) -> Judgement | None:
    if counts.unstored:
        return Outcome.FAILED, f"the database was away for too long; {counts.unstored} jobs were not stored"
    if finish_reason in ("shutdown", "cancelled"):
        return Outcome.CANCELLED, f"stopped from outside after {counts.pages}"
    if finish_reason == "redis_state_lost":
        return Outcome.FAILED, f"Redis has lost the queue, after {counts.pages}: it needs persistence (AOF)"
    return None


def _nothing_read(counts: Counts) -> Judgement:
    if counts.forbidden:
        return Outcome.ROBOTS, "robots.txt forbids the listing; to crawl it all the same would be your decision"
    if counts.walls:
        return Outcome.BLOCKED, f"the board shows a wall: {counts.says}"
    if counts.unreadable:
        return Outcome.DRIFTED, "the board's pages came, but hold nothing that we can read: it has changed them"
    if counts.garbled:
        return Outcome.FAILED, "the board answers with what is neither a web page nor JSON"
    if counts.crashed:
        return Outcome.FAILED, "the board's pages came, but our code failed on them: see the log"
    return Outcome.FAILED, counts.says or "no answer came from the board"


def _content(counts: Counts, fill: Mapping[str, float], expect: Expect) -> Judgement:
    """What is to be said of the jobs that came."""
    if not counts.stored:
        return Outcome.DRIFTED, f"{counts.cards} cards came, but not one of them led to a job"
    if counts.cards_failed > TOLERATED * counts.cards:
        return (
            Outcome.DRIFTED,
            f"{counts.cards_failed} of {counts.cards} cards could not be read: the board has changed them",
        )
    low = {name: share for name, share in fill.items() if share < expect.fields.get(name, 0)}
    if low:
        fields = ", ".join(f"{name} {share:.0%} (expected {expect.fields[name]:.0%})" for name, share in low.items())
        return Outcome.DRIFTED, f"pages came, fields did not: {fields}"
    if counts.cards < expect.min_jobs:
        return Outcome.DRIFTED, f"only {counts.cards} jobs are listed, at least {expect.min_jobs} were expected"
    read = f"read {counts.pages} to the end" if counts.listings else f"read {counts.found} jobs, each on its own page"
    return Outcome.COMPLETE, read


def _status(outcome: Outcome, counts: Counts) -> str:
    """`succeeded`, `partial` (a part of the listing, or at most 30 % errors) or `failed`."""
    if outcome is Outcome.CANCELLED:
        return "cancelled"
    share = counts.failed / max(1, counts.failed + counts.found)
    if outcome in (Outcome.FAILED, Outcome.BLOCKED, Outcome.ROBOTS) or share > TOLERATED:
        return "failed"
    return "succeeded" if outcome in (Outcome.COMPLETE, Outcome.EMPTY) and not counts.failed else "partial"
