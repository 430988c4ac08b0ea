"""Writes a batch within one transaction: lock and read what is stored, decide, write only what differs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import import_module
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import Any

from sqlalchemy import BindParameter, Connection, Select, bindparam, select

from jobspiders.store.arrivals import Arrival, Key
from jobspiders.store.content import FIELDS, PLACE
from jobspiders.store.decide import STATE, Change, Decision, State, again, first, needs_content
from jobspiders.store.tables import KEY, LONG, job_changes, jobs

CONTENT = (*(name for name in FIELDS if name not in {*STATE, *LONG}), *LONG)
# What a visit writes when the content stays as it is; nothing of it is indexed, which makes it cheap.
VISIT = tuple(name for name in STATE if name not in {*FIELDS, "first_seen_at", "first_run_id"})
TOUCH = (*KEY, *VISIT)
ROW = (*KEY, *STATE, *CONTENT)
SHORT_ROW = ROW[: -len(LONG)]
AT_ONCE = 1000  # ids in one IN (…)


def _of_board(*names: str) -> Select[Any]:
    """These columns of the given jobs of one board."""
    ids: BindParameter[list[str]] = bindparam("ids", expanding=True)
    chosen = select(jobs.c.source_id, *(jobs.c[name] for name in names))
    return chosen.where(jobs.c.job_source == bindparam("board"), jobs.c.source_id.in_(ids))


_state, _visit = attrgetter(*STATE), attrgetter(*VISIT)
_content = itemgetter(*(PLACE[name] for name in CONTENT))
# Rows are locked in the order of their keys, and new ones inserted so after that: two batches cannot each wait
# for the other.
_states = _of_board(*STATE).order_by(jobs.c.source_id).with_for_update(key_share=True)
_contents = _of_board(*FIELDS)


class Raced(Exception):
    """Raised when another process stored one of the new jobs first; the transaction is lost and begins again."""


def upsert(connection: Connection, arrivals: dict[Key, Arrival], run_id: str | None) -> list[Decision]:
    """Store `arrivals` (in the order of their keys) and tell what was decided for each.

    Raises Raced when another process stored one of the new jobs first.
    """
    stored = {key: State(*values) for key, values in _read(connection, _states, arrivals)}
    asked = [key for key, state in stored.items() if needs_content(arrivals[key], state)]
    known = dict(_read(connection, _contents, asked))
    decisions = [
        again(arrival, stored[key], known.get(key), run_id) if key in stored else first(arrival, run_id)
        for key, arrival in arrivals.items()
    ]
    _write(connection, decisions, stored)
    return decisions


def _read(connection: Connection, query: Select[Any], keys: Iterable[Key]) -> Iterator[tuple[Key, list[Any]]]:
    for board, group in groupby(keys, itemgetter(0)):
        ids = [source_id for _, source_id in group]
        for start in range(0, len(ids), AT_ONCE):
            for source_id, *values in connection.execute(query, {"board": board, "ids": ids[start : start + AT_ONCE]}):
                yield (board, source_id), values


def _write(connection: Connection, decisions: list[Decision], stored: dict[Key, State]) -> None:
    new, touched, rewritten, rewritten_long = [], [], [], []
    for decision in decisions:
        if decision.values is None:
            if decision.state is not None:
                touched.append([*decision.key, *_visit(decision.state)])
        elif decision.key not in stored:
            new.append(row(decision))
        elif decision.long:
            rewritten_long.append(row(decision))
        else:
            rewritten.append(row(decision)[: len(SHORT_ROW)])
    # Imported when used: psycopg takes 0.15 s, and SQLite does without it.
    bulk = import_module(f"jobspiders.store.{connection.dialect.name}")
    if new:
        bulk.insert(connection, jobs, ROW, new)
    for names, given in ((TOUCH, touched), (SHORT_ROW, rewritten), (ROW, rewritten_long)):
        if given:
            bulk.update(connection, names, given)
    if changes := [list(change) for decision in decisions for change in decision.changes]:
        bulk.insert(connection, job_changes, Change._fields, changes)


def row(decision: Decision) -> list[Any]:
    """The whole row of a job in the order of `ROW`."""
    assert decision.values is not None
    return [*decision.key, *_state(decision.state), *_content(decision.values)]
