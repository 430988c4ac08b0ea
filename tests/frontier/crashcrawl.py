"""A worker that kills itself at a named point of a request's life: tinycrawl.py with the options `point` and `nth`.

claimed (it came from Redis), fetched (its page is here), parsed (its callback is through), pushed (what came of it is in
Redis), stored (its item is), acknowledged (Redis knows that it is done). `mutant` makes the worker a wrong one:
"early ack" acknowledges what is fetched, "ack first" sends acknowledgements before what came of the requests.
"""

from __future__ import annotations

import ctypes
import json
import os
import signal
import sys

import tinycrawl
from scrapy import signals

from jobspiders.frontier import outbox, queue
from jobspiders.frontier.hands import Hands
from jobspiders.frontier.scheduler import shared

OPTIONS: dict = {}


def reach(point: str) -> None:
    """The end, if this is the point for the nth time."""
    if OPTIONS.get("point") == point:
        OPTIONS["nth"] -= 1
        if OPTIONS["nth"] == 0:
            os.kill(os.getpid(), signal.SIGKILL)


class Dying(tinycrawl.Tiny):
    @classmethod
    def from_crawler(cls, crawler):
        spider = super().from_crawler(crawler)
        crawler.signals.connect(spider.received, signals.response_received)
        return spider

    def received(self, response, request):
        if OPTIONS.get("mutant") == "early ack":
            shared(self.crawler).endings.done(request)
        reach("fetched")

    async def parse(self, response):
        async for output in super().parse(response):
            yield output
        reach("parsed")


class DyingRows(tinycrawl.Rows):
    async def process_item(self, item):
        await super().process_item(item)
        reach("stored")
        return item


def claims(self, claimed, add=Hands.add):
    before = len(self)
    add(self, claimed)
    if len(self) > before:
        reach("claimed")


async def exchanges(self, commit, ask, exchange=queue.Queue.exchange):
    reply = await exchange(self, commit, ask)
    steps = {step[0] for step in commit.steps} if commit else set()
    if "push" in steps:
        reach("pushed")
    if "ack" in steps:
        reach("acknowledged")
    return reply


def commits_acks_first(self, counts, commit=outbox.Outbox.commit):
    if self._sent is None:
        acks = [step for step in self._steps if step[0] == "ack"]
        rest = [step for step in self._steps if step[0] != "ack"]
        self._steps.clear()
        self._steps.extend(acks or rest)
        sent = commit(self, counts)
        self._steps.extend(rest if acks else [])
        self.pushes = sum(step[0] == "push" for step in self._steps)
        return sent
    return commit(self, counts)


if __name__ == "__main__":
    OPTIONS |= json.loads(sys.argv[1])
    ctypes.CDLL(None).prctl(1, 9)
    Hands.add = claims
    queue.Queue.exchange = exchanges
    if OPTIONS.get("mutant") == "ack first":
        outbox.Outbox.commit = commits_acks_first
    tinycrawl.Rows = DyingRows
    tinycrawl.run(OPTIONS, Dying)
    sys.exit(0)
