"""Each Lua script on a real server, its clock in the test's hand."""

from __future__ import annotations

import asyncio
import itertools
import json
import random

import pytest
from bench import Bench
from scrapy import Request, Spider
from servers import free_port, valkey

from jobspiders.frontier.orders import Orders
from jobspiders.frontier.records import Ask, Counts, Pace
from jobspiders.frontier.seen import place
from jobspiders.frontier.serializer import dumps, loads


def push(text: str, *, member: str = "", delay: float = 0, priority: int = 0) -> tuple:
    return ("push", member, round(delay * 1000), f"{priority} {text}")


# --- commit


async def test_requests_are_handed_out_by_priority_then_in_order_of_arrival(bench):
    async with bench:
        queue = await bench.joined("a")
        await bench.commit(
            queue, push("low"), push("first", priority=5), push("second", priority=5), push("b", priority=-7)
        )
        claimed, _ = await bench.commit(queue, wanted=10)
        assert [body.partition(" ")[2] for body in claimed.values()] == ["first", "second", "low", "b"]


async def test_a_request_is_seen_and_queued_in_one_step(bench):
    async with bench:
        queue = await bench.joined("a")
        _, reply = await bench.commit(queue, push("x", member="1"), push("y", member="2"), push("x", member="1"))
        assert reply.filtered == 1
        assert reply.counts.pending == 2


async def test_what_is_not_to_be_filtered_is_queued_as_often_as_it_is_pushed(bench):
    async with bench:
        queue = await bench.joined("a")
        _, reply = await bench.commit(queue, push("same"), push("same"), push("same"))
        assert reply.counts.pending == 3


async def test_a_commit_that_is_sent_again_does_nothing(bench):
    async with bench:
        queue = await bench.joined("a")
        for _ in range(3):
            _, reply = await bench.commit(queue, push("x"), ("count", "pages", "2"), number=1)
        assert reply.counts.pending == 1
        assert (await bench.state()).run.stats == {"pages": 2}


async def test_a_delayed_request_comes_when_it_is_due(bench):
    async with bench:
        queue = await bench.joined("a")
        _, reply = await bench.commit(queue, push("later", delay=0.7), wanted=1)
        assert (reply.claimed, reply.counts.delayed) == ((), 1)
        assert reply.again == 0.7
        await bench.tick(0.7)
        claimed, reply = await bench.commit(queue, wanted=1)
        assert list(claimed.values()) == ["0 later"]
        assert reply.counts.delayed == 0


async def test_priorities_may_be_many(bench):
    async with bench:
        queue = await bench.joined("a")
        places = [number * 7 % 150 - 20 for number in range(150)]
        steps = [("push", "", 0, f"{place} {turn}") for turn in range(2) for place in places]
        _, reply = await bench.commit(queue, *steps)
        assert reply.counts == Counts(pending=300)
        where = await bench.where()
        assert (len(where["fresh"]), len(where["requests"])) == (200, 100)
        claimed, reply = await bench.commit(queue, wanted=290)
        wanted = [f"{place} {turn}" for place in sorted(places, reverse=True) for turn in range(2)]
        assert list(claimed.values()) == wanted[:290]
        assert reply.counts == Counts(pending=10, leased=290)
        await Orders(bench.client, bench.keys).cancel()
        left = {
            key.decode().removeprefix(bench.keys.of("")) for key in await bench.client.keys(f"{bench.keys.of('')}*")
        }
        assert left == {"run", "commits", "rate"}


async def test_an_acknowledged_request_is_gone_for_good(bench):
    async with bench:
        queue = await bench.joined("a")
        claimed, _ = await bench.commit(queue, push("x"), wanted=1)
        _, reply = await bench.commit(queue, ("ack", *claimed))
        assert reply.counts == Counts(done=1)
        for name in ("entries", "owners", "leases", "requests", "fresh", "failures"):
            assert not await bench.client.exists(bench.keys.of(name))


async def test_a_late_acknowledgement_counts_whoever_holds_the_lease(bench):
    async with bench:
        slow, quick = await bench.joined("slow"), await bench.joined("quick")
        claimed, _ = await bench.commit(slow, push("x"), wanted=1)
        await bench.tick(11)
        again, _ = await bench.commit(quick, wanted=1)
        assert again == claimed
        _, reply = await bench.commit(slow, ("ack", *claimed))
        assert reply.counts == Counts(done=1)
        _, reply = await bench.commit(quick, ("ack", *claimed))
        assert reply.counts == Counts(done=1)


