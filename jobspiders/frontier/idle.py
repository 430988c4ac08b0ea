"""Workers that wait for work: they say so every few seconds, and are forgotten soon after they fell silent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from redis.asyncio import Redis
from redis.asyncio.client import Pipeline

from jobspiders.frontier.scripts import answering

EVERY, KEPT = 3.0, 10.0  # seconds between two signs of life, and for which one counts


@dataclass(frozen=True, slots=True)
class Idle:
    """A worker (named as by `records.this_worker`) that has had nothing to do since then, in seconds since 1970."""

    name: str
    since: float


def say(pipeline: Pipeline, prefix: str, idle: Idle) -> None:
    """Have it said with what is sent next."""
    pipeline.sadd(f"{prefix}idle", idle.name)
    pipeline.set(_key(prefix, idle.name), idle.since, px=round(1000 * KEPT))


async def read(client: Redis, prefix: str) -> list[Idle]:
    """All of them, by name. Raises FrontierAway."""
    with answering():
        members: Any = await client.smembers(f"{prefix}idle")
        names = sorted(member.decode() for member in members)
        moments: Any = await client.mget([_key(prefix, name) for name in names]) if names else []
        told = dict(zip(names, moments, strict=True))
        if gone := [name for name, since in told.items() if since is None]:
            await client.srem(f"{prefix}idle", *gone)
    return [Idle(name, float(since)) for name, since in told.items() if since is not None]


async def end(client: Redis, prefix: str, name: str) -> None:
    """It waits no longer. Raises FrontierAway."""
    with answering():
        await client.delete(_key(prefix, name))


def _key(prefix: str, name: str) -> str:
    return f"{prefix}idle:{name}"
