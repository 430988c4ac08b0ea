"""A look at a board that takes two requests: its listing and the page of one job, through all that a crawl has."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.settings import BaseSettings

from jobspiders.crawl.counts import Counts
from jobspiders.crawl.outcome import Judgement, judge
from jobspiders.crawl.scrub import masked
from jobspiders.items import Expect, Job, Outcome, Posting

NOTHING: tuple[Any, ...] = (None, "", [], {})
SAME = {"job_source", "complete", "card_hash", "seen_at", "unread", "description_html", "description_text"}
FIELDS = tuple(name for name in Job.__dataclass_fields__ if name not in SAME)


@dataclass(slots=True)
class Found:
    """What was found: the jobs of a listing's cards, those of their own pages, and the answers that came, each its
    kind (listing, job or something else), address and status.
    """

    cards: list[Job] = field(default_factory=list)
    details: list[Job] = field(default_factory=list)
    answers: list[tuple[str, str, int]] = field(default_factory=list)

    def watch(self, crawler: Crawler) -> None:
        """Note what this crawl finds."""

        def received(response: Response, request: Request) -> None:
            self.answers.append((request.meta.get("page", ""), response.url, response.status))

        def scraped(item: Any, response: Response | None) -> None:
            page = response.meta.get("page") if isinstance(response, Response) else "job"
            if isinstance(item, Job) and page != "job":
                self.cards.append(item)
            elif isinstance(item, Job) and item.complete:  # else it is the card again, of a page that did not come
                self.details.append(item)

        crawler.signals.connect(received, signals.response_received, weak=False)
        crawler.signals.connect(scraped, signals.item_scraped, weak=False)

    def fill(self, names: Collection[str]) -> dict[str, float]:
        """The share of jobs in which each of the fields is filled: of the cards, or of the jobs' own pages if that is
        better, for a field may stand on either.
        """
        groups = [jobs for jobs in (self.cards, self.details) if jobs]
        return {name: max(filled(jobs, name) / len(jobs) for jobs in groups) for name in names} if groups else {}


class FewPages:
    """Spider middleware, the one nearest to the spider, and in the place of `Seeds`. It lets through the first request,
    then the first that comes of each answer, until a listing has shown jobs; the page of one of them; nothing else. All
    cards are kept.
    """

    def __init__(self) -> None:
        self._seen = self._asked = False

    async def process_start(self, start: AsyncIterator[Any]) -> AsyncIterator[Any]:
        """The first of the spider's seeds."""
        async for request in start:
            yield request
            return

    async def process_spider_output(self, response: Response, result: AsyncIterator[Any]) -> AsyncIterator[Any]:
        """What comes of an answer, without further requests."""
        followed = False
        async for output in result:
            if not isinstance(output, Request):
                self._seen = True
                yield output
            elif card := output.cb_kwargs.get("card"):
                if card["title"]:  # a sitemap's entries have none
                    yield Posting.from_json(card)
                if not self._asked:
                    self._seen = self._asked = True
                    yield output
            elif not (self._seen or followed):
                followed = True
                yield output


class OnePage:
    """Spider middleware in the place of `Seeds`: the page at the setting `ONE_PAGE`, pairs of an address and a kind
    (listing or job), is fetched, and nothing comes of it.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> OnePage:
        """The middleware of this crawl."""
        return cls(crawler)

    async def process_start(self, start: AsyncIterator[Any]) -> AsyncIterator[Any]:
        """The one request, made as the board makes its own."""
        spider: Any = self._crawler.spider
        url, kind = self._crawler.settings["ONE_PAGE"]
        yield spider.request(url, {}, callback=spider.parse, meta={"page": kind})

    async def process_spider_output(self, response: Response, result: AsyncIterator[Any]) -> AsyncIterator[Any]:
        """Nothing."""
        return
        yield  # which makes this an asynchronous generator


def scratch(settings: BaseSettings, folder: str, middleware: type) -> dict[str, Any]:
    """The settings of a crawl with `middleware`, one of the above, that keeps what it stores in `folder`, notes no run
    and leaves the queue that workers share alone.
    """
    instead = {"jobspiders.crawl.seeds.Seeds": None, middleware: 200}
    silent = dict.fromkeys(("jobspiders.crawl.runlog.RunLog", "jobspiders.crawl.progress.Progress"))
    return {
        "DATABASE_URL": f"sqlite:///{folder}/{secrets.token_hex(8)}.db",
        "REDIS_URL": None,
        "JOBDIR": None,
        "RETRY_TIMES": 0,
        "SPIDER_MIDDLEWARES": {**settings.getdict("SPIDER_MIDDLEWARES"), **instead},
        "EXTENSIONS": {**settings.getdict("EXTENSIONS"), **silent},
    }


def filled(jobs: Sequence[Job], name: str) -> int:
    """In how many of the jobs the field is filled."""
    return sum(getattr(job, name, None) not in NOTHING for job in jobs)


def verdict(found: Found, stats: Mapping[str, Any], expect: Expect) -> Judgement:
    """What is to be said of the board, as of a run; a job's page that was asked for must have come."""
    counts = Counts.of(stats)
    fill = found.fill(expect.fields)
    told = judge(counts, fill, Expect(0, expect.fields), stats.get("finish_reason", "finished"), everything=False)
    if told.outcome is not Outcome.COMPLETE:
        return told.outcome, told.reason
    if stats.get("job/forbidden"):
        return Outcome.ROBOTS, "robots.txt allows the listing and forbids the jobs' own pages"
    if counts.walls:
        return Outcome.BLOCKED, f"the listing came; on a job's own page the board shows a wall: {counts.says}"
    if stats.get("job/failed"):
        return Outcome.DRIFTED, "the listing was read; a job's own page could not be"
    return told.outcome, "the board is as we know it"


def robots(stats: Mapping[str, Any], obeyed: bool) -> str:
    """What robots.txt said, in words."""
    answered = "robotstxt/response_status_count/"
    statuses = [key.removeprefix(answered) for key in stats if key.startswith(answered)]
    if not obeyed:
        return "not asked for, by your decision (ROBOTSTXT_OBEY)"
    if stats.get("robotstxt/forbidden"):
        return "forbids it"
    if statuses and statuses != ["200"]:
        return f"answers {', '.join(statuses)}, which forbids nothing"
    return "allows it" if statuses else "could not be had, which forbids nothing"


def report(found: Found, expect: Expect) -> list[tuple[str, str, str, str]]:
    """Field by field, of those that anything is to be said of: in how many cards it is filled, what the job's own page
    says of it, in how many jobs it is expected.
    """
    words = {name: text for job in (*found.cards, *found.details) for name, text in job.unread.items()}
    rows = []
    for name in (*FIELDS, *(words.keys() - set(FIELDS))):
        cards = f"{filled(found.cards, name)} of {len(found.cards)}" if found.cards else ""
        unread = words.pop(name, None)
        own = "" if not found.details else "filled" if filled(found.details, name) else "empty"
        expected = f"{expect.fields[name]:.0%}" if name in expect.fields else ""
        if expected or unread or "filled" in own or filled(found.cards, name):
            rows.append((name, cards, f"unread: {masked(unread)[:40]!r}" if unread else own, expected))
    return rows
