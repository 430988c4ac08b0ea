"""`scrapy doctor`: is a board still as we think it is, and is here what a crawl needs?"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from scrapy.commands import BaseRunSpiderCommand
from scrapy.crawler import Crawler
from scrapy.spiderloader import SpiderLoader

from jobspiders.commands.crawl import refuse
from jobspiders.config import mask
from jobspiders.crawl.chromium import NOT_FOUND, find_browser, is_there
from jobspiders.crawl.examine import FewPages, Found, report, robots, scratch, verdict
from jobspiders.crawl.outcome import EXIT_CODES
from jobspiders.crawl.scrub import masked
from jobspiders.errors import FrontierAway, JobspidersError, NoBrowser
from jobspiders.registry import board
from jobspiders.store.db import connect
from jobspiders.store.query import Query, count

OLDEST_REDIS = (6, 2)


class Command(BaseRunSpiderCommand):
    """`doctor`. Exit 0: all is well; 1: no answer; 2: wrong arguments; 3: a wall, or robots.txt; 4: drifted."""

    requires_project = True

    def syntax(self) -> str:
        """The arguments."""
        return "[options] [<board> ...]"

    def short_desc(self) -> str:
        """One line for `scrapy -h`."""
        return "Ask boards for one listing and one job and say what is found; without a board, look at this machine"

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Boards that there are, with what they need to begin."""
        super().process_options(args, opts)
        assert self.settings is not None
        self.settings.set("LOG_LEVEL", opts.loglevel or "CRITICAL", priority="cmdline")
        try:
            for name in args:
                SpiderLoader.from_settings(self.settings).load(board(name).name)(**opts.spargs)
        except JobspidersError as error:
            sys.exit(refuse("doctor", error))

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Print what is found, the worst of it as the exit code."""
        if not args:
            self.exitcode = max(self._try("database", self._database), self._try("Redis", self._redis))
            self._try("browser", self._browser)  # only some boards need one
            return
        assert self.crawler_process is not None
        with tempfile.TemporaryDirectory(prefix="jobspiders-doctor-") as folder:
            looks = [self._look_at(name, opts.spargs, folder) for name in args]
            self.crawler_process.start()
        for crawler, found in looks:
            self.exitcode = max(self.exitcode, self._tell(crawler, found))

    def _look_at(self, name: str, arguments: dict[str, Any], folder: str) -> tuple[Crawler, Found]:
        """A crawl of a few pages that stores nothing of the operator's, nor asks the queue that workers share."""
        assert self.crawler_process is not None
        crawler, found = self.crawler_process.create_crawler(name), Found()
        # Above the command line's 40, which Scrapy merges into the crawler's settings once more.
        crawler.settings.update(scratch(crawler.settings, folder, FewPages), priority=50)
        found.watch(crawler)
        self.crawler_process.crawl(crawler, **arguments)
        return crawler, found

    def _tell(self, crawler: Crawler, found: Found) -> int:
        name, stats = crawler.spidercls.name, crawler.stats.get_stats()
        record = board(name)
        outcome, reason = verdict(found, stats, record.expect)
        print(f"{name}: {outcome} - {reason}")
        print(f"  robots.txt  {robots(stats, crawler.settings.getbool('ROBOTSTXT_OBEY'))}")
        for kind in ("listing", "job"):
            generation = f"{kind}/generation/"
            read = ", ".join(key.removeprefix(generation) for key in stats if key.startswith(generation)) or "nothing"
            for _, url, status in (answer for answer in found.answers if answer[0] == kind):
                print(f"  {kind:<11} {masked(url)} answered {status}, read as {read}")
        walls = [key.removeprefix("trouble/") for key in stats if key.startswith("trouble/") and key != "trouble/says"]
        print(f"  trouble     {stats['trouble/says'] if walls else 'none'}")
        if record.browser:
            self._try("browser", self._browser, indent="  ")
        rows = report(found, record.expect)
        for row in [("field", "cards", "own page", "expected"), *rows] if rows else ():
            print("  {:<22} {:<12} {:<10} {}".format(*row).rstrip())
        return EXIT_CODES[outcome]

    def _try(self, name: str, look: Callable[[], str], indent: str = "") -> int:
        """Print what a look at something of this machine's shows: 0 when it can be used."""
        try:
            print(f"{indent}{name:<11} {look()}")
        except JobspidersError as error:
            print(f"{indent}{name:<11} {error}")
            return 1
        return 0

    def _database(self) -> str:
        assert self.settings is not None
        engine = connect(self.settings["DATABASE_URL"])
        jobs = count(engine, Query())
        engine.dispose()
        return f"{mask(self.settings['DATABASE_URL'])} answers; it holds {jobs} jobs"

    def _redis(self) -> str:
        assert self.settings is not None
        url = self.settings["REDIS_URL"]
        return asyncio.run(_redis_says(url)) if url else "not set (REDIS_URL): one process, with a queue of its own"

    def _browser(self) -> str:
        assert self.settings is not None
        path = find_browser(self.settings["CHROMIUM_PATH"])
        if path or is_there(None):
            return path or "Playwright's own"
        raise NoBrowser(NOT_FOUND)


async def _redis_says(url: str) -> str:
    from jobspiders.frontier.scripts import answering
    from jobspiders.frontier.scripts import connect as to_redis

    client = to_redis(url)
    try:
        with answering():
            told: dict[str, Any] = await client.info()
    finally:
        await client.aclose()
    version = str(told["redis_version"])
    if tuple(map(int, version.split(".")[:2])) < OLDEST_REDIS:
        raise FrontierAway(f"{mask(url)} is version {version}: the queue needs 6.2 or newer")
    return "; ".join((f"{mask(url)} answers, version {version}", *_dangers(told)))


def _dangers(told: Mapping[str, Any]) -> Iterator[str]:
    """What may lose what is queued, by what Redis' INFO tells; a server that does not tell is not suspected."""
    if not told.get("aof_enabled", 1):
        yield "what is queued may be lost when it restarts: turn its append-only file on (appendonly yes)"
    policy = told.get("maxmemory_policy", "noeviction")
    if told.get("maxmemory") and policy != "noeviction":
        yield f"what is queued may be thrown away: set maxmemory-policy to noeviction, it is {policy}"
