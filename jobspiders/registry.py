"""The boards as plain records, for everybody outside Scrapy: what there is, how it is treated, what is said of it."""

from __future__ import annotations

import difflib
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from jobspiders.errors import UnknownBoard
from jobspiders.items import Expect, Rate

SPIDERS = "jobspiders.spiders"


@dataclass(frozen=True, slots=True)
class BoardRecord:
    """A board's declared facts; `arguments` names its own search arguments with what they mean, `example` has
    those that it cannot do without; `browser` tells that it needs one.
    """

    name: str
    title: str
    homepage: str
    hosts: tuple[str, ...]
    countries: tuple[str, ...]
    rate: Rate
    schedule: str
    expect: Expect
    robots: str
    terms: str
    walls: str
    browser: bool
    arguments: Mapping[str, str]
    example: Mapping[str, str]


@cache
def _loader() -> Any:
    from scrapy.settings import Settings
    from scrapy.spiderloader import SpiderLoader

    return SpiderLoader(Settings({"SPIDER_MODULES": [SPIDERS]}))


@cache
def boards() -> Mapping[str, BoardRecord]:
    """All boards by name, in alphabetical order. A file that cannot be imported raises its own error."""
    loader = _loader()
    return {name: _record(loader.load(name)) for name in sorted(loader.list())}


def board(name: str) -> BoardRecord:
    """The board of that name. Raises UnknownBoard, one line that names near ones."""
    if name in boards():
        return boards()[name]
    near = difflib.get_close_matches(name, boards(), n=1)
    hint = f"did you mean {near[0]}?" if near else f"known are {', '.join(boards())}."
    raise UnknownBoard(f"no board is called {name!r}: {hint}")


def asked(name: str, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """The search that `arguments` ask of that board, as `Search.asked` gives it. Raises UnknownBoard, BadSearch."""
    search: dict[str, Any] = _loader().load(board(name).name)(**arguments).search.asked()
    return search


def _record(spider: Any) -> BoardRecord:
    return BoardRecord(
        name=spider.name,
        title=(sys.modules[spider.__module__].__doc__ or "").partition("\n")[0].rstrip("."),
        homepage=spider.homepage,
        hosts=spider.hosts,
        countries=tuple(country for country in spider.markets if country),
        rate=spider.rate,
        schedule=spider.schedule,
        expect=spider.expect,
        robots=spider.robots,
        terms=spider.terms,
        walls=spider.walls,
        browser=spider.browser,
        arguments=spider.own_arguments,
        example=spider.example_arguments,
    )
