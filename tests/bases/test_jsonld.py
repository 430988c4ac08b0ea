"""The kind of board that reads any site with JobPosting: where it begins, what it follows, what it makes of pages."""

import json
import re

import pytest
from scrapy import Request
from scrapy.http import HtmlResponse, TextResponse
from scrapy.utils.test import get_crawler

from jobspiders.bases import jsonld
from jobspiders.errors import BadSearch, Unreadable
from jobspiders.items import Gone, Posting
from jobspiders.spiders.jsonld import JsonLd

SITE = "https://www.acme.example"
JOB = {"@type": "JobPosting", "title": "Cook", "description": "<p>Cook!</p>", "hiringOrganization": "Acme"}


def made(board=JsonLd, **arguments):
    return board.from_crawler(get_crawler(board), **arguments)


def site(**arguments):
    return made(start_url=f"{SITE}/jobs", **arguments)


def page(body, url=f"{SITE}/jobs"):
    return HtmlResponse(url, body=f"<html><body>{body}</body></html>", encoding="utf-8", request=Request(url))


def block(data):
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


def items(*jobs):
    return block({"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": job} for job in jobs]})


def count(spider, key):
    return spider.crawler.stats.get_value(key, 0)


def test_the_documented_file_is_a_board():
    text = re.sub(r"^    ", "", jsonld.__doc__.split("all that it needs:")[1].split("\n\n")[1], flags=re.MULTILINE)
    names = {}
    exec(text, names)
    board = made(names["Acme"])
    assert [request.url for request in board.listing_requests()] == ["https://acme.example/sitemap.xml"]
    assert board.hosts == ("acme.example",)
    assert not board.search.asked()
    assert board.stub(jsonld.Entry("https://acme.example/jobs/7-cook")).source_id == "acme.example:7"
    for heading in ("Access:", "Caveats:", "Last checked:"):
        assert heading in text


@pytest.mark.parametrize(
    ("arguments", "urls"),
    [
        ({"sitemap": SITE}, [f"{SITE}/robots.txt"]),
        ({"sitemap": f"{SITE}/"}, [f"{SITE}/robots.txt"]),
        ({"sitemap": f"{SITE}/robots.txt"}, [f"{SITE}/robots.txt"]),
        ({"sitemap": f"{SITE}/s.xml.gz"}, [f"{SITE}/s.xml.gz"]),
        ({"start_url": f"{SITE}/jobs  {SITE}/more", "sitemap": f"{SITE}/s.xml"},
         [f"{SITE}/jobs", f"{SITE}/more", f"{SITE}/s.xml"]),
    ],
)  # fmt: skip
def test_where_it_begins(arguments, urls):
    assert [request.url for request in made(**arguments).listing_requests()] == urls


@pytest.mark.parametrize(
    "arguments",
    [
        {}, {"job_pattern": "x"}, {"start_url": "acme.example/jobs"}, {"start_url": "ftp://acme.example/"},
        {"sitemap": "https:///x"}, {"start_url": f"{SITE}/jobs", "job_pattern": "("},
    ],
)  # fmt: skip
def test_what_cannot_be_meant(arguments):
    with pytest.raises(BadSearch):
        made(**arguments)


def test_its_hosts_are_those_of_the_addresses():
    spider = made(start_url=f"{SITE}/jobs", sitemap="https://jobs.other.example/s.xml")
    assert spider.hosts == ("acme.example", "jobs.other.example")
    for url, own in [(f"{SITE}/x", True), ("https://careers.acme.example/", True), ("https://acme.example.evil.test/", False),
                     ("https://notacme.example/", False), ("http://[", False)]:  # fmt: skip
        assert spider.is_own(url) is own


def test_jobs_of_a_list_are_fetched_here_and_told_elsewhere():
    spider = site()
    listed = page(
        items({**JOB, "url": "/jobs/7", "description": ""}, {**JOB, "url": "https://ats.test/8", "description": ""})
    )
    here, elsewhere = spider.on_listing(listed)
    assert (here.url, here.cb_kwargs["card"]["title"]) == (f"{SITE}/jobs/7", "Cook")
    assert (elsewhere.url, elsewhere.complete) == ("https://ats.test/8", False)


def test_a_job_without_any_address_is_an_error_that_is_counted():
    spider = site()
    assert list(spider.on_listing(page(items(JOB, {**JOB, "title": "Baker"})))) == []
    assert count(spider, "card/failed/LookupError") == 2


