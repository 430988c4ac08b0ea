"""Several workers on one board: killed, told to stop, cut off from Redis; nothing is lost, nobody ends too early."""

from __future__ import annotations

import os
import random
import signal
import time

import pytest
from proxy import line_to
from servers import valkey

from jobspiders.frontier.letters import anew
from jobspiders.frontier.orders import Orders
from jobspiders.frontier.pump import FLUSH

# 50 for the figures of a release: FRONTIER_ROUNDS=50 pytest tests/frontier/test_workers.py -k kill
ROUNDS = int(os.environ.get("FRONTIER_ROUNDS", "2"))


def ended_well(fleet) -> None:
    state = fleet.state()
    assert fleet.lost() == set()
    assert (state.run.state, state.run.counts.remaining, state.run.counts.failed) == ("ended", 0, 0)


@pytest.mark.parametrize("round_", range(ROUNDS))
def test_one_of_three_is_killed_at_any_moment(fleet, round_):
    chance = random.Random(round_)
    tiny = fleet(200, 0.02)
    crawls = [tiny.start(pause=0.01) for _ in range(3)]
    tiny.wait_for(lambda: sum(tiny.rows().values()) > chance.randrange(5, 120))
    time.sleep(chance.random() / 10)
    victim = chance.choice(crawls)
    victim.signal(signal.SIGKILL)
    victim.result()
    survivors = [crawl.result() for crawl in crawls if crawl is not victim]
    assert [result["finish_reason"] for result in survivors] == ["finished", "finished"]
    ended_well(tiny)
    again = {path: times for path, times in tiny.fetched().items() if times > 1}
    print(f"round {round_}: {len(again)} pages fetched twice, {len(tiny.doubled())} stored twice")
    assert max(again.values(), default=2) == 2
    assert len(again) <= 48  # what one worker holds: 16 in the engine, 32 waiting


def test_sigterm_hands_over_all_and_nothing_is_fetched_again(fleet):
    tiny = fleet(400, 0.02)
    first, second = tiny.start(), tiny.start()
    tiny.wait_for(lambda: len(tiny.state().workers) == 2)
    before = time.monotonic()
    first.signal(signal.SIGTERM)
    assert first.result()["finish_reason"] == "shutdown"
    assert time.monotonic() - before < 10
    second.signal(signal.SIGTERM)
    second.result()
    counts = tiny.state().run.counts
    assert counts.leased == 0
    assert counts.pending > 0
    assert tiny.start().result()["finish_reason"] == "finished"
    ended_well(tiny)
    assert max(tiny.fetched().values()) == 1


def test_sigterm_does_not_wait_for_a_page_that_does_not_come(fleet):
    tiny = fleet(20, 0.02)
    crawl = tiny.start(seeds=["/list/0", "/job/1?sleep=40"])
    tiny.wait_for(lambda: len(tiny.rows()) == 21)
    before = time.monotonic()
    crawl.signal(signal.SIGTERM)
    crawl.result()
    assert time.monotonic() - before < 10
    assert tiny.state().run.counts.leased == 0
    assert tiny.state().run.counts.pending == 1


def test_sigterm_does_not_wait_for_a_pipeline_that_does_not_end(fleet):
    tiny = fleet(20, 0.02)
    crawl = tiny.start(seeds=["/job/1"], pause=60)
    tiny.wait_for(tiny.fetched)
    time.sleep(0.5)
    before = time.monotonic()
    crawl.signal(signal.SIGTERM)
    crawl.result()
    assert time.monotonic() - before < 10
    counts = tiny.state().run.counts
    assert (counts.leased, counts.pending) == (0, 1)


def test_a_worker_that_closes_leaves_the_queue_to_the_others(fleet):
    tiny = fleet(400, 0.05)
    tiny.ask(lambda client: Orders(client, tiny.keys).begin("run-1", {}))
    tiny.ask(lambda client: Orders(client, tiny.keys).pause())  # until both are there
    lists = [f"/list/{number}" for number in range(20)]  # enough work for two from the beginning
    first, second = tiny.start(seeds=lists, settings={"CLOSESPIDER_ITEMCOUNT": 20}), tiny.start(seeds=lists)
    tiny.wait_for(lambda: len(tiny.state().workers) == 2)
    tiny.ask(lambda client: Orders(client, tiny.keys).resume())
    assert first.result()["finish_reason"] == "closespider_itemcount", first.said()
    assert second.result()["finish_reason"] == "finished"
    ended_well(tiny)
    assert max(tiny.fetched().values()) == 1


