"""What became of a request: an answer's text, a failure's status, a job's page with what its card told."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response, TextResponse
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure
from w3lib.encoding import html_body_declared_encoding, http_content_type_encoding, read_bom

from jobspiders.bases.markup import as_markup
from jobspiders.errors import Garbled
from jobspiders.items import Posting

_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")


def text_of(response: Response) -> TextResponse:
    """The response as text or markup. Raises Garbled when it is neither."""
    if isinstance(response, TextResponse):
        return as_markup(_in_utf_8(response))
    raise Garbled(f"{response.url} answers with {len(response.body)} bytes that are no page.")


def _in_utf_8(response: TextResponse) -> TextResponse:
    """The response read as UTF-8 where nobody says what it is in, and most of it is that.

    For one letter that is cut in two Scrapy guesses anew what all of it is in, and every "–" becomes "â€“".
    """
    header = (response.headers.get("Content-Type") or b"").decode("latin-1")
    body = response.body
    if http_content_type_encoding(header) or read_bom(body)[0] or html_body_declared_encoding(body):
        return response
    text = body.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    if broken and len(_BEYOND_ASCII.findall(text)) >= 2 * broken:
        return response.replace(encoding="utf-8")
    return response


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
