"""Dead letters of the shared queue as the store keeps them."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from scrapy import Spider

from jobspiders.crawl.burials import as_stored
from jobspiders.frontier.orders import DeadLetter
from jobspiders.frontier.serializer import loads


class Jobs(Spider):
    name = "jobs"
    hosts = ("example.com",)

    def parse(self, response):
        return None


@pytest.mark.parametrize(
    ("body", "failures", "url", "attempts"),
    [
        ('3 {"url": "https://example.com/job/1", "meta": {"attempt": 4}}', 0, "https://example.com/job/1", 4),
        ('-1 {"url": "https://example.com/job/1"}', 4, "https://example.com/job/1", 4),
        ("start https://example.com/job/1", 4, "https://example.com/job/1", 4),
        ('start {"url": "https://example.com/a", "q": "x"}', 4, "https://example.com/a?q=x", 4),
        ("start https://elsewhere.example/", 0, "https://elsewhere.example/", 1),
        ('start {"url": "https://elsewhere.example/", "q": "x"}', 0, "https://elsewhere.example/", 1),
        ('start {"url": ', 0, '{"url": ', 1),
        ("start 7", 0, "7", 1),
    ],
)
def test_a_letter_has_its_request_whatever_it_was(body, failures, url, attempts):
    letter = as_stored(DeadLetter("run-1/000000000001", "run-1", body, "why", failures, 1_800_000_000.0), Jobs())
    assert (letter.url, letter.attempts, letter.error) == (url, attempts, "why")
    assert letter.first_failed_at == letter.last_failed_at == datetime.fromtimestamp(1_800_000_000, UTC)
    assert json.loads(letter.request)["url"] == url


def test_a_message_that_was_a_request_comes_back_to_the_callback_that_it_had():
    letter = as_stored(DeadLetter("1", "run-1", "start https://example.com/job/1", "why", 4, 0.0), Jobs())
    spider = Jobs()
    assert loads(letter.request, spider).callback == spider.parse
