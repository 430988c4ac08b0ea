"""Where a trial puts things: a queue and a store of its own, on its own servers or, tidied up after, on the user's."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import aclosing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql
from redis.asyncio import Redis
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from jobspiders.chaos.line import Line
from jobspiders.chaos.servers import OwnRedis, own_redis
from jobspiders.config import mask
from jobspiders.errors import BadConfig
from jobspiders.frontier.scripts import answering, connect

T = TypeVar("T")
AT_ONCE = 1000  # keys looked at in one step


@dataclass(frozen=True, slots=True)
class QueuePlace:
    """A Redis: `url` leads there over `line`, if there is one, `direct` without. `words` say what it is; `server` is
    there when it may be killed.
    """

    url: str
    direct: str
    prefix: str
    line: Line | None
    server: OwnRedis | None
    words: str

    def ask(self, question: Callable[[Redis], Awaitable[T]]) -> T:
        """What `question`, a coroutine function of a client, answers. Raises FrontierAway."""

        async def asked() -> T:
            async with aclosing(connect(self.direct)) as client:
                with answering():
                    return await question(client)

        return asyncio.run(asked())


@dataclass(frozen=True, slots=True)
class StorePlace:
    """A database: `url` leads there over `line`, if there is one; `words` say what it is."""

    url: str
    line: Line | None
    words: str


@contextmanager
def queue_place(url: str | None, folder: Path, token: str) -> Iterator[QueuePlace]:
    """A queue in the Redis at `url`, emptied at the end, or in one that is started. Raises BadConfig, FrontierAway."""
    # The braces keep the keys of a Redis Cluster together.
    prefix = f"{{jobspiders-chaos-{token}}}:"
    if url is None:
        with own_redis(folder) as server, Line("127.0.0.1", server.port).served() as line:
            direct = f"redis://127.0.0.1:{server.port}/0"
            yield QueuePlace(f"redis://127.0.0.1:{line.port}/0", direct, prefix, line, server, "a Redis of its own")
        return
    address = urlsplit(url)
    if address.scheme not in ("redis", "rediss", "unix"):
        raise BadConfig(f"--redis {mask(url)!r} is no URL: give one like redis://:password@host:6379/0.")
    words = f"your Redis, keys {prefix}*"
    if address.scheme != "redis":  # what goes over TLS or a socket file cannot be led over another line
        yield from _emptied(QueuePlace(url, url, prefix, None, None, f"{words}, which is not cut off"))
        return
    with Line(address.hostname or "localhost", address.port or 6379).served() as line:
        login = address.netloc.rpartition("@")[0]
        there = f"{login}@127.0.0.1:{line.port}" if login else f"127.0.0.1:{line.port}"
        led = urlunsplit(address._replace(netloc=there))
        yield from _emptied(QueuePlace(led, url, prefix, line, None, words))


@contextmanager
def store_place(url: str | None, folder: Path, token: str) -> Iterator[StorePlace]:
    """A schema of its own in the PostgreSQL at `url`, dropped at the end, or an SQLite file. Raises BadConfig."""
    if url is None:
        yield StorePlace(f"sqlite:///{folder / 'jobs.db'}", None, "one SQLite file")
        return
    try:
        address = make_url(url)
    except ArgumentError as error:
        raise BadConfig(f"--database {mask(url)!r} is no URL: give one like postgresql://user@host/name.") from error
    if address.get_backend_name() not in ("postgresql", "postgres"):
        raise BadConfig("--database is for PostgreSQL; without it, an SQLite file is used.")
    direct = address.set(drivername="postgresql").render_as_string(hide_password=False)
    schema = f"jobspiders_chaos_{token}"
    _run(direct, sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(schema)))
    try:
        with Line(address.host or "localhost", address.port or 5432).served() as line:
            there = address.set(drivername="postgresql", host="127.0.0.1", port=line.port)
            there = there.update_query_dict({"options": f"-csearch_path={schema}"})
            words = f"schema {schema} of {address.render_as_string()}"
            yield StorePlace(there.render_as_string(hide_password=False), line, words)
    finally:
        _run(direct, sql.SQL("DROP SCHEMA {} CASCADE").format(sql.Identifier(schema)))


def _emptied(place: QueuePlace) -> Iterator[QueuePlace]:
    place.ask(lambda client: client.ping())
    try:
        yield place
    finally:
        place.ask(lambda client: _forget(client, place.prefix))


async def _forget(client: Redis, prefix: str) -> None:
    async for name in client.scan_iter(match=f"{prefix}*", count=AT_ONCE):
        await client.unlink(name)


def _run(url: str, statement: sql.Composed) -> None:
    try:
        with psycopg.connect(url, autocommit=True, connect_timeout=10) as connection:
            connection.execute(statement)
    except psycopg.Error as error:
        raise BadConfig(f"--database {mask(url)}: {' '.join(str(error).split())}") from error
