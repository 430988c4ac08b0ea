"""Gathers what one batch says about each job, so that every job is decided once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from jobspiders.items import Gone, Job, Sighting
from jobspiders.store.content import Values, clean, examine

Record = Job | Sighting | Gone
Key = tuple[str, str]


@dataclass(slots=True)
class Arrival:
    """What a batch says about one job: seen or not, with a `job` or as a mere sighting; gone or not, and why.

    `seen` and `gone` are the positions in the batch of the records that count. `at` is the time of the one that
    was seen, `earliest` and `latest` those of all of them.
    """

    key: Key
    at: datetime
    earliest: datetime
    latest: datetime
    job: Job | None = None
    values: Values = ()
    fingerprint: str = ""
    seen: int | None = None
    gone: int | None = None
    reason: str | None = None


def gather(records: Sequence[Record], at: datetime) -> dict[Key, Arrival]:
    """The records by job, in the order of the keys. Of several visits of one job the one to its own page counts,
    then the later; an end counts if no visit came after it. `at` is the time of records that bear none.
    """
    arrivals: dict[Key, Arrival] = {}
    for position, record in enumerate(records):
        key = (clean(record.job_source), clean(record.source_id))
        time = (record.seen_at or at) if isinstance(record, Job) else at
        arrival = arrivals.get(key) or arrivals.setdefault(key, Arrival(key, time, time, time))
        if isinstance(record, Gone):
            arrival.gone, arrival.reason = position, clean(record.reason)
        else:
            _see(arrival, position, record, time)
    for arrival in arrivals.values():
        if arrival.job is not None:
            arrival.values, arrival.fingerprint = examine(arrival.job)
    return dict(sorted(arrivals.items()))


def _see(arrival: Arrival, position: int, record: Job | Sighting, at: datetime) -> None:
    job = record if isinstance(record, Job) else None
    arrival.gone = arrival.reason = None
    if arrival.seen is None:
        arrival.earliest = arrival.latest = at
    if arrival.seen is None or (_weight(job), at) >= (_weight(arrival.job), arrival.at):
        arrival.seen, arrival.job, arrival.at = position, job, at
    arrival.earliest, arrival.latest = min(at, arrival.earliest), max(at, arrival.latest)


def _weight(job: Job | None) -> int:
    return 0 if job is None else 1 + job.complete
