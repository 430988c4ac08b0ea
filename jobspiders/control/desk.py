"""The desk: starts, watches and ends runs; what the commands and the web API both call."""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from jobspiders.config import Config
from jobspiders.control import queues
from jobspiders.control.launchers import Launcher
from jobspiders.control.manners import Manners, checked_manners, checked_settings, paced
from jobspiders.control.records import QueueRecord, Wish, WorkerRecord
from jobspiders.control.recovery import PATIENCE
from jobspiders.errors import BadConfig, BadSearch, LauncherAway, UnknownRun
from jobspiders.items import Outcome
from jobspiders.registry import asked, board
from jobspiders.store.db import now
from jobspiders.store.dispatch import ask_cancel, end_abandoned, queue
from jobspiders.store.manners import put_manners, stored_manners
from jobspiders.store.query import Query, StoredJob, find
from jobspiders.store.runs import Run, Status, get, new_run_id, recent

AT_MOST = 25  # jobs that a caller may wait for
LOOK = 0.25  # seconds between two looks at a run that is waited for


class Desk:
    """Starts, watches and ends runs. Synchronous, and safe to call from several threads; all of it raises StoreAway.

    `launchers` are by name; the first is the one for wishes that name none.
    """

    def __init__(self, config: Config, engine: Engine, launchers: Mapping[str, Launcher]) -> None:
        self.config = config
        self.engine = engine
        self.launchers = dict(launchers)

    def start(self, wish: Wish) -> Run:
        """Queue a run and hand it to its launcher; it may still wait there.

        Raises UnknownBoard, BadSearch, BadConfig (for the settings or the launcher), BoardBusy, LauncherAway.
        """
        run = self.run_for(wish)
        queue(self.engine, run)
        try:
            self.launchers[str(run.launcher)].start(run)
        except LauncherAway as away:
            end_abandoned(self.engine, self.run(run.run_id), Outcome.FAILED, str(away))
            raise
        return self.run(run.run_id)

    def run_for(self, wish: Wish, tick: datetime | None = None) -> Run:
        """The run that a wish asks for, not stored yet. Raises UnknownBoard, BadSearch, BadConfig."""
        record = board(wish.site_name)
        settings = {**self.manners().settings(), **checked_settings(wish.settings)}
        name = wish.launcher or next(iter(self.launchers))
        if name not in self.launchers:
            raise BadConfig(f"there is no launcher {name!r} here: there are {', '.join(self.launchers)}.")
        return Run(
            run_id=new_run_id(record.name, datetime.now(UTC)),
            site_name=record.name,
            trigger=wish.trigger,
            search=asked(record.name, wish.search),
            settings=paced(settings, record.rate),
            launcher=name,
            status=Status.QUEUED,
            managed=True,
            tick=tick,
        )

    def cancel(self, run_id: str) -> Run:
        """Ask a run to end; one that is still queued ends at once, one that has ended stays as it is. Asking again
        after some seconds presses: the run's process is killed. Raises UnknownRun, LauncherAway.
        """
        before = self.run(run_id)
        if before.status.ended:
            return before
        ask_cancel(self.engine, run_id)
        if before.cancel_asked_at is None:
            self._end(before, force=False)
        elif (now(self.engine) - before.cancel_asked_at).total_seconds() > PATIENCE:
            self.press(before)
        return self.run(run_id)

    def press(self, run: Run) -> None:
        """End by force a run that was asked to end, but does not. Raises LauncherAway."""
        if self._end(run, force=True):
            end_abandoned(
                self.engine, self.run(run.run_id), Outcome.CANCELLED, "it did not end by itself and was killed"
            )

    def _end(self, run: Run, *, force: bool) -> bool:
        # A crawl by hand over a shared queue is ended as the workers' runs are.
        launcher = self.launchers.get(run.launcher or "workers")
        return launcher is not None and launcher.cancel(run, force=force)

    def run(self, run_id: str) -> Run:
        """The run. Raises UnknownRun."""
        run = get(self.engine, run_id)
        if run is None:
            raise UnknownRun(f"there is no run {run_id!r}.")
        return run

    def runs(self, site_name: str | None = None, status: Status | None = None, limit: int = 20) -> list[Run]:
        """The latest runs, those that wait first."""
        return recent(self.engine, site_name, status=status, limit=limit)

    def wait(self, run_id: str, seconds: float) -> Run:
        """The run when it has ended, or as it is after so many seconds. Raises UnknownRun."""
        until = time.monotonic() + seconds
        while not (run := self.run(run_id)).status.ended and time.monotonic() < until:
            time.sleep(LOOK)
        return run

    def scrape(self, wish: Wish, seconds: float) -> tuple[Run, list[StoredJob]]:
        """Start a run of a few jobs and wait for it: the run, and the jobs that it has brought so far.

        Raises BadSearch unless the search has a `results_wanted` from 1 to 25; and what `start` raises.
        """
        wanted = self.run_for(wish).search.get("results_wanted")
        if wanted is None or wanted > AT_MOST:
            raise BadSearch(
                f"results_wanted={wanted}: give 1 to {AT_MOST} to wait for; more come in a run of their own."
            )
        run = self.wait(self.start(wish).run_id, seconds)
        return run, list(find(self.engine, Query(boards=(run.site_name,), run_id=run.run_id, limit=wanted)))

    def log_of(self, run_id: str) -> Path | str | None:
        """The run's log: a file on this host, scrapyd's URL, or None. Raises UnknownRun."""
        run = self.run(run_id)
        launcher = self.launchers.get(run.launcher or "")
        return launcher.log_of(run) if launcher else None

    def workers(self) -> list[WorkerRecord]:
        """The processes that crawl now. Raises FrontierAway."""
        return queues.workers(self.config, self.engine)

    def queues(self) -> list[QueueRecord]:
        """Every board's queue. Raises FrontierAway."""
        return queues.queues(self.config, self.engine)

    def manners(self) -> Manners:
        """The live settings."""
        return manners_of(self.config, self.engine)

    def set_manners(self, given: Mapping[str, Any]) -> Manners:
        """Change some of the live settings, for every run that starts from now on. Raises BadConfig."""
        put_manners(self.engine, checked_manners(given))
        return self.manners()

    def set_workers(self, number: int) -> int:
        """How many runs go on at once, or how many worker processes are kept; 0 for a pause. Raises BadConfig."""
        return self.set_manners({"workers": number}).workers

    def close(self) -> None:
        """End what cannot live without this process."""
        for launcher in self.launchers.values():
            launcher.close()


def manners_of(config: Config, engine: Engine) -> Manners:
    """The live settings. Over a frontier no worker is kept unless somebody wants it: they are elsewhere. Raises
    StoreAway.
    """
    elsewhere = {"workers": 0} if config.redis_url else {}
    return Manners.of(elsewhere | stored_manners(engine))
