"""The bulk statements of PostgreSQL.

New rows go into their table by COPY without a detour: a temporary table and INSERT … ON CONFLICT would write every
description twice and take 1.6 times as long. The price is paid only when two processes store the same new job in
the same moment: the later one begins its batch again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, cast

from psycopg import Connection as Driver
from psycopg.errors import UniqueViolation
from sqlalchemy import Connection, Table

from jobspiders.store.columns import aware, bound
from jobspiders.store.tables import KEY, jobs
from jobspiders.store.upsert import Raced


def insert(connection: Connection, table: Table, names: Sequence[str], rows: Iterable[list[Any]]) -> None:
    """Store new rows, given in the order of their keys. Raises Raced."""
    driver = cast("Driver[Any]", connection.connection.driver_connection)
    statement = f"COPY {table.name} ({', '.join(names)}) FROM STDIN"
    try:
        with driver.cursor() as cursor, cursor.copy(statement) as copy:
            for row in bound(table, names, rows, aware):
                copy.write_row(row)
    except UniqueViolation as error:
        raise Raced from error


def update(connection: Connection, names: Sequence[str], rows: Iterable[list[Any]]) -> None:
    """Write the columns `names`, the key first, of jobs that this transaction has locked. The other columns are not
    touched: a description that is not named stays where it lies.
    """
    given = json.dumps([dict(zip(names, row, strict=True)) for row in rows], default=_moment)
    typed = ", ".join(f"{name} {jobs.c[name].type.compile(connection.dialect)}" for name in names)
    sets = ", ".join(f"{name} = given.{name}" for name in names if name not in KEY)
    same = " AND ".join(f"jobs.{name} = given.{name}" for name in KEY)
    statement = f"UPDATE jobs SET {sets} FROM json_to_recordset(%s) AS given({typed}) WHERE {same}"  # noqa: S608 - our own columns
    connection.exec_driver_sql(statement, (given,))


def _moment(value: Any) -> str:
    assert isinstance(value, datetime)
    return aware(value).isoformat()
