"""Spoilt pages of every board, read as a crawl reads them: `python -m benchmarks.mutations [--pages 10000]`.

Every saved page of the boards' tests is cut, spoilt, mistaken for another; what comes of it has to be jobs as they
should be, or an error that is counted and named, within a second. Prints each fault with the trial's number, which
`--only` tries again. The last line is JSON with every figure; exit 1 when there was a fault.
"""

from __future__ import annotations

import argparse
import json
import logging
import platform
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from typing import Any

from jobspiders.store.db import connect
from jobspiders.store.jobs import save
from tests.mutation.trials import Trial, trial, trials


def main() -> None:
    """Try as many pages as were asked for and tell what came of them."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--pages", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", type=int, metavar="NUMBER", help="one trial again")
    options = parser.parse_args()
    logging.disable(logging.CRITICAL)  # boards log every page that they cannot read
    begin = time.perf_counter()
    chosen = trials(options.pages, options.seed) if options.only is None else [trial(options.only, options.seed)]
    figures = {"benchmark": "mutations", "seed": options.seed, **_figures(chosen)}
    figures |= {"seconds": round(time.perf_counter() - begin, 1), "python": platform.python_version()}
    print(json.dumps(figures))
    sys.exit(1 if figures["faults"] else 0)


def _figures(chosen: Iterable[Trial]) -> dict[str, Any]:
    counts: Counter[str] = Counter()
    boards: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    slowest = 0.0
    with tempfile.TemporaryDirectory(prefix="jobspiders-benchmark-") as folder:
        engine = connect(f"sqlite:///{folder}/jobs.db")
        for done in chosen:
            for fault in done.faults:
                print(f"{done.number}: {done.case.board} {done.case.name}, {' + '.join(done.kinds)}: {fault}")
            boards[done.case.board] += 1
            kinds.update(done.kinds)
            counts.update(_outcome(done))
            slowest = max(slowest, done.reading.seconds)
            save(engine, done.reading.jobs, None, done.case.at)
            _progress(counts["pages"])
        engine.dispose()
    return {**counts, "slowest_seconds": round(slowest, 3), "by_board": boards, "by_kind": kinds}


def _outcome(done: Trial) -> dict[str, int]:
    reading = done.reading
    return {
        "pages": 1,
        "pages_with_jobs": bool(reading.jobs),
        "pages_unreadable": reading.error == "Unreadable",
        "pages_garbled": reading.error == "Garbled",
        "jobs": len(reading.jobs),
        "cards_failed": reading.failed,
        "dropped": reading.dropped,
        "faults": len(done.faults),
    }


def _progress(pages: int) -> None:
    if pages % 500 == 0:
        print(f"{pages} pages", file=sys.stderr)


if __name__ == "__main__":
    main()
