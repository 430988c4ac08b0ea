"""What a board makes of jobs' own pages: completed cards, and cards alone where a page is of no use."""

import pytest
from scrapy import Request
from scrapy.exceptions import IgnoreRequest
from scrapy.http import HtmlResponse
from scrapy.spidermiddlewares.httperror import HttpError
from scrapy.utils.project import get_project_settings
from twisted.python.failure import Failure

from jobspiders.bases.linkedin import GUEST
from jobspiders.commands.replay import offline_spider
from jobspiders.items import Gone, Posting

ADDRESS = f"{GUEST}/jobPosting/4400000001"
PAGE = """<section class="top-card-layout"><h2 class="topcard__title">Nurse</h2>
<span class="posted-time-ago__text">1 week ago</span></section><code id="decoratedJobPostingId"><!--"{}"--></code>"""


@pytest.fixture
def spider():
    return offline_spider("linkedin", get_project_settings())


@pytest.fixture
def card(spider):
    return spider.posting(
        source_id="4400000001", url="https://x.test/1", title="Nurse (card)", company="Mock", posted="2026-11-20"
    )


def completed(spider, card, number="4400000001"):
    response = HtmlResponse(ADDRESS, body=PAGE.format(number), encoding="utf-8", request=Request(ADDRESS))
    (posting,) = spider.on_job(response, card.as_json())
    return posting


def failed(spider, card, error):
    request = Request(ADDRESS, cb_kwargs={"card": card.as_json()})
    failure = Failure(error)
    failure.request = request
    return list(spider.on_job_failed(failure))


def http_error(status):
    return HttpError(HtmlResponse(ADDRESS, status))


def test_a_page_is_completed_by_its_card(spider, card):
    posting = completed(spider, card)
    assert (posting.title, posting.company, posting.complete) == ("Nurse", "Mock", True)


def test_a_card_may_tell_a_value_more_exactly(spider, card):
    assert completed(spider, card).posted == "2026-11-20"
    card.posted = None
    assert completed(spider, card).posted == "1 week ago"


def test_the_page_of_another_job_is_not_mixed_with_the_card(spider, card):
    assert completed(spider, card, "4400000002") == card
    assert spider.crawler.stats.get_stats()["job/failed"] == 1


@pytest.mark.parametrize(
    ("error", "kind", "count"),
    [
        (http_error(404), Gone, {}),
        (http_error(410), Gone, {}),
        (http_error(500), Posting, {"job/failed": 1}),
        (TimeoutError(), Posting, {"job/failed": 1}),
        (IgnoreRequest("Forbidden by robots.txt"), Posting, {"job/forbidden": 1}),
    ],
)
def test_a_page_that_did_not_come(spider, card, error, kind, count):
    (output,) = failed(spider, card, error)
    assert type(output) is kind
    assert spider.crawler.stats.get_stats() == count
