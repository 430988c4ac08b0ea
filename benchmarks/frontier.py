"""What a queue costs a crawl: `python -m benchmarks.frontier [--rounds 5] [--pages 3000]`.

Plain Scrapy in memory (also with `crawl/freeze.py`, which ours has), Scrapy with JOBDIR, scrapy-redis and our frontier,
one after the other in each round, so that a noisy machine is noisy for each; figures are medians over the rounds,
ratios are medians of the rounds' ratios.
`cpu` is milliseconds of CPU for a response, `speed` is responses a second at the site between the 10th and the 90th
hundredth of all requests, `trips` is Redis round trips for a response. The site answers at once, or after 0.2 s
("patient": the 16 connections are the limit).

What two processes are worth: on two cores, two crawls at full speed leave no room for the site and for Redis, so they
also run with callbacks that sleep for 0.5 ms ("roomy"): the process is still the limit, the cores are not. The last
line is JSON with every figure.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from statistics import median
from typing import Any

from benchmarks.races import Course, Result
from tests.frontier.proxy import line_to
from tests.servers import valkey

PATIENT, ROOMY = 0.2, 0.0005  # seconds: of the site's for an answer, of a callback's sleep


@dataclass(frozen=True, slots=True)
class Case:
    """A crawl to be measured: which queue, how many processes, how many ms away Redis is, whether the site is slow,
    whether callbacks sleep.
    """

    queue: str
    processes: int = 1
    away: int = 0
    patient: bool = False
    roomy: bool = False

    @property
    def name(self) -> str:
        """How the case is called in the figures."""
        words = [self.queue, *(["x2"] if self.processes == 2 else []), *([f"{self.away}ms"] if self.away else [])]
        return "_".join([*words, *(["patient"] if self.patient else []), *(["roomy"] if self.roomy else [])])


CASES = (
    Case("memory"),
    Case("memory_frozen"),
    Case("ours"),
    Case("ours", 2),
    Case("ours", roomy=True),
    Case("ours", 2, roomy=True),
    Case("memory_frozen", 2),
    Case("scrapy_redis"),
    Case("scrapy_redis", 2),
    Case("jobdir"),
    Case("ours_jobdir"),
    Case("ours", away=1),
    Case("scrapy_redis", away=1),
    Case("ours", away=5),
    Case("scrapy_redis", away=5),
    Case("ours", patient=True),
    Case("ours", 2, patient=True),
)
# figure: (its value, case, case by which it is divided)
RATIOS = {
    "cpu_to_memory": ("cpu", "ours", "memory"),
    "cpu_to_memory_of_scrapy_redis": ("cpu", "scrapy_redis", "memory"),
    "speed_to_memory": ("speed", "ours", "memory"),
    "cpu_to_memory_frozen": ("cpu", "ours", "memory_frozen"),
    "speed_to_memory_frozen": ("speed", "ours", "memory_frozen"),
    "speed_to_scrapy_redis": ("speed", "ours", "scrapy_redis"),
    "speed_1ms_to_0ms": ("speed", "ours_1ms", "ours"),
    "speed_5ms_to_0ms": ("speed", "ours_5ms", "ours"),
    "speed_5ms_to_0ms_of_scrapy_redis": ("speed", "scrapy_redis_5ms", "scrapy_redis"),
    "speed_two_to_one": ("speed", "ours_x2", "ours"),
    # Two crawls that share nothing but the machine, of half of the site each.
    "speed_two_to_one_of_memory_frozen": ("speed", "memory_frozen_x2", "memory_frozen"),
    "speed_two_to_one_of_scrapy_redis": ("speed", "scrapy_redis_x2", "scrapy_redis"),
    "speed_two_to_one_roomy": ("speed", "ours_x2_roomy", "ours_roomy"),
    "speed_two_to_one_patient": ("speed", "ours_x2_patient", "ours_patient"),
    # What two processes would be worth if each had a core to itself.
    "cpu_one_to_two_twice": ("cpu", "ours", "ours_x2"),
}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--pages", type=int, default=3000)
    parser.add_argument("--cases", nargs="+", choices=[case.name for case in CASES], help="only these")
    options = parser.parse_args()
    cases = [case for case in CASES if not options.cases or case.name in options.cases]
    results: dict[str, list[Result]] = defaultdict(list)
    print(f"{'':24}{'cpu ms':>8}{'speed/s':>9}{'trips':>8}{'blocking':>9}{'MB':>6}")
    for _ in range(options.rounds):
        for case in cases:
            with _course(case, options.pages) as course:
                result = course.run(case.queue, case.processes, ROOMY if case.roomy else 0.0)
            results[case.name].append(result)
            print(
                f"{case.name:24}{result.cpu:8.2f}{result.speed:9.1f}{result.trips:8.3f}{result.blocking:9.3f}"
                f"{result.memory:6.0f}",
                flush=True,
            )
    print(json.dumps(_figures(results) | {"pages": options.pages, "rounds": options.rounds}))


@contextmanager
def _course(case: Case, pages: int) -> Iterator[Course]:
    """A site of its own and an empty Redis, so that no case finds what another one left."""
    with ExitStack() as stack:
        server = stack.enter_context(valkey())
        port = server.port
        if case.away:
            line = stack.enter_context(line_to(port))
            line.delay, port = case.away / 2000, line.port
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="jobspiders-benchmark-"))
        course = Course(pages, PATIENT if case.patient else 0.0, f"redis://127.0.0.1:{port}/0", folder)
        yield stack.enter_context(course)


def _figures(results: dict[str, list[Result]]) -> dict[str, Any]:
    figures: dict[str, Any] = {"benchmark": "frontier", "cores": os.cpu_count(), "python": platform.python_version()}
    names = ("cpu", "speed", "trips", "blocking", "memory")
    for case, found in results.items():
        figures[case] = {name: round(median(getattr(one, name) for one in found), 3) for name in names}
    for name, (value, case, other) in RATIOS.items():
        pairs = list(zip(results.get(case, ()), results.get(other, ()), strict=False))
        if pairs:
            ratio = median(getattr(one, value) / getattr(two, value) for one, two in pairs)
            figures[name] = round(2 * ratio if name == "cpu_one_to_two_twice" else ratio, 3)
    return figures


if __name__ == "__main__":
    main()
