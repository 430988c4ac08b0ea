"""A board's queue in Redis as typed calls: what the scripts take and answer."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from jobspiders.errors import BadConfig, RunInTheWay
from jobspiders.frontier.growth import Grown
from jobspiders.frontier.keys import Keys
from jobspiders.frontier.outbox import Commit, written
from jobspiders.frontier.records import Ask, Counts, Joined, Left, Pace, Reply, Terms
from jobspiders.frontier.scripts import Argument, Call, Scripts, answering, connect

LIVES = 7 * 24 * 3600  # seconds that a run's keys outlive the last heartbeat
AHEAD = 1.0  # seconds that a worker may reserve slots of the rate ahead
PATIENCE = 5.0  # the same for a request that does not come from the queue
INTAKE = 100  # messages taken from start_urls at a time


class Queue:
    """The queue of one board, for the worker `owner`. Every call raises FrontierAway when Redis does not answer."""

    def __init__(self, scripts: Scripts, owner: str, terms: Terms, pace: Pace) -> None:
        self.scripts = scripts
        self.owner = owner
        self.terms = terms
        self.pace = pace
        self.epoch = ""

    @classmethod
    def at(cls, url: str, keys: Keys, owner: str, terms: Terms, pace: Pace) -> Queue:
        """The queue in the Redis at `url`; nothing is sent yet."""
        return cls(Scripts(connect(url), keys), owner, terms, pace)

    async def join(self, run_id: str, epoch: str, arguments: Mapping[str, Any], *, seeds: bool) -> Joined:
        """Join the run that is going on, or begin the run `run_id`; `epoch` is to be unheard of."""
        joined = await join(self.scripts, run_id, epoch, arguments, seeds=seeds)
        self.epoch = joined.epoch
        return joined

    async def exchange(self, commit: Commit | None, ask: Ask) -> Reply:
        """Hand over `commit`, take in what was pushed from outside, claim requests: one round trip."""
        calls: list[Call] = [self._commit(commit)] if commit else []
        calls += [("intake", (self.epoch, INTAKE, _ms(LIVES))), self._claim(ask)]
        first, *_, answer = await self.scripts.run(*calls)
        return _reply(answer, filtered=int(first[2]) if commit else 0)

    async def renew(self, names: Iterable[str], facts: Mapping[str, Any]) -> set[str]:
        """Show that the worker is alive and goes on with the requests `names`: those of them that it has lost."""
        times = (_ms(self.terms.lease), _ms(LIVES), _ms(self.terms.silence))
        _, *lost = await self._one("renew", self.epoch, self.owner, *times, json.dumps(facts), *names)
        return set(map(_text, lost))

    async def settle(self, names: Iterable[str]) -> None:
        """Give back what Redis thinks that we hold, apart from `names`: claims of which the answer was lost."""
        await self._one("settle", self.epoch, self.owner, *names)

    async def reserve(self) -> tuple[bool, float]:
        """A slot of the rate for a request that does not come from the queue: True and the seconds to wait for it, or
        False and the seconds after which to ask again.
        """
        granted, wait = await self._one("limit", _ms(self.pace.floor), _ms(self.pace.ceiling), _ms(PATIENCE))
        return bool(granted), int(wait) / 1000

    async def penalise(self, seconds: float, reason: str) -> None:
        """Close the board for all its workers."""
        await self._one("penalise", _ms(seconds), reason)

    async def wall(self, age: float, walls: int, pause: float, reason: str) -> int:
        """The board showed a wall to a request that was sent `age` seconds ago; so many in a row close it for `pause`
        seconds, and then for longer. How often they did since the last good answer.
        """
        return int(await self._one("breaker", "wall", _ms(age), walls, _ms(pause), reason))

    async def good(self, age: float) -> None:
        """The board gave an answer to a request that was sent `age` seconds ago: the walls are over."""
        await self._one("breaker", "good", _ms(age))

    async def flush(self) -> None:
        """Empty the queue and forget what was seen; the run goes on."""
        await self._one("steer", "flushed")

    async def block(self) -> None:
        """End the run for all workers, for the board lets nobody in; what is queued is lost."""
        await self._one("steer", "blocked")

    async def leave(self, growth: Grown) -> Left:
        """Give back all and go, with what is yet to be counted; the run ends if nothing is left of it."""
        words = (word for pair in written(growth) for word in pair)
        answer = await self._one("leave", self.epoch, self.owner, _ms(self.terms.silence), *words)
        standing, ended, others, *totals = answer
        pairs = zip(totals[::2], totals[1::2], strict=True)
        return Left(_text(standing), bool(ended), int(others), _totals(pairs))

    async def totals(self) -> Grown:
        """The statistics of all workers of the run so far, summed up."""
        with answering():
            counts: Any = await self.scripts.client.hgetall(self.scripts.keys.of("counts"))
        return _totals(counts.items())

    def _commit(self, commit: Commit) -> Call:
        head = (self.epoch, self.owner, commit.number, self.terms.redeliveries, _ms(LIVES))
        return "commit", (*head, *(word for step in commit.steps for word in step))

    def _claim(self, ask: Ask) -> Call:
        target = -1 if ask.target is None else _ms(ask.target)
        pace = (_ms(self.pace.floor), _ms(self.pace.ceiling), target, _ms(AHEAD))
        terms = (_ms(self.terms.lease), self.terms.redeliveries, int(ask.seeds), int(ask.suspect))
        return "claim", (self.epoch, self.owner, ask.wanted, *terms, *pace)

    async def _one(self, name: str, *arguments: Argument) -> Any:
        (answer,) = await self.scripts.run((name, arguments))
        return answer


async def join(scripts: Scripts, run_id: str, epoch: str, arguments: Mapping[str, Any], *, seeds: bool) -> Joined:
    """Come to the run that is going on, or begin the run `run_id`, which has seeds to be sent or not."""
    given = (run_id, epoch, json.dumps(arguments, sort_keys=True, default=str), int(seeds))
    (answer,) = await scripts.run(("join", given))
    verdict, name, its_epoch, words = map(_text, answer)
    return Joined(verdict, name, its_epoch, json.loads(words))


def refuse(joined: Joined, board: str) -> None:
    """Raises RunInTheWay when the run of another search is going on, BadConfig when the queue is not ours."""
    if joined.verdict == "other":
        wish = joined.arguments or "everything"
        raise RunInTheWay(f"{board} is being crawled for {wish} (run {joined.run_id}): wait, or cancel it.")
    if joined.verdict == "foreign":
        raise BadConfig(f"{board}:requests holds the queue of another program: empty it, or give another REDIS_PREFIX.")


def _reply(answer: list[Any], filtered: int) -> Reply:
    if len(answer) == 1:
        return Reply(_text(answer[0]))
    standing, seeds, again, closed, interval, *numbers, walls = answer[:11]
    times = (again / 1000, closed / 1000, interval / 1000)
    claimed = tuple(_claimed(*answer[i : i + 3]) for i in range(11, len(answer), 3))
    return Reply(_text(standing), _text(seeds), *times, Counts(*numbers), walls, claimed, filtered)


def _claimed(wait: int, failures: int, entry: bytes) -> tuple[str, float, int, str]:
    name, _, body = _text(entry).partition(" ")
    return name, wait / 1000, failures, body


def _totals(pairs: Iterable[tuple[bytes, bytes]]) -> Grown:
    return {_text(name): json.loads(value) for name, value in pairs}


def _ms(seconds: float) -> int:
    return round(seconds * 1000)


def _text(value: bytes | int) -> str:
    # What was pushed from outside need not be UTF-8.
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
