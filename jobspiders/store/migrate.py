"""Brings a database to the newest version of the tables; of several processes at once only one does the work."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection, Engine, inspect, text

ADVISORY_LOCK = 0x6A6F6273  # "jobs": any number that nobody else takes in this database


def migrate(engine: Engine) -> None:
    """Migrate if the database is behind. Alembic takes seconds to import, so it is left alone otherwise."""
    newest = newest_version()
    with engine.connect() as connection:
        if _version(connection) >= newest:
            return
    with engine.connect() as connection, connection.execution_options(sqlite_lock="IMMEDIATE").begin():
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ADVISORY_LOCK})
        if _version(connection) < newest:
            _upgrade(connection)


def newest_version() -> str:
    """The newest version that this code knows, from the names of the files, such as "0001_jobs"."""
    names = [item.name for item in _folder().joinpath("versions").iterdir()]
    return max(name.removesuffix(".py") for name in names if re.fullmatch(r"\d{4}_\w+\.py", name))


def _version(connection: Connection) -> str:
    """The database's version, empty for a new one. A database ahead of this code is left as it is."""
    if not inspect(connection).has_table("alembic_version"):
        return ""
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or ""


def _upgrade(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    with _unpacked(_folder()) as folder:
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", str(folder).replace("%", "%%"))
        command.upgrade(config, "head")


def _folder() -> Traversable:
    return files("jobspiders.store").joinpath("migrations")


@contextmanager
def _unpacked(source: Traversable) -> Iterator[Path]:
    """A copy of `source` on disk, for Alembic loads files only and an egg of scrapyd is a zip archive."""
    with TemporaryDirectory(prefix="jobspiders-migrations-") as folder:
        _copy(source, Path(folder))
        yield Path(folder)


def _copy(source: Traversable, target: Path) -> None:
    target.mkdir(exist_ok=True)
    for item in source.iterdir():
        if item.is_file():
            (target / item.name).write_bytes(item.read_bytes())
        elif item.name != "__pycache__":
            _copy(item, target / item.name)
