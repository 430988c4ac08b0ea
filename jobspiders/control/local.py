"""The launcher `local`: a run is a child process on this host, as many at once as there is room for."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

from jobspiders.config import Config, environment
from jobspiders.control.launchers import crawl_words, run_settings, setting_words, this_process
from jobspiders.errors import StoreAway
from jobspiders.items import Outcome
from jobspiders.store.dispatch import Process, end_for, move, take, take_one
from jobspiders.store.runs import Run

GRACE = 8.0  # seconds from SIGTERM to SIGKILL: a cancelled run is gone within 10
LOOK = 0.2  # seconds between two looks at a child
LOGS = "logs"  # the folder, within the working folder


@dataclass(slots=True, eq=False)
class _Child:
    run: Run
    process: subprocess.Popen[bytes]
    watcher: threading.Thread | None = None
    kill_at: float | None = None  # monotonic; it was told to end


class Local:
    """Children of this process. `handed_on` are Scrapy settings that the operator gives to all of them; `slots` tells
    how many may run at once.
    """

    name = "local"

    def __init__(self, config: Config, engine: Engine, handed_on: Mapping[str, str], slots: Callable[[], int]) -> None:
        self._config = config
        self._engine = engine
        self._handed_on = dict(handed_on)
        self._slots = slots
        self._folder = Path.cwd().resolve()
        self._children: dict[str, _Child] = {}
        self._lock = threading.Lock()
        self._closing = False

    def start(self, run: Run) -> None:
        """A child now if there is room; else it waits for `tend`, here or on another host."""
        with self._lock:
            if self._room() and take_one(self._engine, run.run_id, this_process()):
                self._spawn(run)

    def cancel(self, run: Run, *, force: bool) -> bool:
        """SIGTERM, soon SIGKILL. A child of another process looks for itself whether it is to stop."""
        with self._lock:
            if child := self._children.get(run.run_id):
                _tell_to_end(child, 0.0 if force else GRACE)
        return False  # its watcher notes the end

    def is_gone(self, run: Run) -> bool:
        """True when the process was on this host, and is gone."""
        return run.host == this_process().host and run.pid is not None and not is_alive(run.pid)

    def has_lost(self, run: Run) -> bool:
        """The same: nothing is handed on."""
        return self.is_gone(run)

    def free(self, run: Run) -> None:
        """A child that hangs has its place no longer."""
        self.cancel(run, force=True)

    def log_of(self, run: Run) -> Path | None:
        """What the child wrote, if that was on this host."""
        path = self._log(run)
        is_ours = path.resolve().is_relative_to(self._folder / LOGS)  # an id may have come from elsewhere
        return path if is_ours and path.is_file() else None

    def tend(self) -> None:
        """Begin what waits for this launcher, whoever queued it, as far as there is room. Raises StoreAway."""
        with self._lock:
            if room := self._room():
                for run in take(self._engine, self.name, this_process(), limit=room):
                    if run.run_id not in self._children:
                        self._spawn(run)

    def close(self) -> None:
        """End the children: within 10 seconds all are gone."""
        with self._lock:
            self._closing = True
            children = list(self._children.values())
            for child in children:
                _tell_to_end(child, GRACE)
        for child in children:
            if child.watcher:
                child.watcher.join(GRACE + 2)

    def _log(self, run: Run) -> Path:
        return self._folder / LOGS / run.site_name / f"{run.run_id}.log"

    def _room(self) -> int:
        return 0 if self._closing else max(0, self._slots() - len(self._children))

    def _spawn(self, run: Run) -> None:
        path = self._log(run)
        words = [word for value in crawl_words(run) for word in ("-a", value)]
        words += setting_words({**self._handed_on, **run_settings(run)})
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("ab") as log:
                process = subprocess.Popen(  # noqa: S603 - our own command
                    [sys.executable, "-m", "jobspiders", "crawl", run.site_name, *words],
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    env=environment(self._config),
                    process_group=0,  # Ctrl-C is for us; and a browser goes with its crawl
                )
        except OSError as error:
            end_for(self._engine, run.run_id, this_process(), Outcome.FAILED, f"could not be started: {error}")
            return
        child = _Child(run, process)
        self._children[run.run_id] = child
        with suppress(StoreAway):  # the child itself says so as well
            move(self._engine, run.run_id, _of(process))
        child.watcher = threading.Thread(target=self._watch, args=(child,), name=run.run_id, daemon=True)
        child.watcher.start()

    def _watch(self, child: _Child) -> None:
        while (code := child.process.poll()) is None:
            if child.kill_at is not None and time.monotonic() >= child.kill_at:
                _kill(child.process)
            time.sleep(LOOK)
        outcome, reason = Outcome.FAILED, f"its process ended without a word, with exit code {code}; see its log"
        if child.kill_at is not None:
            outcome, reason = Outcome.CANCELLED, "stopped from outside"
        with suppress(StoreAway):  # then it is found dead later
            end_for(self._engine, child.run.run_id, _of(child.process), outcome, reason)
        with self._lock:
            del self._children[child.run.run_id]


def is_alive(pid: int) -> bool:
    """True when a process of this host has that number."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _of(process: subprocess.Popen[bytes]) -> Process:
    return this_process()._replace(pid=process.pid)


def _tell_to_end(child: _Child, grace: float) -> None:
    """SIGTERM once: Scrapy takes a second one as the wish to drop everything."""
    until = time.monotonic() + grace
    if child.kill_at is None:
        with suppress(ProcessLookupError):
            child.process.send_signal(signal.SIGTERM)
    child.kill_at = until if child.kill_at is None else min(child.kill_at, until)


def _kill(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
