"""`scrapy chaos`: workers on a replica, killed and cut off at random, and what was lost, doubled or too fast."""

from __future__ import annotations

import argparse
import json
import signal
import sys
import time
from typing import TYPE_CHECKING

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from jobspiders.commands.crawl import refuse
from jobspiders.errors import FrontierAway, JobspidersError

if TYPE_CHECKING:
    from jobspiders.chaos.tally import Figures


class Command(ScrapyCommand):
    """`chaos`. Exit 0: nothing lost, nothing stored twice, never too fast; 1: something was, or a server does not
    answer; 2: wrong arguments, or no Redis to be had; 130: ended by a signal.
    """

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        """The arguments."""
        return "[options]"

    def short_desc(self) -> str:
        """One line for `scrapy -h`."""
        return "Kill workers and cut their lines at random on a replica; print what was lost, doubled or too fast"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """The terms of the trial."""
        from jobspiders.chaos.trial import Terms

        super().add_options(parser)
        default = Terms()
        parser.add_argument("--workers", type=int, default=default.workers, help=f"processes ({default.workers})")
        parser.add_argument("--jobs", type=int, default=default.jobs, help=f"jobs on the replica ({default.jobs})")
        parser.add_argument("--seconds", type=float, default=default.seconds, help=f"of faults ({default.seconds:g})")
        parser.add_argument("--seed", type=int, default=default.seed, help="which faults strike when (1)")
        parser.add_argument("--redis", metavar="URL", help="yours, with a prefix of its own (default: one is started)")
        parser.add_argument("--database", metavar="URL", help="your PostgreSQL, a schema of its own (default: SQLite)")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Have the trial; figures for people go to stderr, one line of JSON to stdout."""
        from jobspiders.chaos.trial import Terms, run
        from jobspiders.simboards.launch import DidNotStart

        if args or opts.workers < 1 or opts.jobs < 1 or opts.seconds < 0:
            raise UsageError("--workers and --jobs are whole numbers from 1 up, --seconds a number from 0 up.")
        terms = Terms(opts.workers, opts.jobs, opts.seconds, opts.seed, opts.redis, opts.database)
        began = time.monotonic()
        signal.signal(signal.SIGTERM, signal.default_int_handler)  # either signal leaves nothing behind
        try:
            result = run(terms, lambda words: print(f"{time.monotonic() - began:6.1f} s  {words}", file=sys.stderr))
        except (JobspidersError, DidNotStart) as error:
            self.exitcode = refuse("chaos", error, 1 if isinstance(error, FrontierAway) else 2)
            return
        except KeyboardInterrupt:
            self.exitcode = 130
            return
        print(words(result.figures), file=sys.stderr)
        if not result.figures.good:
            print(f"the workers' logs, and what the board saw, are in {result.folder}", file=sys.stderr)
            self.exitcode = 1
        print(json.dumps(result.as_json()))


def words(figures: Figures) -> str:
    """The figures for people."""
    end = "" if figures.ended else "; the run did NOT come to its end"
    return (
        f"{figures.jobs} jobs: {figures.lost} lost, {figures.stored_twice} stored twice, "
        f"{figures.dead_letters} requests given up on, {figures.fetched_twice} pages fetched twice, "
        f"{figures.rate_violations} requests too fast, {figures.seconds_to_recover:.1f} s to recover at most{end}"
    )
