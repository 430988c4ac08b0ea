"""The Lua scripts of `lua/`, sent by their hash: whatever must happen in Redis at once is one of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from importlib import resources
from typing import Any

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import (
    AuthenticationError,
    ConnectionError,  # noqa: A004 - redis-py's own, which the built-in does not cover
    MasterDownError,
    NoScriptError,
    OutOfMemoryError,
    ReadOnlyError,
    ResponseError,
    TimeoutError,  # noqa: A004
    TryAgainError,
)

from jobspiders.config import mask
from jobspiders.errors import BadConfig, FrontierAway
from jobspiders.frontier.keys import Keys

Argument = str | bytes | int | float
Call = tuple[str, Sequence[Argument]]

# What passes: the line, a restart that still reads its file, a replica that is not yet promoted, memory or disk full.
_PASSES = (ConnectionError, TimeoutError, OSError, OutOfMemoryError, ReadOnlyError, MasterDownError, TryAgainError)
_PASSES_BY_NAME = ("LOADING", "MISCONF", "BUSY", "NOREPLICAS", "CLUSTERDOWN")


def connect(url: str) -> Redis:
    """A client for `url` (redis://, rediss://, unix://). It never repeats a command by itself: we know when we may."""
    line = {} if url.startswith("unix:") else {"socket_keepalive": True}
    # RESP2: nothing of RESP3 is used, and its handshake asks for more than an old server or a proxy may know.
    return Redis.from_url(
        url, protocol=2, retry=Retry(NoBackoff(), 0), socket_timeout=10, socket_connect_timeout=5, **line
    )


@contextmanager
def answering() -> Iterator[None]:
    """Raises FrontierAway in the place of what redis-py raises when Redis does not answer, or not now."""
    try:
        yield
    except AuthenticationError as error:
        raise BadConfig(f"REDIS_URL: {error}") from error
    except _PASSES as error:
        raise FrontierAway(_words(error)) from error
    except ResponseError as error:
        if str(error).startswith(_PASSES_BY_NAME):
            raise FrontierAway(_words(error)) from error
        raise


@cache
def sources() -> Mapping[str, str]:
    """The scripts by name, each with `shared.lua` before it."""
    folder = resources.files(__package__) / "lua"
    texts = {path.name.removesuffix(".lua"): path.read_text("utf-8") for path in folder.iterdir()}
    shared = texts.pop("shared")
    return {name: f"{shared}\n{text}" for name, text in texts.items()}


class Scripts:
    """Runs the scripts over the keys of one board. A server that does not know them (it was restarted) is told them."""

    def __init__(self, client: Redis, keys: Keys, texts: Mapping[str, str] | None = None) -> None:
        self.client = client
        self.keys = keys
        self._names = keys.all()
        self._texts = texts or sources()
        self._hashes = {name: hashlib.sha1(text.encode()).hexdigest() for name, text in self._texts.items()}  # noqa: S324
        self.round_trips = 0

    async def run(self, *calls: Call) -> list[Any]:
        """The answers to `calls` (script and ARGV), which go in one round trip and are done in this order.

        Raises FrontierAway when Redis does not answer, or not now; what of the calls was done is unknown then.
        """
        with answering():
            answers = await self._send(calls)
            unknown = [place for place, answer in enumerate(answers) if isinstance(answer, NoScriptError)]
            if unknown:
                await self._load()
                again = await self._send([calls[place] for place in unknown])
                for place, answer in zip(unknown, again, strict=True):
                    answers[place] = answer
            for answer in answers:
                if isinstance(answer, ResponseError):
                    raise answer
        return answers

    async def _send(self, calls: Sequence[Call]) -> list[Any]:
        self.round_trips += 1
        async with self.client.pipeline(transaction=False) as pipeline:
            for name, arguments in calls:
                pipeline.execute_command("EVALSHA", self._hashes[name], len(self._names), *self._names, *arguments)
            answers: list[Any] = await pipeline.execute(raise_on_error=False)
            return answers

    async def _load(self) -> None:
        async with self.client.pipeline(transaction=False) as pipeline:
            for text in self._texts.values():
                pipeline.script_load(text)
            await pipeline.execute()


def _words(error: BaseException) -> str:
    return mask(" ".join(str(error).split())) or type(error).__name__
