"""Hangs in the middle of a crawl, as a callback with an endless loop would: nothing but SIGKILL helps. Have it with
`ADDONS={"blocking.Block": 0}`.
"""

from __future__ import annotations

import time

from scrapy import signals


class Block:
    """A Scrapy add-on."""

    @classmethod
    def from_crawler(cls, crawler):
        self = cls()
        crawler.signals.connect(self.hang, signals.item_scraped)
        cls.kept = self  # signals hold on to nobody
        return self

    def update_settings(self, settings):
        pass

    def hang(self):
        print("HANGS", flush=True)
        time.sleep(600)
