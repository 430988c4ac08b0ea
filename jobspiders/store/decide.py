"""Decides what an arrival means for a job: pure functions, no clock, no database."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, fields
from datetime import datetime
from enum import StrEnum
from operator import attrgetter, itemgetter
from typing import Any, NamedTuple

from jobspiders.items import Job
from jobspiders.store.arrivals import Arrival, Key
from jobspiders.store.content import PLACE, Mode, Values, clean, merge
from jobspiders.store.tables import LONG

Difference = tuple[str, Any, Any]  # the field, its old and its new value

MARKED = "the board marks it closed"
ENDS = ("closed_at", "closed_reason")
# What the history tells of; of the description's three forms it keeps the Markdown.
TOLD = tuple(name for name in PLACE if name not in {"description_html", "description_text"})


class Verdict(StrEnum):
    """What a record did to the store."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REPEATED = "repeated"  # unchanged, and the same run had seen it before
    REOPENED = "reopened"
    CLOSED = "closed"
    IGNORED = "ignored"  # a sighting or an end of a job that is not stored, or older than what is


@dataclass(slots=True)
class State:
    """The columns that a visit reads and writes even when the content stays as it is."""

    first_seen_at: datetime
    last_seen_at: datetime
    detailed_at: datetime | None
    revision: int
    content_hash: str
    closed_at: datetime | None
    closed_reason: str | None
    first_run_id: str | None
    last_run_id: str | None
    complete: bool
    card_hash: str | None
    closed: bool | None


STATE = tuple(item.name for item in fields(State))
_columns = attrgetter(*STATE)
_long = itemgetter(*(PLACE[name] for name in LONG))


class Change(NamedTuple):
    """One field of one job that got a new value; `old` and `new` are JSON. In the order of the table's columns."""

    job_source: str
    source_id: str
    revision: int
    field: str
    old: str
    new: str
    changed_at: datetime
    run_id: str | None


@dataclass(slots=True)
class Decision:
    """What to write for one job: the `state`, and `values` with it where the content is new. None leaves it alone.

    `long` is False when the long texts among the values are those that are stored.
    """

    key: Key
    state: State | None = None
    values: Values | None = None
    long: bool = True
    changes: list[Change] = field(default_factory=list)
    seen: Verdict = Verdict.IGNORED
    gone: Verdict = Verdict.IGNORED


def needs_content(arrival: Arrival, stored: State) -> bool:
    """True when the stored content must be read, to be compared or written again."""
    job = arrival.job
    if arrival.seen is not None and arrival.earliest < stored.first_seen_at:
        return True
    if job is None or arrival.fingerprint == stored.content_hash:
        return False
    same_card = not job.complete and job.card_hash is not None and job.card_hash == stored.card_hash
    return not same_card and _mode(job, arrival.at, stored) is not Mode.NOTHING


def _mode(job: Job, at: datetime, stored: State) -> Mode:
    if job.complete and stored.complete:
        return Mode.NOTHING if stored.detailed_at and at < stored.detailed_at else Mode.REPLACE
    if at < stored.last_seen_at:
        return Mode.NOTHING if stored.complete else Mode.FILL
    return Mode.REPLACE if job.complete else Mode.OVERLAY


def first(arrival: Arrival, run_id: str | None) -> Decision:
    """What to write for a job that is not stored."""
    job = arrival.job
    if job is None:
        return Decision(arrival.key)
    reason = arrival.reason or (MARKED if job.closed else None)
    state = State(
        first_seen_at=arrival.earliest,
        last_seen_at=arrival.latest,
        detailed_at=arrival.at if job.complete else None,
        revision=1,
        content_hash=arrival.fingerprint,
        closed_at=arrival.latest if reason else None,
        closed_reason=reason,
        first_run_id=run_id,
        last_run_id=run_id,
        complete=job.complete,
        card_hash=clean(job.card_hash),
        closed=job.closed,
    )
    gone = Verdict.CLOSED if arrival.reason else Verdict.IGNORED
    return Decision(arrival.key, state, arrival.values, seen=Verdict.NEW, gone=gone)


