"""The snapshot is made once a second, however many listen, and never when nobody does."""

from __future__ import annotations

import json
import time
from contextlib import ExitStack
from itertools import pairwise
from typing import Any

import httpx
import pytest
from sqlalchemy import Engine
from webserver import serving
from websockets.exceptions import ConnectionClosedError
from websockets.sync.client import connect as listen

from jobspiders.config import Config
from jobspiders.store.db import connect
from jobspiders.web import looking
from jobspiders.web.looking import Pace


def test_all_listeners_share_one_look_a_second(sqlite_url: str, monkeypatch: Any) -> None:
    engine = connect(sqlite_url)
    looks: list[float] = []
    real = looking.Watch.snapshot

    def counted(watch: looking.Watch) -> Any:
        looks.append(time.monotonic())
        return real(watch)

    monkeypatch.setattr(looking.Watch, "snapshot", counted)
    with serving(Config(database_url=sqlite_url), engine) as client, ExitStack() as listeners:
        assert client.get("/jobs/workers/status").status_code == 200
        assert looks == []
        address = f"ws://127.0.0.1:{client.base_url.port}/jobs/status"
        sockets = [listeners.enter_context(listen(address)) for _ in range(20)]
        told = [[socket.recv(timeout=10) for _ in range(3)] for socket in sockets]
        assert len({text for texts in told for text in texts}) <= len(looks) < 20
        assert min(after - before for before, after in pairwise(looks)) > 0.9
        listeners.close()
        _until_silent(looks)
    engine.dispose()


def test_a_look_that_fails_ends_the_line_and_the_next_one_works(sqlite_url: str, monkeypatch: Any) -> None:
    engine = connect(sqlite_url)
    real = looking.Watch.snapshot

    def broken(_: looking.Watch) -> Any:
        monkeypatch.setattr(looking.Watch, "snapshot", real)
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr(looking.Watch, "snapshot", broken)
    with serving(Config(database_url=sqlite_url), engine) as client:
        address = f"ws://127.0.0.1:{client.base_url.port}/jobs/status"
        with listen(address) as socket, pytest.raises(ConnectionClosedError):
            socket.recv(timeout=10)
        with listen(address) as socket:
            assert "health" in socket.recv(timeout=10)
    engine.dispose()


def _until_silent(looks: list[float]) -> None:
    end = time.monotonic() + 10
    while time.monotonic() < end:
        if looks and time.monotonic() - looks[-1] > 1.5:
            return
        time.sleep(0.1)
    raise AssertionError("it still looks")


def test_a_snapshot_is_whole(client: httpx.Client, engine: Engine) -> None:
    with listen(f"ws://127.0.0.1:{client.base_url.port}/jobs/status") as socket:
        told = json.loads(socket.recv(timeout=10))
    assert set(told) == {"at", "health", "runs", "queues", "workers", "jobs_per_minute"}
    assert told["health"]["parts"]["database"] == "ok"
    assert len(told["queues"]) == len(client.get("/jobs/sites").json())


def test_the_pace_is_that_of_the_last_minute() -> None:
    pace = Pace()
    assert pace.of({"a": 100}, 0.0) == 0.0
    assert pace.of({"a": 110}, 30.0) == 20.0
    assert pace.of({"a": 130, "b": 5}, 60.0) == 35.0
    assert pace.of({"a": 130, "b": 5}, 90.0) == 25.0  # since 30 s: 20 of a, 5 of b
    assert pace.of({"b": 5}, 150.0) == 0.0
