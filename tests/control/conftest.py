"""Replicas of the boards, and desks whose runs crawl them with real processes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from jobspiders.config import Config
from jobspiders.control.desk import Desk
from jobspiders.control.opening import open_desk
from jobspiders.simboards.launch import Simboards, launch
from jobspiders.store.db import connect

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def replicas() -> Iterator[Simboards]:
    """Boards with few jobs that answer after a moment, so that a crawl can be met on its way."""
    with launch(30, latency=0.15) as boards:
        yield boards


@pytest.fixture
def handed_on(replicas: Simboards) -> dict[str, str]:
    """The settings by which a crawl meets the replicas, at no rate."""
    return {
        **replicas.settings,
        "AUTOTHROTTLE_ENABLED": "False",
        "DOWNLOAD_DELAY": "0",
        "CONCURRENT_REQUESTS_PER_DOMAIN": "8",
    }


@pytest.fixture
def config(sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Config:
    """An embedded configuration in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    return Config(database_url=sqlite_url, log_level="INFO")


@pytest.fixture
def open_at(handed_on: dict[str, str]) -> Iterator[Callable[..., Desk]]:
    """Opens desks, with further settings for their runs; closed at the end."""
    opened: list[Desk] = []

    def open_one(config: Config, **settings: str) -> Desk:
        desk = open_desk(config, connect(config.database_url), handed_on | settings)
        opened.append(desk)
        return desk

    yield open_one
    for desk in opened:
        desk.close()
        desk.engine.dispose()


@pytest.fixture
def desk(config: Config, open_at: Callable[..., Desk]) -> Desk:
    """An embedded desk."""
    return open_at(config)
