"""`scrapy record`: a page saved for good, small and without persons, with the jobs that it must give from now on."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from scrapy import Request, signals
from scrapy.commands import BaseRunSpiderCommand
from scrapy.exceptions import UsageError
from scrapy.http import HtmlResponse, Response, TextResponse

from jobspiders.cases import Case, Reader, Reading, saved, small
from jobspiders.commands.crawl import refuse
from jobspiders.commands.replay import KINDS, as_json, moment, offline_spider, read, saved_page
from jobspiders.crawl.counts import Counts
from jobspiders.crawl.examine import FewPages, OnePage, scratch
from jobspiders.crawl.outcome import EXIT_CODES
from jobspiders.crawl.scrub import masked
from jobspiders.errors import JobspidersError, Unreadable
from jobspiders.items import Outcome
from jobspiders.normalise import normalise
from jobspiders.registry import board

PAGES = {"listing": "listing", "detail": "job"}  # what a request's meta calls them


class Command(BaseRunSpiderCommand):
    """`record`. Exit 0: written, or shown and not wanted; 1: no answer; 2: wrong arguments; 3: a wall, or nothing in
    the page that the board's code can read.
    """

    requires_project = True

    def syntax(self) -> str:
        """The arguments."""
        return "[options] <board> [<url> | <file>]"

    def short_desc(self) -> str:
        """One line for `scrapy -h`."""
        return "Save a page, trimmed and scrubbed, and the jobs in it as a test of the board"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """What the page is, and where it goes."""
        super().add_options(parser)
        parser.add_argument("--as", dest="kind", choices=KINDS, default="listing", help="what the page is")
        parser.add_argument("--url", help="the address that a file came from")
        parser.add_argument(
            "--at", metavar="TIME", help="when a file was saved (ISO 8601); relative dates count from here"
        )
        parser.add_argument("--case", help="the name of its folder (listing-2026-11-22)")
        parser.add_argument("--yes", action="store_true", help="write without asking")

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """A board that there is, a time that is one, a case that is new."""
        super().process_options(args, opts)
        if len(args) not in (1, 2):
            raise UsageError
        assert self.settings is not None
        self.settings.set("LOG_LEVEL", opts.loglevel or "CRITICAL", priority="cmdline")
        try:
            self._spider = offline_spider(board(args[0]).name, self.settings, opts.spargs)
            self._at = moment(opts.at) if opts.at else datetime.now(UTC).replace(microsecond=0)
        except (JobspidersError, ValueError) as error:
            sys.exit(refuse("record", error))
        self._folder = saved(args[0], opts.case or f"{opts.kind}-{self._at:%Y-%m-%d}")
        if self._folder.exists():
            sys.exit(refuse("record", f"{self._folder} is there already: give another name with --case."))

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Show the jobs of the page as it would be saved, and save it after a yes."""
        try:
            source = args[1] if len(args) == 2 else None
            if source and not source.startswith(("http://", "https://")):
                page = saved_page(Path(source), opts.url or self._spider.homepage)
            elif (fetched := self._fetched(source, opts)) is not None:
                page = fetched
            else:
                return
            case = self._case(page, opts)
        except OSError as error:
            self.exitcode = refuse("record", error)
        except JobspidersError as error:
            self.exitcode = refuse("record", error, EXIT_CODES[Outcome.BLOCKED])
        else:
            print(json.dumps(case.jobs, ensure_ascii=False, indent=1))
            print(f"{len(case.jobs)} jobs in {len(case.page.encode())} bytes of {len(page.body)}.", file=sys.stderr)
            if opts.yes or agreed(f"Are these right? Write {case.folder}? [y/N] "):
                case.write()
                print(f"written: {case.folder}", file=sys.stderr)

    def _case(self, page: TextResponse, opts: argparse.Namespace) -> Case:
        if wall := self._spider.wall(page):
            raise Unreadable(f"{page.url} is a wall: {wall.says}.")
        url = masked(page.url)
        jobs = reader(self._spider, url, self._at, opts.kind)
        text = small(page.text, jobs, opts.kind)
        return Case(self._folder, opts.kind, url, self._at, opts.spargs, text, jobs(text))

    def _fetched(self, url: str | None, opts: argparse.Namespace) -> TextResponse | None:
        """The page, asked for as a crawl does; without an address the board's first. None after it said why not."""
        assert self.crawler_process is not None
        crawler, pages = self.crawler_process.create_crawler(self._spider.name), []
        kind = PAGES[opts.kind]

        def received(response: Response, request: Request) -> None:
            if request.meta.get("page") == kind and isinstance(response, TextResponse):
                pages.append(response)

        with tempfile.TemporaryDirectory(prefix="jobspiders-record-") as folder:
            given = {**scratch(crawler.settings, folder, OnePage if url else FewPages), "ONE_PAGE": (url, kind)}
            # Above the command line's 40, which Scrapy merges into the crawler's settings once more.
            crawler.settings.update(given, priority=50)
            crawler.signals.connect(received, signals.response_received)
            self.crawler_process.crawl(crawler, **opts.spargs)
            self.crawler_process.start()
        if pages:
            return pages[0]
        counts = Counts.of(crawler.stats.get_stats())
        why = "robots.txt forbids it" if counts.forbidden else counts.says or f"no {opts.kind} came"
        outcome = Outcome.BLOCKED if counts.forbidden or counts.walls else Outcome.FAILED
        self.exitcode = refuse("record", f"{why}.", EXIT_CODES[outcome])
        return None


def reader(spider: Any, url: str, at: datetime, kind: str) -> Reader:
    """What reads a page (text) as `spider` would at `url`: its normalised jobs, without their empty fields."""

    def jobs(text: str) -> Reading:
        response_class = HtmlResponse if text.startswith("<") else TextResponse
        response = response_class(url, body=text.encode(), encoding="utf-8", request=Request(url))
        found = (as_json(normalise(posting, at)) for posting in read(spider, response, kind))
        return [{key: value for key, value in job.items() if value not in (None, [], {})} for job in found]

    return jobs


def agreed(question: str) -> bool:
    """True after a yes."""
    print(question, end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower() in {"y", "yes"}
