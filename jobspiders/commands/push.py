"""`scrapy push BOARD`: URLs, messages or a search for whoever works on the board's shared queue."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Iterator
from contextlib import aclosing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from scrapy import Spider
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from scrapy.settings import BaseSettings
from scrapy.spiderloader import SpiderLoader
from scrapy.utils.conf import arglist_to_dict

from jobspiders.commands.crawl import refuse
from jobspiders.errors import BadConfig, FrontierAway, JobspidersError
from jobspiders.frontier import start_urls
from jobspiders.frontier.keys import Keys
from jobspiders.registry import BoardRecord, board
from jobspiders.store.runs import new_run_id

NO_REDIS = "there is no shared queue: set REDIS_URL, or crawl in this process with `scrapy crawl {}`."
NOBODY = "{0}: no worker is there now; `scrapy crawl {0}` or `scrapy work` starts one."

Numbered = tuple[str, str]
"""Where a message stands, for its sender to find it, and the message."""


class Command(ScrapyCommand):
    """`push`. Exit 0: all of it is in the queue; 1: Redis does not answer; 2: nothing was pushed, and why."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        """The arguments."""
        return "[options] <board> [url or message ...]"

    def short_desc(self) -> str:
        """One line for `scrapy -h`."""
        return "Queue URLs, messages or a search for the workers of a board (needs REDIS_URL)"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """`--file` and `-a`."""
        super().add_options(parser)
        parser.add_argument("--file", metavar="FILE", help="one URL or JSON message a line; - is standard input")
        parser.add_argument(
            "-a", dest="search", action="append", default=[], metavar="NAME=VALUE", help="begin a run of this search"
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Check everything, then push everything."""
        if not args or bool(args[1:] or opts.file) == bool(opts.search):
            raise UsageError("give URLs or messages, or a search (-a), and a board.")
        assert self.settings is not None
        try:
            record = board(args[0])
            if not self.settings["REDIS_URL"]:
                raise BadConfig(NO_REDIS.format(record.name))
            keys = Keys(record.name, self.settings["REDIS_PREFIX"])
            if opts.search:
                said = asyncio.run(begin(self.settings, keys, search_of(record, opts.search, self.settings)))
            else:
                messages = checked(record, [*_arguments(args[1:]), *(_lines(opts.file) if opts.file else ())])
                said = asyncio.run(push(self.settings, keys, messages))
        except (JobspidersError, ValueError, OSError) as error:
            self.exitcode = refuse("push", error, 1 if isinstance(error, FrontierAway) else 2)
        else:
            print(said, file=sys.stderr)


def checked(record: BoardRecord, numbered: list[Numbered]) -> list[str]:
    """The messages, if workers of this board take every one. Raises ValueError, which names all that they would not."""
    reader = Spider(record.name, hosts=record.hosts)
    wrong = []
    for place, message in numbered:
        try:
            start_urls.read(message, reader)
        except (ValueError, TypeError, RecursionError) as error:
            wrong.append(f"{place}: {error}")
    if wrong:
        more = f" (and {len(wrong) - 1} more)" if len(wrong) > 1 else ""
        raise ValueError(f"nothing was pushed. {wrong[0]}{more}")
    if not numbered:
        raise ValueError("there is nothing to push.")
    return [message for _, message in numbered]


def search_of(record: BoardRecord, pairs: list[str], settings: BaseSettings) -> dict[str, Any]:
    """The search of `name=value` pairs as a run has it. Raises BadSearch, or ValueError for what is no pair."""
    spider: Any = SpiderLoader.from_settings(settings).load(record.name)(**arglist_to_dict(pairs))
    asked: dict[str, Any] = spider.search.asked()
    return asked


async def push(settings: BaseSettings, keys: Keys, messages: list[str]) -> str:
    """Push `messages`: what became of it, in words. Raises FrontierAway."""
    from jobspiders.frontier import orders, scripts, status

    async with aclosing(scripts.connect(settings["REDIS_URL"])) as client:
        waiting = await orders.Orders(client, keys).push(messages)
        state = await status.read(client, keys)
    said = f"{keys.board}: {len(messages)} accepted; {waiting} wait in {keys.of('start_urls')}"
    return said if state.workers else f"{said}\n{NOBODY.format(keys.board)}"


async def begin(settings: BaseSettings, keys: Keys, search: dict[str, Any]) -> str:
    """Begin a run of `search`: what became of it, in words. Raises FrontierAway, or RunInTheWay."""
    from jobspiders.frontier import orders, scripts

    run_id = new_run_id(keys.board, datetime.now(UTC))
    async with aclosing(scripts.connect(settings["REDIS_URL"])) as client:
        its_id = await orders.Orders(client, keys).begin(run_id, search)
    if its_id != run_id:
        return f"{keys.board}: run {its_id} of this search is going on already"
    return f"{keys.board}: run {run_id} begins with the next worker that comes"


def _arguments(texts: list[str]) -> Iterator[Numbered]:
    yield from ((f"argument {number}", text) for number, text in enumerate(texts, start=1))


def _lines(name: str) -> Iterator[Numbered]:
    text = sys.stdin.read() if name == "-" else Path(name).read_text("utf-8")
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            yield f"line {number}", line.strip()
