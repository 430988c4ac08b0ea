"""How queues and workers stand: read from Redis if there is one, else told by the rows of the runs that go on."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from time import time
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import Engine

from jobspiders.config import Config
from jobspiders.control.records import QueueRecord, WorkerRecord
from jobspiders.frontier.keys import Keys
from jobspiders.registry import boards
from jobspiders.store.dispatch import Sign, signs
from jobspiders.store.failures import count_by_site
from jobspiders.store.runs import Status

if TYPE_CHECKING:
    from redis.asyncio import Redis

    from jobspiders.frontier.idle import Idle
    from jobspiders.frontier.status import BoardState

_T = TypeVar("_T")


def workers(config: Config, engine: Engine) -> list[WorkerRecord]:
    """The processes that crawl now or wait for work in the frontier. Raises FrontierAway, StoreAway."""
    if config.redis_url is None:
        return [_worker(sign) for sign in signs(engine) if sign.run.status is Status.RUNNING]
    states, idle = _ask(config, lambda client: _everybody(client, config.redis_prefix))
    busy = [worker for state in states for worker in _workers(state)]
    names = {worker.name for worker in busy}
    return [*busy, *(_waits(one) for one in idle if one.name not in names)]


def queues(config: Config, engine: Engine) -> list[QueueRecord]:
    """The queue of every board. Raises FrontierAway, StoreAway."""
    buried = count_by_site(engine)
    if config.redis_url is None:
        runs = {sign.run.site_name: sign for sign in signs(engine) if sign.run.status is Status.RUNNING}
        return [_queue(name, runs.get(name), buried.get(name, 0)) for name in boards()]
    states = _ask(config, lambda client: _states(client, config.redis_prefix))
    return [_shared_queue(state, buried.get(state.board, 0)) for state in states]


def _ask(config: Config, question: Callable[[Redis], Awaitable[_T]]) -> _T:
    from jobspiders.frontier import scripts  # a desk without a frontier needs no redis-py

    async def asked() -> _T:
        assert config.redis_url is not None
        client = scripts.connect(config.redis_url)
        try:
            return await question(client)
        finally:
            await client.aclose()

    return asyncio.run(asked())


async def _everybody(client: Redis, prefix: str) -> tuple[list[BoardState], list[Idle]]:
    from jobspiders.frontier import idle

    states, waiting = await asyncio.gather(_states(client, prefix), idle.read(client, prefix))
    return states, waiting


async def _states(client: Redis, prefix: str) -> list[BoardState]:
    from jobspiders.frontier import status

    return list(await asyncio.gather(*(status.read(client, Keys(name, prefix)) for name in boards())))


def _worker(sign: Sign) -> WorkerRecord:
    run, stats = sign.run, sign.run.stats
    return WorkerRecord(
        name=f"{run.host}-{run.pid}",
        board=run.site_name,
        run_id=run.run_id,
        url=str(stats.get("now/url", "")),
        since=sign.age,
        silent=sign.silence,
        requests=run.requested_pages,
        items=run.found,
        pid=run.pid,
    )


def _workers(state: BoardState) -> list[WorkerRecord]:
    return [
        WorkerRecord(
            name=worker.name,
            board=state.board,
            run_id=worker.run_id,
            url=worker.url,
            since=max(0.0, time() - worker.since),
            silent=max(0.0, worker.silent),
            requests=worker.requests,
            items=worker.items,
            pid=_pid(worker.name),
        )
        for worker in state.workers
    ]


def _waits(idle: Idle) -> WorkerRecord:
    since = max(0.0, time() - idle.since)
    return WorkerRecord(idle.name, "", "", "", since, 0.0, requests=0, items=0, pid=_pid(idle.name))


def _pid(name: str) -> int | None:
    number = name.rpartition("-")[2]
    return int(number) if number.isdecimal() else None


def _queue(name: str, sign: Sign | None, dead: int) -> QueueRecord:
    if sign is None:
        return QueueRecord(name, boards()[name].rate.per_minute, dead=dead)
    run, stats = sign.run, sign.run.stats
    return QueueRecord(
        name,
        boards()[name].rate.per_minute,
        run_id=run.run_id,
        state="running",
        pending=_int(stats, "now/pending"),
        leased=_int(stats, "now/in_hand"),
        done=run.completed_pages,
        failed=run.errors,
        dead=dead,
        observed=float(stats.get("now/per_minute", 0.0)),
    )


def _shared_queue(state: BoardState, dead: int) -> QueueRecord:
    run, rate = state.run, state.rate
    record = QueueRecord(
        state.board,
        rate.declared or boards()[state.board].rate.per_minute,
        dead=max(dead, state.dead),  # those of the frontier are buried in the store as well
        start_urls=state.start_urls,
        current=rate.current,
        observed=rate.observed,
        closed=rate.closed,
        reason=rate.reason,
    )
    if run is None or run.state not in ("running", "paused"):
        return record
    counts = {name: getattr(run.counts, name) for name in ("pending", "delayed", "leased", "done", "failed")}
    return replace(record, run_id=run.run_id, state=run.state, **counts)


def _int(stats: Mapping[str, Any], name: str) -> int:
    return int(stats.get(name, 0))
