"""`scrapy demo`: every board's replica on this machine, crawled with the real spiders into the current folder."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from scrapy.commands import ScrapyCommand
from scrapy.crawler import Crawler
from scrapy.exceptions import UsageError

from jobspiders.commands.crawl import refuse
from jobspiders.commands.jobs import table
from jobspiders.crawl.chromium import NOT_FOUND, is_there
from jobspiders.errors import JobspidersError
from jobspiders.registry import board
from jobspiders.store.db import connect
from jobspiders.store.query import Query, count, find
from jobspiders.store.runs import Run, first_of

LAUNCHER = "demo"

NEXT = """
All of this comes from replicas on this machine. The employers and the jobs are
invented; the pages have the boards' real shapes. Now try

  scrapy jobs --text analyst       find stored jobs
  scrapy jobs <board> <id>         one job, whole, with its history
  scrapy export jobs.csv           or jobs.jsonl
  scrapy demo                      again: nothing is stored twice
  scrapy crawl glints              the real board, at its declared rate; read
                                   first what README says of its rules
"""


class Command(ScrapyCommand):
    """`demo`. Exit 0 when no board's run failed; 1 otherwise."""

    requires_project = True

    def syntax(self) -> str:
        """The arguments."""
        return "[options] [board ...]"

    def short_desc(self) -> str:
        """One line for `scrapy -h`."""
        return "Crawl local replicas of the boards into the current folder: no network, under a minute"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """How many jobs, how slow, with which faults."""
        from jobspiders.simboards.faults import KINDS

        super().add_options(parser)
        parser.add_argument("--jobs", type=int, default=120, help="open jobs on each board (120)")
        parser.add_argument("--latency", type=float, default=0.0, metavar="SECONDS", help="before every answer (0)")
        kinds = ", ".join(KINDS)
        parser.add_argument(
            "--fault", action="append", default=[], help=f"BOARD:KIND[:OPTION=VALUE]...; kinds: {kinds}"
        )

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Only boards that are played, at least one job."""
        from jobspiders.simboards.boards import BOARDS

        super().process_options(args, opts)
        if unplayed := [name for name in args if name not in BOARDS]:
            sys.exit(refuse("demo", f"no replica of {', '.join(unplayed)}; there are {', '.join(BOARDS)}."))
        if opts.jobs < 1 or opts.latency < 0:
            raise UsageError("--jobs is a whole number from 1 up, --latency is in seconds from 0 up.")
        assert self.settings is not None
        self.settings.set("LOG_LEVEL", opts.loglevel or "WARNING", priority="cmdline")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Crawl all boards at once, then show what landed."""
        from jobspiders.simboards.boards import BOARDS
        from jobspiders.simboards.launch import DidNotStart, launch

        assert self.settings is not None
        try:
            engine = connect(self.settings["DATABASE_URL"])
            now = moment(first_of(engine, LAUNCHER), datetime.now(UTC))
            names = [name for name in args or BOARDS if self._can_be_read(name)]
            with launch(opts.jobs, latency=opts.latency, now=now, faults=opts.fault) as boards:
                crawlers = [self._crawl(name, boards.settings) for name in names]
                assert self.crawler_process is not None
                self.crawler_process.start()
        except (JobspidersError, DidNotStart) as error:
            self.exitcode = refuse("demo", error)
            return
        for crawler in crawlers:
            print(crawler.stats.get_value("run/summary", f"{crawler.spidercls.name}: did not start"), file=sys.stderr)
            if crawler.stats.get_value("run/status", "failed") == "failed":
                self.exitcode = 1
        console = Console(stderr=True)
        console.print(
            f"\n{count(engine, Query())} jobs in {engine.url.render_as_string()}; the newest:\n", highlight=False
        )
        console.print(table(find(engine, Query(limit=8))))
        console.print(NEXT, highlight=False)

    def _can_be_read(self, name: str) -> bool:
        """Whether this machine has what the board needs; says so when not."""
        assert self.settings is not None
        if not board(name).browser or is_there(self.settings["CHROMIUM_PATH"]):
            return True
        print(f"{name}: skipped - its pages need a browser, and {NOT_FOUND}", file=sys.stderr)
        return False

    def _crawl(self, name: str, settings: Mapping[str, str]) -> Crawler:
        assert self.crawler_process is not None
        crawler = self.crawler_process.create_crawler(board(name).name)
        given: dict[str, Any] = {
            **settings,
            "RUN_LAUNCHER": LAUNCHER,
            # The replica is ours: no rate to keep.
            "DOWNLOAD_DELAY": 0,
            "AUTOTHROTTLE_ENABLED": False,
            "CONCURRENT_REQUESTS_PER_DOMAIN": 8,
        }
        if folder := crawler.settings["JOBDIR"]:
            given["JOBDIR"] = str(Path(folder) / name)
        # Above the command line's 40, which Scrapy merges into the crawler's settings once more.
        crawler.settings.update(given, priority=50)
        self.crawler_process.crawl(crawler, **board(name).example)
        return crawler


def moment(first: Run | None, now: datetime) -> datetime:
    """The moment that the replicas play: the beginning of the day of the folder's first demo (UTC), so that they look
    the same every time.
    """
    began = first.started_at if first and first.started_at else now
    return began.replace(hour=0, minute=0, second=0, microsecond=0)
