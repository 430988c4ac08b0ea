"""What goes wrong on demand: faults as data, when they strike, and what a board answers then.

A fault is written `board:kind:option=value:...`, for example `jobstreet:429:times=3:retry_after=5`.
"""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields, replace
from random import Random

from jobspiders.simboards.board import Answer, Asked, Board, Site
from jobspiders.simboards.pages import json_answer, page

KINDS = {
    "429": "too many requests (retry_after=seconds)",
    "403": "forbidden",
    "503": "unavailable",
    "challenge": "a challenge page with status 200",
    "wall": "a login wall from page=2 of a listing on",
    "error": "status 200 with the error RATE_LIMITED inside",
    "empty": "the board states that there are no jobs",
    "layout": "keys are renamed (keys=title+salary: only those)",
    "slow": "the answer comes after seconds=5",
    "cut": "the body ends before its announced length",
    "reset": "the connection is reset",
    "garbage": "ten megabytes of random bytes",
    "robots": "robots.txt forbids everything",
}
ROBOTS = "/robots.txt"
EVERY = "all"
CHALLENGE = (
    "<h1>Verify you are human</h1><p>This takes a few seconds.</p>"
    '<div id="cf-browser-verification"></div><script src="/cdn-cgi/challenge-platform/h/b/orchestrate.js"></script>'
)


class BadFault(ValueError):
    """Raised by `read_fault` for text that is no fault; the message is one line for whoever wrote it."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of one board (or of all): after so many requests, so many times, for a share of them.

    `path` is a regular expression for the path with its query; without it, robots.txt is spared. `status`
    replaces the usual one.
    """

    board: str
    kind: str
    path: str = ""
    after: int = 0
    times: int | None = None
    share: float = 1.0
    status: int | None = None
    retry_after: int | None = None
    seconds: float = 5.0
    page: int = 2
    keys: str = ""

    def __str__(self) -> str:
        given = [
            f":{item.name}={getattr(self, item.name)}" for item in OPTIONS if getattr(self, item.name) != item.default
        ]
        return f"{self.board}:{self.kind}{''.join(given)}"


OPTIONS = fields(Fault)[2:]
READERS = {"path": str, "keys": str, "share": float, "seconds": float}


def read_fault(text: str, boards: Iterable[str]) -> Fault:
    """The fault that `text` declares for one of `boards`. Raises BadFault."""
    board, _, rest = text.partition(":")
    kind, *given = rest.split(":")
    known = sorted(boards)
    if board not in {*known, EVERY}:
        raise BadFault(f"{text!r}: the board is one of {', '.join(known)} or {EVERY}.")
    if kind not in KINDS:
        raise BadFault(f"{text!r}: the kind is one of {', '.join(KINDS)}.")
    try:
        options = dict(_option(*item.split("=", 1)) for item in given)
    except (TypeError, KeyError, ValueError, re.error):
        raise BadFault(f"{text!r}: options are {', '.join(item.name for item in OPTIONS)}, as name=value.") from None
    return replace(Fault(board, kind), **options)  # type: ignore[arg-type]


def _option(name: str, value: str) -> tuple[str, str | int | float]:
    if name not in {item.name for item in OPTIONS}:
        raise KeyError(name)
    if name == "path":
        re.compile(value)
    return name, READERS.get(name, int)(value)


@dataclass(slots=True)
class Duty:
    """A fault in force: how many requests it was meant for so far, and how many it struck."""

    fault: Fault
    met: int = 0
    struck: int = 0

    def strikes(self, board: Board, asked: Asked, address: str) -> bool:
        """Whether the fault strikes this request, the path of which with its query is `address`; counts it."""
        fault = self.fault
        if fault.board not in {board.name, EVERY} or not _concerns(fault, board, asked, address):
            return False
        self.met += 1
        turn = self.met - fault.after
        due = turn > 0 and math.floor(turn * fault.share) > math.floor((turn - 1) * fault.share)
        if not due or self.struck == fault.times:
            return False
        self.struck += 1
        return True


def _concerns(fault: Fault, board: Board, asked: Asked, address: str) -> bool:
    if fault.kind == "robots":
        return asked.path == ROBOTS
    if not (re.search(fault.path, address) if fault.path else asked.path != ROBOTS):
        return False
    return fault.kind != "wall" or (board.page(asked) or 0) >= fault.page


def answer(board: Board, site: Site, asked: Asked, fault: Fault | None) -> Answer:
    """What the board answers while `fault` strikes; slow, cut and reset are the connection's matter."""
    kind = fault.kind if fault else ""
    if fault and kind == "wall" and board.wall:
        return board.wall(asked)
    if fault and kind in READY:
        ready = READY[kind](fault, asked)
        return replace(ready, status=fault.status or ready.status)
    if asked.path == ROBOTS:
        return _robots("Allow")
    right = board.answer(site.without_jobs() if kind == "empty" else site, asked)
    return _renamed(right, fault.keys) if fault and kind == "layout" else right


def _robots(rule: str) -> Answer:
    return Answer(f"User-agent: *\n{rule}: /\n".encode(), "text/plain; charset=utf-8")


def _refusal(fault: Fault, _asked: Asked) -> Answer:
    return Answer(page("<h1>Sorry</h1>"), status=int(fault.kind))


def _too_many(fault: Fault, asked: Asked) -> Answer:
    wait = {} if fault.retry_after is None else {"Retry-After": str(fault.retry_after)}
    return replace(_refusal(fault, asked), headers=wait)


def _challenge(_fault: Fault, _asked: Asked) -> Answer:
    headers = {"cf-mitigated": "challenge", "Server": "cloudflare"}
    return Answer(page(CHALLENGE, "<title>Just a moment...</title>"), headers=headers)


def _error_inside(_fault: Fault, asked: Asked) -> Answer:
    data = {"jobDetails": None} if asked.path == "/graphql" else None
    return json_answer(_errors("Too many requests.", "RATE_LIMITED", data))


def _wall(_fault: Fault, asked: Asked) -> Answer:
    if asked.method == "POST":
        body = _errors("You need to log in to see more.", "NO_PERMISSION", None)
        return json_answer({**body, "isAuthenticated": False}, 403)
    form = '<form action="/id/login"><input id="login-form-email"><input id="login-form-password"></form>'
    return Answer(page(f"<h1>Masuk</h1>{form}"), status=403)


def _errors(message: str, code: str, data: object) -> dict[str, object]:
    return {"errors": [{"message": message, "extensions": {"code": code}}], "data": data}


@functools.cache
def _garbage() -> bytes:
    return Random(1).randbytes(10_000_000)


def _renamed(right: Answer, keys: str) -> Answer:
    """The answer with those keys of its JSON renamed; without keys, all of them and the data- attributes, too."""
    names = "|".join(map(re.escape, keys.split("+"))) if keys else r"\w+"
    body = re.sub(rf'("|&quot;)({names})\1(?=\s*:)'.encode(), rb"\1\2New\1", right.body)
    if not keys:
        body = re.sub(rb"(\sdata-[\w-]+)=", rb"\1-new=", body)
    return replace(right, body=body)


READY: dict[str, Callable[[Fault, Asked], Answer]] = {
    "429": _too_many,
    "403": _refusal,
    "503": _refusal,
    "challenge": _challenge,
    "wall": _wall,
    "error": _error_inside,
    "garbage": lambda _fault, _asked: Answer(_garbage()),
    "robots": lambda _fault, _asked: _robots("Disallow"),
}
"""The kinds for which the board is not even asked."""
