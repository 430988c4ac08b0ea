"""Pages saved for good: made small, scrubbed, and kept with the jobs that they must give from now on."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from scrapy.utils.conf import closest_scrapy_cfg

from jobspiders.crawl.prune import pruned
from jobspiders.crawl.trim import LIMIT, trimmed
from jobspiders.errors import JobspidersError, Unreadable

# How many rows of a list stay, as they are tried; None is all of them.
ROWS = {"listing": (3, 1), "detail": (None, 8, 3, 1)}

Reading = list[dict[str, Any]]
Reader = Callable[[str], Reading]  # raises JobspidersError for a page that cannot be read


@dataclass(frozen=True, slots=True)
class Case:
    """A saved page as `tests/test_boards.py` replays it: `kind` is listing or detail, `at` the moment of its saving,
    `jobs` are without their empty fields.
    """

    folder: Path
    kind: str
    url: str
    at: datetime
    arguments: dict[str, str]
    page: str
    jobs: Reading

    def write(self) -> None:
        """Make the folder with its three files. Raises FileExistsError rather than touch one that is there."""
        self.folder.mkdir(parents=True)
        told = [("as", self.kind), ("url", self.url), ("at", self.at.isoformat(timespec="seconds"))]
        lines = [_toml(name, value) for name, value in told]
        if self.arguments:
            lines += ["", "[arguments]", *(_toml(name, value) for name, value in self.arguments.items())]
        kind = "html" if self.page.startswith("<") else "json"
        expected = json.dumps(self.jobs, ensure_ascii=False, indent=1)
        for name, text in (("case.toml", "\n".join(lines)), ("expected.json", expected), (f"page.{kind}", self.page)):
            (self.folder / name).write_text(text.rstrip("\n") + "\n", encoding="utf-8")


def small(text: str, read: Reader, kind: str) -> str:
    """The page, trimmed and scrubbed, small enough to be kept, and still with jobs in it if it had any: of a listing
    some rows, of a job's page all of it if that can be had.

    Raises what `read` raises for the page as it is, and Unreadable when it stays too large.
    """
    are_there = bool(read(text))
    for most in ROWS[kind]:
        page = _pruned(trimmed(text, most), read)
        found = _attempted(read, page)
        if found is not None and bool(found) == are_there and _fits(page):
            return page
    raise Unreadable(f"the page cannot be brought under {LIMIT} bytes with a job in it: trim it by hand.")


def saved(board: str, name: str) -> Path:
    """The folder of a board's case in the project that is worked on."""
    return project() / "tests" / "boards" / board / name


def project() -> Path:
    """The folder of the project that is worked on: that of the nearest scrapy.cfg, or else the current one."""
    configuration = closest_scrapy_cfg()
    return Path(configuration).parent if configuration else Path.cwd()


def _pruned(page: str, read: Reader) -> str:
    found = _attempted(read, page)
    if not found or _fits(page):
        return page
    return pruned(page, LIMIT, lambda less: _attempted(read, less) == found)


def _attempted(read: Reader, page: str) -> Reading | None:
    try:
        return read(page)
    except JobspidersError:
        return None


def _fits(page: str) -> bool:
    return len(page.encode()) <= LIMIT


def _toml(name: str, value: object) -> str:
    return f"{name} = {json.dumps(str(value), ensure_ascii=False)}"  # a string of JSON is one of TOML
