"""How a board's queue stands, read without touching anything: for commands, the control plane and the live page."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from redis.asyncio import Redis

from jobspiders.frontier.growth import Grown
from jobspiders.frontier.keys import Keys
from jobspiders.frontier.records import Counts
from jobspiders.frontier.scripts import answering


@dataclass(frozen=True, slots=True)
class RunState:
    """The run that is going on (running, paused) or was the last (ended, cancelled, blocked). `started` is in seconds
    since 1970; `stats` are Scrapy's statistics of all its workers, `seen` is the number of URLs. `seeded` tells that a
    worker has sent the requests with which it begins.
    """

    run_id: str
    state: str
    started: float
    arguments: Mapping[str, Any]
    counts: Counts
    seen: int
    stats: Grown
    seeded: bool = True


@dataclass(frozen=True, slots=True)
class Worker:
    """A worker as it described itself `silent` seconds ago. `since` is in seconds since 1970."""

    name: str
    run_id: str
    since: float
    silent: float
    held: int
    requests: int
    items: int
    url: str


@dataclass(frozen=True, slots=True)
class RateState:
    """Requests a minute: declared, as they are spaced now, as they were in the last minute. None means no limit.
    The board is closed for `closed` seconds for all workers, because of `reason`.
    """

    declared: float | None = None
    current: float | None = None
    observed: float = 0.0
    closed: float = 0.0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class BoardState:
    """A board's queue. `start_urls` are messages that no worker has taken yet, `dead` is the
    number of dead letters that are not in the store yet.
    """

    board: str
    run: RunState | None
    rate: RateState
    workers: tuple[Worker, ...]
    start_urls: int
    dead: int


async def read(client: Redis, keys: Keys) -> BoardState:
    """How the queue of one board stands. Raises FrontierAway when Redis does not answer."""
    with answering():
        kind: Any = await client.type(keys.of("start_urls"))
        size = {b"list": "LLEN", b"set": "SCARD", b"zset": "ZCARD"}.get(kind, "EXISTS")
        return await _read(client, keys, size)


async def _read(client: Redis, keys: Keys, size: str) -> BoardState:
    async with client.pipeline(transaction=True) as pipeline:
        for name in ("run", "counts", "facts", "rate"):
            pipeline.hgetall(keys.of(name))
        for name in ("requests", "delayed", "leases"):
            pipeline.zcard(keys.of(name))
        pipeline.zrange(keys.of("workers"), 0, -1, withscores=True)
        pipeline.execute_command(size, keys.of("start_urls"))
        pipeline.llen(keys.of("requeued"))
        pipeline.hlen(keys.of("dead"))
        pipeline.time()
        answers = await pipeline.execute()
    run, stats, facts, rate, pending, delayed, leased, beats, pushed, requeued, dead, clock = answers
    now = clock[0] + clock[1] / 1e6
    return BoardState(
        board=keys.board,
        run=_run(decoded(run), decoded(stats), (pending, delayed, leased)),
        rate=_rate(decoded(rate), now),
        workers=tuple(_workers((json.loads(facts[owner]), now - at / 1000) for owner, at in beats if owner in facts)),
        start_urls=pushed + requeued,
        dead=dead,
    )


def _run(run: Mapping[str, str], stats: Mapping[str, str], sizes: tuple[int, int, int]) -> RunState | None:
    if not run:
        return None
    pending, delayed, leased = sizes[0] + int(run.get("fresh", 0)), *sizes[1:]
    return RunState(
        run_id=run["id"],
        state=run["state"],
        started=float(run["started"]) / 1000,
        arguments=json.loads(run["arguments"]),
        counts=Counts(pending, delayed, leased, done=int(run.get("done", 0)), failed=int(run.get("failed", 0))),
        seen=int(run.get("seen", 0)),
        stats={name: json.loads(value) for name, value in stats.items()},
        seeded=run["seeded"] == "1",
    )


def _workers(known: Iterable[tuple[Mapping[str, Any], float]]) -> Iterator[Worker]:
    for facts, silent in known:
        if silent < facts["silence"]:
            named = {name: facts[name] for name in ("since", "held", "requests", "items", "url")}
            yield Worker(name=facts["worker"], run_id=facts["run"], silent=silent, **named)


def _rate(rate: Mapping[str, str], now: float) -> RateState:
    closed = max(0.0, float(rate.get("closed", 0)) / 1000 - now)
    if "minute" not in rate:
        return RateState(closed=closed, reason=rate.get("reason", "") if closed else "")
    sent, before, age = float(rate["sent"]), float(rate["before"]), now / 60 - float(rate["minute"])
    # The minute that is going on, and of the one before the share that is less than a minute ago.
    observed = sent + before * (1 - age) if age < 1 else sent * max(0.0, 2 - age)
    return RateState(
        _per_minute(rate["floor"]),
        _per_minute(rate["interval"]),
        observed,
        closed,
        rate.get("reason", "") if closed else "",
    )


def _per_minute(interval: str) -> float | None:
    return 60_000 / float(interval) if float(interval) else None


def decoded(answer: Mapping[Any, Any]) -> dict[str, str]:
    """A hash as Redis answered it, as text."""
    return {name.decode(): value.decode("utf-8", "replace") for name, value in answer.items()}
