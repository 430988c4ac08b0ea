"""A site of each board at a fixed moment, asked without a server."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from html import unescape
from typing import Any

import pytest

from jobspiders.simboards.board import Answer, Asked, Site, open_site
from jobspiders.simboards.boards import BOARDS, HOSTS

NOW = datetime(2026, 11, 22, 6, 30, tzinfo=UTC)
HOME = {board.name: next(iter(board.hosts)) for board in BOARDS.values()}


class Asker:
    """Asks one site of a board; the answers' bodies can be had as text or read."""

    def __init__(self, host: str, size: int) -> None:
        self.board, self.host = HOSTS[host], host
        self.site: Site = open_site(self.board.name, self.board.hosts[host], size, 1, NOW)

    def get(self, path: str, **query: object) -> Answer:
        asked = Asked("GET", self.host, path, {name: str(value) for name, value in query.items()})
        return self.board.answer(self.site, asked)

    def post(self, path: str, body: object) -> Answer:
        return self.board.answer(self.site, Asked("POST", self.host, path, {}, json.dumps(body).encode()))


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def ask() -> Callable[..., Asker]:
    """Opens a site: `ask(board_or_host, size)`."""
    return lambda board, size=100: Asker(HOME.get(board, board), size)


@pytest.fixture
def read() -> Callable[..., Any]:
    """Reads an answer: JSON, or the data within a page by its kind (next, redux, remix, inertia, ld, mosaic, initial)."""
    return _read


def _read(answer: Answer, kind: str = "json") -> Any:
    text = answer.body.decode()
    if kind == "json":
        return json.loads(text)
    if kind == "inertia":
        return json.loads(unescape(re.search(r'data-page="([^"]*)"', text)[1]))
    start = re.search(
        {
            "next": r'id="__NEXT_DATA__" type="application/json">',
            "redux": r"window\.SEEK_REDUX_DATA = ",
            "remix": r"window\.__remixContext = ",
            "ld": r'type="application/ld\+json">',
            "mosaic": r'window\.mosaic\.providerData\["mosaic-provider-jobcards"\]=',
            "initial": r"window\._initialData=",
        }[kind],
        text,
    ).end()
    script = re.sub(r"(?<=:)undefined(?=[,}])", "null", text[start : text.index("</script>", start)])
    return json.JSONDecoder().raw_decode(script)[0]
