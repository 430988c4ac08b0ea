"""What the desk tells of queues and workers, the same in both modes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Wish:
    """A run that somebody wants. `search` has the arguments of `scrapy crawl -a`, `settings` those of
    `manners.SETTINGS`; `launcher` None is the one that fits the configuration.
    """

    site_name: str
    search: Mapping[str, Any] = field(default_factory=dict)
    settings: Mapping[str, Any] = field(default_factory=dict)
    trigger: str = "manual"
    launcher: str | None = None


@dataclass(frozen=True, slots=True)
class WorkerRecord:
    """A process that crawls a board, or waits for work (`board` is empty). `since` and `silent` are seconds: how long
    it does so, and how long ago it was heard of; `requests` and `items` are what it has done meanwhile.
    """

    name: str
    board: str
    run_id: str
    url: str
    since: float
    silent: float
    requests: int
    items: int
    pid: int | None = None


@dataclass(frozen=True, slots=True)
class QueueRecord:
    """A board's queue and pace. `run_id` and `state` (running, paused) are those of the run that goes on, if any; then
    come requests by where they are; `dead` are dead letters, `start_urls` messages from outside that nobody has taken.

    Rates are in requests a minute: `configured` by the board, `current` as they are spaced now (None: no limit),
    `observed` in the last minute. The board is closed for `closed` seconds, because of `reason`.
    """

    board: str
    configured: float
    run_id: str | None = None
    state: str | None = None
    pending: int = 0
    delayed: int = 0
    leased: int = 0
    done: int = 0
    failed: int = 0
    dead: int = 0
    start_urls: int = 0
    current: float | None = None
    observed: float = 0.0
    closed: float = 0.0
    reason: str = ""
