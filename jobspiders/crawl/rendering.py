"""Download handler for boards that need a browser: opens a page and gives it back as it stands once it is drawn.

It takes the requests that say so in `meta["rendered"]` (`bases/rendered.py` tells what that holds) and leaves all
others to the handler that was there before. Where the boards are simulated, the page's own requests go to the
simulation, too, and the browser can reach nobody else.
"""

from __future__ import annotations

import asyncio
import logging
import sys
import weakref
from typing import Any

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page, Route
from playwright.async_api import TimeoutError as PlaywrightTimeoutError
from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import (
    CannotResolveHostError,
    CloseSpider,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    NotSupported,
    ResponseDataLossError,
)
from scrapy.http import HtmlResponse, Response
from scrapy.utils.misc import build_from_crawler, load_object
from scrapy_playwright.handler import ScrapyPlaywrightDownloadHandler

from jobspiders.crawl.browser import Share, answers, done_with
from jobspiders.crawl.visit import Visit, Wanted
from jobspiders.errors import NoBrowser

logger = logging.getLogger(__name__)
# Its lines repeat ours, with a stack trace for every page that fails.
logging.getLogger("scrapy-playwright").setLevel(logging.CRITICAL)

PAGES = 4  # of one crawl at once; a board's own rate is lower
FAILURES = {
    "ERR_NAME_NOT_RESOLVED": CannotResolveHostError,
    "ERR_CONNECTION_REFUSED": DownloadConnectionRefusedError,
    "ERR_TIMED_OUT": DownloadTimeoutError,
    "ERR_CONNECTION_TIMED_OUT": DownloadTimeoutError,
}
LOST = ("has been closed", "crashed")  # a page, with its context or the whole browser
NO_REPLICA = (NotSupported, DownloadFailedError, DownloadTimeoutError, DownloadConnectionRefusedError)
KEPT = ("download_latency", "redirect_times", "redirect_urls", "redirect_reasons")
# Playwright has decoded the body, and sends it anew in a simulation.
ABOUT_THE_BODY = {"content-length", "content-encoding", "transfer-encoding"}


def failure(url: str, error: PlaywrightError) -> Exception:
    """Scrapy's error for the browser's."""
    line = error.message.partition("\n")[0]
    kind = next((kind for name, kind in FAILURES.items() if name in line), DownloadFailedError)
    return kind(f"{url}: {line}")


