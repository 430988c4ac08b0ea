"""Opening a database, and what its failures are called."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

import pytest
from servers import free_port
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from jobspiders.errors import BadConfig, StoreAway
from jobspiders.store.db import SET_UP_WRITING, connect, reading, writing
from jobspiders.store.runs import Run, begin, get

LOCK = text("LOCK TABLE jobs IN ACCESS EXCLUSIVE MODE")


def test_database_that_does_not_answer_is_away_and_its_password_hidden() -> None:
    with pytest.raises(StoreAway, match="does not answer") as caught:
        connect(f"postgres://me:secret@127.0.0.1:{free_port()}/jobs")
    assert "secret" not in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "url", ["mysql://localhost/jobs", "sqlite:////no/such/folder/jobs.db", "jobs.db", "postgres://h:x/y"]
)
def test_url_that_cannot_be_meant(url: str) -> None:
    with pytest.raises(BadConfig):
        connect(url)


def test_wrong_sql_is_not_called_an_absence(database_url: str) -> None:
    engine = connect(database_url)
    with pytest.raises(DBAPIError), reading(engine) as connection:
        connection.execute(text("SELECT nothing FROM nowhere"))
    engine.dispose()


def test_locked_sqlite_is_away(sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jobspiders.store.db.BUSY", 0.1)
    engine = connect(sqlite_url)
    other = sqlite3.connect(tmp_path / "jobs.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreAway, match="locked"), writing(engine):
        pass
    with reading(engine) as connection:  # readers do not wait for a writer
        assert connection.execute(text("SELECT count(*) FROM jobs")).scalar() == 0
    other.close()
    engine.dispose()


def test_sqlite_is_set_up(sqlite_url: str) -> None:
    engine = connect(sqlite_url)
    with engine.connect() as connection:
        settings = [
            connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        ]
    engine.dispose()
    assert settings == ["wal", 1, 1, 30_000]


def test_stopped_worker_loses_its_locks_in_postgresql(postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jobspiders.store.db.SET_UP_WRITING", SET_UP_WRITING.replace("60s", "100ms"))
    engine = connect(postgres_url)

    def stop_in_the_middle() -> None:
        with writing(engine) as stopped:
            stopped.execute(LOCK)
            with writing(engine) as other:
                other.execute(LOCK)  # waits for the server to end the other transaction

    with pytest.raises(StoreAway, match="idle-in-transaction"):
        stop_in_the_middle()
    engine.dispose()


def test_writing_is_all_or_nothing(database_url: str) -> None:
    engine = connect(database_url)
    begin(engine, Run(run_id="r", site_name="example"))
    with contextlib.suppress(ZeroDivisionError), writing(engine) as connection:
        connection.execute(text("DELETE FROM scrape_runs"))
        raise ZeroDivisionError
    assert get(engine, "r") is not None
    engine.dispose()
