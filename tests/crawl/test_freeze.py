"""The garbage collector has less to walk through, and still finds what a crawl leaves behind."""

from __future__ import annotations

import gc
import weakref

import pytest
from scrapy import signals
from scrapy.utils.test import get_crawler

from jobspiders.crawl.freeze import Freeze


class Crawl:
    """Something of an earlier crawl, which nothing but the collector can free."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture(autouse=True)
def thawed():
    yield
    gc.unfreeze()


def test_what_is_loaded_is_set_aside_when_a_crawl_opens():
    crawler = get_crawler()
    extension = Freeze.from_crawler(crawler)
    gc.unfreeze()
    crawler.signals.send_catch_log(signals.spider_opened, spider=None)
    assert extension
    assert gc.get_freeze_count() > 10_000  # modules and classes
    assert len(gc.get_objects()) < gc.get_freeze_count() / 10


def test_what_an_earlier_crawl_left_is_freed():
    earlier = Crawl()
    gone = weakref.ref(earlier)
    Freeze().freeze()
    del earlier
    gc.collect()
    assert gone() is not None  # set aside with all else
    Freeze().freeze()
    assert gone() is None
