"""What the rest of the project does with stored jobs: save what was seen, ask what is known, close what is gone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Engine, bindparam, select

from jobspiders.errors import StoreAway
from jobspiders.items import Gone
from jobspiders.store.arrivals import Record, gather
from jobspiders.store.content import clean
from jobspiders.store.db import reading, writing
from jobspiders.store.decide import Verdict
from jobspiders.store.tables import jobs
from jobspiders.store.upsert import AT_ONCE, Raced, upsert

__all__ = ["Known", "Record", "Verdict", "close_unseen", "known", "save"]

RACES = 20  # batches begun again in a row; each time another process stored something, so this is never reached


class Known(NamedTuple):
    """What tells if a card needs its detail page again."""

    card_hash: str | None
    detailed_at: datetime | None
    closed_at: datetime | None


def save(engine: Engine, records: Sequence[Record], run_id: str | None, at: datetime) -> list[Verdict]:
    """Store a batch in one transaction and tell what became of each record, in their order.

    `at` (aware) is the time of the records that bear none. Saving the same batch again changes nothing, so that
    a caller who got StoreAway, and cannot know if the batch was stored, saves it again.
    """
    arrivals = gather(records, at)
    for _ in range(RACES):
        try:
            with writing(engine) as connection:
                decisions = upsert(connection, arrivals, run_id)
        except Raced:
            continue
        # A record that a better one of the same batch made superfluous changed nothing.
        verdicts = [Verdict.REPEATED] * len(records)
        for decision in decisions:
            arrival = arrivals[decision.key]
            if arrival.seen is not None:
                verdicts[arrival.seen] = decision.seen
            if arrival.gone is not None:
                verdicts[arrival.gone] = decision.gone
        return verdicts
    raise StoreAway(f"other processes store the same jobs all the time: gave way {RACES} times.")


def known(engine: Engine, job_source: str, source_ids: Iterable[str]) -> dict[str, Known]:
    """What is stored of these jobs of a board, by id; a job that is not stored is left out. Raises StoreAway."""
    ids = [clean(source_id) for source_id in source_ids]
    columns = [jobs.c.source_id, *(jobs.c[name] for name in Known._fields)]
    query = select(*columns).where(
        jobs.c.job_source == job_source, jobs.c.source_id.in_(bindparam("ids", expanding=True))
    )
    found: dict[str, Known] = {}
    with reading(engine) as connection:
        for start in range(0, len(ids), AT_ONCE):
            rows = connection.execute(query, {"ids": ids[start : start + AT_ONCE]})
            found.update({source_id: Known(*rest) for source_id, *rest in rows})
    return found


def close_unseen(engine: Engine, job_source: str, since: datetime, run_id: str | None, reason: str) -> int:
    """Close the open jobs of a board that were not seen since, as of that moment; how many. For a listing that was
    read to its end: what it does not show is gone. Raises StoreAway, and may then be called again.
    """
    unseen = select(jobs.c.source_id).where(
        jobs.c.job_source == job_source, jobs.c.closed_at.is_(None), jobs.c.last_seen_at < since
    )
    with reading(engine) as connection:
        ids = connection.execute(unseen).scalars().all()
    closed = 0
    for start in range(0, len(ids), AT_ONCE):
        gone = [Gone(job_source, source_id, reason) for source_id in ids[start : start + AT_ONCE]]
        # A job that is seen meanwhile stays open, for evidence as of `since` is older than that.
        closed += save(engine, gone, run_id, since).count(Verdict.CLOSED)
    return closed
