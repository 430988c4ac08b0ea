"""`python -m jobspiders.simboards`: serves the boards until its standard input ends.

Its first line is JSON with its port; it dies with the process that holds the other end of its input, however
that one ends.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import os
import sys
import threading
from datetime import UTC, datetime

from jobspiders.simboards.boards import BOARDS
from jobspiders.simboards.faults import KINDS, BadFault
from jobspiders.simboards.server import Simulation, serve


def arguments() -> argparse.ArgumentParser:
    """What the command line takes."""
    kinds = "; ".join(f"{kind}: {meaning}" for kind, meaning in KINDS.items())
    parser = argparse.ArgumentParser("python -m jobspiders.simboards", description="Serves replicas of job boards.")
    parser.add_argument("--jobs", type=int, default=120, help="open jobs on each board (120)")
    parser.add_argument("--seed", type=int, default=1, help="another seed is other jobs (1)")
    parser.add_argument("--latency", type=float, default=0.0, help="seconds before every answer (0)")
    parser.add_argument("--port", type=int, default=0, help="on 127.0.0.1; 0 takes a free one (0)")
    parser.add_argument("--now", type=datetime.fromisoformat, help="the moment to play, with its zone (this one)")
    parser.add_argument("--fault", action="append", default=[], help=f"BOARD:KIND[:OPTION=VALUE]... {kinds}")
    return parser


async def run(simulation: Simulation, port: int) -> None:
    """Serves until standard input ends."""
    over = asyncio.Event()
    threading.Thread(target=_wait_for_end, args=(asyncio.get_running_loop(), over), daemon=True).start()
    runner, port = await serve(simulation, port)
    started = {"port": port, "url": f"http://127.0.0.1:{port}", "boards": list(BOARDS), "jobs": simulation.size}
    sys.stdout.write(json.dumps(started) + "\n")
    sys.stdout.flush()
    await over.wait()
    await runner.cleanup()


def _wait_for_end(loop: asyncio.AbstractEventLoop, over: asyncio.Event) -> None:
    # os.read, not sys.stdin: a reader that waits in a buffer would be in the way of the interpreter's end.
    while os.read(0, 4096):
        pass
    with contextlib.suppress(RuntimeError):  # the loop has ended already
        loop.call_soon_threadsafe(over.set)


def main() -> None:
    """Reads the arguments and serves."""
    parser = arguments()
    given = parser.parse_args()
    if given.jobs < 1:
        parser.error("--jobs is a whole number from 1 up.")
    now = (given.now or datetime.now(UTC)).astimezone(UTC)
    simulation = Simulation(given.jobs, given.seed, now, given.latency)
    try:
        simulation.put_faults(given.fault)
    except BadFault as bad:
        parser.error(str(bad))
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(run(simulation, given.port))


if __name__ == "__main__":
    main()
