"""Boards that need a browser: what their requests carry, which of them do, and who downloads the others."""

from __future__ import annotations

import json

import pytest
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import HtmlResponse
from scrapy.settings import Settings

from jobspiders.bases.documents import Generation
from jobspiders.bases.paged_json import PagedJson
from jobspiders.bases.rendered import HANDLER, Popup, Rendered, answer
from jobspiders.frontier.serializer import dumps, loads
from jobspiders.items import Rate

PLAIN = "scrapy.core.downloader.handlers.http11.HTTP11DownloadHandler"


class Drawn(Rendered, PagedJson):
    name = "drawn"
    homepage = "https://drawn.test"
    hosts = ("drawn.test",)
    rate = Rate(per_minute=20)
    drawn = {"listing": "li.card", "job": "h1"}  # noqa: RUF012
    answers = "/api/v3/"
    popups = (Popup(".drawer", "a.close"), Popup(".consent"))
    plain = "/sitemap"
    listing_url = "https://drawn.test/jobs?page={page}"
    page_size = 20
    listing = (
        Generation("api", "jobs", css=answer("/api/v3/jobs"), total="total"),
        Generation("drawn", select="li.card", fields={"id": "::attr(id)", "title": "b"}),
    )
    job_url = "{url}"
    job = (Generation("page", select="h1", fields={"title": "b"}),)

    def parse_card(self, card):
        return self.posting(source_id=card["id"], title=card["title"], url=f"https://drawn.test/job/{card['id']}")


@pytest.fixture
def board():
    crawler = Crawler(Drawn, Settings())
    crawler.stats = type("Stats", (), {"inc_value": lambda *_: None})()
    return Drawn.from_crawler(crawler)


def test_a_request_says_in_plain_json_how_its_page_is_read(board):
    (request,) = board.listing_requests()
    expected = {
        "drawn": "li.card",
        "answers": "/api/v3/",
        "popups": [{"css": ".drawer", "close": "a.close"}, {"css": ".consent", "close": None}],
        "unwanted": ["image", "media", "font"],
        "patience": 10,
    }
    assert request.meta["rendered"] == json.loads(json.dumps(expected))
    assert loads(dumps(request, board), board).meta == request.meta


def test_every_kind_of_page_has_its_own_mark(board):
    card = board.posting(source_id="1", title="x", url="https://drawn.test/job/1")
    assert board.job_request(card).meta["rendered"]["drawn"] == "h1"
    assert "rendered" not in board.request("https://drawn.test/sitemap.xml", {}, meta={"page": "listing"}).meta
    assert "rendered" not in board.request("https://drawn.test/api", {}, meta={"page": "other"}).meta
    assert "rendered" not in board.request("https://drawn.test/api", {}).meta


def test_what_the_page_was_answered_is_read_before_what_it_drew(board):
    def page(*scripts):
        cards = '<li class="card" id="1"><b>Drawn</b></li>'
        return HtmlResponse("https://drawn.test/jobs", body=f"<ul>{cards}</ul>{''.join(scripts)}".encode())

    told = '<script data-answer="https://drawn.test/api/v3/jobs?a=1" data-status="{}">{}</script>'
    rows = '{"total": 1, "jobs": [{"id": "2", "title": "Told"}]}'

    def titles(response):
        return [output.cb_kwargs["card"]["title"] for output in board.on_listing(response)]

    assert titles(page(told.format(200, rows))) == ["Told"]
    assert titles(page(told.format(500, rows))) == ["Drawn"]
    assert titles(page(told.format(500, "sorry"), told.format(200, rows))) == ["Told"]
    assert titles(page()) == ["Drawn"]


def test_a_pushed_address_is_opened_in_the_browser(board):
    request = Request("https://drawn.test/job/7", meta={"download_slot": "x"})
    (again,) = board.parse(HtmlResponse(request.url, body=b"<div id=root></div>", request=request))
    assert (again.url, again.callback, again.dont_filter) == (request.url, board.parse, True)
    assert again.meta["rendered"]["drawn"] == "li.card, h1"
    drawn = HtmlResponse(again.url, body=b'<li class="card" id="7"><b>x</b></li>', request=again)
    assert [output.cb_kwargs["card"]["source_id"] for output in board.parse(drawn)] == ["7"]


@pytest.mark.parametrize("priority", [None, "project", "cmdline", 50])
def test_the_browser_is_put_before_whoever_downloads(priority):
    settings = Settings()
    if priority:
        settings.set("DOWNLOAD_HANDLERS", {"http": "x.Other", "https": "x.Other", "ftp": None}, priority)
    crawler = Crawler(Drawn, settings)
    for _ in range(2):
        Drawn.from_crawler(crawler)
    handlers = crawler.settings.getwithbase("DOWNLOAD_HANDLERS")
    assert handlers["http"] == handlers["https"] == HANDLER
    assert crawler.settings["PLAIN_HANDLER"] == ("x.Other" if priority else PLAIN)
    assert handlers["ftp"] is None or not priority


def test_other_boards_are_left_alone():
    assert HANDLER not in Settings().getwithbase("DOWNLOAD_HANDLERS").values()
