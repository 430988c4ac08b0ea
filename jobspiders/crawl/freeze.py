"""Spares Python's garbage collector what was there before the crawl.

A full collection walks through every module and class that was ever imported: the crawl stands still for some 60 ms,
every few hundred responses, which is 8 to 10 % of its CPU (`benchmarks.frontier` has a case with and one without). What
is loaded by the time a crawl opens stays for as long as the process: https://docs.python.org/3/library/gc.html#gc.freeze
"""

from __future__ import annotations

import gc

from scrapy import signals
from scrapy.crawler import Crawler


class Freeze:
    """Extension."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Freeze:
        """The extension; it acts when the crawl opens, with all that a crawl needs in place."""
        extension = cls()
        crawler.signals.connect(extension.freeze, signals.spider_opened)
        return extension

    def freeze(self) -> None:
        """Set aside all that lives now, for good: not, though, what an earlier crawl of this process has left."""
        gc.unfreeze()
        gc.collect()
        gc.freeze()
