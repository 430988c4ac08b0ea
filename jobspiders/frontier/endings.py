"""What becomes of a request when the engine is through with it: done, tried again, given back, given up on."""

from __future__ import annotations

from enum import IntEnum

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from jobspiders.errors import StoreAway
from jobspiders.frontier.engine import Engine
from jobspiders.frontier.hands import Hands
from jobspiders.frontier.outbox import Outbox


class Verdict(IntEnum):
    """From the least to the gravest, which stands when there are several."""

    DONE = 0
    GIVEN_UP = 1
    FAILED = 2
    UNTOUCHED = 3


class Endings:
    """The verdicts on the requests in `hands`, and their way into `outbox`."""

    def __init__(self, engine: Engine, hands: Hands, outbox: Outbox) -> None:
        self._engine = engine
        self._hands = hands
        self._outbox = outbox
        self._verdicts: dict[Request, tuple[Verdict, str]] = {}

    def judge(self, request: Request, verdict: Verdict, reason: str) -> None:
        """What shall become of `request` when the engine is through with it; without a word it is done."""
        if request in self._hands.running and verdict > self._verdicts.get(request, (Verdict.DONE,))[0]:
            self._verdicts[request] = verdict, reason

    def done(self, request: Request) -> None:
        """The engine is through with `request`."""
        held = self._hands.finish(request)
        verdict, reason = self._verdicts.pop(request, (Verdict.DONE, ""))
        if held is None:
            return
        if verdict is Verdict.DONE:
            self._outbox.ack(held.name)
        elif verdict is Verdict.UNTOUCHED:
            self._outbox.release(held.name)
        elif verdict is Verdict.FAILED:
            self._outbox.nack(held.name, reason)
        else:
            self._outbox.bury(held.name, reason)

    def item_error(self, response: Response | None, failure: Failure) -> None:
        """An item was not stored (Scrapy's signal): its page is to be fetched again."""
        if response is None or response.request is None:
            return
        if isinstance(failure.value, StoreAway):  # no fault of the page, and the next ones would fare no better
            self.judge(response.request, Verdict.UNTOUCHED, "")
            self._engine.close("database_away")
        else:
            self.judge(response.request, Verdict.FAILED, f"an item was not stored: {failure.value!r}")

    def spider_error(self, response: object) -> None:
        """A callback raised (Scrapy's signal): another try would do no good. Without a response it was `start`, and
        there will be no more seeds, from whichever worker.
        """
        if response is None:
            self._outbox.seeded()
