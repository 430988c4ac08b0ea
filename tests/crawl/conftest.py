"""Crawls with a real headless browser, each in a process of its own, and what is left of it afterwards."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil
import pytest
from processes import environment

SCRIPT = Path(__file__).with_name("rendered_crawl.py")


@dataclass
class Crawl:
    """A crawl that runs, and every process that was ever seen below it."""

    process: subprocess.Popen[str]
    jobs: list[dict[str, Any]] = field(default_factory=list)
    stats: list[dict[str, Any]] = field(default_factory=list)
    pages: list[dict[str, Any]] = field(default_factory=list)
    family: dict[int, psutil.Process] = field(default_factory=dict)

    def read(self, jobs: int | None = None) -> Crawl:
        """Reads until so many jobs came, or to its end."""
        assert self.process.stdout
        while jobs is None or len(self.jobs) < jobs:
            line = self.process.stdout.readline()
            if not line:
                break
            self._count()
            told = json.loads(line)
            if "stats" in told:
                self.stats.append(told["stats"])
                assert told["stats"]["left_open"] == 0, "every page is closed before the browser is"
            elif "pages" in told:
                self.pages = told["pages"]
            else:
                self.jobs.append(told)
        return self

    def drivers(self) -> list[psutil.Process]:
        """Playwright's drivers that live now."""
        return [process for process, name in self._living(psutil.Process.name).items() if "node" in name]

    def browsers(self) -> list[psutil.Process]:
        """The browsers' first processes that live now."""
        drivers = {process.pid for process in self.drivers()}
        return [process for process, parent in self._living().items() if parent in drivers]

    def renderers(self) -> list[psutil.Process]:
        """The processes that draw pages and live now."""
        return [process for process, line in self._living(psutil.Process.cmdline).items() if "--type=renderer" in line]

    def left(self, patience: float = 5) -> list[psutil.Process]:
        """Those of its processes that are still there when it has ended and they had time to notice."""
        until = time.monotonic() + patience
        while (left := self._living()) and time.monotonic() < until:
            time.sleep(0.02)
        return list(left)

    def _living(self, ask: Callable[[psutil.Process], Any] = psutil.Process.ppid) -> dict[psutil.Process, Any]:
        """The processes that live, with what they answer; the dead have no answer."""
        self._count()
        living = {}
        for process in self.family.values():
            with contextlib.suppress(psutil.NoSuchProcess):
                if process.is_running() and process.status() != psutil.STATUS_ZOMBIE:
                    living[process] = ask(process)
        return living

    def _count(self) -> None:
        try:
            below = psutil.Process(self.process.pid).children(recursive=True)
        except psutil.NoSuchProcess:
            return
        self.family |= {process.pid: process for process in below}


def end(crawls: list[Crawl]) -> None:
    """Kill what still runs of them; nothing may be left then."""
    for crawl in crawls:
        crawl.process.kill()
        crawl.process.communicate()
        assert crawl.left() == []


@pytest.fixture
def scrapy(chromium: str, tmp_path: Path) -> Iterator[Callable[..., Crawl]]:
    """Starts a command as a person would, in a folder of its own: `scrapy("crawl", "naukri")`."""
    started: list[Crawl] = []

    def start(*command: str) -> Crawl:
        process = subprocess.Popen(
            [sys.executable, "-m", "scrapy", *command],
            cwd=tmp_path,
            env=environment(CHROMIUM_PATH=chromium, LOG_LEVEL="ERROR"),
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(Crawl(process))
        return started[-1]

    yield start
    end(started)


@pytest.fixture
def crawl(chromium: str) -> Iterator[Callable[..., Crawl]]:
    """Starts a crawl: `crawl("naukri", search_term="x", settings={...})`, or several: `crawl(("a", {}), ("b", {}))`."""
    started: list[Crawl] = []

    def start(*crawls: Any, settings: dict[str, Any] | None = None, **arguments: Any) -> Crawl:
        named = [(asked, arguments) if isinstance(asked, str) else asked for asked in crawls]
        asked = {"crawls": named, "settings": {"CHROMIUM_PATH": chromium, **(settings or {})}}
        command = [sys.executable, "-W", "error", str(SCRIPT), json.dumps(asked)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment())
        started.append(Crawl(process))
        return started[-1]

    yield start
    end(started)
