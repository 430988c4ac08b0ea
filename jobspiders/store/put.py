"""Stores a row whose key may be there already, on either database."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

from jobspiders.store.content import clean

INSERTS: dict[str, Callable[[Table], Any]] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def put(connection: Connection, table: Table, row: Mapping[str, Any]) -> None:
    """Insert `row`, or give the row that has its primary key these values."""
    key = [column.name for column in table.primary_key]
    values = {name: clean(value) for name, value in row.items()}
    rest = {name: value for name, value in values.items() if name not in key}
    insert = INSERTS[connection.dialect.name](table).values(values)
    connection.execute(insert.on_conflict_do_update(index_elements=key, set_=rest))
