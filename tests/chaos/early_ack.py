"""Settings of a wrong worker, for SCRAPY_SETTINGS_MODULE: it acknowledges a page that has come, before it is stored.

Items take a second to be stored, so that whoever kills it will hit it in between.
"""

import asyncio

from scrapy import signals

from jobspiders import settings as right
from jobspiders.frontier.scheduler import shared
from jobspiders.settings import *  # noqa: F403

EXTENSIONS = right.EXTENSIONS | {"early_ack.EarlyAck": 0}
ITEM_PIPELINES = right.ITEM_PIPELINES | {"early_ack.Slow": 250}


class EarlyAck:
    @classmethod
    def from_crawler(cls, crawler):
        self = cls()
        self.crawler = crawler
        crawler.signals.connect(self.received, signals.response_received)
        return self

    def received(self, response, request):
        shared(self.crawler).endings.done(request)


class Slow:
    async def process_item(self, item):
        await asyncio.sleep(1)
        return item
