"""`scrapy crawl BOARD`: Scrapy's own, with the search checked first and a summary at the end."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace

from scrapy.commands import crawl
from scrapy.exceptions import UsageError
from scrapy.settings import BaseSettings
from scrapy.spiderloader import SpiderLoader

from jobspiders import config
from jobspiders.config import Config
from jobspiders.crawl.outcome import EXIT_CODES
from jobspiders.errors import JobspidersError
from jobspiders.items import Outcome
from jobspiders.registry import board
from jobspiders.store.db import connect


class Command(crawl.Command):
    """`crawl`. Exit 0: complete, or the board has nothing; 1: failed; 2: wrong arguments; 3: blocked, or robots.txt
    forbids it; 4: truncated or drifted; 130: cancelled.
    """

    def short_desc(self) -> str:
        """One line for `scrapy -h`."""
        return "Crawl a board: scrapy crawl jobstreet -a search_term='data engineer' -a results_wanted=50"

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Scrapy's, and a search that can be meant on a board that there is, over a database that answers."""
        super().process_options(args, opts)
        if len(args) != 1:
            raise UsageError
        assert self.settings is not None
        try:
            name = board(args[0]).name
            SpiderLoader.from_settings(self.settings).load(name)(**opts.spargs)
            connect(self.settings["DATABASE_URL"]).dispose()
        except JobspidersError as error:
            sys.exit(refuse("crawl", error))

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Crawl, then tell on stderr what came of it."""
        assert self.crawler_process is not None
        crawler = self._create_crawler(args[0])
        self.crawler_process.crawl(crawler, **opts.spargs)
        self.crawler_process.start()
        summary = crawler.stats.get_value("run/summary")
        if summary is None or not crawler.settings["RUN_LAUNCHER"]:  # a launcher finds it in the log, as `run_ended`
            print(summary or f"{args[0]}: did not start, see the log", file=sys.stderr)
        self.exitcode = EXIT_CODES[Outcome(crawler.stats.get_value("run/outcome", "failed"))]


def configured(settings: BaseSettings) -> Config:
    """The environment's configuration, with what `-s` says on top. Raises BadConfig."""
    names = ("DATABASE_URL", "REDIS_URL", "REDIS_PREFIX")
    return replace(config.read(), **{name.lower(): settings[name] for name in names})


def refuse(command: str, error: object, code: int = 2) -> int:
    """Say in one line on stderr why a command does not go on; gives its exit code."""
    print(f"scrapy {command}: {error}", file=sys.stderr)
    return code
