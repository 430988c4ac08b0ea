"""The workers of a trial: real `scrapy crawl` processes over one queue, replaced when they are gone."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jobspiders.chaos.processes import spawn
from jobspiders.simboards.launch import crawl_settings


@dataclass(slots=True)
class Fleet:
    """`number` workers of `board`, with these Scrapy settings and this environment; their logs are in `folder`."""

    board: str
    number: int
    settings: Mapping[str, Any]
    environ: Mapping[str, str]
    folder: Path
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)
    started: int = 0

    def fill(self) -> None:
        """Start workers in the place of those that are gone."""
        self.workers = [worker for worker in self.workers if worker.poll() is None]
        while len(self.workers) < self.number:
            self.workers.append(self._start())

    def chosen(self, chance: float) -> subprocess.Popen[bytes]:
        """The worker that `chance` (0 to 1) chooses."""
        return self.workers[int(chance * len(self.workers)) % len(self.workers)]

    def alive(self) -> bool:
        """True while a worker is there."""
        return any(worker.poll() is None for worker in self.workers)

    def close(self) -> None:
        """Nobody is left, whatever it takes."""
        for worker in self.workers:
            worker.kill()
            worker.wait()

    def said(self) -> str:
        """The last words of the last worker."""
        return self._log(self.started).read_text("utf-8", "replace")[-1000:] if self.started else ""

    def _log(self, number: int) -> Path:
        return self.folder / f"worker-{number}.log"

    def _start(self) -> subprocess.Popen[bytes]:
        self.started += 1
        given = [word for name, value in self.settings.items() for word in ("-s", f"{name}={_text(value)}")]
        argv = [sys.executable, "-m", "jobspiders", "crawl", self.board, *given]
        return spawn(argv, self._log(self.started), self.environ)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def settings(simboards: str, run_id: str, interval: float) -> dict[str, Any]:
    """Scrapy settings of workers that crawl the replica at `simboards` in the run `run_id` at this pace."""
    return {
        **crawl_settings(simboards),
        "RUN_ID": run_id,  # so that one that is started when the run is over does not begin another
        "DOWNLOAD_DELAY": interval,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 8,
        "AUTOTHROTTLE_ENABLED": False,  # the pace that is measured is the declared one
        "FRONTIER_LEASE": 2,  # a trial does not wait for 30 s until what the dead held is free
        "FRONTIER_REDELIVERIES": 20,  # deaths are our doing here, and no request's fault
        "LOG_LEVEL": "INFO",
    }
