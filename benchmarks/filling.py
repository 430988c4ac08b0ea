"""A board's queue in Redis, filled by the frontier's own scripts, without a crawl."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count
from typing import Any

from redis.asyncio import Redis

from jobspiders.frontier.keys import Keys
from jobspiders.frontier.outbox import AT_MOST, Commit, Step
from jobspiders.frontier.queue import Queue
from jobspiders.frontier.records import Ask, Pace, Reply, Terms

BOARD, RUN, EPOCH = "benchmark", "benchmark", "epoch"


class Filling:
    """One worker's dealings with the queue in the Redis at `url`."""

    def __init__(self, url: str) -> None:
        terms = Terms(lease=3600, redeliveries=3, max_age=3600)
        self.queue = Queue.at(url, Keys(BOARD), "filler", terms, Pace())
        self.client: Redis = self.queue.scripts.client
        self.pushed = 0  # as many ids are taken
        self._numbers = count(1)

    async def begin(self) -> None:
        """Begin the run, whose seeds are yet to come from the first worker that has some."""
        await self.queue.join(RUN, EPOCH, {}, seeds=True)

    async def send(self, steps: Iterable[Step]) -> None:
        """Hand over `steps`, in commits as great as a worker's."""
        part: list[Step] = []
        for step in steps:
            part.append(step)
            if len(part) == AT_MOST:
                await self.exchange(part)
                part = []
        await self.exchange(part)

    async def exchange(self, steps: Iterable[Step] = (), wanted: int = 0) -> Reply:
        """One commit, and a claim of so many requests."""
        commit = Commit(next(self._numbers), tuple(steps))
        self.pushed += sum(step[0] == "push" for step in commit.steps)
        return await self.queue.exchange(commit, Ask(wanted, seeds=False, suspect=False))

    async def memory(self) -> int:
        """Bytes that Redis uses since it began, keys and tables and all."""
        told: Any = await self.client.info("memory")
        return int(told["used_memory"]) - int(told["used_memory_startup"])

    async def server(self) -> str:
        """The program and its allocator."""
        told: Any = await self.client.info("all")
        version = told.get("valkey_version", told["redis_version"])
        return f"{told.get('server_name', 'redis')} {version}, {told['mem_allocator']}"

    async def busy(self) -> float:
        """Microseconds for which Redis has run scripts since it began."""
        told: Any = await self.client.info("commandstats")
        return float(told["cmdstat_evalsha"]["usec"])

    async def close(self) -> None:
        """Let go of the connection."""
        await self.client.aclose()
