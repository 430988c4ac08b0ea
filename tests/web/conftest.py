"""A server on each database for every test that asks for one."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from sqlalchemy import Engine
from webserver import serving

from jobspiders.config import Config
from jobspiders.store.db import connect


@pytest.fixture
def client(engine: Engine, database_url: str) -> Iterator[httpx.Client]:
    """A client of a server on each database."""
    with serving(Config(database_url=database_url), engine) as client:
        yield client


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A client of a server on SQLite that stays empty."""
    url = f"sqlite:///{tmp_path_factory.mktemp('small')}/jobs.db"
    engine = connect(url)
    with serving(Config(database_url=url), engine) as client:
        yield client
    engine.dispose()
