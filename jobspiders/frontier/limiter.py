"""The board's rate as one worker sees it: who may go now, who must wait, who asks all workers to slow down."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from time import monotonic

from scrapy import Request

from jobspiders.errors import FrontierAway
from jobspiders.frontier.hands import Hands
from jobspiders.frontier.queue import Queue
from jobspiders.frontier.records import Outlook

PAUSE = 1.0  # seconds between two tries while Redis is away


def tolerance(interval: float) -> float:
    """Seconds by which a request may miss its slot of the rate: with the margin in `lua/shared.lua`, ten intervals
    then never see eleven requests. Below 20 ms nothing is exact.
    """
    return max(interval / 4, 0.02)


class Limiter:
    """The rate of the board of one crawl."""

    def __init__(self, queue: Queue, hands: Hands, outlook: Outlook) -> None:
        self._queue = queue
        self._hands = hands
        self._outlook = outlook

    async def admit(self, request: Request) -> None:
        """Come back when `request` may be sent: at once if it keeps the slot with which it left the queue.

        One that missed it, or never passed the queue (robots.txt), gets the next free one.
        """
        interval, now = self._outlook.reply.interval, monotonic()
        closed = now < self._outlook.closed_until
        held = self._hands.running.get(request)
        if not closed and (not interval or (held and now - held.release <= tolerance(interval))):
            return
        granted = kept = False
        while not (granted and kept):
            try:
                granted, wait = await self._queue.reserve()
            except FrontierAway:
                granted, wait = False, PAUSE
            slot = monotonic() + wait
            await asyncio.sleep(wait)
            # A process that was held up meanwhile has several that missed their slots, and would send them all at once.
            kept = not interval or monotonic() - slot <= tolerance(interval)

    def slower(self, target: float, status: int) -> None:
        """A response with that status took so long that requests should be `target` seconds apart."""
        if status == 200 or target > self._outlook.reply.interval:
            self._outlook.target = max(self._outlook.target or 0.0, target)

    async def good(self, age: float) -> None:
        """An answer came to a request that was sent `age` seconds ago, which matters after walls."""
        if self._outlook.reply.walls:
            with suppress(FrontierAway):  # then the next good answer tells it
                await self._queue.good(age)

    async def wall(self, age: float, walls: int, pause: float, reason: str) -> int:
        """Count a wall for all workers; `walls` in a row close the board for `pause` seconds, and then for longer. How
        often they did since the last good answer.
        """
        try:
            return await self._queue.wall(age, walls, pause, reason)
        except FrontierAway:  # then nothing is handed out either
            return 0

    async def block(self) -> None:
        """End the run for all workers: the board lets nobody in."""
        with suppress(FrontierAway):  # then each of them finds out
            await self._queue.block()

    async def penalise(self, seconds: float, reason: str) -> None:
        """Close the board for all workers, for so long from now."""
        until = monotonic() + seconds
        while (left := until - monotonic()) > 0:
            self._outlook.closed_until = max(self._outlook.closed_until, until)
            try:
                await self._queue.penalise(left, reason)
            except FrontierAway:
                await asyncio.sleep(PAUSE)
            else:
                return
