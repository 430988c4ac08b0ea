"""A scheduler for `benchmarks.schedules`, as a process of its own: `python -m benchmarks.one_scheduler URL`.

Its runs are threads that do nothing for a moment, so that the schedulers are measured and not the crawls.
"""

from __future__ import annotations

import random
import signal
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine

from jobspiders.config import Config
from jobspiders.control.desk import Desk
from jobspiders.control.launchers import this_process
from jobspiders.control.local import is_alive
from jobspiders.control.loop import Loop
from jobspiders.control.records import Wish
from jobspiders.items import Outcome
from jobspiders.store.db import connect, writing
from jobspiders.store.dispatch import end_for, start, take_one
from jobspiders.store.runs import Run, new_run_id
from jobspiders.store.tables import scrape_runs

LASTS = (0.2, 2.5)  # seconds of a run


class Moment:
    """The launcher of runs that last a moment. Each beginning is counted in the run's row, where two would be seen."""

    name = "moment"

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def start(self, run: Run) -> None:
        """As the others do: take it, begin it."""
        if take_one(self._engine, run.run_id, this_process()) and start(self._engine, run.run_id, this_process()):
            column = scrape_runs.c.requested_pages
            with writing(self._engine) as connection:
                mine = scrape_runs.update().where(scrape_runs.c.run_id == run.run_id)
                connection.execute(mine.values({column: column + 1}))
            words = (self._engine, run.run_id, this_process(), Outcome.COMPLETE, "it is over")
            timer = threading.Timer(random.uniform(*LASTS), end_for, words)
            timer.daemon = True
            timer.start()

    def cancel(self, run: Run, *, force: bool) -> bool:  # noqa: ARG002 - nobody does
        """Nobody asks for it."""
        return False

    def is_gone(self, run: Run) -> bool:
        """All schedulers are on this host."""
        return run.pid is not None and not is_alive(run.pid)

    def has_lost(self, run: Run) -> bool:
        """The same."""
        return self.is_gone(run)

    def free(self, run: Run) -> None:
        """Nothing is left of a thread."""

    def log_of(self, run: Run) -> Path | None:  # noqa: ARG002
        """There is none."""
        return None

    def tend(self) -> None:
        """Nothing waits for room."""

    def close(self) -> None:
        """The threads end with the process."""


class MadeUp(Desk):
    """A desk for boards that do not exist."""

    def run_for(self, wish: Wish, tick: datetime | None = None) -> Run:
        """A run of that board."""
        run_id = new_run_id(wish.site_name, datetime.now(UTC))
        return Run(run_id=run_id, site_name=wish.site_name, trigger=wish.trigger, launcher=Moment.name, tick=tick)


def main() -> None:
    """Work off the schedules until SIGTERM, or until killed."""
    config = Config(database_url=sys.argv[1])
    engine, stop = connect(config.database_url), threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    Loop(config, engine, MadeUp(config, engine, {Moment.name: Moment(engine)})).run_forever(stop)


if __name__ == "__main__":
    main()
