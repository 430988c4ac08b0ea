"""A trial from its beginning to its figures: a replica, workers that crawl it, a storm, the count."""

from __future__ import annotations

import json
import secrets
import shutil
import tempfile
import time
from collections.abc import Mapping
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from jobspiders.chaos.fleet import Fleet, settings
from jobspiders.chaos.places import QueuePlace, StorePlace, queue_place, store_place
from jobspiders.chaos.plan import strikes
from jobspiders.chaos.storm import Storm, Tell
from jobspiders.chaos.tally import Asked, Evidence, Figures, Row, tally
from jobspiders.config import Config, environment
from jobspiders.errors import BadConfig
from jobspiders.frontier import status
from jobspiders.frontier.keys import Keys
from jobspiders.frontier.orders import Orders
from jobspiders.simboards.board import open_site
from jobspiders.simboards.boards import BOARDS
from jobspiders.simboards.launch import launch
from jobspiders.store.db import connect
from jobspiders.store.query import Query, find

BOARD = "linkedin"  # its listing is a chain of pages, each job has a page of its own, each page an address of its own
INTERVAL = 0.1  # seconds between two requests: thirty times as fast as the real board's
SEED = 1  # of the replica: its jobs are the same in all trials of a day
LATENCY = 0.2  # seconds that the replica takes: some requests are always on their way
LOOK = 0.2  # seconds between two looks at the run
PATIENCE = 60.0  # seconds for workers to come up, and for a run to end beyond what its pages take


@dataclass(frozen=True, slots=True)
class Terms:
    """What is asked for: `redis` and `database` are URLs, None for what a trial has of its own."""

    workers: int = 3
    jobs: int = 300
    seconds: float = 60.0
    seed: int = 1
    redis: str | None = None
    database: str | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """The figures; how often each kind of fault struck; the folder with the logs, which is kept when it went wrong."""

    terms: Terms
    figures: Figures
    struck: Mapping[str, int]
    seconds: float
    folder: Path

    def as_json(self) -> dict[str, Any]:
        """All figures, flat, without addresses."""
        asked = {name: getattr(self.terms, name) for name in ("workers", "seconds", "seed")}
        took = {"took": round(self.seconds, 1), "database": "sqlite" if self.terms.database is None else "postgresql"}
        return {"command": "chaos", **asked, **took, "faults": dict(self.struck), **asdict(self.figures)}


def run(terms: Terms, tell: Tell) -> Result:
    """Have a trial; `tell` gets a line for whatever happens.

    Raises BadConfig when a server is missing or refuses, FrontierAway for a Redis that does not answer.
    """
    folder, kept = Path(tempfile.mkdtemp(prefix="jobspiders-chaos-")), False
    try:
        result = _run(terms, tell, folder)
        kept = not result.figures.good
        return result
    finally:
        if not kept:
            shutil.rmtree(folder, ignore_errors=True)


def _run(terms: Terms, tell: Tell, folder: Path) -> Result:
    began, token, today = time.monotonic(), secrets.token_hex(4), _today()
    with (
        store_place(terms.database, folder, token) as store,
        queue_place(terms.redis, folder, token) as queue,
        launch(terms.jobs, seed=SEED, latency=LATENCY, now=today) as boards,
    ):
        tell(f"{terms.jobs} jobs on a replica of {BOARD}; queue: {queue.words}; store: {store.words}")
        run_id, orders = f"chaos-{token}", partial(Orders, keys=Keys(BOARD, queue.prefix))
        # Nothing is fetched before all workers are there.
        queue.ask(lambda client: orders(client).begin(run_id, {}))
        queue.ask(lambda client: orders(client).pause())
        environ = environment(Config(redis_url=queue.url, redis_prefix=queue.prefix, database_url=store.url))
        scrapy = settings(boards.url, run_id, INTERVAL)
        with closing(Fleet(BOARD, terms.workers, scrapy, environ, folder)) as fleet:
            fleet.fill()
            storm = Storm(fleet, queue, store, tell)
            _wait_for_all(fleet, queue)
            queue.ask(lambda client: orders(client).resume())
            _blow(storm, terms)
            ended = _finish(fleet, queue, terms, tell)
        dead = _state(queue).dead
        log = boards.log()
        (folder / "requests.json").write_text(json.dumps({"faults_over": storm.over, "requests": log}, indent=1))
        requests = [Asked(seen["at"], seen["path"]) for seen in log]
        evidence = Evidence(_published(terms, today), _rows(store), requests, storm.over, INTERVAL, dead, ended)
    figures = tally(evidence)
    return Result(terms, figures, storm.struck, time.monotonic() - began, folder)


def _wait_for_all(fleet: Fleet, queue: QueuePlace) -> None:
    until = time.monotonic() + PATIENCE
    while len(_state(queue).workers) < fleet.number:
        if time.monotonic() > until or not fleet.alive():
            raise BadConfig(f"the workers did not start; the last one said:\n{fleet.said()}")
        time.sleep(LOOK)


def _blow(storm: Storm, terms: Terms) -> None:
    began = time.monotonic()
    for strike in strikes(storm.kinds(), terms.seed):
        time.sleep(strike.pause)
        if time.monotonic() - began > terms.seconds or _is_over(storm.queue):
            return
        storm.strike(strike)
        storm.fleet.fill()


def _finish(fleet: Fleet, queue: QueuePlace, terms: Terms, tell: Tell) -> bool:
    """Wait for the run's end; False when it does not come."""
    tell("no more faults: the run goes on to its end")
    until = time.monotonic() + PATIENCE + 2 * terms.jobs * INTERVAL
    while not _is_over(queue):
        if time.monotonic() > until:
            return False
        fleet.fill()
        time.sleep(LOOK)
    while fleet.alive() and time.monotonic() < until:
        time.sleep(LOOK)
    return not fleet.alive()


def _state(queue: QueuePlace) -> status.BoardState:
    return queue.ask(lambda client: status.read(client, Keys(BOARD, queue.prefix)))


def _is_over(queue: QueuePlace) -> bool:
    state = _state(queue).run
    return state is not None and state.state == "ended"


def _published(terms: Terms, today: datetime) -> set[str]:
    country = next(iter(BOARDS[BOARD].hosts.values()))
    return {job.id for job in open_site(BOARD, country, terms.jobs, SEED, today).jobs}


def _rows(store: StorePlace) -> list[Row]:
    engine = connect(store.url)
    try:
        return [Row(job.source_id, job.complete, job.revision) for job in find(engine, Query(boards=(BOARD,)))]
    finally:
        engine.dispose()


def _today() -> datetime:
    return datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
