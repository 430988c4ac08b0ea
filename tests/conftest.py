"""Fixtures for every room: real databases, migrated once a session and copied for each test that wants one.

Two rules are held here for all tests: none reaches the outer network, none leaves a process behind.
"""

from __future__ import annotations

import os
import runpy
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import browsers
import psutil
import psycopg
import pytest
from processes import LOOPBACK
from servers import Server, postgres
from sqlalchemy import Engine

from jobspiders.store.db import connect
from jobspiders.store.tables import metadata

TEMPLATE = "jobspiders_template"
MARK = "JOBSPIDERS_TEST_RUN"  # a variable that every process of this run inherits
# Rooms whose tests start processes and wait for them. They come first: what is left for the end is short.
LONG = ("commands", "frontier", "control", "web", "crawl", "docker")

runpy.run_path(str(LOOPBACK / "sitecustomize.py"))


def pytest_configure(config: pytest.Config) -> None:
    """Mark this run; xdist's workers have the mark from their controller."""
    os.environ.setdefault(MARK, uuid4().hex)
    # Some hundred processes are started here: they compile the package once, also where that is switched off.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long ones first."""
    items.sort(key=lambda item: item.path.parent.name not in LONG)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """A process that is left fails the run, and is ended."""
    if hasattr(session.config, "workerinput"):
        return
    patience = time.monotonic() + 5
    while (left := _left_behind()) and time.monotonic() < patience:
        time.sleep(0.1)
    for process in left:
        print(f"\nleft behind: {process.pid} {' '.join(process.info['cmdline'] or ())[:300]}")
        process.kill()
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def _left_behind() -> list[psutil.Process]:
    mark, found = os.environ[MARK], []
    for process in psutil.process_iter(["cmdline", "environ", "status"]):
        environ, gone = process.info["environ"] or {}, process.info["status"] == psutil.STATUS_ZOMBIE
        if environ.get(MARK) == mark and process.pid != os.getpid() and not gone:
            found.append(process)
    return found


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a browser. The only reason to do without is a registry that cannot be reached, and that is said."""
    try:
        return browsers.chromium()
    except browsers.NoRegistry as away:
        pytest.skip(f"no browser: {away}")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    """One PostgreSQL for the session; a test that stops it starts one of its own."""
    with postgres() as server:
        yield server


@pytest.fixture(scope="session")
def migrated_postgres(postgres_server: Server) -> str:
    """The name of a migrated database that nobody is connected to."""
    _run(postgres_server.url, f"CREATE DATABASE {TEMPLATE}")
    connect(_database(postgres_server.url, TEMPLATE)).dispose()
    return TEMPLATE


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated file, closed, so that its journal is empty."""
    path = tmp_path_factory.mktemp("sqlite") / "jobs.db"
    connect(f"sqlite:///{path}").dispose()
    return path


@pytest.fixture
def postgres_url(postgres_server: Server, migrated_postgres: str) -> Iterator[str]:
    """A migrated PostgreSQL database that the test may turn inside out."""
    name = f"test_{uuid4().hex[:12]}"
    _run(postgres_server.url, f"CREATE DATABASE {name} TEMPLATE {migrated_postgres}")
    yield _database(postgres_server.url, name)
    _run(postgres_server.url, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def shared_postgres(postgres_server: Server, migrated_postgres: str) -> str:
    """A migrated PostgreSQL database for one test after the other."""
    _run(postgres_server.url, f"CREATE DATABASE shared TEMPLATE {migrated_postgres}")
    return _database(postgres_server.url, "shared")


@pytest.fixture
def emptied_postgres_url(shared_postgres: str) -> str:
    """The shared database with empty tables: twenty times as fast as one of the test's own."""
    _run(shared_postgres, f"TRUNCATE {', '.join(metadata.tables)} RESTART IDENTITY")
    return shared_postgres


@pytest.fixture
def sqlite_url(migrated_sqlite: Path, tmp_path: Path) -> str:
    """A migrated SQLite file of the test's own."""
    return f"sqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'jobs.db')}"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The test runs once on each database."""
    return request.getfixturevalue({"sqlite": "sqlite_url", "postgresql": "emptied_postgres_url"}[request.param])


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """The open store on each database."""
    engine = connect(database_url)
    yield engine
    engine.dispose()


def _database(url: str, name: str) -> str:
    return f"{url.rpartition('/')[0]}/{name}"


def _run(url: str, statement: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement)
