"""What Prometheus gets: read at the moment of asking from the store and the queues, the same from every server."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from prometheus_client import CollectorRegistry, Histogram, Metric
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.registry import Collector

from jobspiders.control.records import QueueRecord, WorkerRecord
from jobspiders.errors import FrontierAway, StoreAway
from jobspiders.store.runs import Status
from jobspiders.store.totals import SiteTotals, by_site
from jobspiders.web.looking import health
from jobspiders.web.parts import Parts

# Counters by board: the name, which figure of the runs, what it is.
COUNTERS = (
    ("jobspiders_pages", "completed_pages", "Pages answered"),
    ("jobspiders_jobs_found", "found", "Jobs found"),
    ("jobspiders_jobs_new", "new", "Jobs found that were not stored before"),
    ("jobspiders_jobs_changed", "changed", "Jobs found with other content than stored"),
    ("jobspiders_jobs_closed", "closed", "Jobs found closed"),
    ("jobspiders_errors", "errors", "Requests and jobs that failed"),
)
STATES = ("pending", "delayed", "leased", "dead", "start_urls")
GAUGES = (
    ("jobspiders_rate_configured_per_minute", "configured", "Requests a minute that the board declares"),
    ("jobspiders_rate_observed_per_minute", "observed", "Requests in the last minute"),
    ("jobspiders_board_closed_seconds", "closed", "Seconds for which the board is left alone"),
)


def request_times(registry: CollectorRegistry) -> Histogram:
    """How long the server took to answer, by route."""
    return Histogram(
        "jobspiders_http_request_seconds",
        "Time to answer a request",
        ("method", "route", "status"),
        registry=registry,
        buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
    )


class Metrics(Collector):
    """Everything at this moment. What is away is missing, and `jobspiders_up` says so."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def collect(self) -> Iterator[Metric]:
        """The metrics."""
        up = GaugeMetricFamily("jobspiders_up", "1 when this part works or is not used", labels=["part"])
        for part, said in health(self._parts).parts.items():
            up.add_metric([part], float(said == "ok" or said.startswith("not used")))
        yield up
        try:
            yield from of_runs(by_site(self._parts.engine))
            yield from of_queues(self._parts.desk.queues())
            yield of_workers(self._parts.desk.workers())
        except (StoreAway, FrontierAway):
            return


def of_runs(totals: Sequence[SiteTotals]) -> Iterator[Metric]:
    """What all runs have done."""
    runs = GaugeMetricFamily("jobspiders_runs", "Runs that are stored", labels=["board", "status"])
    last = GaugeMetricFamily("jobspiders_last_success_timestamp_seconds", "When a run last succeeded", labels=["board"])
    for one in totals:
        runs.add_metric([one.site_name, one.status], one.runs)
        if one.status is Status.SUCCEEDED and one.last_finished_at:
            last.add_metric([one.site_name], one.last_finished_at.timestamp())
    yield runs
    yield last
    boards = sorted({one.site_name for one in totals})
    for name, figure, words in COUNTERS:
        counter = CounterMetricFamily(name, words, labels=["board"])
        for board in boards:
            counter.add_metric([board], sum(getattr(one, figure) for one in totals if one.site_name == board))
        yield counter


def of_queues(queues: Sequence[QueueRecord]) -> Iterator[Metric]:
    """The boards' queues and paces."""
    depth = GaugeMetricFamily("jobspiders_queue_requests", "Requests in the queue", labels=["board", "state"])
    for queue in queues:
        for state in STATES:
            depth.add_metric([queue.board, state], getattr(queue, state))
    yield depth
    for name, figure, words in GAUGES:
        gauge = GaugeMetricFamily(name, words, labels=["board"])
        for queue in queues:
            gauge.add_metric([queue.board], getattr(queue, figure))
        yield gauge


def of_workers(workers: Sequence[WorkerRecord]) -> Metric:
    """How many processes crawl each board; those that wait for work have none."""
    gauge = GaugeMetricFamily("jobspiders_workers", "Processes that crawl, or wait for work", labels=["board"])
    for board in sorted({worker.board for worker in workers}):
        gauge.add_metric([board], sum(worker.board == board for worker in workers))
    return gauge
