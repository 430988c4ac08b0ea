"""`scrapy requeue`: requests that were given up on, listed, and given another try."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from scrapy.commands import ScrapyCommand
from scrapy.crawler import Crawler
from scrapy.exceptions import UsageError
from sqlalchemy import Engine

from jobspiders.commands.crawl import refuse
from jobspiders.crawl.outcome import EXIT_CODES
from jobspiders.errors import JobspidersError
from jobspiders.items import Outcome
from jobspiders.registry import board
from jobspiders.store.db import connect
from jobspiders.store.failures import DeadLetter, dead_letters

if TYPE_CHECKING:
    from jobspiders.control.requeue import Batch

AT_ONCE = 1000  # letters that one call takes up


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
                self._hand_over(letters)
            else:
                self._crawl(engine, letters)
        except JobspidersError as error:
            self.exitcode = refuse("requeue", error)

    def _crawl(self, engine: Engine, letters: Sequence[DeadLetter]) -> None:
        """A run for each board and each search of which letters are left."""
        from jobspiders.control.requeue import batches

        assert self.crawler_process is not None
        crawlers = [self._prepared(batch) for batch in batches(engine, letters)]
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
        crawler = self.crawler_process.create_crawler(batch.site_name)
        # Above the command line's 40, which Scrapy merges into the crawler's settings once more.
        given = {"DEAD_LETTERS": [letter.id for letter in batch.letters], "RUN_TRIGGER": "requeue", "JOBDIR": None}
        crawler.settings.update(given, priority=50)
        crawler.spidercls(**batch.search)  # refuses, before anything is asked
        self.crawler_process.crawl(crawler, **batch.search)
        return crawler

    def _hand_over(self, letters: Sequence[DeadLetter]) -> None:
        """Into the queues that the workers share."""
        from jobspiders.control.requeue import hand_over

        assert self.settings is not None
        waiting = hand_over(self.settings["REDIS_URL"], self.settings["REDIS_PREFIX"], letters)
        for name, number in Counter(letter.site_name for letter in letters).items():
            print(f"{name}: {number} handed to the workers, {waiting[name]} wait", file=sys.stderr)


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
