import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from scrapy.utils.test import get_crawler
from servers import postgres

from jobspiders.crawl.known import SkipKnown, needs_page
from jobspiders.items import Posting
from jobspiders.spiders.glints import Glints
from jobspiders.store.jobs import Known

NOW = datetime(2026, 11, 22, tzinfo=UTC)
WEEK = timedelta(days=7)


@pytest.mark.parametrize(
    ("job", "needed"),
    [
        (None, True),
        (Known("same", NOW - timedelta(days=6), None), False),
        (Known("other", NOW - timedelta(days=6), None), True),
        (Known("same", NOW - timedelta(days=8), None), True),
        (Known("same", None, None), True),
        (Known("same", NOW, NOW), True),
    ],
    ids=["new", "known", "its card changed", "read long ago", "its page never read", "closed, and there again"],
)
def test_which_jobs_need_their_page(job, needed):
    assert needs_page("same", job, NOW, WEEK) is needed


def test_while_the_store_is_away_no_job_of_a_listing_is_lost():
    with postgres() as server:
        crawler = get_crawler(Glints, {"DATABASE_URL": server.url})
        crawler.spider = Glints()
        skip = SkipKnown.from_crawler(crawler)
        server.kill()
        card = Posting(job_source="glints", source_id="1", url="https://glints.com/1", title="Analyst")
        page = crawler.spider.job_request(card)
        assert asyncio.run(given(skip, [page, card])) == [card, page]


async def given(skip, outputs):
    """What becomes of a callback's `outputs`."""

    async def callback():
        for output in outputs:
            yield output

    return [output async for output in skip.process_spider_output(None, callback())]
