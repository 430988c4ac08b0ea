"""What anybody may push to `<board>:start_urls`, as with scrapy-redis."""

from __future__ import annotations

import json
import time

import pytest
from scrapy import Spider

from jobspiders.frontier.orders import Orders
from jobspiders.frontier.start_urls import read
from jobspiders.frontier.waiting import look


class Jobs(Spider):
    name = "jobs"
    hosts = ("example.com", "example.co.id")

    def parse(self, response):
        return None


@pytest.mark.parametrize(
    ("message", "method", "url", "body", "meta"),
    [
        ("https://example.com/job/1", "GET", "https://example.com/job/1", b"", {}),
        ("  https://id.example.com/job/1\n", "GET", "https://id.example.com/job/1", b"", {}),
        ('{"url": "https://example.com/a"}', "GET", "https://example.com/a", b"", {}),
        ('{"url": "https://example.com/a", "meta": {"depth": 3}}', "GET", "https://example.com/a", b"", {"depth": 3}),
        ('{"url": "https://example.com/a", "q": "x y", "page": 2}', "GET", "https://example.com/a?q=x+y&page=2", b"", {}),
        ('{"url": "https://example.com/a", "method": "post", "q": "x"}', "POST", "https://example.com/a", b"q=x", {}),
        ('{"url": "https://example.com/a", "method": "POST", "tag": ["x", 1]}', "POST", "https://example.com/a",
         b"tag=x&tag=1", {}),
    ],
)  # fmt: skip
def test_messages_are_requests(message, method, url, body, meta):
    request = read(message, Jobs())
    assert (request.method, request.url, request.body, request.meta) == (method, url, body, meta)
    assert request.callback == request.callback.__self__.parse
    assert request.dont_filter


@pytest.mark.parametrize(
    ("message", "why"),
    [
        ("https://example.org/", "example.org is none of the board's hosts (example.com, example.co.id)"),
        ("https://notexample.com/", "notexample.com is none of the board's hosts"),
        ("https://example.com.evil.org/", "none of the board's hosts"),
        ("file:///etc/passwd", "is no http(s) URL"),
        ("data:text/html,x", "is no http(s) URL"),
        ("job/1", "is no http(s) URL"),
        ("", "is no http(s) URL"),
        ("http://[", "Invalid IPv6 URL"),
        ('{"urls": []}', "url and method are text"),
        ('{"url": 3}', "url and method are text"),
        ('{"url": "https://example.com/", "meta": 3}', "meta is an object"),
        ('{"url": "https://example.com/", "q": {"a": 1}}', "cannot be sent in a form"),
        ('{"url": ', "Expecting value"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_a_reason(message, why):
    with pytest.raises(ValueError) as error:
        read(message, Jobs())
    assert why in str(error.value)


def test_an_idle_worker_crawls_what_is_pushed_within_two_seconds(fleet):
    tiny = fleet(20, 0.0)
    crawl = tiny.start(seeds=[], hosts=["127.0.0.1"], settings={"SCHEDULER_IDLE_BEFORE_CLOSE": 4})
    tiny.wait_for(lambda: tiny.state().workers)
    time.sleep(2)  # by now it looks only once a second
    trips = tiny.state().run
    pushed = time.monotonic()
    url = tiny.board.url
    messages = [f"{url}/job/1", json.dumps({"url": f"{url}/job/2"}), "https://elsewhere.example/", '{"url": ']
    tiny.ask(lambda client: Orders(client, tiny.keys).push(messages))
    tiny.wait_for(lambda: len(tiny.rows()) == 2)
    assert max(at for at, _ in tiny.board.log(pushed)) - pushed < 2
    result = crawl.result()
    assert trips is not None
    assert result["finish_reason"] == "finished"
    assert result["frontier/round_trips"] / result["seconds"] < 8, "it looks seldom while there is nothing"
    letters = tiny.ask(lambda client: Orders(client, tiny.keys).dead_letters())
    assert [letter.reason for letter in letters] == [
        "cannot be read: elsewhere.example is none of the board's hosts (127.0.0.1)",
        "cannot be read: Expecting value: line 1 column 8 (char 7)",
    ]
    assert tiny.state().start_urls == 0


def test_what_is_pushed_while_nobody_works_waits(fleet):
    tiny = fleet(20, 0.0)
    tiny.ask(lambda client: Orders(client, tiny.keys).push([f"{tiny.board.url}/list/0"]))
    assert tiny.ask(lambda client: look(client, [tiny.keys]))
    tiny.start(settings={"FRONTIER_SEEDS": False}, seeds=["/job/1", "/job/2"]).result()
    assert set(tiny.rows()) == {"/list/0", *(f"/job/{number}" for number in range(20))}
    assert not tiny.ask(lambda client: look(client, [tiny.keys]))
