"""How a wall looks: the signs by which a board's own page tells that it is no answer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from scrapy.http import Response, TextResponse

from jobspiders.bases.documents import decode, query
from jobspiders.bases.markup import as_markup, is_markup

READ = 65_536  # characters of a page in which words are looked for


@dataclass(frozen=True, slots=True)
class Mark:
    """One sign that a page is a wall. `kind` is challenge, login, denied, captcha, rate, error or shell.

    All parts that are given must hold: the HTTP `status`; a `header`, "name" or "name: part of its value"; a regular
    expression in the `url` that answered, or in the page's `text`; an element (`css`) that is there; a JMESPath
    (`json`) that is true of a JSON body; an element `without` which no healthy page is. `says` is the wall in words.
    """

    kind: str
    says: str
    status: int | None = None
    header: str | None = None
    url: str | None = None
    text: str | None = None
    css: str | None = None
    json: str | None = None
    without: str | None = None

    def fits(self, response: Response) -> bool:
        """True when the response bears this mark."""
        return (
            (self.status is None or response.status == self.status)
            and (self.header is None or _has_header(response, self.header))
            and (self.url is None or re.search(self.url, response.url) is not None)
            and self._fits_page(response)
        )

    def _fits_page(self, response: Response) -> bool:
        if not (self.text or self.css or self.json or self.without):
            return True
        if not isinstance(response, TextResponse):
            return False
        page = as_markup(response)
        markup = is_markup(page)
        return (
            (self.text is None or re.search(self.text, page.text[:READ]) is not None)
            and (self.css is None or (markup and bool(page.css(self.css))))
            and (self.without is None or (markup and not page.css(self.without)))
            and (self.json is None or (not markup and bool(query(self.json, decode(response.text)[0]))))
        )


# Signs that mean the same on every board.
EVERYWHERE: Sequence[Mark] = (
    Mark("rate", "too many requests", status=429),
    Mark("challenge", "Cloudflare's challenge", header="cf-mitigated: challenge"),
    Mark(
        "challenge",
        "Cloudflare's challenge",
        text=r"<title>\s*(?:Just a moment\.\.\.|Attention Required! \| Cloudflare)",
    ),
    Mark("denied", "access denied", status=403),
    Mark("login", "a login", status=401),
    Mark("denied", "service unavailable", status=503),
)


def find_mark(response: Response, marks: Sequence[Mark]) -> Mark | None:
    """The first of the board's own `marks`, or else of those that fit everywhere, that the response bears."""
    return next((mark for mark in (*marks, *EVERYWHERE) if mark.fits(response)), None)


def _has_header(response: Response, wanted: str) -> bool:
    name, _, part = wanted.partition(":")
    values = [value.decode("latin-1").lower() for value in response.headers.getlist(name.strip())]
    return any(part.strip().lower() in value for value in values)
