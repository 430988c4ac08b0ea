"""Real servers, a board that counts its visitors, and workers as processes of their own."""

from __future__ import annotations

import asyncio
import inspect
import uuid

import pytest
from bench import Bench
from fleet import Board, Fleet
from servers import redis as redis_server
from servers import valkey


def pytest_configure(config):
    config.addinivalue_line("markers", "slow: takes minutes; run with -m slow")


def pytest_collection_modifyitems(config, items):
    """Slow tests run only when they are asked for."""
    if not config.option.markexpr:
        for item in items:
            if item.get_closest_marker("slow"):
                item.add_marker(pytest.mark.skip(reason="slow: pytest -m slow"))


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem):
    """Runs tests that are coroutines."""
    if not inspect.iscoroutinefunction(pyfuncitem.obj):
        return None
    names = inspect.signature(pyfuncitem.obj).parameters
    asyncio.run(pyfuncitem.obj(**{name: pyfuncitem.funcargs[name] for name in names}))
    return True


@pytest.fixture(scope="session")
def redis():
    """A Valkey that keeps nothing on disk; tests keep apart by prefixes."""
    with valkey() as server:
        yield server


@pytest.fixture
def prefix():
    return f"{uuid.uuid4().hex[:8]}:"


@pytest.fixture(scope="session")
def other_redis():
    """The other family's server."""
    with redis_server() as server:
        yield server


@pytest.fixture(params=["redis", "other_redis"], ids=["valkey", "redis"])
def queue_url(request):
    """The test runs once on a server of each family."""
    return request.getfixturevalue(request.param).url


@pytest.fixture
def bench(queue_url, prefix):
    return Bench(queue_url, prefix)


@pytest.fixture(scope="session")
def _boards():
    boards: dict[tuple[int, float], Board] = {}
    yield boards
    for board in boards.values():
        board.close()


@pytest.fixture
def site(_boards):
    """A site with so many jobs, so many seconds slow."""

    def serve(jobs: int, latency: float = 0.0) -> Board:
        if (jobs, latency) not in _boards:
            _boards[jobs, latency] = Board(jobs, latency)
        return _boards[jobs, latency]

    return serve


@pytest.fixture
def fleet(redis, prefix, site, tmp_path):
    """Workers for a site of so many jobs."""
    fleets = []

    def gather(jobs: int, latency: float = 0.02, redis_url: str | None = None) -> Fleet:
        folder = tmp_path / str(len(fleets))
        folder.mkdir()
        fleets.append(Fleet(site(jobs, latency), redis_url or redis.url, f"{prefix}{len(fleets)}:", folder))
        return fleets[-1]

    yield gather
    for one in fleets:
        one.close()
