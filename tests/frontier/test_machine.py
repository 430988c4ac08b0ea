"""Random histories of pushes, claims, failures and lost workers, against a model: no request is ever in no place or two."""

from __future__ import annotations

import asyncio
import uuid
from dataclasses import dataclass

import pytest
from bench import Bench
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from jobspiders.frontier.outbox import Commit
from jobspiders.frontier.records import Ask

WORKERS = ("ann", "bob", "cid")
SUSPECT = 2
workers = st.sampled_from(WORKERS)


@dataclass
class Known:
    """What the model knows of a request. `place` is fresh, requests, delayed, leases, dead or done."""

    priority: int
    place: str
    due: int = 0
    owner: str = ""
    until: int = 0
    failures: int = 0


class Frontier(RuleBasedStateMachine):
    url = ""

    @initialize()
    def begin(self):
        self.runner = asyncio.Runner()
        self.bench = Bench(self.url, f"{uuid.uuid4().hex[:8]}:")
        self.model: dict[str, Known] = {}
        self.seen: set[int] = set()
        self.numbers = dict.fromkeys(WORKERS, 0)
        self.last: dict[str, Commit] = {}
        self.run(self.bench.tick(0))
        self.queues = {name: self.run(self.bench.joined(name)) for name in WORKERS}

    def run(self, coroutine):
        return self.runner.run(coroutine)

    def teardown(self):
        if hasattr(self, "runner"):
            self.run(self.bench.client.aclose())
            self.runner.close()

    # --- what workers do

    @rule(
        worker=workers,
        pushes=st.lists(
            st.tuples(st.one_of(st.none(), st.integers(0, 8)), st.integers(-1, 1), st.sampled_from([0, 0, 3])),
            max_size=4,
        ),
    )
    def push(self, worker, pushes):
        steps = []
        for member, priority, delay in pushes:
            steps.append(("push", "" if member is None else str(member), delay * 1000, f"{priority} x"))
            if member is None or member not in self.seen:
                place = "delayed" if delay else "fresh"
                name = f"{len(self.model) + 1:012}"
                self.model[name] = Known(priority, place, due=self.bench.now + delay * 1000)
            if member is not None:
                self.seen.add(member)
        self.commit(worker, steps)

    @rule(worker=workers, wanted=st.integers(1, 5))
    def claim(self, worker, wanted):
        suspect = any(known.owner == worker and known.failures >= SUSPECT for known in self.model.values())
        reply = self.run(self.queues[worker].exchange(None, Ask(wanted, seeds=False, suspect=suspect)))
        assert [name for name, *_ in reply.claimed] == self.expected_claims(worker, wanted, suspect)
        places = ["requests" if known.place == "fresh" else known.place for known in self.model.values()]
        counts = reply.counts
        assert (counts.pending, counts.delayed, counts.leased, counts.done, counts.failed) == tuple(
            places.count(place) for place in ("requests", "delayed", "leases", "done", "dead")
        )

    @rule(worker=workers, step=st.sampled_from(["ack", "nack", "release", "bury"]), number=st.integers(0, 30))
    def finish(self, worker, step, number):
        """Of any request there ever was, also one that is another worker's, or done."""
        if not self.model:
            return
        name = sorted(self.model)[number % len(self.model)]
        known = self.model[name]
        if known.place == "fresh":
            return  # no worker knows its id
        if step == "ack":
            known.place, known.owner = "done", ""
        elif known.owner == worker:
            if step == "nack":
                self.fail(known)
            else:
                known.place, known.owner = ("requests" if step == "release" else "dead"), ""
        self.commit(worker, [(step, name) if step in ("ack", "release") else (step, name, "why")])

    @rule(worker=workers)
    def send_again(self, worker):
        """A reply was lost."""
        if worker in self.last:
            self.run(self.queues[worker].exchange(self.last[worker], Ask(0, seeds=False, suspect=False)))
            self.expected_claims(worker, 0, suspect=False)

    @rule(worker=workers)
    def renew(self, worker):
        mine = [name for name, known in self.model.items() if known.owner == worker]
        others = [name for name, known in self.model.items() if known.owner != worker]
        assert self.run(self.queues[worker].renew([*mine, *others], {})) == set(others)
        for name in mine:
            self.model[name].until = max(self.model[name].until, self.bench.now + 10_000)

    @rule(worker=workers)
    def settle(self, worker):
        self.run(self.queues[worker].settle([]))
        for known in self.model.values():
            if known.owner == worker:
                known.place, known.owner = "requests", ""

    @rule(seconds=st.sampled_from([1, 4, 11]))
    def tick(self, seconds):
        self.run(self.bench.tick(seconds))

    # --- what must hold

    @invariant()
    def each_request_is_in_one_place(self):
        if not hasattr(self, "model"):
            return
        where = self.run(self.bench.where())
        expected = {place: {name for name, known in self.model.items() if known.place == place} for place in where}
        assert where == expected
        kept = self.run(self.bench.client.hkeys(self.bench.keys.of("entries")))
        alive = {name for name, known in self.model.items() if known.place not in ("fresh", "done", "dead")}
        assert {name.decode() for name in kept} == alive

    # --- the model

    def commit(self, worker, steps):
        self.numbers[worker] += 1
        self.last[worker] = Commit(self.numbers[worker], tuple(steps))
        self.run(self.queues[worker].exchange(self.last[worker], Ask(0, seeds=False, suspect=False)))
        self.expected_claims(worker, 0, suspect=False)

    def expected_claims(self, worker, wanted, suspect):
        """What a claim does: leases that ran out and requests that are due come back first."""
        now = self.bench.now
        for known in self.model.values():
            if known.place == "leases" and known.until <= now:
                self.fail(known)
            elif known.place == "delayed" and known.due <= now:
                known.place = "requests"
        waiting = sorted(
            (-known.priority, name) for name, known in self.model.items() if known.place in ("fresh", "requests")
        )
        claimed = []
        for _, name in waiting:
            known = self.model[name]
            if len(claimed) == wanted:
                break
            if known.failures >= SUSPECT and suspect:
                continue
            suspect = suspect or known.failures >= SUSPECT
            known.place, known.owner, known.until = "leases", worker, now + 10_000
            claimed.append(name)
        return claimed

    def fail(self, known):
        known.failures += 1
        known.place, known.owner = ("dead" if known.failures > 2 else "requests"), ""


@pytest.mark.filterwarnings("ignore::hypothesis.errors.NonInteractiveExampleWarning")
def test_no_request_is_ever_lost_or_doubled(queue_url):
    machine = type("Machine", (Frontier,), {"url": queue_url})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=60, stateful_step_count=30, deadline=None, derandomize=True, database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip
