"""Live settings, which hold for every run that starts after they were stored."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Engine, select

from jobspiders.store.db import reading, writing
from jobspiders.store.put import put
from jobspiders.store.tables import manners


def stored_manners(engine: Engine) -> dict[str, Any]:
    """What was stored, by name. Raises StoreAway."""
    with reading(engine) as connection:
        return {row.name: row.value for row in connection.execute(select(manners))}


def put_manners(engine: Engine, values: Mapping[str, Any]) -> None:
    """Store these; the others stay. Raises StoreAway."""
    with writing(engine) as connection:
        for name, value in values.items():
            put(connection, manners, {"name": name, "value": value})