@pytest.mark.parametrize("step", [("release",), ("nack", "why"), ("bury", "why")])
async def test_only_the_owner_gives_a_request_back(bench, step):
    async with bench:
        slow, quick = await bench.joined("slow"), await bench.joined("quick")
        claimed, _ = await bench.commit(slow, push("x"), wanted=1)
        await bench.tick(11)
        await bench.commit(quick, wanted=1)
        name, *words = step
        _, reply = await bench.commit(slow, (name, *claimed, *words))
        assert reply.counts == Counts(leased=1)


async def test_a_request_that_fails_too_often_becomes_a_dead_letter(bench):
    async with bench:
        queue = await bench.joined("a")
        await bench.commit(queue, push("poison"))
        for _ in range(bench.terms.redeliveries + 1):
            claimed, _ = await bench.commit(queue, wanted=1)
            _, reply = await bench.commit(queue, ("nack", *claimed, "no such column"))
        assert reply.counts == Counts(failed=1)
        letter = json.loads((await bench.client.hvals(bench.keys.of("dead")))[0])
        assert letter == {
            "run": "run-1",
            "request": "0 poison",
            "reason": "no such column",
            "failures": 3,
            "at": bench.now,
        }


async def test_a_dead_letter_that_is_done_after_all_is_done(bench):
    async with bench:
        queue = await bench.joined("a")
        claimed, _ = await bench.commit(queue, push("x"), wanted=1)
        await bench.commit(queue, ("bury", *claimed, "why"))
        _, reply = await bench.commit(queue, ("ack", *claimed))
        assert reply.counts == Counts(done=1)
        assert (await bench.state()).dead == 0


async def test_what_is_released_has_not_failed(bench):
    async with bench:
        queue = await bench.joined("a")
        claimed, _ = await bench.commit(queue, push("x"), wanted=1)
        _, reply = await bench.commit(queue, ("release", *claimed), wanted=1)
        assert reply.claimed[0][2] == 0


# --- claim


async def test_a_lease_that_ran_out_is_anybodys(bench):
    async with bench:
        dead, alive = await bench.joined("dead"), await bench.joined("alive")
        await bench.commit(dead, push("x"), wanted=1)
        await bench.tick(9.9)
        assert (await bench.commit(alive, wanted=1))[0] == {}
        await bench.tick(0.2)
        _, reply = await bench.commit(alive, wanted=1)
        assert [(body, failures) for _, _, failures, body in reply.claimed] == [("0 x", 1)]


async def test_leases_that_a_clock_set_back_made_endless_end(bench):
    async with bench:
        dead, alive = await bench.joined("dead"), await bench.joined("alive")
        await bench.commit(dead, push("x"), wanted=1)
        await bench.tick(-3600)
        await bench.commit(alive, wanted=1)
        await bench.tick(11)
        assert list((await bench.commit(alive, wanted=1))[0].values()) == ["0 x"]


async def test_a_worker_has_one_suspect_at_a_time(bench):
    async with bench:
        queue = await bench.joined("a")
        await bench.commit(queue, *(push(f"{number}") for number in range(6)))
        for _ in range(2):  # all six fail twice
            claimed, _ = await bench.commit(queue, wanted=6)
            await bench.commit(queue, *(("nack", name, "why") for name in claimed))
        await bench.commit(queue, push("innocent"), push("innocent too"))
        claimed, reply = await bench.commit(queue, wanted=6)
        assert sorted(claimed.values()) == ["0 0", "0 innocent", "0 innocent too"]
        reply = await queue.exchange(None, Ask(6, seeds=False, suspect=True))
        assert reply.claimed == ()


