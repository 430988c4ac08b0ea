"""What a launcher is: the way in which a queued run becomes a process, and how that is ended."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import Engine

from jobspiders.errors import LauncherAway
from jobspiders.store.dispatch import Process, give_back, note_task, take_one
from jobspiders.store.runs import Run, get


class Launcher(Protocol):
    """Starts and ends runs in its own way. Its methods may be called from any thread."""

    name: str

    def start(self, run: Run) -> None:
        """See to it that a run which is stored as queued begins, now or when there is room.

        Raises LauncherAway when that cannot be had now; the run is then still queued, and nobody's.
        """

    def cancel(self, run: Run, *, force: bool) -> bool:
        """End the run's process, if this launcher can reach it: politely, or at once. True when nothing more will be
        heard of it, so that its end is to be noted. Raises LauncherAway.
        """

    def is_gone(self, run: Run) -> bool:
        """True when it is seen from here, at no cost, that the run's process is no more."""

    def has_lost(self, run: Run) -> bool:
        """True when a run that was handed on, and has not begun, is not there any more. Raises LauncherAway."""

    def free(self, run: Run) -> None:
        """The run was given up for dead: drop what is left of it. Raises LauncherAway."""

    def log_of(self, run: Run) -> Path | str | None:
        """The run's log: a file on this host or a URL; None when there is none."""

    def tend(self) -> None:
        """To be called each second by whoever keeps runs going. Raises StoreAway, LauncherAway."""

    def close(self) -> None:
        """End what cannot live without this process."""


def this_process() -> Process:
    """This process, as the store names it."""
    return Process(socket.gethostname(), os.getpid())


def hand_on(engine: Engine, run: Run, begin: Callable[[], object]) -> None:
    """Have `begin` give a queued run to whoever starts it, unless somebody else has taken it; its id there is the
    run's. Raises the LauncherAway of `begin`, with the run queued as before; StoreAway.
    """
    if not take_one(engine, run.run_id, this_process()):
        return
    try:
        begin()
    except LauncherAway:
        taken = get(engine, run.run_id)
        assert taken is not None
        give_back(engine, taken)
        raise
    note_task(engine, run.run_id, run.run_id)


def crawl_words(run: Run) -> list[str]:
    """The search of a run as `-a` takes it: `name=value`, a flag in small letters."""
    return [f"{name}={str(value).lower() if isinstance(value, bool) else value}" for name, value in run.search.items()]


def setting_words(settings: Mapping[str, Any]) -> list[str]:
    """Scrapy settings as a command takes them: `-s name=value`."""
    return [word for name, value in settings.items() for word in ("-s", f"{name}={value}")]


def run_settings(run: Run) -> dict[str, str]:
    """What Scrapy has to know to crawl this run, and no other."""
    given = {name: str(value) for name, value in run.settings.items()}
    return given | {"RUN_ID": run.run_id, "RUN_TRIGGER": run.trigger, "RUN_LAUNCHER": run.launcher or ""}
