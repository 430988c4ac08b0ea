"""`scrapy jobs`: find and show stored jobs."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any

from rich.console import Console
from rich.table import Table
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from jobspiders.commands.crawl import refuse
from jobspiders.errors import JobspidersError
from jobspiders.items import Job
from jobspiders.store.db import connect
from jobspiders.store.query import Query, StoredJob, count, find, get


class Command(ScrapyCommand):
    """`jobs`: a table on a terminal, JSON lines elsewhere or with `--json`; with BOARD ID one job and its history."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        """The arguments."""
        return "[options] [<board> <id>]"

    def short_desc(self) -> str:
        """One line for `scrapy -h`."""
        return "Find stored jobs, or show one with its history"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """The filters."""
        super().add_options(parser)
        add_filters(parser)
        parser.add_argument("--limit", type=int, default=20, help="at most so many (20)")
        parser.add_argument("--json", action="store_true", help="JSON lines, on a terminal, too")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Print what is found. Exit 1: the job that was named is not stored; 2: wrong arguments."""
        if len(args) not in (0, 2):
            raise UsageError
        assert self.settings is not None
        try:
            engine = connect(self.settings["DATABASE_URL"])
            query = read_filters(opts, opts.limit)
            if args:
                found = get(engine, *args)
                if found is None:
                    self.exitcode = refuse("jobs", f"{args[0]} {args[1]} is not stored.", 1)
                    return
                history = [change._asdict() for change in found.changes]
                print_json({**asdict(found.job), "changes": history}, indent=2)
            elif opts.json or not sys.stdout.isatty():
                for job in find(engine, query):
                    print_json(asdict(job))
            else:
                self._show(list(find(engine, query)), count(engine, query))
        except (JobspidersError, ValueError) as error:
            self.exitcode = refuse("jobs", error)

    def _show(self, jobs: Sequence[StoredJob], total: int) -> None:
        Console().print(table(jobs))
        print(f"{len(jobs)} of {total} jobs. More: --limit; all of a job: scrapy jobs <board> <id>", file=sys.stderr)


def add_filters(parser: argparse.ArgumentParser) -> None:
    """The options that `read_filters` reads."""
    parser.add_argument("--board", action="append", default=[], help="only this board (may be repeated)")
    parser.add_argument("--text", help="words in the title, the company or the place")
    parser.add_argument("--description", help="words in the description")
    parser.add_argument("--location", help="words in the place")
    parser.add_argument("--country", help="two letters, for example ID")
    parser.add_argument("--remote", action="store_true", default=None, help="only remote jobs")
    parser.add_argument("--type", dest="employment_type", help="FULL_TIME, PART_TIME, CONTRACTOR, INTERN, ...")
    parser.add_argument("--min-salary", type=float, help="a year, in the salary's own currency")
    parser.add_argument("--currency", help="only salaries in this currency, for example IDR")
    for name, what in (("posted", "posted"), ("seen", "seen by a crawl"), ("first-seen", "first seen by a crawl")):
        parser.add_argument(f"--{name}-since", metavar="TIME", help=f"{what} since: 2026-11-01, or 12h, 7d")
    parser.add_argument("--open", action="store_true", help="leave out jobs that are closed")


def read_filters(opts: argparse.Namespace, limit: int | None) -> Query:
    """The query that the options make. Raises ValueError for a time that is none."""
    return Query(
        boards=tuple(opts.board),
        text=opts.text,
        description=opts.description,
        location=opts.location,
        country=opts.country,
        is_remote=opts.remote,
        employment_type=opts.employment_type,
        annual_salary=opts.min_salary,
        currency=opts.currency,
        posted_since=since(opts.posted_since),
        seen_since=since(opts.seen_since),
        first_seen_since=since(opts.first_seen_since),
        open_only=opts.open,
        limit=limit,
    )


def since(text: str | None) -> datetime | None:
    """A moment from an ISO date or time (UTC when no zone is given), or so many hours or days ago: 12h, 7d."""
    if text is None:
        return None
    if text[-1:] in ("h", "d") and text[:-1].isdecimal():
        return datetime.now(UTC) - timedelta(**{{"h": "hours", "d": "days"}[text[-1]]: int(text[:-1])})
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text!r} is no time: give 2026-11-01, 2026-11-01T08:00+07:00, 12h or 7d.") from None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def print_json(record: dict[str, Any], indent: int | None = None) -> None:
    """`record` on stdout, times in ISO 8601."""
    print(json.dumps(record, ensure_ascii=False, indent=indent, default=datetime.isoformat))


def table(jobs: Iterable[Job]) -> Table:
    """Jobs as a table for people."""
    drawn = Table(box=None, header_style="bold", pad_edge=False)
    for heading, width in COLUMNS.items():
        drawn.add_column(heading, no_wrap=True, min_width=min(width, 10), max_width=width)
    for job in jobs:
        posted = f"{job.posted_at:%Y-%m-%d}" if job.posted_at else ""
        drawn.add_row(job.job_source, job.source_id, job.title, job.company, job.location, salary(job), posted)
    return drawn


# The headings, and how much of a terminal's width each gets.
COLUMNS = {"board": 11, "id": 10, "title": 24, "company": 20, "location": 20, "salary": 24, "posted": 10}


def salary(job: Job) -> str:
    """A salary in a few characters: "IDR 4,400,000-5,500,000 a month", or what the board wrote."""
    bounds = [f"{bound:,.0f}" for bound in (job.salary_min, job.salary_max) if bound is not None]
    if not bounds:
        return job.salary_text or ""
    period = f" a {job.salary_period.lower()}" if job.salary_period else ""
    return f"{job.salary_currency or ''} {'-'.join(dict.fromkeys(bounds))}{period}".strip()
