"""Has dead letters tried again: by the workers of a shared queue, or in runs of their own."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Engine

from jobspiders.control.desk import Desk
from jobspiders.control.records import Wish
from jobspiders.errors import BadConfig
from jobspiders.frontier.keys import Keys
from jobspiders.frontier.letters import anew
from jobspiders.frontier.orders import Orders
from jobspiders.frontier.scripts import connect
from jobspiders.store.failures import DeadLetter
from jobspiders.store.runs import get


class Batch(NamedTuple):
    """Dead letters that one run can try again: those of a board and of a search."""

    site_name: str
    search: Mapping[str, Any]
    letters: list[DeadLetter]


def requeue(desk: Desk, letters: Sequence[DeadLetter]) -> int:
    """How many letters are on their way; without a shared queue those of the search that the latest letter of a board
    has, for a board has one run at a time.

    Raises BoardBusy for the first board that has a run already, BadConfig for a letter that cannot be tried again,
    FrontierAway, StoreAway.
    """
    if desk.config.redis_url:
        hand_over(desk.config.redis_url, desk.config.redis_prefix, letters)
        return len(letters)
    first = {batch.site_name: batch for batch in reversed(batches(desk.engine, letters))}
    for batch in first.values():
        ids = ",".join(letter.id for letter in batch.letters)
        desk.start(Wish(batch.site_name, batch.search, {"DEAD_LETTERS": ids}, trigger="requeue"))
    return sum(len(batch.letters) for batch in first.values())


def batches(engine: Engine, letters: Iterable[DeadLetter]) -> list[Batch]:
    """The letters by their board and by the search of the run in which they were given up on; a batch stands where its
    first letter did. Raises StoreAway.
    """
    searches: dict[str | None, Mapping[str, Any]] = {None: {}}
    found: dict[tuple[str, str], Batch] = {}
    for letter in letters:
        if letter.run_id not in searches:
            run = get(engine, letter.run_id or "")
            searches[letter.run_id] = run.search if run else {}
        search = searches[letter.run_id]
        key = letter.site_name, json.dumps(search, sort_keys=True)
        found.setdefault(key, Batch(letter.site_name, search, [])).letters.append(letter)
    return list(found.values())


def hand_over(url: str, prefix: str, letters: Iterable[DeadLetter]) -> dict[str, int]:
    """Put the letters' requests into the queues that workers share, all or none. How many wait then, by board.

    Raises BadConfig for a letter that cannot be tried again, FrontierAway.
    """
    requests: dict[str, list[str]] = {}
    try:
        for letter in letters:
            requests.setdefault(letter.site_name, []).append(anew(letter.request, letter.id))
    except ValueError as error:
        raise BadConfig(str(error)) from error
    return asyncio.run(_hand_over(url, prefix, requests))


async def _hand_over(url: str, prefix: str, requests: Mapping[str, Sequence[str]]) -> dict[str, int]:
    client = connect(url)
    try:
        return {name: await Orders(client, Keys(name, prefix)).again(own) for name, own in requests.items()}
    finally:
        await client.aclose()