async def test_one_worker_seeds_and_the_next_one_when_it_falls_silent(bench):
    async with bench:
        first, second = await bench.joined("first", seeds=True), await bench.joined("second", seeds=True)
        assert (await bench.commit(first, seeds=True))[1].seeds == "mine"
        assert (await bench.commit(second, seeds=True))[1].seeds == "theirs"
        await bench.tick(9)
        assert (await bench.commit(first, seeds=True))[1].seeds == "mine"
        await bench.tick(9)
        assert (await bench.commit(second, seeds=True))[1].seeds == "theirs"
        await bench.tick(2)
        assert (await bench.commit(second, seeds=True))[1].seeds == "mine"
        assert (await bench.commit(second, ("seeded",), seeds=True))[1].seeds == "done"
        assert (await bench.commit(first, seeds=True))[1].seeds == "done"


async def test_a_worker_without_seeds_is_never_asked_for_them(bench):
    async with bench:
        await bench.joined("first", seeds=True)
        listener = await bench.joined("listener", seeds=False)
        assert (await bench.commit(listener))[1].seeds == "theirs"


# --- the rate


async def test_requests_are_released_at_the_boards_pace(bench):
    async with bench:
        queue = await bench.joined("a", pace=Pace(0.1, 0.1))
        await bench.commit(queue, *(push(str(number)) for number in range(30)))
        _, reply = await bench.commit(queue, wanted=30)
        waits = [wait for _, wait, _, _ in reply.claimed]
        assert waits == pytest.approx([0.104 * number for number in range(10)], abs=0.0011)
        assert 0 < reply.again <= 0.1


async def test_all_workers_share_the_pace(bench):
    async with bench:
        queues = [await bench.joined(name, pace=Pace(1, 1)) for name in "abc"]
        await bench.commit(queues[0], *(push(str(number)) for number in range(9)))
        moments = []
        for second in range(5):
            for queue in queues:
                _, reply = await bench.commit(queue, wanted=3)
                moments += [second + wait for _, wait, _, _ in reply.claimed]
            await bench.tick(1)
        gaps = [later - earlier for earlier, later in itertools.pairwise(moments)]
        assert len(moments) >= 5
        assert min(gaps) >= 1.04 - 0.001


async def test_a_slot_after_the_clock_was_set_back_is_not_far_away(bench):
    async with bench:
        queue = await bench.joined("a", pace=Pace(1, 1))
        await bench.commit(queue, push("x"), push("y"), wanted=1)
        await bench.tick(-7200)
        assert (await bench.commit(queue, wanted=1))[0]


async def test_a_penalty_closes_the_board_and_is_never_shortened(bench):
    async with bench:
        queue, other = await bench.joined("a"), await bench.joined("b")
        await queue.penalise(30, "answered 429")
        await other.penalise(5, "answered 503")
        claimed, reply = await bench.commit(other, push("x"), wanted=1)
        assert (claimed, reply.closed) == ({}, 30)
        assert await other.reserve() == (False, 25.0)
        state = await bench.state()
        assert state.rate.reason == "answered 429"
        await bench.tick(30)
        assert (await bench.commit(other, wanted=1))[0]


WALL = {"age": 0.0, "walls": 2, "pause": 60.0, "reason": "a challenge"}


async def test_walls_in_a_row_close_the_board_for_all_longer_and_longer(bench):
    async with bench:
        ann, bob = await bench.joined("ann"), await bench.joined("bob")
        await bench.commit(ann, *(push(str(number)) for number in range(9)))
        assert await ann.wall(**WALL) == 0
        await ann.good(0.0)
        assert await ann.wall(**WALL) == 0, "they were not in a row"
        assert await bob.wall(**WALL) == 1
        claimed, reply = await bench.commit(ann, wanted=5)
        assert (claimed, reply.closed, reply.walls) == ({}, 60.0, 2)
        assert (await bench.state()).rate.reason == "a challenge"
        await bench.tick(61)
        claimed, reply = await bench.commit(ann, wanted=5)
        assert (len(claimed), reply.closed) == (1, 0), "the probe"
        assert (await bench.commit(bob, wanted=5))[0] == {}, "one is enough"
        assert await ann.wall(**WALL) == 2
        assert (await bench.commit(bob))[1].closed == 120.0
        await bench.tick(121)
        assert len((await bench.commit(bob, wanted=5))[0]) == 1
        await bob.good(0.0)
        claimed, reply = await bench.commit(ann, wanted=5)
        assert (len(claimed), reply.closed, reply.walls) == (5, 0, 0)


