"""A worker killed between each two steps of a request's life loses nothing; a wrong worker does, and is seen to."""

from __future__ import annotations

import signal

import pytest

POINTS = ("claimed", "fetched", "parsed", "pushed", "stored", "acknowledged")
QUICK = {"FRONTIER_LEASE": 1.0, "CONCURRENT_REQUESTS": 4}


def crash(fleet, point: str, nth: int, pause: float, mutant: str | None = None):
    """One worker dies there, the next one finishes the run: what is lost, what was stored twice, what the dead held.

    `pause` is how long an item takes to be stored.
    """
    tiny = fleet(60, 0.01)
    dead = tiny.start(script="crashcrawl.py", point=point, nth=nth, mutant=mutant, pause=pause, settings=QUICK)
    dead.result()
    assert dead.process.returncode == -signal.SIGKILL, dead.said()
    held = tiny.held()
    tiny.start(script="crashcrawl.py", mutant=mutant, pause=pause, settings=QUICK).result()
    state = tiny.state()
    assert (state.run.state, state.run.counts.remaining) == ("ended", 0)
    return tiny.lost(), tiny.doubled(), held


@pytest.mark.parametrize("nth", [1, 3])
@pytest.mark.parametrize("point", POINTS)
def test_nothing_is_lost_at(fleet, point, nth):
    lost, doubled, held = crash(fleet, point, nth, pause=0.03)
    assert lost == set()
    assert doubled <= held


@pytest.mark.parametrize(("mutant", "pause"), [("early ack", 0.03), ("ack first", 0.0)])
def test_a_wrong_order_is_seen(fleet, mutant, pause):
    seen = (crash(fleet, "acknowledged", nth, pause, mutant)[0] for nth in (2, 3, 5, 7))  # a race: not each one loses
    assert any(seen), "the tests that are to guard the order cannot see that it is wrong"
    lost, _, _ = crash(fleet, "acknowledged", 2, pause)
    assert lost == set()
