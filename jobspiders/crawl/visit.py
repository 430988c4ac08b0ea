"""One opening of a page in the browser: what is kept out of it, what is dismissed, and which answers are kept."""

from __future__ import annotations

import asyncio
import contextlib
import html
import json
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page, Response, Route

from jobspiders.crawl.browser import done_with

LESS_THAN = "\\u003c"  # as JSON may write it
GRACE = 2.0  # seconds that a page has to draw what it was answered

# Runs in the page from its beginning: a popup may come at any time, and may not listen yet when it is first shown.
# One that stays after some clicks is taken out.
DISMISS = """
popups => setInterval(() => {
  for (const {css, close} of popups)
    for (const popup of document.querySelectorAll(css)) {
      if (!popup.checkVisibility()) continue;
      const button = close && popup.querySelector(close);
      popup.clicks = (popup.clicks || 0) + 1;
      if (button && popup.clicks <= 5) button.click(); else popup.remove();
    }
}, 100)
"""
REMOVE = "popups => popups.forEach(({css}) => document.querySelectorAll(css).forEach(popup => popup.remove()))"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a board declared about a page, as it travels in a request; `bases/rendered.py` tells what each means."""

    drawn: str
    answers: str | None = None
    popups: Sequence[Mapping[str, str | None]] = ()
    unwanted: Sequence[str] = ()
    patience: float = 10


@dataclass(frozen=True, slots=True)
class Answer:
    """What a request of the page's own was answered."""

    url: str
    status: int
    text: str


class Visit:
    """A page from before it is asked for until it is closed.

    `deadline` is the timeout around all of it, which is over at once when the page is `lost`: crashed, or gone with
    its browser. `simulate` answers the page's requests in place of the network.
    """

    def __init__(self, wanted: Wanted, simulate: Callable[[Route], Awaitable[None]] | None = None) -> None:
        self._wanted, self._simulate = wanted, simulate
        self.page: Page | None = None
        self.deadline: asyncio.Timeout | None = None
        self.lost = False
        self._patience: asyncio.Timeout | None = None
        self._reading: list[asyncio.Task[None]] = []
        self._answers: list[Answer] = []

    async def begin(self, page: Page, _request: Any) -> None:
        """Readies the page before it goes anywhere."""
        page.on("response", self._hear)
        page.on("crash", lambda _: self.lose())
        if self._wanted.popups:
            await page.add_init_script(f"({DISMISS})({json.dumps(self._wanted.popups)})")
        await page.route("**/*", self._route)

    def lose(self) -> None:
        """Ends the waiting for a page that will not answer."""
        self.lost = True
        with contextlib.suppress(RuntimeError):  # it was read already
            if self.deadline:
                self.deadline.reschedule(0)

    async def read(self, *, drawn: bool) -> str:
        """The page's HTML as drawn (or as it came, if it need not be `drawn`), with the answers at its end."""
        assert self.page
        if drawn:
            await self._wait(self.page)
        await asyncio.gather(*self._reading)
        await self.page.evaluate(REMOVE, self._wanted.popups)
        return with_answers(await self.page.content(), self._answers)

    async def close(self) -> None:
        """Closes the page, whatever happened to it."""
        for reading in self._reading:
            reading.cancel()
        if self.page:
            await done_with(self.page.close())

    async def _wait(self, page: Page) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(GRACE if self._answers else self._wanted.patience) as self._patience:
                await page.wait_for_selector(self._wanted.drawn, state="attached", timeout=0)
        self._patience = None

    async def _route(self, route: Route) -> None:
        with contextlib.suppress(PlaywrightError):  # the page may be closed by now
            if route.request.resource_type in self._wanted.unwanted:
                await route.abort()
            elif self._simulate:
                await self._simulate(route)
            else:
                await route.fallback()

    def _hear(self, response: Response) -> None:
        own = response.request.resource_type in {"xhr", "fetch"}
        if own and self._wanted.answers and re.search(self._wanted.answers, response.url):
            self._reading.append(asyncio.ensure_future(self._keep(response)))

    async def _keep(self, response: Response) -> None:
        with contextlib.suppress(PlaywrightError, UnicodeDecodeError):
            self._answers.append(Answer(response.url, response.status, await response.text()))
        soon = asyncio.get_running_loop().time() + GRACE
        if self._patience and soon < (self._patience.when() or 0):
            self._patience.reschedule(soon)


def with_answers(page: str, answers: Sequence[Answer]) -> str:
    """The page with each answer in a script of its own at the end of its body, from which it can't break out."""
    scripts = [
        f'<script type="application/json" data-answer="{html.escape(told.url)}" data-status="{told.status}">'
        f"{told.text.replace('<', LESS_THAN)}</script>"
        for told in answers
    ]
    body, end, rest = page.rpartition("</body>")
    return "".join([body, *scripts, end, rest]) if end else "".join([page, *scripts])