async def test_what_was_on_its_way_when_the_breaker_opened_says_nothing_new(bench):
    async with bench:
        queue = await bench.joined("a")
        await queue.wall(**WALL)
        assert await queue.wall(**WALL) == 1
        await bench.tick(2)
        assert await queue.wall(**(WALL | {"age": 3.0})) == 1
        await queue.good(3.0)
        assert (await bench.commit(queue))[1].closed == 58.0


async def test_what_bypasses_the_queue_is_a_probe_too(bench):
    async with bench:
        queue = await bench.joined("a")
        for _ in range(2):
            await queue.wall(**WALL)
        await bench.tick(58)
        assert await queue.reserve() == (False, 2.0)
        await bench.tick(2)
        assert await queue.reserve() == (True, 0.0)
        assert await queue.reserve() == (False, 5.0)


async def test_the_next_run_begins_without_the_walls_of_the_last_one(bench):
    async with bench:
        queue = await bench.joined("a")
        for _ in range(2):
            await queue.wall(**WALL)
        await queue.block()
        reply = (await bench.commit(queue, push("x"), ("count", "pages", "4")))[1]
        assert (reply.standing, (await bench.state()).run.counts.remaining) == ("blocked", 0)
        left = await queue.leave({"pages": 1, "trouble/says": "a challenge"})
        assert (left.standing, left.ended, left.totals) == (
            "blocked",
            False,
            {"pages": 5, "trouble/says": "a challenge"},
        )
        queue = await bench.joined("b", run_id="run-2")
        assert (await bench.commit(queue))[1].walls == 0


async def test_requests_that_bypass_the_queue_take_slots_too(bench):
    async with bench:
        queue = await bench.joined("a", pace=Pace(1, 1))
        assert await queue.reserve() == (True, 0.0)
        assert await queue.reserve() == (True, 1.04)
        _, reply = await bench.commit(queue, push("x"), wanted=1)
        assert reply.claimed == ()
        await bench.tick(1.1)
        _, reply = await bench.commit(queue, wanted=1)
        assert reply.claimed[0][1] == pytest.approx(0.98)


async def test_nobody_reserves_far_ahead(bench):
    async with bench:
        queue = await bench.joined("a", pace=Pace(3, 3))
        granted = [await queue.reserve() for _ in range(3)]
        assert granted == [(True, 0.0), (True, 3.12), (False, pytest.approx(1.24))]


async def test_latency_slows_all_workers_down_at_once_and_lets_go_by_half(bench):
    async with bench:
        queue = await bench.joined("a", pace=Pace(0.1, 5))
        await bench.commit(queue, push("x"))
        intervals = []
        for target in (2.0, 0.2, 0.2, 60.0, None):
            reply = await queue.exchange(None, Ask(0, seeds=False, suspect=False, target=target))
            intervals.append(reply.interval)
        assert intervals == [2.0, 1.1, 0.65, 5.0, 5.0]


async def test_the_observed_rate_is_that_of_the_last_minute(bench):
    async with bench:
        queue = await bench.joined("a")
        await bench.commit(queue, *(push(str(number)) for number in range(90)))
        await bench.commit(queue, wanted=60)
        hash_of = await bench.client.hgetall(bench.keys.of("rate"))
        assert (int(hash_of[b"sent"]), int(hash_of[b"before"])) == (60, 0)
        await bench.tick(60)
        await bench.commit(queue, wanted=30)
        hash_of = await bench.client.hgetall(bench.keys.of("rate"))
        assert (int(hash_of[b"sent"]), int(hash_of[b"before"])) == (30, 60)


# --- renew, settle, leave, join, steer


async def test_a_heartbeat_keeps_leases_and_tells_which_are_lost(bench):
    async with bench:
        slow, quick = await bench.joined("slow"), await bench.joined("quick")
        claimed, _ = await bench.commit(slow, push("x"), push("y"), wanted=2)
        kept, lost = claimed
        for _ in range(3):
            await bench.tick(8)
            assert await slow.renew([kept], {"worker": "w"}) == set()
            await bench.commit(quick, wanted=2)
        assert await slow.renew([kept, lost], {}) == {lost}


async def test_claims_whose_answer_was_lost_are_given_back(bench):
    async with bench:
        queue = await bench.joined("a")
        claimed, _ = await bench.commit(queue, push("x"), push("y"), wanted=2)
        known, unknown = claimed
        await queue.settle([known])
        where = await bench.where()
        assert where == {"fresh": set(), "requests": {unknown}, "leases": {known}, "delayed": set(), "dead": set()}