def again(arrival: Arrival, stored: State, known: Values | None, run_id: str | None) -> Decision:
    """What to write for a stored job; `known` is its content where `needs_content` asked for it."""
    after, values = _visited(arrival, stored, run_id), known
    if known is not None and arrival.job is not None:
        mode = _mode(arrival.job, arrival.at, stored)
        values = merge(known, arrival.values, mode)
        after.closed = values[PLACE["closed"]]
        if mode in {Mode.REPLACE, Mode.OVERLAY}:
            after.content_hash = arrival.fingerprint
    _open_or_close(arrival, stored, after)
    told = _differences(known, values) if known and values else []
    same = Verdict.REPEATED if run_id is not None and stored.last_run_id == run_id else Verdict.UNCHANGED
    seen, gone = _verdicts(arrival, stored, after, Verdict.CHANGED if told else same)
    told += [(name, old, new) for name in ENDS if (old := getattr(stored, name)) != (new := getattr(after, name))]
    if told:
        after.revision += 1
    if values == known and after.first_seen_at == stored.first_seen_at:
        values = None  # the content stays unwritten
    return Decision(
        arrival.key,
        state=after if values or after != stored else None,
        values=values,
        long=known is not None and values is not None and _long(known) != _long(values),
        changes=[_change(arrival, after.revision, run_id, difference) for difference in told],
        seen=seen,
        gone=gone,
    )


def _visited(arrival: Arrival, stored: State, run_id: str | None) -> State:
    after = State(*_columns(stored))
    if arrival.seen is None:
        return after
    job = arrival.job
    if arrival.earliest < stored.first_seen_at:
        after.first_seen_at, after.first_run_id = arrival.earliest, run_id
    if arrival.latest >= stored.last_seen_at:
        after.last_seen_at, after.last_run_id = arrival.latest, run_id
        if job and job.card_hash:
            after.card_hash = clean(job.card_hash)
    if job and job.complete:
        after.complete, after.detailed_at = True, max(arrival.at, stored.detailed_at or arrival.at)
    return after


def _open_or_close(arrival: Arrival, stored: State, after: State) -> None:
    """A job that is seen again is open again, unless what is stored of it still says that the board marks it closed.
    Evidence older than the last sight of the job counts for nothing.
    """
    reason = arrival.reason if arrival.latest >= stored.last_seen_at else None
    if reason is None and after.closed and arrival.seen is not None:
        reason = MARKED
    if reason and after.closed_at is None:
        after.closed_at, after.closed_reason = arrival.latest, reason
    elif not reason and arrival.seen is not None and after.closed_at and arrival.latest >= after.closed_at:
        after.closed_at = after.closed_reason = None


def _verdicts(arrival: Arrival, stored: State, after: State, seen: Verdict) -> tuple[Verdict, Verdict]:
    closed_now = after.closed_at is not None and stored.closed_at is None
    if arrival.gone is not None:
        return seen, Verdict.CLOSED if closed_now else Verdict.UNCHANGED if stored.closed_at else Verdict.IGNORED
    if closed_now:
        return Verdict.CLOSED, Verdict.IGNORED
    return Verdict.REOPENED if stored.closed_at and not after.closed_at else seen, Verdict.IGNORED


def _differences(known: Values, values: Values) -> list[Difference]:
    both = [(name, known[PLACE[name]], values[PLACE[name]]) for name in TOLD]
    return [(name, old, new) for name, old, new in both if old != new]


def _change(arrival: Arrival, revision: int, run_id: str | None, difference: Difference) -> Change:
    name, old, new = difference
    return Change(*arrival.key, revision, name, _as_json(old), _as_json(new), arrival.latest, run_id)


def _as_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=datetime.isoformat)
