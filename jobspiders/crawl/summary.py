"""What a run came to, in the words that a person reads at its end."""

from __future__ import annotations

from collections.abc import Mapping

from jobspiders.crawl.counts import Counts
from jobspiders.crawl.outcome import Verdict


def summary(name: str, verdict: Verdict, counts: Counts, ignored: Mapping[str, str], seconds: float) -> str:
    """A few lines: the outcome with its reason, the jobs, what of the search could not be honoured."""
    jobs = f"{counts.found} jobs: {counts.new} new, {counts.changed} changed, {counts.unchanged} unchanged"
    rest = f"{counts.closed} closed, {counts.failed} failed; {counts.requests} requests in {seconds:.1f} s"
    lines = [f"{name}: {verdict.outcome} - {verdict.reason}", f"  {jobs}; {rest}"]
    lines += [f"  not honoured: {argument} ({why})" for argument, why in ignored.items()]
    return "\n".join(lines)
