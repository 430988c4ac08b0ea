"""`scrapy requeue`: requests that were given up on, listed, and given another try."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime
from itertools import groupby

from rich.console import Console
from rich.table import Table
from scrapy.commands import ScrapyCommand
from scrapy.crawler import Crawler
from scrapy.exceptions import UsageError
from scrapy.spiderloader import SpiderLoader
from sqlalchemy import Engine

from jobspiders.commands.crawl import refuse
from jobspiders.crawl.outcome import EXIT_CODES
from jobspiders.errors import BadConfig, JobspidersError
from jobspiders.items import Outcome
from jobspiders.registry import board
from jobspiders.store.db import connect
from jobspiders.store.failures import DeadLetter, dead_letters
from jobspiders.store.runs import get

AT_ONCE = 1000  # letters that one call takes up

Batch = tuple[str, str, list[DeadLetter]]


class Command(ScrapyCommand):
    """`requeue`. Exit codes as `crawl`, that of the worst run; 4 when a request was given up on again; 1 when a letter
    that was named is not there.
    """

    requires_project = True

    def syntax(self) -> str:
        """The arguments."""
        return "[options] [<board>]"

    def short_desc(self) -> str:
        """One line for `scrapy -h`."""
        return "List the requests that were given up on (--list), or try them again"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """`--id` and `--list`."""
        super().add_options(parser)
        parser.add_argument("--id", action="append", default=[], help="only this one (may be repeated)")
        parser.add_argument("--list", action="store_true", help="show them, and try none")

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Scrapy's, and at most one board, which there is."""
        super().process_options(args, opts)
        if len(args) > 1:
            raise UsageError
        try:
            _ = [board(name) for name in args]
        except JobspidersError as error:
            sys.exit(refuse("requeue", error))

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Show the dead letters, or have them tried again."""
        assert self.settings is not None
        try:
            engine = connect(self.settings["DATABASE_URL"])
            letters = dead_letters(engine, args[0] if args else None, opts.id, AT_ONCE)
            if len(letters) == AT_ONCE:
                print(f"the latest {AT_ONCE}; there may be more.", file=sys.stderr)
            if unknown := set(opts.id) - {letter.id for letter in letters}:
                self.exitcode = refuse("requeue", f"there is no dead letter {', '.join(sorted(unknown))}.", 1)
            elif opts.list:
                show(letters)
            elif not letters:
                print("no request was given up on.", file=sys.stderr)
            elif self.settings["REDIS_URL"]:
                asyncio.run(self._hand_over(letters))
            else:
                self._crawl(engine, letters)
        except JobspidersError as error:
            self.exitcode = refuse("requeue", error)

    def _crawl(self, engine: Engine, letters: Sequence[DeadLetter]) -> None:
        """A run for each board and each search of which letters are left."""
        assert self.crawler_process is not None
        batches = list(by_search(engine, letters))
        crawlers = [self._prepared(batch) for batch in batches]
        self.crawler_process.start()
        for crawler in crawlers:
            name, stats = crawler.spidercls.name, crawler.stats
            print(stats.get_value("run/summary", f"{name}: did not start, see the log"), file=sys.stderr)
            code = EXIT_CODES[Outcome(stats.get_value("run/outcome", "failed"))]
            self.exitcode = max(self.exitcode, code)
        left = dead_letters(engine, None, [letter.id for letter in letters], len(letters))
        print(f"{len(letters) - len(left)} of {len(letters)} dead letters came through.", file=sys.stderr)
        for letter in left:
            print(f"  {letter.id} {letter.url}: {letter.error}", file=sys.stderr)
        if left:
            self.exitcode = max(self.exitcode, EXIT_CODES[Outcome.TRUNCATED])

    def _prepared(self, batch: Batch) -> Crawler:
        assert self.crawler_process is not None
        name, search, letters = batch
        crawler = self.crawler_process.create_crawler(name)
        # Above the command line's 40, which Scrapy merges into the crawler's settings once more.
        given = {"DEAD_LETTERS": [letter.id for letter in letters], "RUN_TRIGGER": "requeue", "JOBDIR": None}
        crawler.settings.update(given, priority=50)
        arguments = json.loads(search)
        SpiderLoader.from_settings(crawler.settings).load(name)(**arguments)  # refuses, before anything is asked
        self.crawler_process.crawl(crawler, **arguments)
        return crawler

    async def _hand_over(self, letters: Sequence[DeadLetter]) -> None:
        """Into the queues that the workers share."""
        from jobspiders.frontier.keys import Keys
        from jobspiders.frontier.letters import anew
        from jobspiders.frontier.orders import Orders
        from jobspiders.frontier.scripts import connect as to_redis

        assert self.settings is not None
        client = to_redis(self.settings["REDIS_URL"])
        try:
            for name, group in groupby(sorted(letters, key=by_board), by_board):
                requests = [anew(letter.request, letter.id) for letter in group]
                waiting = await Orders(client, Keys(name, self.settings["REDIS_PREFIX"])).again(requests)
                print(f"{name}: {len(requests)} handed to the workers, {waiting} wait", file=sys.stderr)
        except ValueError as error:
            raise BadConfig(str(error)) from error
        finally:
            await client.aclose()


def by_board(letter: DeadLetter) -> str:
    """The key by which letters are sorted."""
    return letter.site_name


def by_search(engine: Engine, letters: Iterable[DeadLetter]) -> Iterable[Batch]:
    """The letters by their board and by the search (JSON) of the run in which they were given up on."""
    searches: dict[str | None, str] = {None: "{}"}
    batches: dict[tuple[str, str], list[DeadLetter]] = {}
    for letter in letters:
        if letter.run_id not in searches:
            run = get(engine, letter.run_id or "")
            searches[letter.run_id] = json.dumps(run.search if run else {}, sort_keys=True)
        batches.setdefault((letter.site_name, searches[letter.run_id]), []).append(letter)
    for (name, search), batch in sorted(batches.items()):
        yield name, search, batch


def show(letters: Sequence[DeadLetter]) -> None:
    """A table on a terminal, JSON lines elsewhere."""
    if not sys.stdout.isatty():
        for letter in letters:
            print(json.dumps(asdict(letter), ensure_ascii=False, default=datetime.isoformat))
        return
    table = Table(box=None, header_style="bold", pad_edge=False)
    for heading in ("id", "board", "tries", "last", "error", "url"):
        table.add_column(heading, overflow="fold")
    for letter in letters:
        last = f"{letter.last_failed_at:%Y-%m-%d %H:%M}"
        table.add_row(letter.id, letter.site_name, str(letter.attempts), last, letter.error, letter.url)
    Console().print(table)
