"""Opens the database: one engine for SQLite and PostgreSQL, migrated, and with failures told in our words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import URL, ColumnElement, Connection, Engine, create_engine, event, func, literal, make_url, select
from sqlalchemy.exc import ArgumentError, DBAPIError

from jobspiders.config import mask
from jobspiders.errors import BadConfig, StoreAway, TooSlow
from jobspiders.store.columns import Instant, as_json
from jobspiders.store.migrate import migrate

DRIVERS = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg"}
BUSY = 30  # seconds that a writer of SQLite waits for another

# Either side notices a dead line within a minute or so, not after the kernel's two hours. Nothing is prepared on the
# server, and nothing set there for longer than a transaction: between us may be a pooler such as PgBouncer.
POSTGRES: dict[str, Any] = {
    "application_name": "jobspiders",
    "connect_timeout": 10,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 60_000,
    "prepare_threshold": None,
}
# A worker that is stopped or cut off in the middle keeps its row locks no longer than this.
SET_UP_WRITING = "SET LOCAL idle_in_transaction_session_timeout = '60s'"
# Absences whose class in the driver does not tell: the end of such a worker, a standby that cannot be written to.
CUT_OFF = {"25P03", "25006"}
OUT_OF_TIME = "57014"  # a statement that went over its statement_timeout


def connect(url: str) -> Engine:
    """The engine for `url` (sqlite:///jobs.db, postgresql://… or postgres://…), its tables up to date.

    Raises BadConfig for a URL that cannot be meant, StoreAway when the database does not answer.
    """
    try:
        address = make_url(url)
    except (ArgumentError, ValueError) as error:
        raise BadConfig(f"{mask(url)!r} is no database URL: give one like sqlite:///jobs.db.") from error
    backend = address.drivername.partition("+")[0]
    if backend not in DRIVERS:
        raise BadConfig(f"{backend} is no database we speak: give a sqlite:// or postgresql:// URL.")
    address = address.set(drivername=DRIVERS[backend])
    engine = _sqlite(address) if backend == "sqlite" else _postgres(address)
    with ExitStack() as failing:
        failing.callback(engine.dispose)
        with answering(engine):
            migrate(engine)
        failing.pop_all()
    return engine


def _postgres(address: URL) -> Engine:
    given = {name: value for name, value in POSTGRES.items() if name not in address.query}
    return create_engine(address, connect_args=given, pool_pre_ping=True, json_serializer=as_json)


def _sqlite(address: URL) -> Engine:
    folder = Path(address.database or ".").parent
    if not folder.is_dir():
        raise BadConfig(f"{address}: there is no folder {folder}; make it, or name another file.")
    # isolation_level None: sqlite3 leaves BEGIN to us, so that a writer can take the lock before it reads.
    arguments = {"timeout": BUSY, "isolation_level": None}
    engine = create_engine(address, connect_args=arguments, json_serializer=as_json)
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _set_up_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    for setting in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {setting}")


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql(f"BEGIN {connection.get_execution_options().get('sqlite_lock', 'DEFERRED')}")


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection to read with. Raises StoreAway."""
    with answering(engine), engine.connect() as connection:
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One transaction to write in: all of it is stored at the end, or nothing. Raises StoreAway."""
    with (
        answering(engine),
        engine.connect() as connection,
        # SQLite refuses the lock to a transaction that has read when another wrote meanwhile, so it is taken first.
        connection.execution_options(sqlite_lock="IMMEDIATE").begin(),
    ):
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql(SET_UP_WRITING)
        yield connection


def clock(engine: Engine) -> ColumnElement[datetime]:
    """This moment as an expression, by the one clock that all processes share: the server's, or this machine's."""
    if engine.dialect.name == "postgresql":
        return func.clock_timestamp(type_=Instant())
    return literal(datetime.now(UTC), Instant())


def now(engine: Engine) -> datetime:
    """This moment by that clock. Raises StoreAway."""
    with reading(engine) as connection:
        return connection.execute(select(clock(engine))).scalar_one()


@contextmanager
def answering(engine: Engine) -> Iterator[None]:
    """Raises StoreAway in the place of what the driver raises when the database does not answer, TooSlow when it gave
    up on a statement that had a time limit.
    """
    driver = engine.dialect.loaded_dbapi
    try:
        yield
    except (DBAPIError, driver.Error) as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        if getattr(cause, "sqlstate", None) == OUT_OF_TIME:
            raise TooSlow("that takes too long: narrow the search, as with a board, a country or a time.") from error
        absence = isinstance(cause, driver.OperationalError | driver.InterfaceError) and not _our_fault(cause)
        if not absence and getattr(cause, "sqlstate", None) not in CUT_OFF:
            raise
        words = " ".join(str(cause).split()) or type(cause).__name__
        raise StoreAway(f"{engine.url.render_as_string(hide_password=True)} does not answer: {words}") from error


def _our_fault(cause: BaseException | None) -> bool:
    # SQLite has the same class for "database is locked" and for wrong SQL; only the code tells them apart.
    return getattr(cause, "sqlite_errorcode", None) == sqlite3.SQLITE_ERROR
