"""What may be asked of a board's queue from outside its crawls: to pause, to stay away, to try dead letters again."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from redis.asyncio import Redis

from jobspiders.frontier.keys import Keys
from jobspiders.frontier.scripts import Scripts, answering
from jobspiders.frontier.status import decoded


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

    async def push(self, messages: Iterable[str]) -> int:
        """Push URLs or JSON messages (see `start_urls.py`), the first to be crawled first. How many now wait."""
        with answering():
            return int(await self._client.rpush(self._keys.of("start_urls"), *messages))

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

    async def requeue(self, letters: Iterable[DeadLetter]) -> int:
        """Try these again, in the run that is going on or in the next. How many had not been requeued yet."""
        words = [word for letter in letters for word in (letter.letter_id, _anew(letter.request))]
        (count,) = await self._scripts.run(("requeue", words))
        return int(count)

    async def _steer(self, word: str) -> str | None:
        (run_id,) = await self._scripts.run(("steer", (word,)))
        return run_id.decode() if isinstance(run_id, bytes) else None


def _letter(name: str, record: dict[str, Any]) -> DeadLetter:
    return DeadLetter(name, record["run"], record["request"], record["reason"], record["failures"], record["at"] / 1000)


def _anew(body: str) -> str:
    """`body` with no memory of its tries."""
    kind, _, text = body.partition(" ")
    if kind == "start":
        return body
    try:
        request = json.loads(text)
        request["meta"].pop("retry_times")
    except (ValueError, LookupError):  # it was given up on because it cannot be read, or was never tried again
        return body
    return f"{kind} {json.dumps(request, ensure_ascii=False, separators=(',', ':'))}"
