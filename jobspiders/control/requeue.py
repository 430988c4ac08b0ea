"""Has dead letters tried again: by the workers of a shared queue, or in a run of their own."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence

from jobspiders.control.desk import Desk
from jobspiders.control.records import Wish
from jobspiders.errors import BadConfig
from jobspiders.frontier.keys import Keys
from jobspiders.frontier.letters import anew
from jobspiders.frontier.orders import Orders
from jobspiders.frontier.scripts import connect
from jobspiders.store.failures import DeadLetter
from jobspiders.store.runs import get


def requeue(desk: Desk, letters: Sequence[DeadLetter]) -> int:
    """How many letters are on their way; without a shared queue those of the search that the latest letter of a board
    has, for a board has one run at a time.

    Raises BoardBusy for the first board that has a run already, BadConfig for a letter that cannot be tried again,
    FrontierAway, StoreAway.
    """
    boards: dict[str, list[DeadLetter]] = {}
    for letter in letters:
        boards.setdefault(letter.site_name, []).append(letter)
    if desk.config.redis_url:
        return asyncio.run(_hand_over(desk.config.redis_url, desk.config.redis_prefix, boards))
    return sum(_start(desk, site_name, own) for site_name, own in boards.items())


def _start(desk: Desk, site_name: str, letters: Sequence[DeadLetter]) -> int:
    known = {letter.run_id: get(desk.engine, letter.run_id or "") for letter in letters}
    searches = {run_id: run.search if run else {} for run_id, run in known.items()}
    search = searches[letters[0].run_id]
    fitting = [letter.id for letter in letters if searches[letter.run_id] == search]
    desk.start(Wish(site_name, search, {"DEAD_LETTERS": ",".join(fitting)}, trigger="requeue"))
    return len(fitting)


async def _hand_over(url: str, prefix: str, boards: Mapping[str, Sequence[DeadLetter]]) -> int:
    client = connect(url)
    try:
        for site_name, letters in boards.items():
            requests = [anew(letter.request, letter.id) for letter in letters]
            await Orders(client, Keys(site_name, prefix)).again(requests)
    except ValueError as error:
        raise BadConfig(str(error)) from error
    finally:
        await client.aclose()
    return sum(map(len, boards.values()))
