"""Keeps as many worker processes on this host as are wanted, each of which serves the frontier."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from time import monotonic

from jobspiders.config import Config, environment
from jobspiders.control.launchers import setting_words

GRACE = 9.0  # seconds that a worker has to hand back what it holds
QUICK, PAUSE = 10.0, 30.0  # after a worker that lived for less than so many seconds, none is started for so many


class Crew:
    """The workers of this process. `handed_on` are Scrapy settings for them; `wanted` tells how many there shall be."""

    def __init__(self, config: Config, handed_on: Mapping[str, str], wanted: Callable[[], int]) -> None:
        self._config = config
        self._words = setting_words(handed_on)
        self._wanted = wanted
        self._folder = Path.cwd() / "logs" / "workers"
        self._workers: list[tuple[subprocess.Popen[bytes], float]] = []
        self._told: set[int] = set()  # pids; a second SIGTERM would have them drop everything
        self._not_before = 0.0
        self._number = 0

    def keep(self) -> None:
        """Start those that are missing, tell those that are too many to end. Raises StoreAway."""
        self._bury()
        wanted = self._wanted()
        self._tell_to_end(self._workers[wanted:])
        while len(self._workers) < wanted and monotonic() >= self._not_before:
            self._workers.append((self._start(), monotonic()))

    def close(self) -> None:
        """End them all: within 10 seconds they are gone."""
        self._tell_to_end(self._workers)
        until = monotonic() + GRACE
        for worker, _ in self._workers:
            with suppress(subprocess.TimeoutExpired):
                worker.wait(max(0.0, until - monotonic()))
            worker.kill()
            worker.communicate()  # closes its pipe, too
        self._workers = []

    def _tell_to_end(self, surplus: Sequence[tuple[subprocess.Popen[bytes], float]]) -> None:
        for worker, _ in surplus:
            if worker.pid not in self._told:
                self._told.add(worker.pid)
                worker.terminate()

    def _bury(self) -> None:
        for worker, since in self._workers:
            if worker.poll() is not None:
                worker.communicate()
                if monotonic() - since < QUICK:
                    self._not_before = monotonic() + PAUSE
        self._workers = [(worker, since) for worker, since in self._workers if worker.returncode is None]
        self._told &= {worker.pid for worker, _ in self._workers}

    def _start(self) -> subprocess.Popen[bytes]:
        self._number += 1
        self._folder.mkdir(parents=True, exist_ok=True)
        with (self._folder / f"{self._number}.log").open("ab") as log:
            return subprocess.Popen(  # noqa: S603 - our own command
                [sys.executable, "-m", "jobspiders", "work", "--until-eof", *self._words],
                stdin=subprocess.PIPE,  # its end tells that we are gone, even when we were killed
                stdout=log,
                stderr=log,
                env=environment(self._config),
                process_group=0,  # Ctrl-C is for us
            )
