"""One crawl's own queue: in memory, or on disk in `JOBDIR`, where it survives being killed at any moment.

Scrapy's own disk queue forgets what was in hand, and after kill -9 what was queued as well, but remembers all of it
as seen (scrapy/scrapy#2399, #7978). Here a request leaves the disk only when it is done: its page parsed, the
requests that came of it on disk, its items stored. What was in hand at a kill is fetched again. The statistics are
kept with it, so that the run is judged by all that was done and not by what was left for its last crawl.
"""

from __future__ import annotations

import asyncio
import logging
import sqlite3
import time
from pathlib import Path

from scrapy import Request, Spider, signals
from scrapy.core.scheduler import BaseScheduler
from scrapy.crawler import Crawler
from scrapy.http import Response

from jobspiders.errors import BadConfig
from jobspiders.frontier.done import watch
from jobspiders.frontier.engine import Engine
from jobspiders.frontier.growth import Growth
from jobspiders.frontier.serializer import DELAY, dumps, loads

logger = logging.getLogger(__name__)

FILE = "frontier.db"
MEMORY = ":memory:"

_TABLES = """
CREATE TABLE IF NOT EXISTS requests
    (id INTEGER PRIMARY KEY, priority INTEGER, due REAL, taken INTEGER DEFAULT 0, request TEXT);
CREATE INDEX IF NOT EXISTS next ON requests (taken, priority DESC, id);
CREATE TABLE IF NOT EXISTS seen (fingerprint BLOB PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS counts (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
UPDATE requests SET taken = 0;
"""
_PUSH = "INSERT INTO requests (priority, due, request) VALUES (?, ?, ?)"
_COUNT = """
INSERT INTO counts VALUES (?, ?) ON CONFLICT DO UPDATE
SET value = iif(typeof(excluded.value) = 'text', excluded.value, value + excluded.value)
"""
_NEXT = "SELECT id, request FROM requests WHERE taken = 0 AND due <= ? ORDER BY priority DESC, id LIMIT 1"


def unfinished(folder: str | Path) -> bool:
    """True when a crawl with this `JOBDIR` was cut off and can be gone on with."""
    return (Path(folder) / FILE).exists()


class LocalQueue(BaseScheduler):
    """A scheduler over SQLite: higher priority first, then first in first out; a delayed request when it is due.

    On disk, one process for each `JOBDIR`.
    """

    def __init__(self, crawler: Crawler, folder: str | None) -> None:
        self._crawler = crawler
        self._folder = Path(folder) if folder else None
        self._in_hand: dict[Request, int] = {}
        self._unstored: set[Request] = set()
        self._waker: asyncio.TimerHandle | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> LocalQueue:
        """The queue of this crawl, in its `JOBDIR` if it has one."""
        return cls(crawler, crawler.settings["JOBDIR"])

    def open(self, spider: Spider) -> None:
        """Begin, or go on where an earlier crawl was cut off. Raises BadConfig when another process has the file."""
        self._spider = spider
        self._file = self._connect()
        for name, value in self._file.execute("SELECT name, value FROM counts"):
            self._crawler.stats.set_value(name, value)
        self._growth = Growth(self._crawler.stats)
        self._growth()  # that is on disk already
        self._pending = self._count()
        if self._pending:
            logger.info("going on with %d requests from %s", self._pending, self._folder)
        self._engine = Engine(self._crawler)
        watch(self._crawler, self._done)
        self._crawler.signals.connect(self._item_error, signals.item_error)

    def close(self, reason: str) -> None:
        """A crawl that is through leaves nothing behind, so that the next one begins anew; any other can be resumed."""
        left = self._count()
        self._file.close()
        if self._waker:
            self._waker.cancel()
        if self._folder and not left and reason == "finished":
            # Not before the run's end is noted: killed until then, it is still a crawl to go on with.
            self._crawler.signals.connect(self._forget, signals.engine_stopped)

    def _forget(self) -> None:
        assert self._folder is not None
        (self._folder / FILE).unlink()

    def __len__(self) -> int:
        """How many requests wait."""
        return self._pending

    def has_pending_requests(self) -> bool:
        """True while a request waits, for its turn or its time; those in hand the engine knows itself."""
        return self._pending > 0

    def enqueue_request(self, request: Request) -> bool:
        """Take the request; False when it was seen before, or cannot be written down."""
        due = time.time() + float(request.meta.pop(DELAY, 0))
        try:
            text = dumps(request, self._spider)
        except (TypeError, ValueError) as error:
            logger.error("%s cannot be queued: %s", request, error)
            self._crawler.stats.inc_value("frontier/unwritable")
            return False
        with self._file:  # one transaction: what is seen and not queued would be lost
            self._file.execute("BEGIN")
            new = request.dont_filter or self._is_new(request)
            if new:
                self._file.execute(_PUSH, (request.priority, due, text))
        self._pending += new
        if not new:
            self._crawler.stats.inc_value("dupefilter/filtered")
        return new

    def next_request(self) -> Request | None:
        """The next request that is due, from now on in hand."""
        if not self._pending:
            return None
        row = self._file.execute(_NEXT, (time.time(),)).fetchone()
        if row is None:
            self._wake_when_due()
            return None
        self._file.execute("UPDATE requests SET taken = 1 WHERE id = ?", (row[0],))
        self._pending -= 1
        request = loads(row[1], self._spider)
        self._in_hand[request] = row[0]
        return request

    def _connect(self) -> sqlite3.Connection:
        if self._folder:
            self._folder.mkdir(parents=True, exist_ok=True)
        file = sqlite3.connect(self._folder / FILE if self._folder else MEMORY, isolation_level=None, timeout=1)
        try:
            for pragma in ("locking_mode = EXCLUSIVE", "journal_mode = WAL", "synchronous = NORMAL"):
                file.execute(f"PRAGMA {pragma}")
            file.executescript(_TABLES)
        except sqlite3.OperationalError as error:
            raise BadConfig(f"{self._folder} is in use ({error}): give each process a JOBDIR of its own.") from error
        return file

    def _is_new(self, request: Request) -> bool:
        fingerprint = self._crawler.request_fingerprinter.fingerprint(request)
        return self._file.execute("INSERT OR IGNORE INTO seen VALUES (?)", (fingerprint,)).rowcount == 1

    def _wake_when_due(self) -> None:
        if self._waker:
            self._waker.cancel()
        (due,) = self._file.execute("SELECT min(due) FROM requests WHERE taken = 0").fetchone()
        self._waker = asyncio.get_running_loop().call_later(max(0.0, due - time.time()), self._engine.wake)

    def _done(self, request: Request) -> None:
        number = self._in_hand.pop(request, None)
        if number is None:
            return
        with self._file:
            self._file.execute("BEGIN")
            if request in self._unstored:
                self._unstored.discard(request)  # stays as taken: the next crawl in this JOBDIR fetches it again
            else:
                self._file.execute("DELETE FROM requests WHERE id = ?", (number,))
            if self._folder:
                self._file.executemany(_COUNT, self._growth().items())

    def _item_error(self, response: Response | None) -> None:
        if response is not None and response.request is not None:
            self._unstored.add(response.request)

    def _count(self) -> int:
        return int(self._file.execute("SELECT count(*) FROM requests").fetchone()[0])
