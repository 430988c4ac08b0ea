"""What may be asked of a board's queue from outside its crawls: to begin, to pause, to stay away, to try again."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from redis.asyncio import Redis

from jobspiders.errors import BadConfig
from jobspiders.frontier.keys import Keys
from jobspiders.frontier.letters import body
from jobspiders.frontier.queue import join, refuse
from jobspiders.frontier.scripts import Scripts, answering
from jobspiders.frontier.status import decoded

AT_ONCE = 10_000  # messages in one command


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """A request that was given up on. `request` is as `serializer.dumps` wrote it, or the message that was pushed to
    `start_urls`; `at` is in seconds since 1970.
    """

    letter_id: str
    run_id: str
    request: str
    reason: str
    failures: int
    at: float


class Orders:
    """Orders to all workers of a board; they follow within a second. Every call raises FrontierAway."""

    def __init__(self, client: Redis, keys: Keys) -> None:
        self._client = client
        self._keys = keys
        self._scripts = Scripts(client, keys)

    async def pause(self) -> str | None:
        """Hand out no more requests until `resume`. The run's id; None when no run is going on."""
        return await self._steer("paused")

    async def resume(self) -> str | None:
        """Go on. The run's id; None when no run is going on."""
        return await self._steer("running")

    async def cancel(self) -> str | None:
        """End the run and forget what it has queued. The run's id; None when no run is going on."""
        return await self._steer("cancelled")

    async def penalise(self, seconds: float, reason: str) -> None:
        """Close the board for so long from now; never shortens what was asked for before."""
        await self._scripts.run(("penalise", (round(seconds * 1000), reason)))

    async def begin(self, run_id: str, search: Mapping[str, Any]) -> str:
        """Begin the run `run_id` of `search` (see `Search.asked`), for whoever works; a run of the same search that is
        going on is as good. The run's id. Raises RunInTheWay for that of another search.
        """
        joined = await join(self._scripts, run_id, secrets.token_hex(5), search, seeds=True)
        refuse(joined, self._keys.board)
        return joined.run_id

    async def push(self, messages: Sequence[str]) -> int:
        """Push URLs or JSON messages (see `start_urls.py`), all or none, the first to be crawled first. How many now
        wait. Raises BadConfig when somebody made a set of the key.
        """
        key = self._keys.of("start_urls")
        with answering():
            if await self._client.type(key) not in (b"list", b"none"):
                raise BadConfig(f"{key} is no list: push with sadd or zadd, or empty it first.")
            async with self._client.pipeline(transaction=True) as pipeline:
                for start in range(0, len(messages), AT_ONCE):
                    pipeline.rpush(key, *messages[start : start + AT_ONCE])
                answers = await pipeline.execute()
        return int(answers[-1])

    async def dead_letters(self) -> list[DeadLetter]:
        """All dead letters of the board, the oldest first."""
        with answering():
            letters = await self._client.hgetall(self._keys.of("dead"))
        records = {name: json.loads(text) for name, text in decoded(letters).items()}
        return sorted((_letter(name, record) for name, record in records.items()), key=lambda letter: letter.at)

    async def forget(self, letter: DeadLetter) -> None:
        """Drop a dead letter that is kept elsewhere by now."""
        with answering():
            await self._client.hdel(self._keys.of("dead"), letter.letter_id)

    async def again(self, requests: Iterable[str]) -> int:
        """Try these requests (as `letters.anew` gave them), in the run that is going on or in the next. How many wait
        now.
        """
        with answering():
            return int(await self._client.rpush(self._keys.of("requeued"), *map(body, requests)))

    async def _steer(self, word: str) -> str | None:
        (run_id,) = await self._scripts.run(("steer", (word,)))
        return run_id.decode() if isinstance(run_id, bytes) else None


def _letter(name: str, record: dict[str, Any]) -> DeadLetter:
    return DeadLetter(name, record["run"], record["request"], record["reason"], record["failures"], record["at"] / 1000)
