"""One spoilt page after the other, each with what came of it and what is wrong with that."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import cache
from random import Random

from jobspiders.items import Job
from jobspiders.normalise import normalise

from .kinds import spoilt
from .reading import Case, Reading, card_of, cases, read, ways
from .validity import faults_of

SLOWEST = 1.0  # seconds of the processor for one page
# What the header may say instead of the truth.
OTHER_TYPES = ("text/plain", "text/html", "application/json", "application/octet-stream", "text/html; charset=utf-16")
ABOUT_THE_READING = {"complete", "card_hash", "unread"}


@dataclass(frozen=True, slots=True)
class Trial:
    """A spoilt page: what was spoilt how, what came of it, and what is wrong with that."""

    number: int
    case: Case
    way: str
    kinds: tuple[str, ...]
    reading: Reading
    faults: list[str]


def trials(count: int, seed: int = 0) -> Iterator[Trial]:
    """The first `count` trials of a seed: all saved pages in turn."""
    for number in range(count):
        yield trial(number, seed)


def trial(number: int, seed: int = 0) -> Trial:
    """A trial by its number, the same each time."""
    dice = Random(f"{seed} {number}")
    case = cases()[number % len(cases())]
    way = dice.choice(ways(case))
    kinds, body = spoilt(case.body, dice, [other.body for other in cases()])
    content_type = case.content_type if dice.random() < 0.9 else dice.choice(OTHER_TYPES)
    reading = read(case, body, way, content_type)
    faults = [*reading.faults, *_counted(case, way, reading)]
    faults += [fault for job in reading.jobs for fault in faults_of(job, case.at)]
    if kinds == ("cut off",):
        faults += untrue(case, way, reading, ends_well=body.rstrip().endswith(b">"))
    if reading.seconds > SLOWEST:
        faults.append(f"took {reading.seconds:.1f} s")
    return Trial(number, case, way, kinds, reading, faults)


def _counted(case: Case, way: str, reading: Reading) -> Iterator[str]:
    """Nothing is lost in silence: each card came out, or was counted; a job's page gave something, or an error."""
    if reading.error or reading.faults or case.board == "jsonld":  # whose cards may be mere links
        return
    out = len(reading.jobs) + reading.dropped + reading.failed
    if way == "listing" and reading.cards != out:
        yield f"of {reading.cards} cards {out} came out or were counted"
    if way == "detail" and not out and not reading.ended:
        yield "nothing came out, and no error"


def untrue(case: Case, way: str, reading: Reading, *, ends_well: bool) -> Iterator[str]:
    """What a page that broke off told otherwise than it does as a whole: no field may hold another value, no job may
    be said to be gone, and jobs that are missing are told of, unless the page `ends_well`: a part of a page that
    breaks off between two elements is one with fewer elements.
    """
    whole = _whole(case, way, reading.generation)
    for job in reading.jobs:
        known = [true for true in whole.jobs if true.source_id == job.source_id]
        if way == "after its card":
            known.append(normalise(card_of(case), case.at))
        differing = [_differing(job, true) for true in known] or [["source_id"]]
        if best := min(differing, key=len):
            yield f"cut off, {', '.join(best)} differ"
    if reading.ended and not whole.ended:
        yield "cut off, its job is said to be gone"
    missing = len(whole.jobs) - len(reading.jobs)
    told = reading.error or reading.cut_off or reading.failed or ends_well
    if missing > 0 and case.kind == "listing" and not told:
        yield "cut off, jobs are missing without a word"


@cache
def _whole(case: Case, way: str, generation: str | None) -> Reading:
    return read(case, case.body, way, generation=generation)


def _differing(job: Job, true: Job) -> list[str]:
    """The fields that the job has and that are not true; what it lacks may have been cut off."""
    names = [item.name for item in fields(Job) if item.name not in ABOUT_THE_READING]
    return [name for name in names if getattr(job, name) not in (None, "", [], {}, getattr(true, name))]
