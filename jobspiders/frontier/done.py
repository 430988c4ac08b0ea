"""When is a request done? The one moment that all paths through Scrapy's engine share.

No signal tells it: a response is received before its callback, a callback ends before its items are stored, and
errors, redirects, retries, ignored requests and answers of middlewares each go another way. All of them end with
the engine taking the request out of its slot, after the callback's output is enqueued and its items have left the
pipelines. That is private to the engine, so `watch` refuses to start when it is not there as it is in Scrapy 2.19.
"""

from __future__ import annotations

from collections.abc import Callable

from scrapy import Request
from scrapy.crawler import Crawler


def watch(crawler: Crawler, done: Callable[[Request], None]) -> None:
    """Call `done` once for each request that leaves the engine. To be called when the scheduler is opened.

    Also called for requests that never came from the scheduler (robots.txt): the caller knows its own.
    Raises RuntimeError on a Scrapy whose engine has no such slot.
    """
    scraper = getattr(crawler.engine, "scraper", None)
    slot = getattr(crawler.engine, "_slot", None)
    remove = getattr(slot, "remove_request", None)
    if scraper is None or slot is None or remove is None:
        raise RuntimeError(
            "this Scrapy's engine has no _slot.remove_request, which the frontier needs: use Scrapy 2.19"
        )

    def removed(request: Request) -> None:
        # A callback that downloads its own request again takes it out of the slot early; it is still being scraped.
        if request not in scraper.slot.active:
            done(request)
        remove(request)

    slot.remove_request = removed