def test_all_workers_end_together_and_the_counts_are_those_of_all(fleet):
    tiny = fleet(300, 0.02)
    results = [crawl.result() for crawl in [tiny.start(dont_filter=True) for _ in range(3)]]
    last = max(at for at, _ in tiny.board.log())
    assert max(result["ended"] for result in results) - last < 3
    ended_well(tiny)
    assert tiny.state().workers == ()
    assert max(tiny.fetched().values()) == 1, "the seeds were sent once"
    state = tiny.state()
    assert state.run.counts.done == len(tiny.board.pages)
    for name in ("item_scraped_count", "response_received_count"):
        assert state.run.stats[name] == sum(result[name] or 0 for result in results) == len(tiny.board.pages)


def test_a_worker_waits_for_seeds_that_another_one_sends_slowly(fleet):
    tiny = fleet(40, 0.0)
    seeds = [f"/job/{number}" for number in range(8)] + ["/list/0"]
    first = tiny.start(seeds=seeds, between_seeds=0.3)
    tiny.wait_for(tiny.rows)
    second = tiny.start(seeds=seeds)
    assert second.result()["finish_reason"] == "finished"
    assert first.result()["finish_reason"] == "finished"
    ended_well(tiny)
    assert max(tiny.fetched().values()) == 1


@pytest.mark.parametrize("dont_filter", [False, True])
def test_a_worker_that_is_killed_while_it_seeds_leaves_the_rest_to_the_next(fleet, dont_filter):
    tiny = fleet(20, 0.0)
    seeds = [f"/job/{number}" for number in range(20)] + ["/list/0"]
    first = tiny.start(seeds=seeds, between_seeds=0.2, dont_filter=dont_filter)
    tiny.wait_for(lambda: len(tiny.rows()) > 3)
    first.signal(signal.SIGKILL)
    first.result()
    tiny.start(seeds=seeds, dont_filter=dont_filter).result()
    ended_well(tiny)
    again = [path for path, times in tiny.fetched().items() if times > 1]
    assert len(again) <= (20 if dont_filter else 3)  # /list/0 links to pages that dont_filter seeds were not noted for


def test_a_page_that_kills_its_workers_becomes_a_dead_letter(fleet):
    tiny = fleet(40, 0.0)
    options = {"poison": "/job/7", "settings": {"FRONTIER_REDELIVERIES": 2, "FRONTIER_LEASE": 0.5}}
    for _ in range(6):
        if tiny.start(**options).result():
            break
    state = tiny.state()
    assert (state.run.state, state.dead) == ("ended", 1)
    assert tiny.lost() == {"/job/7"}, "it takes no other page with it"
    (letter,) = tiny.ask(lambda client: Orders(client, tiny.keys).dead_letters())
    assert "/job/7" in letter.request
    assert letter.reason == "lost by the worker that held it"
    again = anew(letter.request.partition(" ")[2], letter.letter_id)
    assert tiny.ask(lambda client: Orders(client, tiny.keys).again([again])) == 1
    tiny.start(seeds=[]).result()
    assert tiny.lost() == set()


def test_an_item_that_cannot_be_stored_is_tried_again_and_then_a_dead_letter(fleet):
    tiny = fleet(20, 0.0)
    tiny.start(unstorable="/job/3", settings={"FRONTIER_REDELIVERIES": 2}).result()
    assert tiny.lost() == {"/job/3"}
    assert tiny.fetched()["/job/3"] == 3
    (letter,) = tiny.ask(lambda client: Orders(client, tiny.keys).dead_letters())
    assert letter.reason == "an item was not stored: ValueError('no such column')"


def test_when_the_store_is_away_for_good_the_requests_stay(fleet):
    tiny = fleet(60, 0.01)
    first = tiny.start(away_from=10)
    assert first.result()["finish_reason"] == "database_away"
    counts = tiny.state().run.counts
    assert (counts.leased, counts.failed) == (0, 0)
    assert tiny.start().result()["finish_reason"] == "finished"
    ended_well(tiny)


def test_a_page_that_never_comes_is_a_dead_letter_with_its_reason(fleet):
    tiny = fleet(20, 0.0)
    tiny.start(seeds=["/list/0", "/job/x?status=503"], settings={"RETRY_TIMES": 1}).result()
    (letter,) = tiny.ask(lambda client: Orders(client, tiny.keys).dead_letters())
    assert letter.reason == "answered 503 (tried 2 times)"
    assert tiny.state().run.counts.failed == 1
    assert tiny.lost() == set()


def test_the_next_run_fetches_again(fleet):
    tiny = fleet(20, 0.0)
    for times in (1, 2):
        assert tiny.start(settings={"RUN_ID": f"run-{times}"}).result()["finish_reason"] == "finished"
        assert set(tiny.fetched().values()) == {times}
    late = tiny.start(settings={"RUN_ID": "run-2"}).result()
    assert (late["finish_reason"], late["response_received_count"]) == ("finished", None)


