"""One board's queue without Scrapy, on a real server whose clock is in the test's hand."""

from __future__ import annotations

import itertools
import uuid
from typing import Self

from redis.asyncio import Redis

from jobspiders.frontier.keys import Keys
from jobspiders.frontier.outbox import Commit
from jobspiders.frontier.queue import Queue
from jobspiders.frontier.records import Ask, Pace, Terms
from jobspiders.frontier.scripts import Scripts, connect, sources
from jobspiders.frontier.status import read

UNPACED = Pace()


class Bench:
    """One board's queue without Scrapy. Its clock, in ms, moves only by `tick`."""

    def __init__(self, url: str, prefix: str) -> None:
        self.client: Redis = connect(url)
        self.keys = Keys("board", prefix)
        self.terms = Terms(lease=10, redeliveries=2, max_age=60)
        self.clock = prefix + "clock"
        self.now = 1_800_000_000_000
        self.numbers = itertools.count(1)
        own = f"local NOW = tonumber(redis.call('GET', '{self.clock}'))"
        self.texts = {name: text.replace("local NOW = clock()", own) for name, text in sources().items()}

    async def __aenter__(self) -> Self:
        await self.tick(0)
        return self

    async def __aexit__(self, *_exc: object) -> None:
        await self.client.aclose()

    async def tick(self, seconds: float) -> None:
        self.now += round(seconds * 1000)
        await self.client.set(self.clock, self.now)

    def queue(self, owner: str, pace: Pace = UNPACED) -> Queue:
        return Queue(Scripts(self.client, self.keys, self.texts), owner, self.terms, pace)

    async def joined(self, owner: str, *, seeds: bool = False, pace: Pace = UNPACED, run_id: str = "run-1") -> Queue:
        queue = self.queue(owner, pace)
        await queue.join(run_id, uuid.uuid4().hex[:10], {}, seeds=seeds)
        return queue

    async def commit(
        self, queue: Queue, *steps: tuple, wanted: int = 0, number: int | None = None, seeds: bool = False
    ):
        """Commits `steps` and claims: (what was claimed as {id: body}, the whole reply)."""
        commit = Commit(number or next(self.numbers), steps) if steps else None
        reply = await queue.exchange(commit, Ask(wanted, seeds, suspect=False))
        return {name: body for name, _, _, body in reply.claimed}, reply

    async def state(self):
        return await read(self.client, self.keys)

    async def where(self) -> dict[str, set[str]]:
        """The ids of all requests by where they are."""
        places = {}
        for name in ("requests", "delayed", "leases"):
            places[name] = {member.decode() for member in await self.client.zrange(self.keys.of(name), 0, -1)}
        places["fresh"] = set()
        for key in await self.client.keys(f"{self.keys.of('fresh')}:*"):
            places["fresh"] |= {element.decode().partition(" ")[0] for element in await self.client.lrange(key, 0, -1)}
        places["dead"] = {field.decode().partition("/")[2] for field in await self.client.hkeys(self.keys.of("dead"))}
        return places
