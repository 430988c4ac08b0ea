"""The loop of a scheduler: each second it begins what is due, and sees to the runs that have not ended.

Any number of schedulers may run: every step is taken in the store, by whoever is first.
"""

from __future__ import annotations

import logging
import random
import threading
from collections.abc import Callable, Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import TypeVar

from sqlalchemy import Engine

from jobspiders.config import Config
from jobspiders.control.desk import Desk
from jobspiders.control.due import following
from jobspiders.control.launchers import Launcher, this_process
from jobspiders.control.narrator import Narrator
from jobspiders.control.recovery import Facts, Step, step
from jobspiders.control.timetable import wish_of
from jobspiders.errors import JobspidersError, LauncherAway, StoreAway
from jobspiders.items import Outcome
from jobspiders.store.dispatch import Sign, end_abandoned, give_back, signs
from jobspiders.store.runs import Run
from jobspiders.store.schedules import Schedule, claim, due_sites, forget_schedulers, note_scheduler

Subject = TypeVar("Subject")

logger = logging.getLogger(__name__)

EVERY = 1.0  # seconds between two ticks
BEAT = 5.0  # seconds between two signs of life of the scheduler
SITES_AT_ONCE = 4  # a launcher that does not answer holds up no other board
KEPT = timedelta(hours=1)  # how long a scheduler that has fallen silent is still shown


class Loop:
    """A scheduler over `desk`, for all boards or only for `names`. What happens to them is told in lines to `tell`."""

    def __init__(
        self,
        config: Config,
        engine: Engine,
        desk: Desk,
        tell: Callable[[str], None] | None = None,
        names: Collection[str] = (),
    ) -> None:
        self._engine = engine
        self._desk = desk
        self._names = names
        self._mode = config.scrape_mode
        process = this_process()
        self._name = f"{process.host}-{process.pid}"
        self._since = datetime.now(UTC)
        self._watching: float | None = None  # since when the store has answered without a break
        self._beat = 0.0
        self._ticking = threading.Lock()
        self._narrator = Narrator(engine, tell) if tell else None
        self._pool = ThreadPoolExecutor(SITES_AT_ONCE, "site")

    def run_forever(self, stop: threading.Event) -> None:
        """Tick until `stop` is set. A store that does not answer is waited for."""
        while not stop.is_set():
            began = monotonic()
            try:
                self.tick()
            except StoreAway as away:
                if self._watching is not None:
                    logger.error("schedules wait: %s", away)
                self._watching = None
            stop.wait(max(0.0, began + EVERY - monotonic()))
        self._pool.shutdown()
        try:
            forget_schedulers(self._engine, self._name, datetime.now(UTC) - KEPT)
        except StoreAway as away:
            logger.error("could not say goodbye: %s", away)

    def tick(self) -> None:
        """Begin what is due, see to what waits and goes on; one at a time, whoever asks. Raises StoreAway."""
        with self._ticking:
            self._tick()

    def _tick(self) -> None:
        self._show_life()
        due = [site for site in due_sites(self._engine) if not self._names or site in self._names]
        self._each(self._begin, {site: site for site in due})
        found = signs(self._engine)
        if self._watching is None:
            self._watching = monotonic()
        self._each(self._see_to, {sign.run.run_id: sign for sign in found})
        self._each(_tend, self._desk.launchers)
        if self._narrator:
            self._narrator.follow(found)

    def _show_life(self) -> None:
        if monotonic() >= self._beat:
            note_scheduler(self._engine, self._name, self._mode, self._since)
            self._beat = monotonic() + BEAT

    def _each(self, act: Callable[[Subject], None], subjects: Mapping[str, Subject]) -> None:
        """`act` on each; whatever goes wrong with one is told, and touches no other."""
        tasks = {name: self._pool.submit(act, subject) for name, subject in subjects.items()}
        for name, task in tasks.items():
            error = task.exception()
            if isinstance(error, StoreAway | LauncherAway):
                logger.warning("%s: %s", name, error)
            elif error is not None:
                logger.error("%s: %s", name, error, exc_info=error)

    def _begin(self, site_name: str) -> None:
        run = claim(self._engine, site_name, self._decide)
        if run is not None:
            self._launch(run)

    def _decide(self, schedule: Schedule, moment: datetime) -> tuple[Run | None, datetime]:
        after = following(schedule, moment, random.random())
        try:
            return self._desk.run_for(wish_of(schedule), tick=schedule.next_run_at), after
        except StoreAway:
            raise
        except JobspidersError as error:  # as when a board has been taken out
            logger.error("the schedule of %s asks for what cannot be: %s", schedule.site_name, error)
            return None, after

    def _launch(self, run: Run) -> None:
        """Hand a queued run to its launcher; where that is away, or not ours, it is tried again, or by another."""
        if launcher := self._desk.launchers.get(run.launcher or ""):
            launcher.start(run)

    def _see_to(self, sign: Sign) -> None:
        run = sign.run
        launcher = self._desk.launchers.get(run.launcher or "")
        is_gone = launcher is not None and launcher.is_gone(run)
        watched = 0.0 if self._watching is None else monotonic() - self._watching
        todo = step(Facts(sign, is_gone, watched))
        if todo is Step.LAUNCH:
            self._launch(run)
        elif todo is Step.GIVE_BACK:
            give_back(self._engine, run)
        elif todo is Step.PRESS:
            self._desk.press(run)
        elif todo is Step.GIVE_UP:
            end_abandoned(self._engine, run, Outcome.FAILED, "no launcher took it")
        elif todo is Step.ASK and launcher is not None and launcher.has_lost(run):
            end_abandoned(self._engine, run, Outcome.FAILED, "its launcher has lost it before it began")
        elif todo is Step.BURY:
            self._bury(sign)

    def _bury(self, sign: Sign) -> None:
        run, words = sign.run, f"nothing was heard of it for {sign.silence:.0f} s: its process is gone"
        outcome = Outcome.FAILED if sign.asked is None else Outcome.CANCELLED
        if end_abandoned(self._engine, run, outcome, words):
            logger.warning("run %s has ended: %s", run.run_id, words)
            if launcher := self._desk.launchers.get(run.launcher or ""):
                launcher.free(run)


def _tend(launcher: Launcher) -> None:
    launcher.tend()
