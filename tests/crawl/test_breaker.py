from jobspiders.crawl.breaker import PROBE, Breaker


def walled(breaker, times, now=0.0, **how):
    for _ in range(times):
        breaker.wall(now, **how)


def test_a_few_walls_do_not_open_it_and_a_good_answer_forgives_them():
    breaker = Breaker(walls=3)
    walled(breaker, 2)
    assert breaker.wait(0) == 0
    breaker.good()
    walled(breaker, 2)
    assert breaker.wait(0) == 0


def test_enough_walls_hold_everything_back_then_one_probe_goes():
    breaker = Breaker(walls=3, pause=60)
    walled(breaker, 3, now=100)
    assert breaker.wait(100) == 60
    assert breaker.wait(159) == 1
    assert breaker.wait(160) == 0, "the probe"
    assert breaker.wait(160) == PROBE, "the others wait for what it brings"
    breaker.good()
    assert breaker.wait(160.1) == 0


def test_a_walled_probe_opens_it_for_twice_as_long_until_it_gives_up():
    breaker = Breaker(walls=2, pause=10, openings=3)
    now = 0.0
    walled(breaker, 2, now)
    pauses = []
    while not breaker.given_up:
        pauses.append(breaker.wait(now))
        now += pauses[-1]
        assert breaker.wait(now) == 0
        breaker.wall(now)
    assert pauses == [10, 20, 40]


def test_where_waiting_is_of_no_use_it_gives_up_at_once():
    breaker = Breaker(walls=2)
    walled(breaker, 1, helpless=True)
    assert not breaker.given_up, "one login page may be one job's"
    walled(breaker, 1, helpless=True)
    assert breaker.given_up


def test_the_board_says_how_long_to_stay_away():
    breaker = Breaker()
    breaker.hold(30)
    assert breaker.wait(10) == 20
    assert breaker.wait(30) == 0
