"""`scrapy export FILE`: stored jobs as JSON lines or CSV."""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections.abc import Callable, Iterable
from contextlib import nullcontext
from dataclasses import asdict, fields
from datetime import datetime
from pathlib import Path
from typing import Any, TextIO

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from jobspiders.commands.crawl import refuse
from jobspiders.commands.jobs import add_filters, read_filters
from jobspiders.errors import JobspidersError
from jobspiders.store.db import connect
from jobspiders.store.query import StoredJob, find

# What a spreadsheet takes for the beginning of a formula (OWASP, CSV injection).
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


class Command(ScrapyCommand):
    """`export`: data to a file or, for "-", to stdout; how many, to stderr."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        """The arguments."""
        return "[options] <file.jsonl | file.csv | ->"

    def short_desc(self) -> str:
        """One line for `scrapy -h`."""
        return "Write stored jobs to a file: JSON lines, or CSV that is safe to open in a spreadsheet"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """The filters, and the form."""
        super().add_options(parser)
        add_filters(parser)
        parser.add_argument("--format", choices=sorted(WRITERS), help="by default the file's ending, jsonl for -")
        parser.add_argument("--limit", type=int, help="at most so many")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Write the jobs. Exit 2: wrong arguments, or a file that cannot be written."""
        if len(args) != 1:
            raise UsageError
        assert self.settings is not None
        name = opts.format or ("jsonl" if args[0] == "-" else Path(args[0]).suffix.lstrip("."))
        if name not in WRITERS:
            self.exitcode = refuse("export", f"{args[0]}: name a file that ends in .jsonl or .csv, or give --format.")
            return
        try:
            jobs = find(connect(self.settings["DATABASE_URL"]), read_filters(opts, opts.limit))
            with (
                nullcontext(sys.stdout)
                if args[0] == "-"
                else Path(args[0]).open("w", encoding="utf-8", newline="") as file
            ):
                number = WRITERS[name](jobs, file)
        except (JobspidersError, ValueError, OSError) as error:
            self.exitcode = refuse("export", error)
            return
        print(f"{number} jobs written to {args[0]}", file=sys.stderr)


def write_jsonl(jobs: Iterable[StoredJob], file: TextIO) -> int:
    """One job a line; how many."""
    lines = (json.dumps(plain(job), ensure_ascii=False, default=datetime.isoformat) for job in jobs)
    return sum(1 for line in lines if file.write(line + "\n"))


def write_csv(jobs: Iterable[StoredJob], file: TextIO) -> int:
    """A heading and one job a line, no cell of which a spreadsheet takes for a formula; how many."""
    writer = csv.writer(file)
    writer.writerow(NAMES)
    return sum(1 for job in jobs if writer.writerow([cell(value) for value in plain(job).values()]))


def cell(value: Any) -> str:
    """A value as text for a spreadsheet: lists joined, objects as JSON, text that looks like a formula quoted."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        value = "; ".join(value)
    elif isinstance(value, list | dict):
        value = json.dumps(value, ensure_ascii=False) if value else ""
    if isinstance(value, str):
        return f"'{value}" if value.startswith(FORMULA) else value
    return str(value)


def plain(job: StoredJob) -> dict[str, Any]:
    """The job's stored fields, in their order."""
    record = asdict(job)
    return {name: record[name] for name in NAMES}


NAMES = [item.name for item in fields(StoredJob) if item.name not in {"seen_at", "unread"}]
WRITERS: dict[str, Callable[[Iterable[StoredJob], TextIO], int]] = {"jsonl": write_jsonl, "csv": write_csv}
