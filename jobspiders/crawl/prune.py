"""Makes a trimmed page still smaller: takes out, the largest first, every part without which it reads the same.

Pure. Whoever asks knows how the page is read; here it is only known how it is put together.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from lxml import etree
from parsel import Selector

from jobspiders.crawl.trim import as_json, as_script

GRAIN = 400  # characters that are worth a try

_BEGIN = re.compile(r"[\[{]")
_DECODER = json.JSONDecoder(strict=False)

Still = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class _Page:
    text: Callable[[], str]
    limit: int
    still: Still

    @property
    def fits(self) -> bool:
        return len(self.text().encode()) <= self.limit

    @property
    def reads_the_same(self) -> bool:
        return self.still(self.text())


def pruned(text: str, limit: int, still: Still) -> str:
    """The page (HTML or JSON) with so much taken out that it fits into `limit` bytes of UTF-8, or as small as it gets.

    Text that is neither stays as it is. `still` tells of a page whether all is found in it that is to be kept.
    """
    if text.lstrip().startswith("<"):
        root = Selector(text=text, type="html").root
        page = _Page(lambda: "<!DOCTYPE html>" + etree.tostring(root, encoding="unicode", method="html"), limit, still)
        _prune_element(page, root)
        return page.text()
    try:
        data = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return text
    page = _Page(lambda: as_json(data, indent=1), limit, still)
    _prune_data(page, data)
    return page.text()


def _prune_element(page: _Page, element: Any) -> None:
    for child in sorted(element, key=_size, reverse=True):
        if _size(child) < GRAIN or page.fits:
            return
        place = element.index(child)
        element.remove(child)
        if page.reads_the_same:
            continue
        element.insert(place, child)
        if child.tag == "script":
            _prune_script(page, child)
        else:
            _prune_element(page, child)


def _prune_script(page: _Page, script: Any) -> None:
    """Prunes the data of a script, each with the words before it."""
    words, data = _taken_apart(script.text or "")

    def write() -> None:
        parts = map(as_script, data)
        script.text = "".join(word + part for word, part in zip(words, [*parts, ""], strict=True))

    _prune_data(page, data, write)


def _taken_apart(text: str) -> tuple[list[str], list[Any]]:
    """The words of a script before, between and behind its data, and the data."""
    words, found, begun, at = [], [], 0, 0
    while sign := _BEGIN.search(text, at):
        try:
            data, at = _DECODER.raw_decode(text, sign.start())
        except (ValueError, RecursionError):
            at = sign.end()
            continue
        words.append(text[begun : sign.start()])
        found.append(data)
        begun = at
    return [*words, text[begun:]], found


def _prune_data(page: _Page, data: Any, write: Callable[[], None] = lambda: None) -> None:
    members = list(data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ())
    sizes = {place: len(json.dumps(value)) for place, value in members}
    for place, value in sorted(members, key=lambda member: -sizes[member[0]]):
        if sizes[place] < GRAIN or page.fits:
            return
        data[place] = None
        write()
        if not page.reads_the_same:
            data[place] = value
            write()
            _prune_data(page, value, write)


def _size(element: Any) -> int:
    return len(etree.tostring(element))
