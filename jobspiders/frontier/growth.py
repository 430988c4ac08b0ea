"""What Scrapy's statistics of this process grew by, to be put together with those of all workers of a run."""

from __future__ import annotations

from collections.abc import Mapping

from scrapy.statscollectors import StatsCollector

# Of one process, or no sum of anything.
OWN = ("frontier/", "scheduler/", "memusage/", "log_count/", "request_depth_max")
WORDS = "/says"  # how the names of statistics end that are words, of which the last are kept

Grown = Mapping[str, int | str]
"""By how much counters grew, and words as they are now."""


class Growth:
    """The counters of one crawl, and its words."""

    def __init__(self, stats: StatsCollector) -> None:
        self._stats = stats
        self._counted: dict[str, int] = {}
        self._said: dict[str, str] = {}

    def __call__(self) -> Grown:
        """What changed since the last call."""
        grown: dict[str, int | str] = {}
        for name, value in self._stats.get_stats().items():
            if type(value) is int and value != self._counted.get(name, 0) and not name.startswith(OWN):
                grown[name] = value - self._counted.get(name, 0)
                self._counted[name] = value
            elif type(value) is str and name.endswith(WORDS) and value != self._said.get(name):
                grown[name] = self._said[name] = value
        return grown
