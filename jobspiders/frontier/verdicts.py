"""Tells requests that failed for good from those that came to an end otherwise: only here, the reason is known."""

from __future__ import annotations

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest, NotConfigured
from scrapy.http import Response

from jobspiders.frontier.endings import Verdict
from jobspiders.frontier.scheduler import shared


class Verdicts:
    """Downloader middleware, to be the one nearest to the engine: what comes here was not tried again."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._transient = frozenset(map(int, crawler.settings.getlist("RETRY_HTTP_CODES")))

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Verdicts:
        """The middleware. Raises NotConfigured when the queue is not shared."""
        if not crawler.settings["REDIS_URL"]:
            raise NotConfigured
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Response:
        """A status that passes and did not pass, after all tries, makes a dead letter; the response goes on."""
        if response.status in self._transient and not request.meta.get("dont_retry"):
            self._give_up(request, f"answered {response.status}")
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        """So does an error that remained after all tries. A request that was forbidden is done."""
        if not isinstance(exception, IgnoreRequest):
            self._give_up(request, f"{type(exception).__name__}: {exception}")

    def _give_up(self, request: Request, what: str) -> None:
        tries = request.meta.get("retry_times", 0) + 1
        shared(self._crawler).endings.judge(request, Verdict.GIVEN_UP, f"{what} (tried {tries} times)")
