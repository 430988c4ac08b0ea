"""A storm is drawn from its seed."""

from collections import Counter
from itertools import islice

from jobspiders.chaos import plan

KINDS = (*plan.WORKERS, *plan.REDIS, *plan.DATABASE)


def drawn(seed, count=80, kinds=KINDS):
    return list(islice(plan.strikes(kinds, seed), count))


def test_the_same_seed_is_the_same_storm():
    assert drawn(7) == drawn(7)
    assert drawn(7) != drawn(8)


def test_each_kind_comes_before_any_comes_again_and_to_kill_twice():
    for start in range(0, 80, 8):
        kinds = Counter(strike.kind for strike in drawn(3)[start : start + 8])
        assert kinds == Counter([*KINDS, plan.KILL])


def test_only_what_can_be_done_is_drawn():
    assert {strike.kind for strike in drawn(1, kinds=plan.WORKERS)} == set(plan.WORKERS)


def test_a_stop_is_longer_than_a_lease_and_what_has_no_length_has_none():
    for strike in drawn(5):
        assert 0.5 <= strike.pause <= 3
        assert 0 <= strike.chance < 1
        assert (strike.seconds > 2) if strike.kind == plan.STOP else (strike.seconds <= 3)
        assert (strike.seconds > 0) == (strike.kind in plan.LASTS)
