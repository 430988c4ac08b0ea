"""The one browser of this process: how it starts, and that it never outlives the crawl.

Python talks to Playwright's driver (node) through a pipe and the driver to the browser through another; each ends
when its pipe does. So nothing is left behind, whichever of the three is killed with -9: the kernel closes the pipes.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import weakref
from collections.abc import Awaitable, Callable
from typing import Any

from playwright.async_api import Browser, BrowserContext, Playwright, async_playwright
from playwright.async_api import Error as PlaywrightError
from scrapy.exceptions import DownloadCancelledError, NotSupported

from jobspiders.crawl.chromium import NOT_FOUND, find_browser
from jobspiders.errors import NoBrowser

logger = logging.getLogger(__name__)

PATIENCE = 10.0  # seconds in which the browser ends what it is told to end


async def done_with(ending: Awaitable[Any]) -> None:
    """Awaits what ends something in the browser, which may have ended already, or no longer answer."""
    with contextlib.suppress(PlaywrightError, TimeoutError):
        async with asyncio.timeout(PATIENCE):
            await ending


async def answers(context: BrowserContext) -> bool:
    """Whether the browser still knows the context. Of a driver that died only questions tell."""
    with contextlib.suppress(PlaywrightError, TimeoutError):
        async with asyncio.timeout(PATIENCE):
            await context.cookies()
            return True
    return False


class _Process:
    """What the crawls of this process share: Playwright's driver, its browser, and the room in it."""

    def __init__(self) -> None:
        self.users: set[Share] = set()
        self.lock = asyncio.Lock()
        self.driver: Playwright | None = None
        self.browser: Browser | None = None
        self.room: asyncio.Semaphore | None = None

    async def running(self, path: str | None, options: list[str]) -> Browser:
        """The browser, started if it does not run. Raises NoBrowser."""
        async with self.lock:
            for attempt in range(2):
                if self.browser and self.browser.is_connected():
                    break
                self.driver = self.driver or await async_playwright().start()
                try:
                    # The driver must not end the browser on Ctrl-C: pages are still read while the crawl shuts down.
                    self.browser = await self.driver.chromium.launch(
                        executable_path=path, args=options, handle_sigint=False, handle_sigterm=False
                    )
                except PlaywrightError as error:
                    await self._end()
                    if attempt:  # the first time it may have been the driver that was gone
                        raise NoBrowser(_why(path, error)) from error
                else:
                    self.browser.on("disconnected", self._lose)
            assert self.browser
            return self.browser

    def _lose(self, _browser: Browser) -> None:
        for share in self.users:
            share.lose()

    async def forget(self, browser: Browser) -> None:
        """Lets go of a browser that does not answer, unless another one has taken its place already."""
        async with self.lock:
            if self.browser is browser:
                await self._end()

    async def leave(self, share: Share) -> None:
        """Ends browser and driver with the last crawl that uses them."""
        async with self.lock:
            self.users.discard(share)
            if not self.users:
                await self._end()

    async def _end(self) -> None:
        browser, driver, self.browser, self.driver = self.browser, self.driver, None, None
        if browser:
            await done_with(browser.close())
        if driver:
            await done_with(driver.stop())


_PROCESSES: weakref.WeakKeyDictionary[asyncio.AbstractEventLoop, _Process] = weakref.WeakKeyDictionary()


class Share:
    """One crawl's part in the process's browser; scrapy-playwright takes it for its provider and its browser alike.

    `rooms` is how many crawls may use the browser at once; `lose` is called when it is gone.
    """

    def __init__(self, configured: str | None, rooms: int, options: list[str], lose: Callable[[], None]) -> None:
        self._configured, self._rooms, self._options, self.lose = configured, rooms, options, lose
        self._process = _PROCESSES.setdefault(asyncio.get_running_loop(), _Process())
        self._entering = asyncio.Lock()
        self._has_room = self._closed = False

    async def check(self) -> None:
        """Raises NoBrowser if none is there; only Playwright's own has to be started for that."""
        if find_browser(self._configured) is None:
            await self._running()

    async def start(self) -> None:
        """Nothing yet: the browser starts with the first page."""

    async def launch_browser(self) -> Share:
        """This share, with the browser running. Raises NoBrowser."""
        await self._running()
        return self

    async def launch_persistent_context(self, _options: dict[str, Any]) -> BrowserContext:
        """Refuses: profiles are not kept."""
        raise NotSupported("a profile kept on disk is not supported")

    async def enter(self) -> None:
        """Waits until there is room for this crawl."""
        process = self._process
        process.users.add(self)  # whoever waits keeps the browser for itself
        process.room = process.room or asyncio.Semaphore(self._rooms)
        async with self._entering:
            if not self._has_room:
                if process.room.locked():
                    logger.info("waiting: as many boards use the browser as MAX_BROWSER_INSTANCES allows")
                await process.room.acquire()
                self._has_room = True

    async def new_context(self, **options: Any) -> BrowserContext:
        """A context with its own cookies. Raises NoBrowser, and DownloadCancelledError after the crawl has ended."""
        if self._closed:
            raise DownloadCancelledError("the crawl has ended")
        browser = await self._running()
        try:
            return await browser.new_context(**options)
        except PlaywrightError:  # if only the driver died, the browser seems to be there
            await self._process.forget(browser)
            return await (await self._running()).new_context(**options)

    def on(self, _event: str, _callback: Callable[..., Any]) -> None:
        """Nothing: what scrapy-playwright does when the browser is gone waits for its answers."""

    async def close(self) -> None:
        """Gives up the share; the browser ends with the last one."""
        self._closed = True
        if self._has_room and self._process.room:
            self._has_room = False
            self._process.room.release()
        await self._process.leave(self)

    async def _running(self) -> Browser:
        self._process.users.add(self)
        return await self._process.running(find_browser(self._configured), self._options)


def _why(path: str | None, error: PlaywrightError) -> str:
    """One line on why the browser did not start."""
    lines = [line.strip() for line in error.message.splitlines() if line.strip()]
    if path is None and any("Executable doesn't exist" in line for line in lines):
        return NOT_FOUND
    telling = next((line for line in lines if "error while loading" in line), lines[0])
    return f"the browser {path or 'of Playwright'} did not start: {telling}"
