"""What a trial came to, by hand-made evidence: each figure is wrong when something is, and only then."""

import pytest

from jobspiders.chaos.tally import (
    Asked,
    Evidence,
    Row,
    fetched_twice,
    lost,
    seconds_to_recover,
    stored_twice,
    tally,
    too_fast,
)

GOOD = [Row("a", complete=True, revision=1), Row("b", complete=True, revision=1)]


@pytest.mark.parametrize(
    ("rows", "missing"),
    [
        (GOOD, set()),
        (GOOD[:1], {"b"}),
        ([GOOD[0], Row("b", complete=False, revision=1)], {"b"}),
        ([], {"a", "b"}),
    ],
)
def test_a_job_that_is_not_stored_whole_is_lost(rows, missing):
    assert lost({"a", "b"}, rows) == missing


@pytest.mark.parametrize(
    ("rows", "doubled"),
    [
        (GOOD, 0),
        (GOOD[:1], 0),
        ([*GOOD, GOOD[0]], 1),
        ([*GOOD, Row("nobody published it", complete=True, revision=1)], 1),
        ([GOOD[0], Row("b", complete=True, revision=2)], 1),
    ],
)
def test_a_row_too_many_is_a_job_stored_twice(rows, doubled):
    assert stored_twice({"a", "b"}, rows) == doubled


def test_pages_fetched_again_are_counted():
    assert fetched_twice(["/a", "/b", "/c"]) == 0
    assert fetched_twice(["/a", "/b", "/a", "/a"]) == 2


def regular(count, interval=0.104, start=100.0):
    return [start + number * interval for number in range(count)]


@pytest.mark.parametrize(
    ("moments", "early"),
    [
        ([], 0),
        (regular(500), 0),
        (regular(500, 0.1), 0),
        ([at + 0.15 * (number % 7 == 3) for number, at in enumerate(regular(300))], 0),  # some come late
        ([max(at, 110.15) if at > 110 else at for at in regular(300)], 0),  # the machine stood still for a moment
        ([*regular(300), *[120 + 0.001 * number for number in range(8)]], "some"),  # eight too many at once
        ([*regular(20), *regular(20, start=100.05)], "some"),  # two workers, each at the whole rate
        (regular(400, 0.095), "some"),  # five percent too fast: only a long window tells
        (regular(60, 0.095), 0),
    ],
)
def test_a_board_that_is_asked_too_fast_is_noticed(moments, early):
    assert (too_fast(reversed(moments), 0.1) > 0) == (early == "some")


@pytest.mark.parametrize(
    ("over", "pages", "seconds"),
    [
        ([], [(1, "/a")], 0),
        ([1.0], [(0.5, "/a"), (1.2, "/b"), (3.0, "/c")], 0.2),
        ([1.0, 3.0], [(1.2, "/b"), (3.7, "/c")], 0.7),
        ([9.0], [(1.2, "/b")], 0),  # nothing was left to do
        ([1.0], [(0.5, "/a"), (1.2, "/b"), (3.0, "/a")], 2.0),  # what the dead had in hand came again
        ([2.0], [(0.5, "/a"), (1.2, "/a"), (2.1, "/c")], 0.1),
    ],
)
def test_recovery_is_the_time_to_the_next_page_and_to_those_fetched_again(over, pages, seconds):
    assert seconds_to_recover(over, [Asked(*page) for page in pages]) == pytest.approx(seconds)


def evidence(**differs):
    requests = [Asked(at, f"/{at}") for at in regular(20)] + [Asked(90, "/robots.txt"), Asked(91, "/robots.txt")]
    good = {"published": {"a", "b"}, "rows": GOOD, "requests": requests, "over": [], "interval": 0.1}
    return Evidence(**good | {"dead_letters": 0, "ended": True} | differs)


def test_nothing_wrong_is_good_and_robots_is_no_page():
    figures = tally(evidence())
    assert figures.good
    assert (figures.jobs, figures.fetched_twice) == (2, 0)


@pytest.mark.parametrize(
    "differs",
    [
        {"rows": GOOD[:1]},
        {"rows": [*GOOD, GOOD[0]]},
        {"requests": [Asked(at, f"/{at}") for at in regular(40, 0.05)]},
        {"requests": [Asked(at, "/robots.txt") for at in regular(40, 0.05)]},
        {"dead_letters": 1},
        {"ended": False},
    ],
)
def test_anything_wrong_is_not_good(differs):
    assert not tally(evidence(**differs)).good


def test_a_page_fetched_twice_is_told_and_is_no_fault():
    figures = tally(evidence(requests=[Asked(1, "/a"), Asked(2, "/a")]))
    assert figures.good
    assert figures.fetched_twice == 1
