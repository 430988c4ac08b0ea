"""The launcher `workers`: a run begins in the frontier, for whichever workers listen."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable
from typing import TypeVar

from redis.asyncio import Redis
from sqlalchemy import Engine

from jobspiders.control.crew import Crew
from jobspiders.control.launchers import hand_on
from jobspiders.errors import BadConfig, FrontierAway, LauncherAway
from jobspiders.frontier.keys import Keys
from jobspiders.frontier.orders import Orders
from jobspiders.frontier.queue import Queue
from jobspiders.frontier.records import Pace, Terms
from jobspiders.frontier.scripts import Scripts, connect
from jobspiders.frontier.status import read
from jobspiders.store.runs import Run, get

logger = logging.getLogger(__name__)

Answer = TypeVar("Answer")
NO_TERMS = Terms(0, 0, 0)  # who only begins a run asks for no requests


class Workers:
    """Begins and ends runs in the Redis at `url`. Workers may be anywhere; `crew` are those of this process, if any."""

    name = "workers"

    def __init__(self, engine: Engine, url: str, prefix: str, crew: Crew | None = None) -> None:
        self._crew = crew
        self._engine = engine
        self._url = url
        self._prefix = prefix

    def start(self, run: Run) -> None:
        """The run is in the frontier; the first worker that comes sends its seeds."""
        hand_on(self._engine, run, lambda: self._begin(run))

    def cancel(self, run: Run, *, force: bool) -> bool:
        """The run's workers leave it within a second, and what it has queued is forgotten; the last one notes the end.
        One that hangs can do no more harm.
        """
        self._ask(run, lambda client, keys: _cancel(client, keys, run))
        return force

    def is_gone(self, run: Run) -> bool:  # noqa: ARG002 - while one worker lives, the run does
        """Never known from here."""
        return False

    def has_lost(self, run: Run) -> bool:
        """True when the board's run in Redis is another one, or over."""
        return not self._ask(run, lambda client, keys: _is_active(client, keys, run))

    def free(self, run: Run) -> None:
        """What is left of a run without workers is forgotten, so that the next one can begin."""
        self.cancel(run, force=True)

    def log_of(self, run: Run) -> None:
        """Every worker has a log of its own."""

    def tend(self) -> None:
        """Workers look for themselves, if they are there."""
        if self._crew:
            self._crew.keep()

    def close(self) -> None:
        """End the workers of this process."""
        if self._crew:
            self._crew.close()

    def _begin(self, run: Run) -> None:
        there = self._ask(run, lambda client, keys: _join(client, keys, run))
        if there != run.run_id and self._is_left_over(run, there):
            logger.warning("%s: run %s has ended, but was still in the queue", run.site_name, there)
            self._ask(run, lambda client, keys: Orders(client, keys).cancel())
            there = self._ask(run, lambda client, keys: _join(client, keys, run))
        if there != run.run_id:
            raise LauncherAway(f"{run.site_name} is being crawled by run {there}: wait for it, or cancel it.")

    def _is_left_over(self, run: Run, there: str) -> bool:
        """True when the run in the queue has ended by its row, and nobody works on it any more."""
        row = get(self._engine, there)
        state = self._ask(run, read)
        return row is not None and row.status.ended and not state.workers

    def _ask(self, run: Run, question: Callable[[Redis, Keys], Awaitable[Answer]]) -> Answer:
        async def asked() -> Answer:
            client = connect(self._url)
            try:
                return await question(client, Keys(run.site_name, self._prefix))
            finally:
                await client.aclose()

        try:
            return asyncio.run(asked())
        except FrontierAway as away:
            raise LauncherAway(f"Redis does not answer: {away}") from away
        except BadConfig as wrong:
            raise LauncherAway(str(wrong)) from wrong


async def _join(client: Redis, keys: Keys, run: Run) -> str:
    """The id of the run that is in the queue now: this one, or one that was there before."""
    queue = Queue(Scripts(client, keys), "", NO_TERMS, Pace())
    joined = await queue.join(run.run_id, secrets.token_hex(5), run.search, seeds=True)
    if joined.verdict == "foreign":
        raise LauncherAway(f"{keys.of('requests')} holds the queue of another program.")
    return joined.run_id


async def _cancel(client: Redis, keys: Keys, run: Run) -> None:
    if await _is_active(client, keys, run):
        await Orders(client, keys).cancel()


async def _is_active(client: Redis, keys: Keys, run: Run) -> bool:
    there = (await read(client, keys)).run
    return there is not None and there.run_id == run.run_id and there.state in ("running", "paused")
