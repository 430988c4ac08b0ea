"""`scrapy schedule`: when boards are crawled."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import asdict

from rich.console import Console
from rich.table import Table
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from scrapy.utils.conf import arglist_to_dict
from sqlalchemy import Engine

from jobspiders.commands.crawl import configured, refuse
from jobspiders.commands.runs import follow
from jobspiders.config import Config
from jobspiders.control.due import interval_of
from jobspiders.control.opening import open_desk
from jobspiders.control.timetable import enable, put_schedule, scheduled, wish_of
from jobspiders.errors import JobspidersError
from jobspiders.registry import board
from jobspiders.store import schedules
from jobspiders.store.db import connect
from jobspiders.store.schedules import Schedule

HINT = "no schedules yet. Try: scrapy schedule set glints --every 1h -a search_term='data engineer'"


class Command(ScrapyCommand):
    """`schedule`. Exit 0; 1: there is no such schedule; 2: wrong arguments; `run-now` has the codes of `crawl`."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        """The arguments."""
        return "[list] | set <board> [options] | enable|disable|remove|run-now <board>"

    def short_desc(self) -> str:
        """One line for `scrapy -h`."""
        return "When boards are crawled: list, set, enable, disable, remove, run-now"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """What a schedule says."""
        super().add_options(parser)
        when = parser.add_mutually_exclusive_group()
        when.add_argument("--every", metavar="INTERVAL", help="30m, 6h, 1d (default: what the board declares)")
        when.add_argument("--cron", metavar="EXPRESSION", help="such as '0 3 * * *'")
        parser.add_argument("--timezone", default="UTC", help="of --cron (UTC)")
        parser.add_argument(
            "--overlap", default="skip", help="while a run goes on, a tick is dropped: skip, or waits: queue"
        )
        parser.add_argument("-a", dest="words", action="append", default=[], metavar="NAME=VALUE", help="of the search")
        parser.add_argument("--min-pause", type=float, metavar="SECONDS", help="between two requests, at least")
        parser.add_argument("--max-pause", type=float, metavar="SECONDS", help="between two requests, at most")
        parser.add_argument("--max-retries", type=int, help="of a request")
        parser.add_argument("--json", action="store_true", help="JSON lines, on a terminal, too")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Do it."""
        action, names = (args[0], args[1:]) if args else ("list", [])
        actions: dict[str, Callable[[Engine, str, argparse.Namespace], int]] = {
            "set": _set,
            "enable": _switch(enabled=True),
            "disable": _switch(enabled=False),
            "remove": _remove,
        }
        if (action == "list") == bool(names) or (
            action != "list" and (action not in (*actions, "run-now") or len(names) != 1)
        ):
            raise UsageError
        try:
            assert self.settings is not None
            read = configured(self.settings)
            engine = connect(read.database_url)
            if action == "list":
                _list(engine, as_json=opts.json or not sys.stdout.isatty())
            elif action == "run-now":
                self.exitcode = _run_now(read, engine, board(names[0]).name, arglist_to_dict(opts.set))
            else:
                self.exitcode = actions[action](engine, board(names[0]).name, opts)
        except JobspidersError as error:
            self.exitcode = refuse("schedule", error)


def _list(engine: Engine, *, as_json: bool) -> None:
    known = schedules.schedules(engine)
    if as_json:
        for schedule in known:
            print(json.dumps(asdict(schedule), default=str, ensure_ascii=False))
        return
    if not known:
        print(HINT, file=sys.stderr)
        return
    table = Table("board", "when", "search", "enabled", "last run", "next run", box=None)
    for one in known:
        when = f"every {one.interval_minutes:g} min" if one.interval_minutes else f"{one.cron} ({one.timezone})"
        moments = [
            f"{moment.astimezone():%Y-%m-%d %H:%M}" if moment else "-" for moment in (one.last_run_at, one.next_run_at)
        ]
        table.add_row(one.site_name, when, json.dumps(one.payload), "yes" if one.enabled else "no", *moments)
    Console().print(table)


def _set(engine: Engine, name: str, opts: argparse.Namespace) -> int:
    try:
        words = arglist_to_dict(opts.words)
    except ValueError:
        raise UsageError("-a takes NAME=VALUE") from None
    every = None if opts.cron else interval_of(opts.every or board(name).schedule)
    stored = put_schedule(
        engine,
        Schedule(
            site_name=name,
            interval_minutes=every,
            cron=opts.cron,
            timezone=opts.timezone,
            overlap=opts.overlap,
            payload=words,
            min_pause_seconds=opts.min_pause,
            max_pause_seconds=opts.max_pause,
            max_retries=opts.max_retries,
        ),
    )
    print(f"{name}: next run at {stored.next_run_at}; `scrapy work` or `scrapy serve` starts it.", file=sys.stderr)
    return 0


def _switch(*, enabled: bool) -> Callable[[Engine, str, argparse.Namespace], int]:
    def switch(engine: Engine, name: str, _opts: argparse.Namespace) -> int:
        stored = enable(engine, name, enabled=enabled)
        print(f"{name}: {f'next run at {stored.next_run_at}' if enabled else 'rests'}", file=sys.stderr)
        return 0

    return switch


def _remove(engine: Engine, name: str, _opts: argparse.Namespace) -> int:
    return 0 if schedules.remove(engine, name) else refuse("schedule", f"{name} has no schedule.", 1)


def _run_now(read: Config, engine: Engine, name: str, handed_on: dict[str, str]) -> int:
    desk = open_desk(read, engine, handed_on)
    try:
        return follow(desk, desk.start(wish_of(scheduled(engine, name), "manual")).run_id)
    finally:
        desk.close()
