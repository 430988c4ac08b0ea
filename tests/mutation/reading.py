"""Reads a page as a crawl does: the board's callback, `normalise`, and what `pipelines.Validate` lets pass."""

from __future__ import annotations

import json
import time
import tomllib
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from scrapy import Request
from scrapy.exceptions import DropItem
from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes
from scrapy.utils.project import get_project_settings

from jobspiders.commands.replay import moment, offline_spider
from jobspiders.errors import Unreadable
from jobspiders.frontier.serializer import dumps
from jobspiders.items import Gone, Job, Posting
from jobspiders.normalise import normalise
from jobspiders.pipelines import Validate

BOARDS = Path(__file__).parents[1] / "boards"
TYPES = {"html": "text/html; charset=utf-8", "json": "application/json"}
LONGEST_MESSAGE = 1000


@dataclass(frozen=True, eq=False)
class Case:
    """A saved page: what it is ("listing" or "detail"), where and when it was got, and the search it answers."""

    board: str
    name: str
    kind: str
    url: str
    at: datetime
    arguments: Mapping[str, str]
    body: bytes
    content_type: str


@dataclass(slots=True)
class Reading:
    """What came of a page: its valid jobs, or the name of the error, and what must not happen as `faults`.

    `ended` are the ids of the jobs that it said are gone, `failed` counts its cards that could not be read, `dropped`
    its postings that Validate refused. `seconds` are the processor's.
    """

    jobs: list[Job] = field(default_factory=list)
    ended: list[str] = field(default_factory=list)
    error: str | None = None
    faults: list[str] = field(default_factory=list)
    seconds: float = 0.0
    generation: str | None = None
    cut_off: bool = False
    cards: int = 0
    failed: int = 0
    dropped: int = 0


@cache
def cases() -> list[Case]:
    """All saved pages of all boards."""
    return [_case(path.parent) for path in sorted(BOARDS.glob("*/*/case.toml"))]


def _case(folder: Path) -> Case:
    told = tomllib.loads((folder / "case.toml").read_text(encoding="utf-8"))
    (page,) = folder.glob("page.*")
    return Case(
        folder.parent.name,
        folder.name,
        told["as"],
        told["url"],
        moment(told["at"]),
        told.get("arguments", {}),
        page.read_bytes(),
        TYPES[page.suffix[1:]],
    )


def ways(case: Case) -> list[str]:
    """How a page of this kind may come to its board: asked for as what it is, or pushed from outside."""
    return [case.kind, "pushed"] if case.kind == "listing" else [case.kind, "after its card", "pushed"]


def read(case: Case, body: bytes, way: str, content_type: str | None = None, generation: str | None = None) -> Reading:
    """What comes of `body` in the place of the case's page; with a `generation`, only that one is looked for."""
    spider = _spider(case)
    spider.listing = [one for one in type(spider).listing if generation in (None, one.name)]
    spider.job = [one for one in type(spider).job if generation in (None, one.name)]
    stats = spider.crawler.stats
    stats.clear_stats()
    reading, begin = Reading(), time.thread_time()
    try:
        response = _response(case, body, content_type or case.content_type)
        spider.wall(response)
        postings = list(_postings(_callback(spider, case, way)(response), spider, reading))
        reading.jobs = list(_valid((normalise(posting, case.at) for posting in postings), stats))
        reading.dropped = len(postings) - len(reading.jobs)
    except Unreadable as error:
        reading.error = type(error).__name__
        if "\n" in str(error) or len(str(error)) > LONGEST_MESSAGE:
            reading.faults.append(f"{reading.error} with a message of {len(str(error))} characters")
    except Exception as error:  # noqa: BLE001 - whatever is raised is what is looked for
        reading.faults.append(f"{type(error).__name__} raised at {_place(error)}")
    reading.seconds = time.thread_time() - begin
    _count(reading, stats.get_stats())
    return reading


def card_of(case: Case) -> Posting:
    """The card by which a crawl would have come to the job of this page."""
    posting = next(_postings(_spider(case).on_job(_response(case, case.body, case.content_type)), _spider(case)))
    card: Posting = _spider(case).posting(source_id=posting.source_id, url=posting.url, title="As its card told it")
    return card


@cache
def _spider(case: Case) -> Any:
    return offline_spider(case.board, get_project_settings(), case.arguments)


def _callback(spider: Any, case: Case, way: str) -> Callable[[Response], Iterable[Any]]:
    if way == "after its card":
        return lambda response: spider.on_job(response, card=json.loads(_card(case)))
    callbacks = {"listing": spider.on_listing, "detail": spider.on_job, "pushed": spider.parse}
    callback: Callable[[Response], Iterable[Any]] = callbacks[way]
    return callback


@cache
def _card(case: Case) -> str:
    return json.dumps(card_of(case).as_json())


def _response(case: Case, body: bytes, content_type: str) -> Response:
    """The response that Scrapy makes of this; a page that needs a browser was opened in it."""
    headers = Headers({"Content-Type": content_type})
    kind = responsetypes.from_args(headers=headers, url=case.url, body=body)
    return kind(case.url, headers=headers, body=body, request=Request(case.url, meta={"rendered": {}}))


def _postings(outputs: Iterable[Any], spider: Any, reading: Reading | None = None) -> Iterator[Posting]:
    """The postings, those of the requests for jobs' own pages among them; every request fits the frontier."""
    for output in outputs:
        if isinstance(output, Request):
            dumps(output, spider)
            if card := output.cb_kwargs.get("card"):
                yield Posting.from_json(card)
        elif isinstance(output, Posting):
            yield output
        elif isinstance(output, Gone) and reading:
            reading.ended.append(output.source_id)


def _valid(jobs: Iterable[Job], stats: Any) -> Iterator[Job]:
    validate = Validate(stats)
    for job in jobs:
        try:
            validate.process_item(job).send(None)
        except StopIteration:
            yield job
        except DropItem:
            continue


def _count(reading: Reading, stats: Mapping[str, Any]) -> None:
    for key, value in stats.items():
        if key.startswith("card/failed/"):
            reading.failed += value
        elif "/generation/" in key:
            reading.generation = key.rpartition("/")[2]
    reading.cards = stats.get("listing/cards", 0)
    reading.cut_off = "listing/cut_off" in stats


def _place(error: Exception) -> str:
    """Where in our code an exception comes from."""
    frames = traceback.extract_tb(error.__traceback__)
    last = [frame for frame in frames if "/jobspiders/" in frame.filename][-1:] or frames[-1:]
    return f"{Path(last[0].filename).name}:{last[0].lineno} in {last[0].name}"
