"""Migrations: one description, one migration whoever starts first, and from a zip archive as well."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import psycopg
import pytest
from servers import Server
from sqlalchemy import Engine, create_engine, text

import jobspiders
from jobspiders.store.db import connect
from jobspiders.store.migrate import newest_version
from jobspiders.store.tables import metadata

PACKAGE = Path(jobspiders.__file__).parent
OPEN = """
import sys
from jobspiders.store.db import connect
engine = connect(sys.argv[1])
with engine.connect() as connection:
    print(connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalars().all())
engine.dispose()
print("alembic" in sys.modules, sys.modules["jobspiders"].__file__)
"""


def opening(url: str, path: Path, folder: Path) -> subprocess.Popen[str]:
    program = f"import sys; sys.path.insert(0, {str(path)!r})\n{OPEN}"
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-c", program, url], cwd=folder, text=True, stdout=subprocess.PIPE
    )


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path, postgres_server: Server) -> Any:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/empty.db"
        return
    with psycopg.connect(postgres_server.url, autocommit=True) as connection:
        connection.execute("CREATE DATABASE empty")
        yield postgres_server.url.rpartition("/")[0] + "/empty"
        connection.execute("DROP DATABASE empty WITH (FORCE)")


SLOW_DDL = """
CREATE FUNCTION slow() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(0.1); END';
CREATE EVENT TRIGGER slow ON ddl_command_start EXECUTE FUNCTION slow();
"""


def test_processes_that_start_together_migrate_once(empty_url: str, tmp_path: Path) -> None:
    if empty_url.startswith("postgresql"):  # slow enough for the others to come into the middle of it
        with psycopg.connect(empty_url) as connection:
            connection.execute(SLOW_DDL)
    together = [opening(empty_url, PACKAGE.parent, tmp_path) for _ in range(3)]
    answers = [process.communicate()[0].splitlines() for process in together]
    assert [process.returncode for process in together] == [0, 0, 0]
    assert [answer[0] for answer in answers] == [str([newest_version()])] * 3


def test_database_that_is_up_to_date_costs_no_alembic(sqlite_url: str, tmp_path: Path) -> None:
    version, loaded = opening(sqlite_url, PACKAGE.parent, tmp_path).communicate()[0].splitlines()
    assert version == str([newest_version()])
    assert loaded.startswith("False")


def test_migrates_from_within_a_zip_archive(tmp_path: Path) -> None:
    egg = tmp_path / "jobspiders.egg"
    with zipfile.ZipFile(egg, "w") as archive:
        for file in [*PACKAGE.glob("*.py"), *(PACKAGE / "store").rglob("*.py")]:
            archive.write(file, file.relative_to(PACKAGE.parent))
    version, loaded = opening(f"sqlite:///{tmp_path}/jobs.db", egg, tmp_path).communicate()[0].splitlines()
    assert version == str([newest_version()])
    assert loaded == f"True {egg}/jobspiders/__init__.py"


@pytest.mark.parametrize("kind", ["sqlite_url", "postgres_url"])
def test_database_ahead_of_this_code_is_left_alone(kind: str, request: pytest.FixtureRequest) -> None:
    engine = connect(request.getfixturevalue(kind))
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999_later'"))
    connect(request.getfixturevalue(kind)).dispose()
    with engine.connect() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == "9999_later"
    engine.dispose()


SCHEMA = {
    # SQLite alters a table by copying it, which leaves quotes about the name.
    "sqlite": [
        """SELECT name, replace(sql, '"', '') FROM sqlite_master
        WHERE sql > '' AND name NOT LIKE 'alembic%' ORDER BY name"""
    ],
    "postgresql": [
        """SELECT table_name, column_name, data_type, is_nullable, collation_name, column_default
        FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> 'alembic_version'
        ORDER BY table_name, ordinal_position""",
        """SELECT indexname, indexdef FROM pg_indexes
        WHERE schemaname = 'public' AND tablename <> 'alembic_version' ORDER BY indexname""",
        """SELECT relname, reloptions FROM pg_class
        WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> 'alembic_version' ORDER BY 1""",
        """SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint
        WHERE connamespace = 'public'::regnamespace AND conname NOT LIKE 'alembic%' ORDER BY conname""",
    ],
}


def schema(engine: Engine) -> list[Any]:
    with engine.connect() as connection:
        return [connection.execute(text(query)).all() for query in SCHEMA[engine.dialect.name]]


def test_migrations_end_in_the_tables_that_are_described(empty_url: str, request: pytest.FixtureRequest) -> None:
    described = create_engine(empty_url.replace("postgresql:", "postgresql+psycopg:"))
    if described.dialect.name == "postgresql":
        with described.begin() as connection:
            connection.execute(text("CREATE EXTENSION pg_trgm"))
    metadata.create_all(described)
    migrated = connect(request.getfixturevalue("sqlite_url" if "sqlite" in empty_url else "postgres_url"))
    assert schema(migrated) == schema(described)
    for engine in (described, migrated):
        engine.dispose()
