"""How a board is crawled: the two callbacks that every crawl alternates between.

`on_listing` reads a page of cards, `on_job` a job's own page. Both look for the board's declared generations in order
and hand what they find to the board's `parse_card` and `parse_job`; a request carries all it needs in `cb_kwargs`, as
plain data, so that any process can go on where another stopped.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from typing import Any

from scrapy import Request
from scrapy.http import Response, TextResponse
from twisted.python.failure import Failure

from jobspiders.bases.answers import completed, is_forbidden, status_of, text_of
from jobspiders.bases.declared import Declared
from jobspiders.bases.documents import Generation, Page
from jobspiders.bases.fitting import fitted
from jobspiders.errors import Garbled, Unreadable
from jobspiders.items import Gone, Posting

Output = Request | Posting | Gone

# What indexing into data of another shape than expected raises: one such card is counted, the others go on.
MISSHAPEN = (LookupError, TypeError, ValueError, AttributeError, ArithmeticError)


class Board(Declared):
    """A job board that can be crawled; each kind in this room adds how its listings are found."""

    def listing_requests(self) -> Iterable[Request]:
        """The requests that a search begins with."""
        raise NotImplementedError

    def next_listing(self, page: Page, generation: Generation, number: int, seen: int) -> Iterable[Request]:
        """The listing after the `number`-th of its row, when `seen` cards have come by: here, the link to it."""
        link = page.response.css(generation.next).get() if generation.next else None
        if link:
            yield self.listing_request(page.response.urljoin(link), number + 1, seen)

    def listing_request(self, url: str, number: int = 1, before: int = 0, **options: Any) -> Request:
        """The request for a listing, the `number`-th of its row, with `before` cards on those before it."""
        place = {"number": number, "before": before}
        values = {**self.asked.values, "page": number, "from_index": before}
        options |= {"callback": self.on_listing, "errback": self.on_listing_failed, "cb_kwargs": place}
        return self.request(url, values, meta={"page": "listing"}, **options)

    def cards(self, found: list[Any], page: Page) -> list[Any]:
        """The cards of a listing, of what a generation found in it: here, all of that as it is."""
        return found

    def beyond(self, card: Any) -> Iterable[Request]:
        """The further listings that a card leads to: here, none."""
        return ()

    def parse_card(self, card: Any) -> Posting:
        """What one card of a listing says, by `self.posting`."""
        raise NotImplementedError

    def parse_job(self, job: Any, response: TextResponse) -> Posting:
        """What a job's own page says, by `self.posting`."""
        raise NotImplementedError

    async def start(self) -> AsyncIterator[Any]:
        """Scrapy's entry: the first listings."""
        for request in self.listing_requests():
            yield request

    def parse(self, response: Response, **kwargs: Any) -> Iterator[Output]:
        """Scrapy's default callback, for URLs pushed from outside: a job's page or a listing, whichever it is."""
        page = Page(text_of(response))
        if any(page.find(generation) for generation in self.job):
            yield from self.on_job(response)
        else:
            yield from self.on_listing(response)

    def on_listing(self, response: Response, number: int = 1, before: int = 0) -> Iterator[Output]:
        """Cards as postings, or as requests for the jobs' own pages; then the next listings.

        Raises Unreadable when no declared generation is in the page.
        """
        page, generation, cards = self._read_listing(response)
        yield from self._wanted(cards, before)
        seen = before + len(cards)
        if cards and not self.asked.enough(seen):
            yield from self._next(page, generation, number, seen)

    def on_job(self, response: Response, card: Mapping[str, Any] | None = None) -> Iterator[Output]:
        """The job of its own page, completed by what its card told. Raises Unreadable when there is none."""
        page = Page(text_of(response))
        if card and any(generation.gone and page.look_up(generation, generation.gone) for generation in self.job):
            yield Gone(self.name, card["source_id"], "the board no longer knows it")
            return
        try:
            generation, found = self._answer(page, self.job, "job")
            if page.cut_off:
                raise Unreadable(f"{page.response.url} breaks off in the middle of its job.")
            posting = self._parsed(found[0] if isinstance(found, list) else found, page.response)
        except Unreadable as error:
            if card is None:
                raise
            yield from self.on_unread_job(page.response, Posting.from_json(card), error)
            return
        posting.complete = True
        yield self._completed(posting, Posting.from_json(card)) if card else posting
        self._count("job/pages")
        if self.related and not self.search.asked():
            others = page.look_up(generation, self.related)
            for other in others if isinstance(others, list) else ():
                yield from self._on_card(other)

    def on_unread_job(self, response: TextResponse, card: Posting, error: Unreadable) -> Iterator[Output]:
        """A job's page in which nothing was found: what its card told is kept."""
        self._count("job/failed")
        self.logger.error("%s", error)
        yield card

    def on_listing_failed(self, failure: Failure) -> None:
        """A listing that did not come: the end of the row, when that is how the board ends one, or a failure."""
        number = failure.request.cb_kwargs["number"]  # type: ignore[attr-defined]
        past_the_end = status_of(failure) in self.past_end and number > 1
        self._count("listing/past_end" if past_the_end else "listing/failed")
        if not past_the_end and status_of(failure):
            self.crawler.stats.set_value("listing/says", f"the listing answers {status_of(failure)}")

    def on_job_failed(self, failure: Failure) -> Iterator[Output]:
        """A job's page that did not come: evidence that the job is gone, or else at least what the card told."""
        request: Request = failure.request  # type: ignore[attr-defined]
        card = Posting.from_json(request.cb_kwargs["card"])
        if status_of(failure) in (404, 410):
            yield Gone(card.job_source, card.source_id, f"its page answers {status_of(failure)}")
        else:
            self._count("job/forbidden" if is_forbidden(failure) else "job/failed")
            yield card

    def job_request(self, card: Posting) -> Request | None:
        """The request for a card's own page; None for a board whose cards say it all."""
        if self.job_url is None:
            return None
        told = card.as_json()
        return self.request(
            self.job_url,
            {**self.asked.values, **told},
            body=self.job_body,
            callback=self.on_job,
            errback=self.on_job_failed,
            cb_kwargs={"card": told},
            meta={"page": "job"},
        )

    def _read_listing(self, response: Response) -> tuple[Page, Generation, list[Any]]:
        page = Page(text_of(response))
        generation, found = self._answer(page, self.listing, "listing")
        if not isinstance(found, list):
            raise Unreadable(f"{page.response.url} has no list where {generation.name} says that the cards are.")
        cards = self.cards(found, page)
        self._count("listing/pages")
        self._count("listing/cards", len(cards))
        if page.cut_off or page.breaks_off:
            self._count("listing/cut_off")
        return page, generation, cards

    def _wanted(self, cards: Sequence[Any], before: int) -> Iterator[Output]:
        for index, card in enumerate(cards, start=before):
            if self.asked.wants(index):
                yield from self._on_card(card)

    def _completed(self, posting: Posting, card: Posting) -> Posting:
        """The job of its own page with what only its card told; the card alone when the page is another job's."""
        if posting.source_id == card.source_id:
            return completed(posting, card, self.exact_in_cards)
        self._count("job/failed")
        return card

    def _parsed(self, job: Any, response: TextResponse) -> Posting:
        try:
            return fitted(self.parse_job(job, response))
        except MISSHAPEN as error:
            shape = f"{type(error).__name__}: {error}"
            raise Unreadable(f"{response.url} has a job in a shape that {self.name} does not know: {shape}") from error

    def _on_card(self, card: Any) -> Iterator[Output]:
        try:
            posting = fitted(self.parse_card(card))
            posting.card_hash = posting.fingerprint()
            wanted = self.search.fetch_description and not posting.complete
            outputs = [(self.job_request(posting) if wanted else None) or posting, *self.beyond(card)]
        except MISSHAPEN as error:
            self._count(f"card/failed/{type(error).__name__}")
            self.logger.error("a card could not be read: %s: %s", type(error).__name__, error)
            return
        yield from outputs

    def _next(self, page: Page, generation: Generation, number: int, seen: int) -> Iterator[Request]:
        try:
            yield from self.next_listing(page, generation, number, seen)
        except MISSHAPEN as error:
            self._count("listing/failed")
            self.logger.error("page %d does not say what follows: %s: %s", number, type(error).__name__, error)

    def _answer(self, page: Page, generations: Sequence[Generation], kind: str) -> tuple[Generation, Any]:
        for generation in generations:
            found = page.find(generation)
            if found is not None:
                self._count(f"{kind}/generation/{generation.name}")
                return generation, found
        if not page.is_document:
            raise Garbled(f"{page.response.url} answers with {len(page.response.body)} bytes that are no page.")
        raise Unreadable(f"{page.response.url} holds nothing that {self.name} can read as a {kind}.")

    def _broke_off(self, why: str) -> None:
        """A listing that ends before its end, for a reason that the run tells."""
        self._count("listing/cut_off")
        self.crawler.stats.set_value("listing/says", why)
        self.logger.warning(why)