def test_a_run_is_paused_resumed_and_cancelled(fleet):
    tiny = fleet(400, 0.02)
    crawl = tiny.start()
    tiny.wait_for(lambda: len(tiny.rows()) > 20)
    assert tiny.ask(lambda client: Orders(client, tiny.keys).pause())
    time.sleep(2)
    stored = len(tiny.rows())
    time.sleep(1)
    assert len(tiny.rows()) == stored
    tiny.ask(lambda client: Orders(client, tiny.keys).resume())
    tiny.wait_for(lambda: len(tiny.rows()) > stored + 20)
    tiny.ask(lambda client: Orders(client, tiny.keys).cancel())
    assert crawl.result()["finish_reason"] == "cancelled"
    state = tiny.state()
    assert (state.run.state, state.run.counts.remaining) == ("cancelled", 0)


def test_a_worker_that_was_stopped_for_too_long_does_no_harm(fleet):
    tiny = fleet(300, 0.02)
    first, second = (tiny.start(pause=0.02, settings={"FRONTIER_LEASE": 1.5}) for _ in range(2))
    tiny.wait_for(lambda: len(tiny.state().workers) == 2)
    first.signal(signal.SIGSTOP)
    time.sleep(2.5)
    first.signal(signal.SIGCONT)
    assert [crawl.result()["finish_reason"] for crawl in (first, second)] == ["finished", "finished"]
    ended_well(tiny)


def test_a_page_that_hangs_is_taken_away_and_given_up_on(fleet):
    tiny = fleet(20, 0.0)
    own = {"FRONTIER_LEASE": 0.5, "FRONTIER_MAX_AGE": 0.5, "FRONTIER_REDELIVERIES": 1}
    crawl = tiny.start(hanging="/job/5", settings=own)
    tiny.wait_for(lambda: tiny.state().dead == 1)
    assert tiny.lost() == {"/job/5"}
    assert tiny.state().run.counts.remaining == 0
    crawl.signal(signal.SIGTERM)
    crawl.result()


def test_a_delayed_request_holds_the_run_open_until_it_is_due(fleet):
    tiny = fleet(20, 0.0)
    tiny.start(later="/job/3").result()
    moments = {path: at for at, path in tiny.board.log(tiny.began)}
    assert 1.4 < moments["/job/later"] - moments["/job/3"] < 3
    assert tiny.state().run.state == "ended"


def test_a_worker_with_another_search_is_refused(fleet):
    tiny = fleet(400, 0.1)  # long enough for the other one to start
    crawl = tiny.start()
    tiny.wait_for(tiny.rows)
    other = tiny.start(search={"location": "Bali"})
    assert other.result().get("response_received_count") is None
    assert "is being crawled for everything" in other.said()
    assert "Traceback" not in other.said()
    assert crawl.result()["finish_reason"] == "finished"


# --- Redis


def test_redis_is_killed_and_comes_back_with_its_data(fleet):
    with valkey("--appendonly", "yes") as server:
        tiny = fleet(400, 0.02, server.url)
        crawls = [tiny.start(pause=0.01) for _ in range(2)]
        tiny.wait_for(lambda: len(tiny.rows()) > 60 and len(tiny.state().workers) == 2)
        server.kill()
        time.sleep(1)
        server.start()
        assert [crawl.result()["finish_reason"] for crawl in crawls] == ["finished", "finished"]
        ended_well(tiny)
        for crawl in crawls:
            assert crawl.said().count("Redis is away") == 1
            assert crawl.said().count("Redis is back") == 1


def test_redis_comes_back_without_its_data(fleet):
    with valkey() as server:
        tiny = fleet(400, 0.02, server.url)
        crawl = tiny.start()
        tiny.wait_for(lambda: len(tiny.rows()) > 60)
        server.kill()
        server.start()
        assert crawl.result()["finish_reason"] == "redis_state_lost"
        assert "Redis has lost the run" in crawl.said()


def test_lost_replies_lose_nothing(fleet, redis):
    with line_to(redis.port) as line:
        tiny = fleet(300, 0.01)
        crawl = tiny.start(redis_url=f"redis://127.0.0.1:{line.port}/0")
        for number in range(8):
            tiny.wait_for(lambda number=number: len(tiny.rows()) > 30 * number or not crawl.alive)
            line.cut(deaf=bool(number % 2))
        assert crawl.result()["finish_reason"] == "finished"
        ended_well(tiny)
        assert max(tiny.fetched().values()) == 1


def test_a_distant_redis_costs_no_speed(fleet, redis):
    with line_to(redis.port) as line:
        line.delay = 0.0025
        tiny = fleet(600, 0.0)
        far = tiny.start(redis_url=f"redis://127.0.0.1:{line.port}/0").result()
        ended_well(tiny)
        # 0.06 a response, and less than 0.1 in all, unless the machine is so slow that what was done cannot wait for more.
        assert far["frontier/round_trips"] < 0.08 * far["response_received_count"] + far["seconds"] / FLUSH
