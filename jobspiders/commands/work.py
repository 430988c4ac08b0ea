"""`scrapy work`: stays, and crawls what is due - or, with REDIS_URL, what waits in the frontier."""

from __future__ import annotations

import argparse
import signal
import sys
import threading
from dataclasses import replace

from scrapy.commands import ScrapyCommand
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import BaseSettings
from scrapy.utils.conf import arglist_to_dict
from sqlalchemy import Engine

from jobspiders.commands.crawl import configured, refuse
from jobspiders.config import SCRAPE_MODES, Config
from jobspiders.control.due import interval_of
from jobspiders.control.loop import Loop
from jobspiders.control.opening import open_desk
from jobspiders.control.timetable import put_schedule
from jobspiders.crawl.chromium import NOT_FOUND, is_there
from jobspiders.errors import JobspidersError
from jobspiders.registry import board, boards
from jobspiders.store import schedules
from jobspiders.store.db import connect
from jobspiders.store.schedules import Schedule

NOTHING = "there are no schedules yet: name boards (scrapy work glints), or see scrapy schedule -h"


class Command(ScrapyCommand):
    """`work`. Ends on SIGTERM or Ctrl-C within 10 seconds, with exit code 0; 1: it broke; 2: wrong arguments."""

    requires_project = True

    def syntax(self) -> str:
        """The arguments."""
        return "[options] [board ...]"

    def short_desc(self) -> str:
        """One line for `scrapy -h`."""
        return "Stay and crawl boards on their schedules; with REDIS_URL, serve the shared queues"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """How."""
        super().add_options(parser)
        parser.add_argument("--mode", choices=SCRAPE_MODES, help="one board after another, or each on its own clock")
        parser.add_argument("--schedules", action="store_true", help="with REDIS_URL: work off the schedules, too")
        parser.add_argument("--until-eof", action="store_true", help="with REDIS_URL: end when standard input ends")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Work until told to end."""
        try:
            assert self.settings is not None
            read = configured(self.settings)
            read = replace(read, scrape_mode=opts.mode or read.scrape_mode)
            names = [board(name).name for name in args]
            engine = connect(read.database_url)
            if read.redis_url is None:
                _run_schedules(read, engine, names, arglist_to_dict(opts.set))
            else:
                self._serve(read, engine, names or _readable(self.settings), opts)
        except JobspidersError as error:
            self.exitcode = refuse("work", error)

    def _serve(self, read: Config, engine: Engine, names: list[str], opts: argparse.Namespace) -> None:
        from jobspiders.crawl.service import Service

        assert isinstance(self.crawler_process, AsyncCrawlerProcess)
        stop = threading.Event()
        desk = open_desk(read, engine, keeps_workers=False)
        loop = threading.Thread(target=Loop(read, engine, desk, _tell).run_forever, args=(stop,))
        if opts.schedules:
            loop.start()
        service = Service(self.crawler_process, engine, names)
        self.exitcode = 0 if service.run(sys.stdin.fileno() if opts.until_eof else None) else 1
        stop.set()
        if opts.schedules:
            loop.join()
        desk.close()


def _readable(settings: BaseSettings) -> list[str]:
    """The boards for which this machine has what they need; says what it leaves to others."""
    has_browser = is_there(settings["CHROMIUM_PATH"])
    names = [name for name, record in boards().items() if has_browser or not record.browser]
    if others := sorted(set(boards()) - set(names)):
        _tell(f"{', '.join(others)}: left to other workers - their pages need a browser, and {NOT_FOUND}")
    return names


def _run_schedules(read: Config, engine: Engine, names: list[str], handed_on: dict[str, str]) -> None:
    for name in names:
        if schedules.get(engine, name) is None:
            put_schedule(engine, Schedule(site_name=name, interval_minutes=interval_of(board(name).schedule)))
    if not schedules.schedules(engine):
        _tell(NOTHING)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    desk = open_desk(read, engine, handed_on)
    Loop(read, engine, desk, _tell, names).run_forever(stop)
    desk.close()


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