async def test_who_leaves_gives_back_all_and_ends_a_run_of_which_nothing_is_left(bench):
    async with bench:
        first, second = await bench.joined("first"), await bench.joined("second")
        await first.renew([], {})
        await second.renew([], {})
        claimed, _ = await bench.commit(first, push("x"), ("count", "pages", "3"), wanted=1)
        left = await first.leave({})
        assert (left.standing, left.ended, left.others, left.totals) == ("running", False, 1, {"pages": 3})
        again, _ = await bench.commit(second, wanted=1)
        assert again == claimed
        await bench.commit(second, ("ack", *again))
        left = await second.leave({})
        assert (left.standing, left.ended, left.others) == ("ended", True, 0)
        left = await first.leave({})
        assert (left.standing, left.ended) == ("ended", False)


async def test_a_run_begins_once_and_is_joined(bench):
    async with bench:
        first = await bench.queue("a").join("run-1", "e1", {"location": "Bali"}, seeds=True)
        assert (first.verdict, first.run_id) == ("begun", "run-1")
        second = await bench.queue("b").join("run-2", "e2", {"location": "Bali"}, seeds=True)
        assert (second.verdict, second.run_id, second.epoch) == ("joined", "run-1", "e1")
        third = await bench.queue("c").join("run-3", "e3", {}, seeds=True)
        assert (third.verdict, third.arguments) == ("other", {"location": "Bali"})


async def test_a_finished_run_is_followed_by_the_next_one_which_has_seen_nothing(bench):
    async with bench:
        first = await bench.joined("a")
        claimed, _ = await bench.commit(first, push("x", member="1"), wanted=1)
        await bench.commit(first, ("ack", *claimed))
        late = await bench.queue("late").join("run-1", "e9", {}, seeds=False)
        assert late.verdict == "over"
        second = await bench.joined("b", run_id="run-2")
        assert (await bench.commit(second, push("x", member="1"), wanted=1))[0]
        assert (await bench.commit(first))[1].standing == "over"


@pytest.mark.parametrize("fill", [
    lambda client, key: client.zadd(key, {b"\x80\x04\x95": -1}),
    lambda client, key: client.lpush(key, b"\x80\x04\x95"),
], ids=["PriorityQueue", "FifoQueue"])  # fmt: skip
async def test_a_queue_of_scrapy_redis_is_left_alone(bench, fill):
    async with bench:
        await fill(bench.client, bench.keys.of("requests"))
        joined = await bench.queue("a").join("run-1", "e1", {}, seeds=True)
        assert joined.verdict == "foreign"
        assert await bench.client.exists(bench.keys.of("requests"))


async def test_seen_urls_are_forgotten_when_a_run_ends(bench):
    async with bench:
        queue = await bench.joined("a")
        await bench.commit(queue, *(push("x", member=str(number)) for number in range(500)))
        claimed, _ = await bench.commit(queue, wanted=500)
        await bench.commit(queue, *(("ack", name) for name in claimed))
        assert [key async for key in bench.client.scan_iter(bench.keys.of("dupefilter") + "*")]
        await queue.leave({})
        assert [key async for key in bench.client.scan_iter(bench.keys.of("dupefilter") + "*")] == []


async def test_what_a_server_without_memory_says_is_noticed(bench):
    async with bench:
        queue = await bench.joined("a")
        await bench.client.flushall()
        await bench.tick(0)
        assert (await bench.commit(queue, push("x"), wanted=1))[1].standing == "lost"
        await bench.joined("b", run_id="run-2")
        assert (await bench.commit(queue, push("x"), wanted=1))[1].standing == "lost"


@pytest.mark.parametrize("evicted", ["fresh", "fresh:{epoch}:0", "entries"])
async def test_what_a_server_throws_away_is_noticed(bench, evicted):
    async with bench:
        queue = await bench.joined("a", run_id="run-1")
        given, _ = await bench.commit(queue, push("x"), push("y"), push("z"), wanted=1)
        await bench.commit(queue, *(("release", name) for name in given))
        await bench.client.delete(bench.keys.of(evicted.format(epoch=queue.epoch)))
        assert (await bench.commit(queue, wanted=5))[1].standing == "lost"
        assert (await bench.commit(queue, push("v"), wanted=5))[1].standing == "lost"
        after = await bench.joined("b", run_id="run-2")
        await bench.commit(after, push("w"))
        claimed, reply = await bench.commit(after, wanted=5)
        assert (list(claimed.values()), reply.standing) == (["0 w"], "running")


