"""What Redis needs to remember the URLs of a run: `python -m benchmarks.seen [--urls 1000000 10000000]`.

Ours (sets of integers, through the frontier's own script) beside scrapy-redis' (one set of SHA1 hashes as 40 hex
digits), which grows in proportion and is filled to a million only. The last line is JSON: bytes for a URL.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import json
import time
from collections.abc import Iterator
from typing import Any

from benchmarks.filling import Filling
from jobspiders.frontier.outbox import Step
from jobspiders.frontier.seen import place
from tests.servers import redis

SET_AT_MOST = 1_000_000


def main() -> None:
    """Fill, measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--urls", type=int, nargs="+", default=[1_000_000, 10_000_000])
    options = parser.parse_args()
    figures: dict[str, Any] = {"benchmark": "seen", "ours": {}}
    with redis() as server:
        figures["ours"] = asyncio.run(_ours(server.url, sorted(options.urls)))
    with redis() as server:
        size = min(max(options.urls), SET_AT_MOST)
        figures["set_of_hex"] = {str(size): asyncio.run(_set_of_hex(server.url, size))}
    print(json.dumps(figures))


async def _ours(url: str, sizes: list[int]) -> dict[str, float]:
    filling, figures, filled = Filling(url), {}, 0
    await filling.begin()
    before = await filling.memory()
    for size in sizes:
        began = time.monotonic()
        await filling.send(_seen(filled, size))
        filled = size
        figures[str(size)] = round((await filling.memory() - before) / size, 2)
        words = f"{figures[str(size)]} bytes each, {time.monotonic() - began:.0f} s"
        print(f"{size:>12,} URLs seen, in buckets of integers: {words}", flush=True)
    await filling.close()
    return figures


def _seen(begin: int, end: int) -> Iterator[Step]:
    """Requests that are seen, delayed (a worker may know of such) and done at once: only what was seen is left."""
    for number in range(begin, end):
        yield "push", place(_hash(number).digest()), 60_000, b"0 x"
        yield "ack", f"{number + 1:012}"


async def _set_of_hex(url: str, size: int) -> float:
    filling = Filling(url)
    before = await filling.memory()
    for begin in range(0, size, 10_000):
        numbers = range(begin, min(begin + 10_000, size))
        await filling.client.sadd("dupefilter", *(_hash(number).hexdigest() for number in numbers))
    each = round((await filling.memory() - before) / size, 2)
    print(f"{size:>12,} URLs seen, in a set of hex digits: {each} bytes each", flush=True)
    await filling.close()
    return each


def _hash(number: int) -> Any:
    return hashlib.sha1(f"https://jobs.example/id/opportunities/{number}".encode())


if __name__ == "__main__":
    main()
