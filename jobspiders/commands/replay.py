"""`scrapy replay BOARD FILE`: a saved page, read by the board's own code, as one normalised job a line."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

from scrapy import Request
from scrapy.commands import ScrapyCommand
from scrapy.crawler import Crawler
from scrapy.exceptions import UsageError
from scrapy.http import HtmlResponse, TextResponse
from scrapy.settings import Settings
from scrapy.spiderloader import SpiderLoader
from scrapy.statscollectors import StatsCollector

from jobspiders.commands.crawl import refuse
from jobspiders.errors import JobspidersError, Unreadable
from jobspiders.items import Gone, Job, Posting
from jobspiders.normalise import normalise
from jobspiders.registry import board

KINDS = ("listing", "detail")


class Command(ScrapyCommand):
    """`replay`, offline: no request is sent and nothing is stored."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        """The arguments."""
        return "[options] <board> <file>"

    def short_desc(self) -> str:
        """One line for `scrapy -h`."""
        return "Read a saved page with a board's own code and print one job a line as JSON"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """`--as`, `--url` and `--at`."""
        super().add_options(parser)
        parser.add_argument("--as", dest="kind", choices=KINDS, default="listing", help="what the page is")
        parser.add_argument("--url", help="the address that the page came from")
        parser.add_argument("--at", metavar="TIME", help="when it was saved (ISO 8601); relative dates count from here")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Print the jobs. Exit 2: wrong arguments; 3: a block page, or nothing in it."""
        if len(args) != 2:
            raise UsageError
        try:
            assert self.settings is not None
            spider = offline_spider(board(args[0]).name, self.settings)
            seen_at = moment(opts.at) if opts.at else datetime.now(UTC)
            page = saved_page(Path(args[1]), opts.url or spider.homepage)
        except (JobspidersError, OSError, ValueError) as error:
            self.exitcode = refuse("replay", error)
            return
        try:
            postings = list(read(spider, page, opts.kind))
        except JobspidersError as error:
            self.exitcode = refuse("replay", error, 3)
            return
        for posting in postings:
            print(json.dumps(as_json(normalise(posting, seen_at)), ensure_ascii=False))
        if not postings:
            self.exitcode = refuse("replay", f"{args[1]}: {spider.name} says that there is nothing here.", 3)


def offline_spider(name: str, settings: Settings, arguments: Mapping[str, str] = MappingProxyType({})) -> Any:
    """The board's spider with stats to count in, but no engine. Raises BadSearch for wrong search arguments.

    A board that needs some has those of its example where `arguments` has none.
    """
    crawler = Crawler(SpiderLoader.from_settings(settings).load(name), settings)
    crawler.stats = StatsCollector(crawler)
    return crawler.spidercls.from_crawler(crawler, **{**board(name).example, **arguments})


def moment(text: str) -> datetime:
    """An ISO 8601 time as UTC, which is meant when no zone is given. Raises ValueError."""
    at = datetime.fromisoformat(text)
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def saved_page(path: Path, url: str) -> TextResponse:
    """The file as the response that it once was."""
    body = path.read_bytes()
    kind = HtmlResponse if body.lstrip().startswith(b"<") else TextResponse
    return kind(url, body=body, encoding="utf-8", request=Request(url))


def read(spider: Any, page: TextResponse, kind: str) -> Iterator[Posting]:
    """The postings in a page; cards whose own page a crawl would fetch come as they are. Raises Unreadable."""
    outputs: Iterable[Any] = spider.on_listing(page) if kind == "listing" else spider.on_job(page)
    for output in outputs:
        if isinstance(output, Posting):
            yield output
        elif isinstance(output, Request) and output.cb_kwargs.get("card"):
            yield Posting.from_json(output.cb_kwargs["card"])
        elif isinstance(output, Gone):
            raise Unreadable(f"the job is gone: {output.reason}.")


def as_json(job: Job) -> dict[str, Any]:
    """A job as plain JSON data, times in ISO 8601."""
    return {key: value.isoformat() if isinstance(value, datetime) else value for key, value in asdict(job).items()}
