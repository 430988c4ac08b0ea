"""What several tests of this room do: let a scheduler run, wait for something."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from jobspiders.control.desk import Desk
from jobspiders.control.loop import Loop

PATIENCE = 60.0  # seconds for what takes a few


@contextmanager
def looping(desk: Desk, lines: list[str] | None = None, mode: str = "parallel") -> Iterator[None]:
    """A scheduler over `desk` while the block runs."""
    stop = threading.Event()
    tell = None if lines is None else lines.append
    loop = Loop(replace(desk.config, scrape_mode=mode), desk.engine, desk, tell)
    thread = threading.Thread(target=loop.run_forever, args=(stop,))
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def wait_for(condition: Callable[[], object], patience: float = PATIENCE) -> None:
    """Comes back when `condition` holds."""
    until = time.monotonic() + patience
    while not condition():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.1)
