"""Every key that the frontier has in Redis. All begin with a prefix (`REDIS_PREFIX`, empty by default) and the board.

The names that scrapy-redis has mean here what they mean there:

* `<board>:start_urls` (list, set or sorted set): what anybody pushes, see `start_urls.py`.
* `<board>:requests` (sorted set): requests that wait and were out before, by priority and then by id, which is in
  order of arrival. Its members are ids; scrapy-redis has pickled requests there, ours are JSON in `entries`.
* `<board>:dupefilter:<epoch>:<number>` (sets of integers): what a run has seen, 8 bytes a URL, see `lua/commit.lua`.
  scrapy-redis has one set, for all runs; ours is gone when the run has ended.

Ours alone, of the board's run that is going on or was the last:

* `run` (hash): id, epoch (another one for each run, so that what Redis lost is noticed), state, counters.
* `fresh` (sorted set): priorities, and `fresh:<epoch>:<priority>` (lists): entries of requests that wait and no worker
  has had yet. An entry is "<id> <body>", a body is "<priority> <request as JSON>", or "start <message>" for one of
  `start_urls`.
* `entries` (hash): id -> entry of all others.
* `delayed` (sorted set): id -> the moment from which the request waits in `requests`.
* `leases` (sorted set): id -> the moment at which its worker loses it. `owners` (hash): id -> worker.
* `failures` (hash): id -> how often it was lost or refused, if ever.
* `commits` (hash): worker -> number of its last commit, so that one that is sent again does nothing.
* `counts` (hash): Scrapy's statistics of all workers, put together, JSON.
* `workers` (sorted set): worker -> last heartbeat. `facts` (hash): worker -> what it says of itself, JSON.

Of the board:

* `rate` (hash): the pace that all workers keep together, see `lua/shared.lua`; their breaker, see `lua/breaker.lua`.
* `dead` (hash): "<run>/<id>" -> dead letter, JSON, until a worker has brought it to the store; at most 10,000.
* `requeued` (list): bodies that shall be tried again.

Of no board, with the prefix alone: `idle` (set) and `idle:<worker>`, see `idle.py`.

Moments are milliseconds since 1970 by the server's clock. A key is gone a week after the last heartbeat of a worker.
In a Redis Cluster, give a prefix with a hash tag, such as `{jobs}:`, which keeps all of them in one slot.
"""

from __future__ import annotations

from dataclasses import dataclass

# The order in which every script gets them: `lua/shared.lua` gives them their names there.
NAMES = (
    "run",
    "requests",
    "delayed",
    "leases",
    "entries",
    "owners",
    "failures",
    "dead",
    "commits",
    "counts",
    "workers",
    "facts",
    "rate",
    "start_urls",
    "requeued",
    "dupefilter",
    "fresh",
)


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of one board."""

    board: str
    prefix: str = ""

    def of(self, name: str) -> str:
        """The key for one of `NAMES`."""
        return f"{self.prefix}{self.board}:{name}"

    def all(self) -> tuple[str, ...]:
        """All keys, in the order of `NAMES`."""
        return tuple(self.of(name) for name in NAMES)
