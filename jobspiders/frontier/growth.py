"""What Scrapy's statistics of this process grew by, to be summed up over all workers of a run."""

from __future__ import annotations

from scrapy.statscollectors import StatsCollector

# Of one process, or no sum of anything.
OWN = ("frontier/", "scheduler/", "memusage/", "log_count/", "request_depth_max")


class Growth:
    """The counters of one crawl."""

    def __init__(self, stats: StatsCollector) -> None:
        self._stats = stats
        self._known: dict[str, int] = {}

    def __call__(self) -> dict[str, int]:
        """The counters that changed since the last call, and by how much."""
        grown = {}
        for name, value in self._stats.get_stats().items():
            if type(value) is int and value != self._known.get(name, 0) and not name.startswith(OWN):
                grown[name] = value - self._known.get(name, 0)
                self._known[name] = value
        return grown
