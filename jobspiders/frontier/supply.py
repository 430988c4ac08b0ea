"""The engine's supply of requests: which one may be sent now, how many more are wanted, when to look again."""

from __future__ import annotations

import asyncio
import logging
from time import monotonic

from scrapy import Request, Spider
from scrapy.settings import BaseSettings

from jobspiders.frontier import start_urls
from jobspiders.frontier.engine import Engine
from jobspiders.frontier.hands import Hands
from jobspiders.frontier.outbox import Outbox
from jobspiders.frontier.records import Held, Outlook, Pace
from jobspiders.frontier.serializer import loads

logger = logging.getLogger(__name__)

UNLIMITED = 32  # requests at once when CONCURRENT_REQUESTS is 0


class Supply:
    """Gives out what is in `hands`, at the board's pace."""

    def __init__(self, settings: BaseSettings, engine: Engine, hands: Hands, outbox: Outbox, outlook: Outlook) -> None:
        self._engine = engine
        self._hands = hands
        self._outbox = outbox
        self._outlook = outlook
        self._paced = Pace.of(settings).floor > 0
        self._at_once = settings.getint("CONCURRENT_REQUESTS") or UNLIMITED
        self._per_board = min(self._at_once, settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN"))
        self._timer: asyncio.TimerHandle | None = None

    def next(self, spider: Spider) -> Request | None:
        """The next request that may be sent now. When there is none, the engine is woken when there will be."""
        now = monotonic()
        if now >= self._outlook.closed_until and not self._crowded():
            while (held := self._hands.next(now)) is not None:
                try:
                    request = _read(held, spider)
                except (ValueError, TypeError, RecursionError) as error:
                    logger.error("given up on %s: %s", held.body[:200], error)
                    self._outbox.bury(held.name, f"cannot be read: {error}")
                    continue
                self._hands.start(request, held, now)
                return request
        self._wake_later(now)
        return None

    def wanted(self) -> int:
        """How many more requests should be claimed."""
        waiting = len(self._hands.waiting)
        if self._engine.closing:
            return 0
        if self._paced or self._outlook.reply.interval:
            # Only what can be sent when its slot comes: to hold more would take slots from others.
            return max(0, self._per_board - self._engine.downloading - waiting)
        # What is left lasts longer than a talk with a Redis 5 ms away; to ask earlier would be to ask more often.
        return 2 * self._at_once - waiting if waiting <= self._at_once // 2 else 0

    def _crowded(self) -> bool:
        # With a rate, what is in the downloader is on its way; more would wait there, and miss its slot.
        return self._outlook.reply.interval > 0 and self._engine.downloading >= self._per_board

    def _wake_later(self, now: float) -> None:
        if self._timer:
            self._timer.cancel()
        if self._hands.waiting:
            wait = max(self._hands.waiting[0].release, self._outlook.closed_until) - now
            if wait > 0:
                self._timer = asyncio.get_running_loop().call_later(wait, self._engine.wake)


def _read(held: Held, spider: Spider) -> Request:
    kind, _, text = held.body.partition(" ")
    return start_urls.read(text, spider) if kind == "start" else loads(text, spider)
