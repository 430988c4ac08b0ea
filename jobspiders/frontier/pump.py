"""The one task of a worker that talks with Redis: it hands over what was done and fetches what is next, in batches.

Nothing waits for it: the engine takes requests that are there already, and leaves behind what it did. When there is
nothing to say it sleeps; when Redis is away it waits, and says so once.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Mapping
from time import monotonic
from typing import Any, Protocol

from scrapy.statscollectors import StatsCollector

from jobspiders.errors import FrontierAway
from jobspiders.frontier.engine import Engine
from jobspiders.frontier.growth import Grown
from jobspiders.frontier.hands import Hands
from jobspiders.frontier.outbox import AT_MOST, Outbox
from jobspiders.frontier.queue import Queue
from jobspiders.frontier.records import Ask, Held, Outlook, Reply

logger = logging.getLogger(__name__)

COALESCE = 0.002  # seconds to gather what happens at once
FLUSH = 0.2  # seconds that what was done may wait for company
FIRST_POLL, POLL = 0.05, 1.0  # seconds between two looks at an empty queue: more and more
BEAT = 5.0  # seconds between two heartbeats, or a third of a lease
FIRST_PAUSE, LONGEST_PAUSE = 0.1, 2.0  # seconds between two tries while Redis is away

# Why a crawl is closed whose run goes on without it, by its standing, and what is said of it.
ENDS = {
    "lost": (
        "redis_state_lost",
        logging.CRITICAL,
        "Redis has lost the run and what was queued: see that it keeps its data",
    ),
    "over": ("finished", logging.INFO, "the run is over, the next one has begun"),
    "cancelled": ("cancelled", logging.WARNING, "the run was cancelled"),
    "blocked": ("blocked", logging.WARNING, "the board shows walls: the run ends"),
}


class Worker(Protocol):
    """What the pump asks of the crawl for which it works."""

    hands: Hands
    outbox: Outbox
    outlook: Outlook
    engine: Engine
    has_seeds: bool

    def look(self) -> None:
        """Called before each talk."""

    def wanted(self) -> int:
        """How many requests there is room for."""

    def growth(self) -> Grown:
        """What the statistics grew by since this was asked last."""

    def facts(self) -> Mapping[str, Any]:
        """What the worker says of itself."""


class Pump:
    """Keeps the worker's hands filled and its outbox empty."""

    def __init__(self, queue: Queue, worker: Worker, stats: StatsCollector) -> None:
        self._queue = queue
        self._worker = worker
        self._stats = stats
        self._wake = asyncio.Event()
        self._ends = False
        self._unsettled = False
        # Moments: of the next talk, of the next look at the queue, of the next claim that may help, of the next beat.
        self._due = self._poll = self._again = self._beat = 0.0
        self._step = FIRST_POLL

    async def run(self) -> None:
        """Talk until `end` was called and all is said, or the run goes on without us."""
        pause, away_since = FIRST_PAUSE, 0.0
        while not (self._worker.outlook.over or (self._ends and not self._worker.outbox)):
            await self._until_due()
            self._worker.look()
            try:
                await self._talk()
            except FrontierAway as error:
                if not away_since:
                    away_since = monotonic()
                    logger.error("Redis is away (%s): the crawl waits, nothing is lost", error)
                self._unsettled = True
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE)
            else:
                if away_since:
                    logger.warning("Redis is back after %.1f s", monotonic() - away_since)
                pause, away_since = FIRST_PAUSE, 0.0

    def nudge(self) -> None:
        """Something happened: see if that is a reason to talk earlier."""
        now = monotonic()
        if self._due < now + COALESCE:
            return
        due = now + self._patience()
        if due < self._due:
            self._due = due
            self._wake.set()

    def end(self) -> None:
        """Say what is to be said, then end."""
        self._ends = True
        self._due = 0.0
        self._wake.set()

    def _patience(self) -> float:
        """Seconds until the next talk."""
        now, outbox = monotonic(), self._worker.outbox
        waits = [self._poll - now, self._beat - now]
        if outbox:
            last = not self._worker.hands and not outbox.pushes  # the run may be over with this
            full = self._ends or len(outbox) >= AT_MOST
            waits.append(0.0 if full else COALESCE if last else outbox.since + FLUSH - now)
        if self._worker.wanted() > 0:
            if self._worker.outlook.reply.counts.pending > 0:
                waits.append(max(self._again - now, COALESCE))
            elif outbox.pushes:
                waits.append(COALESCE)
        return max(0.0, min(waits))

    async def _until_due(self) -> None:
        while (left := self._due - monotonic()) > 0:
            self._wake.clear()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), left)

    async def _talk(self) -> None:
        worker = self._worker
        if self._unsettled:
            await self._queue.settle([*worker.hands.names(), *worker.outbox.names()])
            self._unsettled = False
        if monotonic() >= self._beat:
            await self._show_life()
        ask = Ask(worker.wanted(), worker.has_seeds, worker.hands.suspect, worker.outlook.target)
        worker.outlook.target = None
        commit = worker.outbox.commit(worker.growth)
        reply = await self._queue.exchange(commit, ask)
        if commit:
            worker.outbox.confirm()
        self._stats.set_value("frontier/round_trips", self._queue.scripts.round_trips)
        self._take(reply, hungry=ask.wanted > 0)

    async def _show_life(self) -> None:
        terms = self._queue.terms
        names = self._worker.hands.young(monotonic(), terms.max_age)
        lost = await self._queue.renew(names, self._worker.facts())
        self._beat = monotonic() + min(terms.lease / 3, BEAT)
        if lost:
            logger.warning("%d requests were taken from this worker, which was silent for too long", len(lost))
            self._stats.inc_value("frontier/leases_lost", len(lost))
            self._worker.hands.lose(lost)

    def _take(self, reply: Reply, *, hungry: bool) -> None:
        now, outlook = monotonic(), self._worker.outlook
        outlook.reply = reply
        outlook.closed_until = now + reply.closed
        if reply.closed:  # somebody else may be first when the board is open again
            for held in self._worker.hands.drop_waiting():
                self._worker.outbox.release(held.name)
        self._worker.hands.add(Held(name, body, failures, now + wait) for name, wait, failures, body in reply.claimed)
        # A worker that found nothing looks again soon at first: another one may be about to find a lot.
        starved = hungry and not reply.claimed
        self._step = min(self._step * 2, POLL) if starved else FIRST_POLL
        self._poll = now + (self._step if starved and not reply.counts.pending else POLL)
        self._again = now + (reply.again or (self._step if starved else 0.0))
        if reply.filtered:
            self._stats.inc_value("dupefilter/filtered", reply.filtered)
        if outlook.over:
            self._give_up(*ENDS[reply.standing])
        outlook.answered.set()
        outlook.answered.clear()
        if reply.claimed or not reply.counts.remaining:
            self._worker.engine.wake()
        self._due = now + self._patience()

    def _give_up(self, reason: str, level: int, words: str) -> None:
        logger.log(level, words)
        self._worker.hands.drop_waiting()
        self._worker.outbox.give_up()
        self._worker.engine.close(reason)
