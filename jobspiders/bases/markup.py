"""Tells markup from other answers, and whole markup from markup that breaks off."""

from __future__ import annotations

import re
from collections import Counter

from scrapy.http import HtmlResponse, TextResponse

_TAIL = 4096  # characters; sites put a script or two behind the end
_END = re.compile(r"</(?:html|body)\b", re.IGNORECASE)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)\b[^<>]*(/?)")
# Elements that end without saying so, by HTML's own rules.
_OPEN_ENDED = frozenset(
    [
        *("html", "head", "body", "p", "li", "dt", "dd", "option", "optgroup", "caption", "rp", "rt"),
        *("tr", "td", "th", "thead", "tbody", "tfoot", "colgroup"),
        *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track"),
        "wbr",
    ]
)


def is_markup(response: TextResponse) -> bool:
    """Whether the response is a web page, or a part of one."""
    return response.text.lstrip("\ufeff \t\r\n").startswith("<")


def as_markup(response: TextResponse) -> TextResponse:
    """The response so that it can be asked for elements if it is markup, whatever its header calls it."""
    if is_markup(response) and not isinstance(response, HtmlResponse):
        return response.replace(cls=HtmlResponse)
    return response


def breaks_off(response: TextResponse) -> bool:
    """Whether the end of a web page is missing, so that its last words may be half ones.

    A part of a page, as LinkedIn serves them to guests, is whole when all its elements have ended.
    """
    text = response.text
    if _END.search(text[-_TAIL:]):
        return False
    if text.rfind("<") > text.rfind(">"):  # within a tag
        return True
    opened: Counter[str] = Counter()
    for end, name, alone in _TAG.findall(text):
        if not alone:
            opened[name.lower()] += -1 if end else 1
    return any(count > 0 for name, count in opened.items() if name not in _OPEN_ENDED)
