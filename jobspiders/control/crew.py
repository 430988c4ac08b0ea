"""Keeps worker processes (`scrapy work`) on this host: as many as were asked for, a new one for each that ends."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from jobspiders.config import Config, environment

EVERY = 1.0  # seconds between two looks, and at least between two starts of the same process
GRACE = 8.0  # seconds from SIGTERM to SIGKILL
LOG = Path("logs", "workers.log")  # within the working folder

logger = logging.getLogger(__name__)


class Crew:
    """The worker processes of this process; none until `keep` is called. `handed_on` are Scrapy settings for all."""

    def __init__(self, config: Config, handed_on: Mapping[str, str]) -> None:
        self._config = config
        self._handed_on = dict(handed_on)
        self._log = Path.cwd() / LOG
        self._kept: list[subprocess.Popen[bytes]] = []
        self._leaving: dict[subprocess.Popen[bytes], float] = {}  # and when they are to be killed
        self._lock = threading.Lock()
        self._closed = threading.Event()
        self._thread: threading.Thread | None = None
        self.number = 0

    def keep(self, number: int) -> None:
        """Have so many from now on; those that are too many give back what they hold, and end."""
        with self._lock:
            self.number = number
            self._settle()
            if self._thread is None:
                self._thread = threading.Thread(target=self._watch, name="crew", daemon=True)
                self._thread.start()

    def restart(self, number: int) -> None:
        """End all, and start so many new ones."""
        with self._lock:
            self.number = 0
            self._settle()
        self.keep(number)

    def close(self) -> None:
        """End all, within 10 seconds."""
        with self._lock:
            self.number = 0
            self._settle()
        while self._leaving:
            with self._lock:
                self._settle()
            time.sleep(EVERY / 10)
        self._closed.set()

    def _watch(self) -> None:
        while not self._closed.wait(EVERY):
            with self._lock:
                self._settle()

    def _settle(self) -> None:
        """One look: bury who has ended, send off who is too many, start who is missing."""
        for process in [process for process in self._kept if process.poll() is not None]:
            logger.warning("worker %d has ended with exit code %d", process.pid, process.returncode)
            self._kept.remove(process)
        while len(self._kept) > self.number:
            process = self._kept.pop()
            process.send_signal(signal.SIGTERM)
            self._leaving[process] = time.monotonic() + GRACE
        while len(self._kept) < self.number:
            self._kept.append(self._start())
        for process, until in list(self._leaving.items()):
            if process.poll() is not None:
                del self._leaving[process]
            elif time.monotonic() > until:
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)

    def _start(self) -> subprocess.Popen[bytes]:
        words = [word for name, value in self._handed_on.items() for word in ("-s", f"{name}={value}")]
        self._log.parent.mkdir(parents=True, exist_ok=True)
        with self._log.open("ab") as log:
            return subprocess.Popen(  # noqa: S603 - our own command
                [sys.executable, "-m", "jobspiders", "work", *words],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=environment(self._config),
                process_group=0,  # Ctrl-C is for us; and a browser goes with its worker
            )
