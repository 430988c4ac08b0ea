"""Where work waits: one look at the queues of several boards, for a worker that has nothing to do."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from redis.asyncio import Redis

from jobspiders.frontier.idle import Idle, say
from jobspiders.frontier.keys import Keys
from jobspiders.frontier.scripts import answering

QUEUED, PUSHED = ("requests", "fresh", "delayed", "leases"), ("start_urls", "requeued")


@dataclass(frozen=True, slots=True)
class Work:
    """A board whose queue wants workers: for the run that goes on, of the search `arguments`, or, with no `run_id`, for
    what was pushed from outside.
    """

    board: str
    run_id: str | None
    arguments: Mapping[str, Any]


async def look(client: Redis, boards: Sequence[Keys], waits: Idle | None = None) -> list[Work]:
    """The boards that want workers, in one round trip, with which the worker `waits` says that it has nothing to do.
    Raises FrontierAway.
    """
    if not boards:
        return []
    with answering():
        async with client.pipeline(transaction=False) as pipeline:
            for keys in boards:
                pipeline.hmget(keys.of("run"), "id", "state", "arguments", "seeded")
                for names in (QUEUED, PUSHED):
                    pipeline.exists(*map(keys.of, names))  # Redis has no empty keys
            if waits is not None:
                say(pipeline, boards[0].prefix, waits)
            answers = (await pipeline.execute())[: 3 * len(boards)]
    told = zip(boards, answers[::3], answers[1::3], answers[2::3], strict=True)
    found = (_work(keys.board, run, queued, pushed) for keys, run, queued, pushed in told)
    return [work for work in found if work is not None]


def _work(board: str, run: Sequence[bytes | None], queued: int, pushed: int) -> Work | None:
    run_id, state, arguments, seeded = ((value or b"").decode() for value in run)
    if state == "paused":
        return None
    if state == "running" and (seeded != "1" or queued):
        return Work(board, run_id, json.loads(arguments))
    return Work(board, None, {}) if pushed else None
