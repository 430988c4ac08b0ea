"""Dead letters: requests given up on, kept with their last error until one of them succeeds."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, func, select
from sqlalchemy.exc import IntegrityError

from jobspiders.store.db import reading, writing
from jobspiders.store.tables import failed_requests


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadLetter:
    """A request given up on. `request` is JSON text; `attempts` are those of its last run."""

    id: str
    site_name: str
    run_id: str | None
    url: str
    request: str
    attempts: int
    error: str
    first_failed_at: datetime
    last_failed_at: datetime


def letter_id(site_name: str, request: str) -> str:
    """The id of a request (JSON text) as a dead letter: the same request of a board has one, whatever its meta."""
    said = json.loads(request)
    same = json.dumps([site_name, said.get("method", "GET"), said["url"], said.get("body") or said.get("body64")])
    return hashlib.blake2b(same.encode(), digest_size=8).hexdigest()


def bury(engine: Engine, dead: DeadLetter) -> None:
    """Keep a dead letter; one that is there already gets the new error, and keeps its first. Raises StoreAway."""
    values = {name: getattr(dead, name) for name in DeadLetter.__slots__}
    again = {name: value for name, value in values.items() if name not in {"id", "first_failed_at"}}
    table = failed_requests
    known = table.update().where(table.c.id == dead.id).values(again)
    try:
        with writing(engine) as connection:
            if not connection.execute(known).rowcount:
                connection.execute(table.insert().values(values))
    except IntegrityError:  # another worker was first
        with writing(engine) as connection:
            connection.execute(known)


def revive(engine: Engine, dead_id: str) -> None:
    """The request of this dead letter has succeeded: the letter is gone. Raises StoreAway."""
    with writing(engine) as connection:
        connection.execute(failed_requests.delete().where(failed_requests.c.id == dead_id))


def dead_letters(
    engine: Engine, site_name: str | None = None, ids: Collection[str] = (), limit: int = 1000
) -> list[DeadLetter]:
    """The dead letters (of one board, or of these ids), the latest first. Raises StoreAway."""
    query = select(failed_requests).order_by(failed_requests.c.last_failed_at.desc(), failed_requests.c.id).limit(limit)
    if site_name is not None:
        query = query.where(failed_requests.c.site_name == site_name)
    if ids:
        query = query.where(failed_requests.c.id.in_(ids))
    with reading(engine) as connection:
        return [DeadLetter(**row._mapping) for row in connection.execute(query)]


def count_by_site(engine: Engine) -> dict[str, int]:
    """How many dead letters each board has; those that have none are left out. Raises StoreAway."""
    site = failed_requests.c.site_name
    with reading(engine) as connection:
        rows = connection.execute(select(site, func.count().label("dead")).group_by(site))
        return {row.site_name: row.dead for row in rows}
