"""Spoils the elements of a page."""

from __future__ import annotations

import copy
import html
import re
from collections.abc import Callable
from random import Random
from typing import Any

import lxml.etree
import lxml.html

from .values import HUGE_TEXTS

_PARSER = lxml.html.HTMLParser(encoding="utf-8")


def elements_lost(page: bytes, dice: Random) -> bytes:
    """Elements, or attributes of elements, that are not there."""

    def lose(element: Any, _: list[Any]) -> None:
        if element.attrib and dice.random() < 0.5:
            del element.attrib[dice.choice(element.attrib.keys())]
        elif element.getparent() is not None:
            element.getparent().remove(element)

    return _changed(page, dice, lose)


def elements_doubled(page: bytes, dice: Random) -> bytes:
    """Elements that are there twice."""

    def double(element: Any, _: list[Any]) -> None:
        if element.getparent() is not None:
            element.addnext(copy.deepcopy(element))

    return _changed(page, dice, double)


def elements_moved(page: bytes, dice: Random) -> bytes:
    """Elements in the place of others, or within them."""

    def move(element: Any, elements: list[Any]) -> None:
        target = dice.choice(elements)
        if element not in target.iterancestors() and element is not target:
            target.append(element)

    return _changed(page, dice, move)


def huge_markup(page: bytes, dice: Random) -> bytes:
    """Texts, and nestings of elements, that nobody expects."""

    def fill(element: Any, _: list[Any]) -> None:
        huge = dice.choice(HUGE_TEXTS)
        if dice.random() < 0.3 and element.attrib:
            element.attrib[dice.choice(element.attrib.keys())] = huge
        else:
            element.text = f"\ue000{huge}\ue000"

    text = _changed(page, dice, fill).decode(errors="replace")
    return re.sub("\ue000([^\ue000]*)\ue000", lambda part: html.unescape(part[1]), text).encode(errors="replace")


def _changed(page: bytes, dice: Random, change: Callable[[Any, list[Any]], None]) -> bytes:
    """The page with a change made to some of its elements, one after the other; as it is when it is no markup."""
    text = page.decode(errors="replace").replace("\x00", "")
    if not text.lstrip().startswith("<"):
        return page
    try:
        root = lxml.html.document_fromstring(text.encode(), parser=_PARSER)
    except lxml.etree.ParserError:  # nothing in it
        return page
    for _ in range(dice.choice((1, 2, 5, 20))):
        elements = [element for element in root.iter() if isinstance(element.tag, str)]
        change(dice.choice(elements), elements)
    written: bytes = lxml.html.tostring(root, encoding="utf-8")
    return b"<!DOCTYPE html>" + written