async def test_keys_end_by_themselves(bench):
    async with bench:
        queue = await bench.joined("a")
        await bench.commit(queue, push("x", member="1"), push("y"), wanted=1)
        await queue.renew([], {})
        keys = {key.decode() async for key in bench.client.scan_iter(bench.keys.prefix + "*")} - {bench.clock}
        endless = {key for key in keys if await bench.client.ttl(key) < 0}
        assert endless == set()


# --- intake


@pytest.mark.parametrize("fill", [
    lambda client, key: client.rpush(key, "a", "b", "c"),
    lambda client, key: client.sadd(key, "a", "b", "c"),
    lambda client, key: client.zadd(key, {"a": 3, "b": 2, "c": 1}),
], ids=["list", "set", "sorted set"])  # fmt: skip
async def test_messages_are_moved_into_the_run(bench, fill):
    async with bench:
        queue = await bench.joined("a")
        await fill(bench.client, bench.keys.of("start_urls"))
        claimed, _ = await bench.commit(queue, wanted=5)
        assert sorted(claimed.values()) == ["start a", "start b", "start c"]
        assert not await bench.client.exists(bench.keys.of("start_urls"))
        await bench.tick(11)
        assert (await bench.commit(queue, wanted=5))[0] == claimed


async def test_messages_of_no_use_are_left_alone(bench):
    async with bench:
        queue = await bench.joined("a")
        await bench.client.set(bench.keys.of("start_urls"), "text")
        assert (await bench.commit(queue, wanted=5))[0] == {}


# --- in a cluster


async def test_all_keys_may_live_in_one_slot_of_a_cluster():
    with valkey("--cluster-enabled", "yes", "--cluster-port", str(free_port())) as server:
        bench = Bench(server.url, "{jobs}:")
        await bench.client.execute_command("CLUSTER ADDSLOTSRANGE", 0, 16383)
        while (await bench.client.execute_command("CLUSTER INFO"))["cluster_state"] != "ok":  # noqa: ASYNC110 - nothing tells
            await asyncio.sleep(0.05)
        async with bench:
            queue = await bench.joined("a", seeds=True)
            await bench.client.rpush(bench.keys.of("start_urls"), "a")
            claimed, _ = await bench.commit(queue, push("x", member="1"), ("seeded",), wanted=5)
            await queue.renew(claimed, {})
            await queue.reserve()
            await queue.penalise(1, "")
            await bench.commit(queue, *(("ack", name) for name in claimed))
            assert (await queue.leave({})).standing == "ended"


# --- the seen-set


async def test_the_seen_set_forgets_nothing_while_it_grows(bench):
    async with bench:
        queue = await bench.joined("a")
        numbers = random.Random(1)
        members = [place(numbers.randbytes(20)) for _ in range(20_000)]
        for start in range(0, len(members), 500):
            _, reply = await bench.commit(queue, *(push("x", member=member) for member in members[start : start + 500]))
            assert reply.filtered == 0
        for start in range(0, len(members), 500):
            _, reply = await bench.commit(queue, *(push("x", member=member) for member in members[start : start + 500]))
            assert reply.filtered == 500
        sizes = [
            await bench.client.scard(key) async for key in bench.client.scan_iter(bench.keys.of("dupefilter") + "*")
        ]
        assert sum(sizes) == 20_000
        assert max(sizes) <= 512
        assert min(sizes) > 120


@pytest.mark.parametrize("meta", [{}, {"page": 2}, {"verbatim_url": True}])
def test_a_request_is_read_as_it_was_written(meta):
    spider = Spider("tiny")
    asked = Request("https://x.test/a b?q=%7Bü|", meta=meta, headers={"Referer": "https://x.test/"}, priority=-1)
    read = loads(dumps(asked, spider), spider)
    assert (read.url, read.meta, read.headers, read.priority) == (asked.url, meta, asked.headers, -1)
