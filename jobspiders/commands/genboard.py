"""`scrapy genboard`: a new board's file, and the folder with its first saved page."""

from __future__ import annotations

import argparse
import importlib
import sys
from datetime import UTC, datetime
from pathlib import Path

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from jobspiders.boardfile import KINDS, NEEDS_CARDS, Wish, sample, source
from jobspiders.cases import Case, saved
from jobspiders.commands.crawl import refuse
from jobspiders.commands.record import reader
from jobspiders.commands.replay import offline_spider
from jobspiders.errors import JobspidersError

SAMPLED_AT = datetime(2026, 11, 22, 6, 30, tzinfo=UTC)


class Command(ScrapyCommand):
    """`genboard`. Exit 2: wrong arguments, or the board is there already."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        """The arguments."""
        return "[options] <name> <url>"

    def short_desc(self) -> str:
        """One line for `scrapy -h`."""
        return "Write a new board's file, and for jsonld its first test case"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """The board's kind, and what that wants to know."""
        super().add_options(parser)
        parser.add_argument("--kind", choices=KINDS, default="jsonld", help="how the board publishes its jobs (jsonld)")
        parser.add_argument("--title", help="what people call it")
        parser.add_argument("--cards", help="where a listing has its cards: a JMESPath, for html_list a CSS query")
        parser.add_argument("--job-pattern", help=r"for jsonld: what fits the addresses of jobs, such as /jobs/(\d+)")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Write the files and say what comes next."""
        if len(args) != 2:
            raise UsageError
        wish = Wish(args[0], args[1], opts.kind, opts.title, opts.cards, opts.job_pattern)
        board, case = Path(__file__).parents[1] / "spiders" / f"{wish.name}.py", saved(wish.name, "sample")
        try:
            text = source(wish)
            if case.parent.exists():
                raise FileExistsError(None, None, str(case.parent))
            with board.open("x", encoding="utf-8") as file:
                file.write(text)
            print(f"written: {board}", file=sys.stderr)
            if wish.kind == "jsonld":
                self._sample(wish, case)
        except FileExistsError as error:
            self.exitcode = refuse("genboard", f"{error.filename} is there already, and stays as it is.")
        except JobspidersError as error:
            self.exitcode = refuse("genboard", error)
        else:
            print(following(wish), file=sys.stderr)

    def _sample(self, wish: Wish, folder: Path) -> None:
        """The first case: an invented page, and the job that the new board reads in it."""
        assert self.settings is not None
        importlib.invalidate_caches()
        page, url = sample(wish), f"{wish.homepage}/jobs/1-invented-welder"
        jobs = reader(offline_spider(wish.name, self.settings), url, SAMPLED_AT, "detail")(page)
        Case(folder, "detail", url, SAMPLED_AT, {}, page, jobs).write()
        print(f"written: {folder}", file=sys.stderr)


def following(wish: Wish) -> str:
    """What is to be done next, in words."""
    steps = [
        f"scrapy doctor {wish.name}: asks it for one listing and one job",
        f"scrapy record {wish.name}: saves a page of it as a test case",
        "python tests/test_readme.py: puts it into the README's table",
    ]
    if wish.kind in NEEDS_CARDS:
        steps.insert(0, f"complete `parse_card`{'' if wish.cards else ' and `listing`'} in its file")
    return "\n".join(["next:", *(f"  {step}" for step in steps)])
