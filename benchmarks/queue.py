"""What a long queue costs: `python -m benchmarks.queue [--pending 10000 1000000 5000000] [--flood 1000000]`.

Pushes of 100 requests and claims of 32, beside so many requests that wait: microseconds of Redis' time for a request.
Then one worker begins with a flood of requests of its own: its greatest memory, beside that of one with a few. The last
line is JSON with every figure.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import json
import tempfile
import time
from collections.abc import Iterator
from typing import Any

from benchmarks.filling import Filling
from benchmarks.races import Course, end, start
from jobspiders.frontier.outbox import Step
from jobspiders.frontier.seen import place
from tests.servers import valkey

PUSHED, CLAIMED, TURNS = 100, 32, 200
NEW = 10**9  # number of the first request that is only pushed to be measured
FEW = 10_000  # requests of the worker with which the flooded one is compared


def main() -> None:
    """Fill, measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--pending", type=int, nargs="+", default=[10_000, 1_000_000, 5_000_000])
    parser.add_argument("--flood", type=int, default=1_000_000)
    options = parser.parse_args()
    figures: dict[str, Any] = {"benchmark": "queue"}
    with valkey() as server:
        figures["pending"] = asyncio.run(_costs(server.url, sorted(options.pending)))
    least, *_, most = figures["pending"].values()
    figures |= {f"{name}_most_to_least": round(most[name] / least[name], 2) for name in ("push", "claim")}
    figures["worker"] = {str(size): _worker(size) for size in (FEW, options.flood)}
    print(json.dumps(figures))


async def _costs(url: str, sizes: list[int]) -> dict[str, dict[str, float]]:
    filling, figures, filled = Filling(url), {}, 0
    await filling.begin()
    for size in sizes:
        began = time.monotonic()
        await filling.send(_pushes(filled, size))
        filled = size
        found = await _turns(filling)
        found["bytes"] = round(await filling.memory() / size, 1)
        figures[str(size)] = found
        words = f"push {found['push']} µs, claim {found['claim']} µs, {found['bytes']} bytes"
        print(f"{size:>12,} pending: {words} a request (filled in {time.monotonic() - began:.0f} s)", flush=True)
    await filling.close()
    return figures


async def _turns(filling: Filling) -> dict[str, float]:
    """Pushes and claims by turns. Afterwards, unmeasured, the queue is made as it was: what was claimed is given back,
    what was pushed is done.
    """
    spent = {"push": 0.0, "claim": 0.0}
    empty = 0.0
    for _ in range(TURNS):
        moments, first = [await filling.busy()], filling.pushed
        pushes = tuple(_pushes(NEW + first, NEW + first + PUSHED))
        for steps, wanted in (((), 0), (pushes, 0), ((), CLAIMED)):
            reply = await filling.exchange(steps, wanted)
            moments.append(await filling.busy())
        empty += moments[1] - moments[0]
        spent["push"] += moments[2] - moments[1]
        spent["claim"] += moments[3] - moments[2]
        back: list[Step] = [("release", name) for name, *_ in reply.claimed]
        await filling.exchange(back + [("ack", f"{first + number:012}") for number in range(1, PUSHED + 1)])
    each = {"push": PUSHED, "claim": CLAIMED}
    return {name: round((took - empty) / TURNS / each[name], 2) for name, took in spent.items()}


def _pushes(begin: int, end: int) -> Iterator[Step]:
    for number in range(begin, end):
        url = f"https://jobs.example/id/opportunities/a-title-in-a-few-words/{number:012}"
        body = {"url": url, "callback": "parse_job", "cb_kwargs": {"card": {"source_id": number, "title": "x" * 60}}}
        member = place(hashlib.sha1(url.encode()).digest())
        yield "push", member, 0, f"0 {json.dumps(body)}".encode()


def _worker(flood: int) -> dict[str, float]:
    """A worker's memory that begins with so many requests, and goes on until all are in the queue."""
    with valkey() as server, tempfile.TemporaryDirectory() as folder, Course(21, 0.0, server.url, folder) as course:
        settings = {"REDIS_URL": server.url, "LOG_LEVEL": "ERROR"}
        asked = {"queue": "ours", "site": course.url, "lists": 1, "flood": flood, "settings": settings}
        told = end(start(asked))
    found = {"memory": round(told["memory"], 1), "seconds": round(told["seconds"], 1), "responses": told["responses"]}
    print(f"{flood:>12,} requests from one worker: {found['memory']} MB at most, {found['seconds']} s", flush=True)
    return found


if __name__ == "__main__":
    main()
