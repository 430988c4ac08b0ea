import asyncio
from datetime import UTC, datetime

import pytest
from scrapy import Request
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
)
from scrapy.http import HtmlResponse, TextResponse
from scrapy.utils.test import get_crawler

from jobspiders.crawl.blocks import seconds_to_wait, trouble_of, trouble_with
from jobspiders.crawl.retry import Retry, pause
from jobspiders.errors import StoreAway
from jobspiders.spiders.lokerid import LokerId
from jobspiders.store.db import connect
from jobspiders.store.failures import dead_letters

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def spider():
    return LokerId.from_crawler(get_crawler(LokerId))


def page(body="<html><title>Lowongan</title></html>", status=200, **headers):
    return HtmlResponse("https://www.loker.id/x", status=status, body=body, encoding="utf-8", headers=headers)


def test_the_pauses_grow_to_a_cap():
    assert [pause(attempt, 2, 300, 0, 1.0) for attempt in (1, 2, 3, 9)] == [2, 4, 8, 300]
    assert [pause(attempt, 2, 300, 0, 0.0) for attempt in (1, 2, 3, 9)] == [1, 2, 4, 150], "spread over the last half"


def test_the_board_is_never_asked_sooner_than_it_says():
    assert pause(1, 2, 300, 500, 0.5) == 500


@pytest.mark.parametrize(
    ("response", "kind"),
    [
        (page(), None),
        (page(status=404), None),
        (page(status=429), "rate"),
        (page(status=403), "denied"),
        (page(status=401), "login"),
        (page(status=500), "passing"),
        (page(status=502), "passing"),
        (page(status=503), "denied"),
        (page("<html><head><title>Just a moment...</title></head></html>"), "challenge"),
        (page("<html><head><title>Attention Required! | Cloudflare</title></head></html>"), "challenge"),
        (page("<p>Just a moment... we think about our title</p>"), None),
        (page(**{"cf-mitigated": "challenge"}), "challenge"),
        (TextResponse("https://www.loker.id/x", body=b'{"jobs": []}', encoding="utf-8"), None),
    ],
)
def test_what_is_wrong_with_an_answer(spider, response, kind):
    trouble = trouble_with(response, spider, NOW)
    assert (trouble and trouble.kind) == kind


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (CannotResolveHostError(), "the board's name cannot be resolved"),
        (DownloadTimeoutError(), "the board did not answer in time"),
        (DownloadConnectionRefusedError(), "the board refuses the connection"),
        (DownloadFailedError(), "the board cut the connection"),
        (ResponseDataLossError(), "the board cut its answer off"),
        (TimeoutError(), "the network failed"),
        (ValueError(), None),
    ],
)
def test_what_is_wrong_with_the_network(error, says):
    trouble = trouble_of(error)
    assert (trouble and trouble.says) == says


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        (b"5", 5), (b" 120 ", 120), (None, 0), (b"soon", 0), (b"-3", 0),
        (b"Sun, 22 Nov 2026 12:00:30 GMT", 30), (b"Sun, 22 Nov 2026 11:00:00 GMT", 0),
    ],
)  # fmt: skip
def test_retry_after(header, seconds):
    assert seconds_to_wait(header, NOW) == seconds


def test_what_cannot_be_noted_as_given_up_is_tried_again(sqlite_url, monkeypatch):
    def away(*_):
        raise StoreAway("the database does not answer")

    crawler = get_crawler(LokerId, {"DATABASE_URL": sqlite_url, "RUN_ID": "run-1", "RETRY_TIMES": 1})
    crawler.spider = LokerId.from_crawler(crawler)
    retry = Retry.from_crawler(crawler)
    request = Request("https://www.loker.id/x", meta={"attempt": 2})
    with monkeypatch.context() as patch:
        patch.setattr("jobspiders.crawl.retry.bury", away)
        again = asyncio.run(retry.process_exception(request, DownloadTimeoutError("late")))
    assert again.meta["attempt"] == 3
    assert asyncio.run(retry.process_exception(again, DownloadTimeoutError("late"))) is None
    engine = connect(sqlite_url)
    (letter,) = dead_letters(engine)
    engine.dispose()
    asyncio.run(retry._closed())
    assert (letter.attempts, letter.error) == (3, "the board did not answer in time")
