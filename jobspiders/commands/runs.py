"""`scrapy runs`: what was crawled and what goes on."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable
from dataclasses import asdict

from rich.console import Console
from rich.table import Table
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from jobspiders.commands.crawl import configured, refuse
from jobspiders.control.desk import Desk
from jobspiders.control.opening import open_desk
from jobspiders.crawl.outcome import EXIT_CODES
from jobspiders.errors import JobspidersError, UnknownRun
from jobspiders.items import Outcome
from jobspiders.registry import board
from jobspiders.store.db import connect
from jobspiders.store.runs import FIGURES, Run, Status

LOOK = 1.0  # seconds between two looks at a run that is followed
PATIENCE = 20.0  # seconds that the end of a cancelled run is waited for


class Command(ScrapyCommand):
    """`runs`. Exit 0; 1: no such run, or it does not end; 2: wrong arguments; `follow` has the codes of `crawl`."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        """The arguments."""
        return "[list] | show|cancel|follow <run>"

    def short_desc(self) -> str:
        """One line for `scrapy -h`."""
        return "What was crawled and what goes on: list, show, cancel, follow"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Which runs."""
        super().add_options(parser)
        parser.add_argument("--board", help="of this board only")
        parser.add_argument("--status", choices=[status.value for status in Status], help="of this status only")
        parser.add_argument("--limit", type=int, default=20, help="at most so many (20)")
        parser.add_argument("--json", action="store_true", help="JSON lines, on a terminal, too")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Do it."""
        action, names = (args[0], args[1:]) if args else ("list", [])
        actions: dict[str, Callable[[Desk, str], int]] = {"show": _show, "cancel": _cancel, "follow": follow}
        if (action == "list") == bool(names) or (action != "list" and (action not in actions or len(names) != 1)):
            raise UsageError
        try:
            assert self.settings is not None
            read = configured(self.settings)
            desk = open_desk(read, connect(read.database_url))
            if action == "list":
                name = board(opts.board).name if opts.board else None
                found = desk.runs(name, Status(opts.status) if opts.status else None, opts.limit)
                _list(found, as_json=opts.json or not sys.stdout.isatty())
            else:
                self.exitcode = actions[action](desk, names[0])
        except UnknownRun as error:
            self.exitcode = refuse("runs", error, 1)
        except JobspidersError as error:
            self.exitcode = refuse("runs", error)


def follow(desk: Desk, run_id: str) -> int:
    """Tell on stderr how a run gets on until it has ended; an exit code as `crawl` has it. Raises UnknownRun."""
    before = ""
    while True:
        run = desk.run(run_id)
        if (now := _line(run)) != before:
            print(now, file=sys.stderr, flush=True)
            before = now
        if run.status.ended:
            return EXIT_CODES[Outcome(run.outcome)] if run.outcome else 1
        time.sleep(LOOK)


def _line(run: Run) -> str:
    if run.status.ended:
        return f"{run.run_id}: {run.status.value}, {run.outcome} - {run.reason}; {_counts(run)}"
    return f"{run.run_id}: {run.status.value}; {_counts(run)}"


def _counts(run: Run) -> str:
    kinds = f"{run.new} new, {run.changed} changed, {run.unchanged} unchanged"
    return f"{run.found} jobs: {kinds}; {run.completed_pages} pages"


def _list(found: list[Run], *, as_json: bool) -> None:
    if as_json:
        for run in found:
            print(_json(run))
        return
    table = Table("run", "trigger", "status", "outcome", "began", "found", "new", "reason", box=None)
    for run in found:
        began = f"{run.started_at.astimezone():%Y-%m-%d %H:%M}" if run.started_at else "-"
        words = (run.run_id, run.trigger, run.status.value, run.outcome or "-", began, str(run.found), str(run.new))
        table.add_row(*words, run.reason or "")
    Console().print(table)


def _show(desk: Desk, run_id: str) -> int:
    print(_json(desk.run(run_id), indent=2))
    if log := desk.log_of(run_id):
        print(f"log: {log}", file=sys.stderr)
    return 0


def _cancel(desk: Desk, run_id: str) -> int:
    """Ask, wait, press."""
    run, until = desk.cancel(run_id), time.monotonic() + PATIENCE
    while not run.status.ended and time.monotonic() < until:
        run = desk.cancel(run.run_id) if desk.wait(run.run_id, LOOK).status is Status.RUNNING else desk.run(run.run_id)
    print(_line(run), file=sys.stderr)
    return 0 if run.status.ended else refuse("runs", f"{run_id} does not end; its process does not hear.", 1)


def _json(run: Run, indent: int | None = None) -> str:
    values = asdict(run)
    own = {name: value for name, value in values.items() if name not in FIGURES}  # who it is comes first
    return json.dumps(own | values, default=str, ensure_ascii=False, indent=indent)
