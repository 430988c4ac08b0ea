"""One rate for a board, however many workers there are: counted at the board."""

from __future__ import annotations

import time
from bisect import bisect_left
from itertools import pairwise

import pytest

from jobspiders.frontier.orders import Orders

INTERVAL = 0.1  # 600 requests a minute
PACED = {"DOWNLOAD_DELAY": INTERVAL, "CONCURRENT_REQUESTS_PER_DOMAIN": 2}


def most_in_a_window(moments: list[float], window: float) -> int:
    """The greatest number of `moments` (sorted) that any half-open window of that length holds."""
    return max(bisect_left(moments, start + window) - number for number, start in enumerate(moments))


def requests_at(tiny) -> list[float]:
    return [at for at, _ in tiny.board.log(tiny.began)]


@pytest.mark.parametrize("workers", [1, 4])
def test_the_board_sees_its_rate_and_no_more(fleet, workers):
    figures = []
    for _ in range(3):  # on a machine that is busy otherwise, a request may be late when it was sent in time
        tiny = fleet(60, 0.02)
        for crawl in [tiny.start(settings=PACED) for _ in range(workers)]:
            crawl.result()
        assert tiny.lost() == set()
        moments = requests_at(tiny)
        most = most_in_a_window(moments, 10 * INTERVAL)
        figures.append((most, (len(moments) - 1) / (moments[-1] - moments[0]) * INTERVAL))
        if most <= 1.02 * 10 and figures[-1][1] >= 0.95:
            return
    pytest.fail(f"at most 10 in a second at 0.95 of the rate or more were promised, these came: {figures}")


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_a_slow_rate_is_kept_by_four_workers(fleet):
    """20 requests a minute, as boards declare them."""
    interval = 3.0
    tiny = fleet(30, 0.02)
    own = {"DOWNLOAD_DELAY": interval, "CONCURRENT_REQUESTS_PER_DOMAIN": 2, "FRONTIER_LEASE": 10}
    for crawl in [tiny.start(settings=own) for _ in range(4)]:
        crawl.result(200)
    moments = requests_at(tiny)
    most, share = most_in_a_window(moments, 10 * interval), (len(moments) - 1) / (moments[-1] - moments[0]) * interval
    print(f"{most} requests in 30 s at most, {share:.3f} of the rate")
    assert most <= 1.02 * 10
    assert share >= 0.95


def test_robots_txt_is_part_of_the_rate(fleet):
    tiny = fleet(20, 0.02)
    for crawl in [tiny.start(settings=PACED | {"ROBOTSTXT_OBEY": True}) for _ in range(2)]:
        crawl.result()
    moments = requests_at(tiny)
    assert len(moments) == len(tiny.board.pages) + 2
    gaps = [later - earlier for earlier, later in pairwise(moments)]
    assert min(gaps) > INTERVAL / 2


def test_too_many_requests_closes_the_board_for_all(fleet):
    tiny = fleet(400, 0.02)
    crawls = [tiny.start(settings={"RETRY_ENABLED": False}) for _ in range(2)]
    tiny.wait_for(lambda: len(tiny.state().workers) == 2 and len(tiny.rows()) > 50)
    tiny.ask(lambda client: Orders(client, tiny.keys).push([f"{tiny.board.url}/job/1?status=429&retry_after=6"]))
    tiny.wait_for(lambda: tiny.state().rate.closed > 0)
    time.sleep(1.5)  # each worker hears of it within a second
    closed = time.monotonic()
    state = tiny.state()
    assert state.rate.reason == "answered 429"
    assert 3 < state.rate.closed < 6
    time.sleep(2)
    assert [at for at in requests_at(tiny) if closed < at < closed + 2] == []
    for crawl in crawls:
        crawl.result()
    assert tiny.lost() == set()


def test_a_slow_board_slows_all_workers(fleet):
    tiny = fleet(30, 0.3)
    own = {
        "AUTOTHROTTLE_ENABLED": True,
        "AUTOTHROTTLE_START_DELAY": 0,
        "AUTOTHROTTLE_MAX_DELAY": 20,
        "DOWNLOAD_DELAY": 0.05,
    }
    crawls = [tiny.start(settings=own) for _ in range(2)]
    tiny.wait_for(lambda: len(tiny.rows()) > 20)
    rate = tiny.state().rate
    assert rate.declared == pytest.approx(1200)
    assert rate.current < 60 / 0.28
    for crawl in crawls:
        crawl.result()
    moments = requests_at(tiny)[5:]
    assert (len(moments) - 1) / (moments[-1] - moments[0]) < 1 / 0.28


def test_the_rate_can_be_read(fleet):
    tiny = fleet(80, 0.02)
    crawl = tiny.start(settings=PACED)
    tiny.wait_for(lambda: len(tiny.rows()) > 30)
    state = tiny.state()
    assert (state.rate.declared, state.rate.current) == (600, 600)
    assert 25 <= state.rate.observed <= 60
    (worker,) = state.workers
    assert worker.name.endswith(f"-{crawl.process.pid}")
    assert worker.url.startswith(tiny.board.url)
