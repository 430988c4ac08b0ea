"""What a long queue costs: `python -m benchmarks.queue [--pending 10000 1000000 5000000] [--flood 1000000]`.

Pushes of 100 requests and claims of 32, beside so many requests that wait: microseconds of Redis' time for a request,
the median of many turns. Then one worker begins with a flood of requests of its own: its greatest memory, beside that
of one with a few. The last line is JSON with every figure, and with the server and its allocator: with libc's, which
the tests' Valkey has, whatever a server does is slower the more memory is in use.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import json
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack
from itertools import pairwise
from statistics import median
from typing import Any, NamedTuple

from benchmarks.filling import Filling
from benchmarks.races import Course, end, start
from jobspiders.frontier.outbox import Step
from jobspiders.frontier.seen import place
from tests.servers import Server, redis, valkey

PUSHED, CLAIMED = 100, 32
IN_A_ROW, TURNS = 10, 30
NEW = 10**9  # number of the first request that is only pushed to be measured
FEW = 10_000  # requests of the worker with which the flooded one is compared


class Turn(NamedTuple):
    """Microseconds of Redis' time for each request of a push and of a claim."""

    push: float
    claim: float


def main() -> None:
    """Fill, measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--pending", type=int, nargs="+", default=[10_000, 1_000_000, 5_000_000])
    parser.add_argument("--flood", type=int, default=1_000_000)
    parser.add_argument("--server", metavar="PROGRAM", help="a redis-server of yours, or `valkey`")
    options = parser.parse_args()
    with ExitStack() as stack:
        urls = {size: stack.enter_context(_start(options.server)).url for size in sorted(options.pending)}
        pending = asyncio.run(_costs(urls))
        server = asyncio.run(_server(*urls.values()))
    figures: dict[str, Any] = {"benchmark": "queue", "server": server, "pending": pending}
    least, *_, most = pending.values()
    figures |= {f"{name}_most_to_least": round(most[name] / least[name], 2) for name in ("push", "claim")}
    figures["worker"] = {str(size): _worker(size) for size in (FEW, options.flood)}
    print(json.dumps(figures))


def _start(program: str | None) -> AbstractContextManager[Server]:
    if program is None:
        return redis()
    return valkey() if program == "valkey" else valkey(program=program)


async def _costs(urls: Mapping[int, str]) -> dict[str, dict[str, float]]:
    """Of each size, in a Redis of its own. They take turns, so that a noisy machine is noisy for each."""
    fillings = {size: Filling(url) for size, url in urls.items()}
    for size, filling in fillings.items():
        began = time.monotonic()
        await filling.begin()
        await filling.send(_pushes(0, size))
        print(f"{size:>12,} pending (filled in {time.monotonic() - began:.0f} s)", flush=True)
    turns: dict[int, list[Turn]] = {size: [] for size in fillings}
    for _ in range(TURNS):
        for size, filling in fillings.items():
            turns[size].append(await _turn(filling))
    figures = {}
    for size, filling in fillings.items():
        push, claim = (median(costs) for costs in zip(*turns[size], strict=True))
        found = {"push": push, "claim": claim, "bytes": await filling.memory() / size}
        figures[str(size)] = {name: round(value, 2) for name, value in found.items()}
        print(f"{size:>12,} pending: push {push:.2f} µs, claim {claim:.2f} µs, {found['bytes']:.1f} bytes a request")
        await filling.close()
    return figures


async def _server(url: str, *_others: str) -> str:
    filling = Filling(url)
    try:
        return await filling.server()
    finally:
        await filling.close()


async def _turn(filling: Filling) -> Turn:
    """Pushes and claims, and exchanges in which there is nothing to do, whose cost is taken off."""
    first = NEW + filling.pushed
    moments = [await filling.busy()]
    pushes = [tuple(_pushes(begin, begin + PUSHED)) for begin in range(first, first + IN_A_ROW * PUSHED, PUSHED)]
    for steps in pushes:
        await filling.exchange(steps)
    moments.append(await filling.busy())
    for _ in range(IN_A_ROW):
        await filling.exchange()
    moments.append(await filling.busy())
    claimed = [await filling.exchange(wanted=CLAIMED) for _ in range(IN_A_ROW)]
    moments.append(await filling.busy())
    claimed += [await filling.exchange(wanted=PUSHED - CLAIMED) for _ in range(IN_A_ROW)]
    for reply in claimed:  # as many are done as were pushed
        await filling.exchange([("ack", name) for name, *_ in reply.claimed])
    push, empty, claim = (after - before for before, after in pairwise(moments))
    return Turn((push - empty) / PUSHED / IN_A_ROW, (claim - empty) / CLAIMED / IN_A_ROW)


def _pushes(begin: int, end: int) -> Iterator[Step]:
    for number in range(begin, end):
        url = f"https://jobs.example/id/opportunities/a-title-in-a-few-words/{number:012}"
        body = {"url": url, "callback": "parse_job", "cb_kwargs": {"card": {"source_id": number, "title": "x" * 60}}}
        member = place(hashlib.sha1(url.encode()).digest())
        yield "push", member, 0, f"0 {json.dumps(body)}".encode()


def _worker(flood: int) -> dict[str, float]:
    """A worker's memory that begins with so many requests, and goes on until all are in the queue."""
    with redis() as server, tempfile.TemporaryDirectory() as folder, Course(21, 0.0, server.url, folder) as course:
        settings = {"REDIS_URL": server.url, "LOG_LEVEL": "ERROR"}
        asked = {"queue": "ours", "site": course.url, "lists": (0, 1), "flood": flood, "settings": settings}
        told = end(start(asked))
    found = {"memory": round(told["memory"], 1), "seconds": round(told["seconds"], 1), "responses": told["responses"]}
    print(f"{flood:>12,} requests from one worker: {found['memory']} MB at most, {found['seconds']} s", flush=True)
    return found


if __name__ == "__main__":
    main()
