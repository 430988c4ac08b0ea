"""What became of a request: an answer's text, a failure's status, a job's page with what its card told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response, TextResponse
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from jobspiders.bases.markup import as_markup
from jobspiders.errors import Garbled
from jobspiders.items import Posting


def text_of(response: Response) -> TextResponse:
    """The response as text or markup. Raises Garbled when it is neither."""
    if isinstance(response, TextResponse):
        return as_markup(response)
    raise Garbled(f"{response.url} answers with {len(response.body)} bytes that are no page.")


def status_of(failure: Failure) -> int | None:
    """The HTTP status that made a request fail, None when it was something else."""
    return failure.value.response.status if isinstance(failure.value, HttpError) else None


def is_forbidden(failure: Failure) -> bool:
    """True when the request was never sent, robots.txt being against it, which is no failure of the board's."""
    return type(failure.value) is IgnoreRequest  # an HttpError is one, too


def completed(posting: Posting, card: Posting, exact: Sequence[str]) -> Posting:
    """The posting of a job's page with what only its card told, and with the fields `exact` as the card had them."""
    better = {name: getattr(card, name) for name in exact if getattr(card, name)}
    return replace(posting.filled_from(card), **better)
