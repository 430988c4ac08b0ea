"""What a board declares: its facts, its rate as settings, its search. `board.py` says how it is crawled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.settings import BaseSettings

from jobspiders.bases.documents import Generation
from jobspiders.bases.marks import Mark, find_mark
from jobspiders.bases.searching import Asked
from jobspiders.errors import BoardMisdeclared
from jobspiders.items import Expect, Market, Posting, Rate
from jobspiders.search import Search


class Declared(Spider):
    """The facts of a job board. What a subclass must declare and what it may; `bases/*.py` say what each kind adds.

    `hosts` are the registered domains that the board's pages live on. `markets` maps a country (ISO alpha-2) to
    what goes without saying there, the first being the default; `None` as the key means the whole world.
    `blocks` are the signs of the board's walls; `robots`, `terms` and `walls` are what is reported of its rules, in a
    sentence each, for the operator.
    `words` translates a search argument's values into the board's own; `own_arguments` adds arguments that only
    this board has, with what they mean. A board that cannot begin without any of them names in `needs` those of
    which one must be given, and in `example_arguments` what its replica is asked for. `refetch_after` is in days.
    `past_end` are the statuses by which a listing ends; `exact_in_cards` names the fields of a posting that a card
    tells better than the job's own page. `browser` tells that the board needs one, see `rendered.py`.
    """

    name: str
    homepage: ClassVar[str]
    hosts: tuple[str, ...] = ()
    markets: ClassVar[Mapping[str | None, Market]] = {None: Market()}

    rate: ClassVar[Rate]
    schedule: ClassVar[str] = "every 6h"
    expect: ClassVar[Expect] = Expect()
    robots: ClassVar[str] = "not seen"
    terms: ClassVar[str] = "not seen"
    walls: ClassVar[str] = "none reported"
    refetch_after: ClassVar[int] = 7
    whole_listing: bool = False
    past_end: ClassVar[Sequence[int]] = (404,)
    exact_in_cards: ClassVar[Sequence[str]] = ()
    browser: ClassVar[bool] = False

    blocks: ClassVar[Sequence[Mark]] = ()

    words: ClassVar[Mapping[str, Mapping[Any, Any]]] = {}
    own_arguments: ClassVar[Mapping[str, str]] = {}
    needs: ClassVar[tuple[str, ...]] = ()
    example_arguments: ClassVar[Mapping[str, str]] = {}

    headers: ClassVar[Mapping[str, str]] = {}
    listing: ClassVar[Sequence[Generation]] = ()
    job: ClassVar[Sequence[Generation]] = ()
    job_url: ClassVar[str | None] = None
    job_body: ClassVar[Mapping[str, Any] | None] = None
    related: ClassVar[str | None] = None

    def __init__(self, name: str | None = None, **arguments: Any) -> None:
        super().__init__(name)
        if not self.listing or not getattr(self, "rate", None):
            raise BoardMisdeclared(f"{self.name}: a board declares at least `rate` and one generation in `listing`.")
        self.search = Search.read(arguments, self.own_arguments, self.needs)
        self.asked = Asked.of(type(self), self.search)
        self.scrapyd_job: str | None = arguments.get("_job")  # what scrapyd calls the process

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """The board's rate as Scrapy's settings, which a command line can still make slower."""
        super().update_settings(settings)
        settings.set("DOWNLOAD_DELAY", cls.rate.interval, priority="spider")
        settings.set("CONCURRENT_REQUESTS_PER_DOMAIN", cls.rate.concurrency, priority="spider")

    @classmethod
    def search_templates(cls) -> list[Any]:
        """The declarations in which placeholders of a search may stand."""
        return []

    def wall(self, response: Response) -> Mark | None:
        """The sign by which a response is a wall and no answer; None for an answer."""
        return find_mark(response, self.blocks)

    def posting(self, *, market: Market | None = None, **values: Any) -> Posting:
        """A posting of this board with the published `values`; see `items.Posting` for what they may be."""
        return Posting(job_source=self.name, market=market or self.asked.market, **values)

    def request(self, url: str, values: Mapping[str, Any], **options: Any) -> Request:
        """A request of this board's, its URL and JSON body filled from `values`."""
        return self.asked.request(url, values, {**self.headers}, **options)

    def _count(self, key: str, number: int = 1) -> None:
        crawler: Crawler = self.crawler
        crawler.stats.inc_value(key, number)