LINKS = '<a href="/jobs/7?utm_source=x#top">Cook</a><a href="/jobs/7#apply">Apply</a><a href="/about">Us</a><a href="mailto:x">@</a><a href="http://[">!</a>'


def test_links_are_followed_where_a_pattern_says_which():
    spider = site(job_pattern=r"/jobs/(\d+)")
    urls = [output.url for output in spider.on_listing(page(LINKS)) if isinstance(output, Request)]
    assert urls == [f"{SITE}/jobs/7"]
    with pytest.raises(Unreadable, match="job_pattern"):
        list(site().on_listing(page(LINKS)))


def test_a_list_goes_on_by_its_link_or_its_feed():
    spider = site()
    *_, more = spider.on_listing(page(items({**JOB, "url": "/jobs/7"}) + '<a rel="next" href="?page=2">2</a>'))
    assert more.url == f"{SITE}/jobs?page=2"
    feed = {"next_url": "/jobs.json?page=2", "items": [{"url": f"{SITE}/jobs/7", "_jobposting": JOB}]}
    url = f"{SITE}/jobs.json"
    answer = TextResponse(url, body=json.dumps(feed), encoding="utf-8", request=Request(url))
    job, more = spider.on_listing(answer)
    assert isinstance(job, Posting)
    assert job.complete
    assert more.url == f"{SITE}/jobs.json?page=2"
    assert count(spider, "listing/failed") == 0


def card(spider, title, url=f"{SITE}/jobs/7"):
    return spider.posting(source_id="acme.example:x", url=url, title=title).as_json()


@pytest.mark.parametrize("body", ["", block({**JOB, "description": ""}), block({**JOB, "title": ""})])
def test_a_page_without_a_whole_job(body):
    url = f"{SITE}/jobs/7"
    spider = site()
    with pytest.raises(Unreadable):
        list(spider.on_job(page(body, url)))
    assert list(spider.on_job(page(body, url), card(spider, ""))) == [], "a sitemap's guess"
    assert count(spider, "job/none") == 1
    (kept,) = spider.on_job(page(body, url), card(spider, "Cook"))
    assert (kept.title, kept.complete) == ("Cook", False)
    assert count(spider, "job/failed") == 1
    patterned = site(job_pattern=r"/jobs/\d+")
    with pytest.raises(Unreadable):
        list(patterned.on_job(page(body, url), card(patterned, "")))


def test_a_page_that_leads_to_its_list_is_gone():
    spider = site()
    one_left = page(items({**JOB, "url": "/jobs/8"}))
    (gone,) = spider.on_job(one_left, card(spider, ""))
    assert gone == Gone("jsonld", "acme.example:x", f"its page leads to {SITE}/jobs")


def test_a_job_that_moved_down_from_its_address_is_still_one():
    spider = site()
    (job,) = spider.on_job(page(block(JOB), f"{SITE}/jobs/7"), card(spider, "", f"{SITE}/jobs/7/cook"))
    assert (job.title, job.url) == ("Cook", f"{SITE}/jobs/7")


def test_the_page_has_the_last_word_on_a_jobs_identity():
    spider = site()
    told = spider.posting(source_id="acme.example:x", url=f"{SITE}/jobs/7?list=1", title="Cook (m/f)", industry="Food")
    (job,) = spider.on_job(page(block(JOB), f"{SITE}/jobs/7"), told.as_json())
    assert job.source_id == spider.stub(jsonld.Entry(f"{SITE}/jobs/7")).source_id
    assert (job.title, job.industry, job.complete) == ("Cook", "Food", True)


def test_a_tombstone_is_closed():
    spider = site()
    (job,) = spider.on_job(page(f"<h2>This job is no longer available</h2>{block(JOB)}", f"{SITE}/jobs/7"))
    assert job.status == "closed"


def test_a_stub_changes_with_its_lastmod():
    spider = site()
    stubs = [
        spider.stub(jsonld.Entry(f"{SITE}/jobs/7", lastmod))
        for lastmod in ("2026-01-01", "2026-01-01", "2026-01-02", None)
    ]
    assert [stub.card_hash == stubs[0].card_hash for stub in stubs] == [True, True, False, False]
    assert len({stub.source_id for stub in stubs}) == 1
