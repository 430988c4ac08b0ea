"""The bulk statements of SQLite."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Table

from jobspiders.store.columns import as_text, bound
from jobspiders.store.tables import KEY, jobs


def insert(connection: Connection, table: Table, names: Sequence[str], rows: Iterable[list[Any]]) -> None:
    """Store new rows."""
    marks = ", ".join("?" * len(names))
    statement = f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({marks})"  # noqa: S608 - our own columns
    connection.exec_driver_sql(statement, [tuple(row) for row in bound(table, names, rows, as_text)])


def update(connection: Connection, names: Sequence[str], rows: Iterable[list[Any]]) -> None:
    """Write the columns `names`, the key first, of jobs that are stored."""
    sets = ", ".join(f"{name} = ?" for name in names if name not in KEY)
    same = " AND ".join(f"{name} = ?" for name in KEY)
    statement = f"UPDATE jobs SET {sets} WHERE {same}"  # noqa: S608 - our own columns
    given = bound(jobs, names, rows, as_text)
    connection.exec_driver_sql(statement, [(*row[len(KEY) :], *row[: len(KEY)]) for row in given])