class RenderingHandler(ScrapyPlaywrightDownloadHandler):  # type: ignore[misc]
    """scrapy-playwright's handler with the process's browser, popups dismissed, and every page closed in the end.

    Settings: `PLAIN_HANDLER` for all other requests, `CHROMIUM_PATH`, `MAX_BROWSER_INSTANCES`, `SIMBOARDS_URL`.
    """

    lazy = False

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        settings = crawler.settings
        self._timeout = settings.getfloat("DOWNLOAD_TIMEOUT")
        self._simulated = bool(settings.get("SIMBOARDS_URL"))
        self._plain = build_from_crawler(load_object(settings["PLAIN_HANDLER"]), crawler)
        # In a simulation not even a socket that no route sees can leave.
        options = ["--host-resolver-rules=MAP * ~NOTFOUND"] if self._simulated else []
        rooms = settings.getint("MAX_BROWSER_INSTANCES", 4)
        self._share = Share(settings.get("CHROMIUM_PATH"), rooms, options, self._lose)
        self._visits: set[Visit] = set()
        self._late: set[asyncio.Task[None]] = set()
        self.browser_provider_cls = lambda _config: self._share
        self.process_request_headers = None  # the browser's own are right for it
        # Its own bound is lost with a crash, its retries ask the same dead browser again: both are ours here.
        self.config.max_pages_per_context, self._pages = sys.maxsize, asyncio.Semaphore(PAGES)
        self.config.target_closed_max_retries = 0
        self._context = {"user_agent": settings["USER_AGENT"], "service_workers": "block"}
        self._ending: asyncio.Task[None] | None = None
        crawler.signals.connect(self._spider_opened, signals.spider_opened)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RenderingHandler:
        """The one handler of a crawl, whichever scheme asks for it."""
        made = _HANDLERS.get(id(crawler))
        if made is None:
            made = _HANDLERS[id(crawler)] = cls(crawler)
        return made

    async def download_request(self, request: Request) -> Response:
        """The page, drawn, or what the plain handler answers.

        Raises Scrapy's own errors for what may be better next time, and IgnoreRequest, ending the crawl, when there is
        no browser.
        """
        if "rendered" not in request.meta:
            response: Response = await self._plain.download_request(request)
            return response
        try:
            return await self._render(request)
        except (TimeoutError, PlaywrightTimeoutError) as error:
            raise DownloadTimeoutError(f"{request.url} was not read in time") from error
        except PlaywrightError as error:
            raise failure(request.url, error) from error
        except NoBrowser as missing:
            self._end(missing)
            raise IgnoreRequest(str(missing)) from missing

    async def close(self) -> None:
        """Closes the pages, and with the last crawl of this process its browser."""
        if _HANDLERS.pop(id(self._crawler), None):
            await done_with(super().close())
            await self._share.close()
            await self._plain.close()

    async def _spider_opened(self) -> None:
        try:
            await self._share.check()
        except NoBrowser as missing:
            self._tell(missing)
            raise CloseSpider("no_browser") from missing

    def _end(self, missing: NoBrowser) -> None:
        if self._ending is None:
            self._tell(missing)
            self._ending = asyncio.ensure_future(self._crawler.engine.close_spider_async(reason="no_browser"))

    def _tell(self, missing: NoBrowser) -> None:
        logger.error("%s", missing)
        self._crawler.stats.set_value("trouble/says", str(missing))

    async def _render(self, request: Request) -> HtmlResponse:
        """The page as drawn; one that was lost with its browser is opened once more, in a new one."""
        await self._share.enter()
        for again in (True, False):
            visit = Visit(Wanted(**request.meta["rendered"]), self._from_simulation if self._simulated else None)
            try:
                async with self._pages:
                    return await self._visit(request, visit)
            except (TimeoutError, PlaywrightError) as error:
                if not visit.lost and not any(how in str(error) for how in LOST):
                    raise
                await self._let_go_of_the_dead()
                if not again:
                    raise DownloadFailedError(f"{request.url}: the browser was lost twice") from error
        raise AssertionError

    async def _visit(self, request: Request, visit: Visit) -> HtmlResponse:
        sent = request.replace(meta={**request.meta, **self._navigation(visit)})
        self._visits.add(visit)
        try:
            async with asyncio.timeout(request.meta.get("download_timeout", self._timeout) or None) as visit.deadline:
                came = await super().download_request(sent)
                body = await visit.read(drawn=came.status < 400)
        finally:
            await visit.close()
            self._visits.discard(visit)
        request.meta.update({key: sent.meta[key] for key in KEPT if key in sent.meta})
        return HtmlResponse(
            sent.meta["playwright_page"].url,
            status=came.status,
            headers=came.headers,
            body=body.encode(),
            encoding="utf-8",
            request=request,
            flags=["rendered"],
        )

    async def _create_page(self, request: Request, spider: Spider) -> Page:
        """scrapy-playwright's page, which is its visit's from the first moment, so that it is closed in any case."""
        visit: Visit = request.meta["visit"]
        creating = asyncio.ensure_future(super()._create_page(request=request, spider=spider))
        try:
            page: Page = await asyncio.shield(creating)
        except asyncio.CancelledError:
            creating.add_done_callback(self._close_late)
            raise
        visit.page = page
        return page

    def _close_late(self, creating: asyncio.Task[Page]) -> None:
        """Closes a page that came when nobody waited for it any more."""
        if not creating.cancelled() and not creating.exception():
            self._late.add(closing := asyncio.ensure_future(done_with(creating.result().close())))
            closing.add_done_callback(self._late.discard)

    def _navigation(self, visit: Visit) -> dict[str, Any]:
        """What scrapy-playwright is told; none of it leaves this process."""
        return {
            "playwright": True,
            "playwright_include_page": True,
            "playwright_context": self._crawler.spider.name,
            "playwright_context_kwargs": self._context,
            "playwright_page_goto_kwargs": {"wait_until": "domcontentloaded", "timeout": 0},
            "playwright_page_init_callback": visit.begin,
            "visit": visit,
        }

    async def _let_go_of_the_dead(self) -> None:
        """Drops the context if it does not answer, so that the next page gets another."""
        name = self._crawler.spider.name
        kept = self.context_wrappers.get(name)
        if kept and not await answers(kept.context) and self.context_wrappers.get(name) is kept:
            del self.context_wrappers[name]

    def _lose(self) -> None:
        """The browser is gone: whoever waits for an answer of it waits no longer."""
        self.context_wrappers.clear()
        for visit in self._visits:
            visit.lose()

    async def _from_simulation(self, route: Route) -> None:
        """Answers a page's request with what the plain handler gets from the simulation."""
        asked = route.request
        body = asked.post_data_buffer or b""
        request = Request(asked.url, method=asked.method, headers=await asked.all_headers(), body=body)
        request.meta["download_timeout"] = self._timeout
        try:
            answer = await self._plain.download_request(request)
        except (*NO_REPLICA, ResponseDataLossError):
            await route.abort()
            return
        headers = {name.lower(): value for name, value in answer.headers.to_unicode_dict().items()}
        told = {name: value for name, value in headers.items() if name not in ABOUT_THE_BODY}
        await route.fulfill(status=answer.status, headers=told, body=answer.body)


_HANDLERS: weakref.WeakValueDictionary[int, RenderingHandler] = weakref.WeakValueDictionary()
