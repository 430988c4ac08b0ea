"""The requests with which a run begins: one worker sends them, the others wait until it has, or has fallen silent."""

from __future__ import annotations

from scrapy import Request

from jobspiders.frontier.outbox import Outbox
from jobspiders.frontier.records import Outlook


class Seeding:
    """This worker's part in it."""

    def __init__(self, outbox: Outbox, outlook: Outlook) -> None:
        self._outbox = outbox
        self._outlook = outlook
        self._marked: set[Request] = set()

    async def is_mine(self) -> bool:
        """True when this worker is to send the seeds; comes back with False when they have been sent."""
        while not self._outlook.over and self._outlook.reply.seeds == "theirs":
            await self._outlook.answered.wait()
        return not self._outlook.over and self._outlook.reply.seeds == "mine"

    def mark(self, request: Request) -> None:
        """`request`, which is about to be enqueued, is a seed."""
        self._marked.add(request)

    def unmark(self, request: Request) -> bool:
        """True for a request that was marked."""
        marked = request in self._marked
        self._marked.discard(request)
        return marked

    def is_over(self) -> None:
        """All seeds have been enqueued."""
        self._outbox.seeded()
