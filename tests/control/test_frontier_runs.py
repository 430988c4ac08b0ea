"""Runs in the frontier: begun by the control plane, crawled by whoever works there, ended when nobody does."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
import time
from dataclasses import replace
from datetime import timedelta

import psutil
import pytest
from control_rig import looping, wait_for
from processes import environment, setting_words
from servers import valkey

from jobspiders.control import recovery
from jobspiders.control.records import Wish
from jobspiders.control.timetable import put_schedule
from jobspiders.errors import BoardBusy, LauncherAway
from jobspiders.frontier.keys import Keys
from jobspiders.frontier.orders import Orders
from jobspiders.frontier.scripts import connect
from jobspiders.items import Outcome
from jobspiders.store.db import now
from jobspiders.store.dispatch import end_abandoned
from jobspiders.store.query import Query, count
from jobspiders.store.runs import Run, Status
from jobspiders.store.schedules import Schedule

LATELY = {"FRONTIER_LEASE": "2"}  # seconds after which a dead worker's requests are another's


@pytest.fixture(scope="module")
def redis():
    with valkey() as server:
        yield server


@pytest.fixture
def shared(config, redis, tmp_path):
    return replace(config, redis_url=redis.url, redis_prefix=f"{tmp_path.name}:")


@pytest.fixture
def work(shared, handed_on, tmp_path):
    """Starts workers."""
    started = []

    def start(*words, **settings):
        given = handed_on | LATELY | {"DOWNLOAD_DELAY": "0.2"} | settings
        argv = [sys.executable, "-m", "scrapy", "work", *words]
        argv += setting_words(given)
        variables = {"REDIS_URL": shared.redis_url, "REDIS_PREFIX": shared.redis_prefix, "LOG_LEVEL": "INFO"}
        env = environment(DATABASE_URL=shared.database_url, **variables)
        with (tmp_path / f"worker-{len(started)}").open("wb") as log:
            started.append(subprocess.Popen(argv, cwd=tmp_path, env=env, stderr=log, stdout=log))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.wait()


def test_as_many_workers_are_kept_as_are_wanted(shared, open_at):
    desk = open_at(shared)
    assert desk.manners().workers == 0, "they are elsewhere"
    desk.set_workers(2)
    me = psutil.Process()
    with looping(desk):
        wait_for(lambda: len(workers_of(me)) == 2)
        kept = workers_of(me)[0]
        workers_of(me)[1].kill()
        wait_for(lambda: len(workers_of(me)) == 1)
        desk.set_workers(1)
        run = desk.wait(desk.start(Wish("glints", {"results_wanted": 2})).run_id, 60)
        assert (run.found, run.pid) == (2, kept.pid)
    before = time.monotonic()
    desk.close()
    assert time.monotonic() - before < 10
    assert workers_of(me) == []


def workers_of(process):
    alive = [child for child in process.children() if child.status() != psutil.STATUS_ZOMBIE]
    return [child for child in alive if "work" in child.cmdline()]


def ask(config, question):
    async def asked():
        client = connect(config.redis_url)
        try:
            return await question(client)
        finally:
            await client.aclose()

    return asyncio.run(asked())


def pids(desk) -> set[int]:
    return {worker.pid for worker in desk.workers() if worker.board}


def test_a_run_that_loses_a_worker_goes_on_and_one_that_loses_all_ends(shared, open_at, work, monkeypatch):
    monkeypatch.setattr(recovery, "SILENCE", 7.0)
    desk = open_at(shared)
    first, second = work("glints", "jobstreet"), work()
    with looping(desk):
        run = desk.start(Wish("glints"))
        assert (run.launcher, run.status) == ("workers", Status.QUEUED)
        wait_for(lambda: pids(desk) == {first.pid, second.pid})
        first.send_signal(signal.SIGKILL)
        run = desk.wait(run.run_id, 60)
        assert (run.status, run.outcome) == (Status.SUCCEEDED, "complete")
        assert count(desk.engine, Query(boards=("glints",))) == 30
        assert 20 < run.found <= 30, "what the dead worker stored last, it told nobody"

        run = desk.start(Wish("glints"))
        wait_for(lambda: desk.run(run.run_id).status is Status.RUNNING)
        with pytest.raises(BoardBusy):
            desk.start(Wish("glints"))
        second.send_signal(signal.SIGKILL)
        run = desk.wait(run.run_id, 60)
        assert run.status is Status.FAILED
        assert "nothing was heard of it" in run.reason

        third = work()
        run = desk.wait(desk.start(Wish("glints")).run_id, 60)
        assert (run.status, run.outcome) == (Status.SUCCEEDED, "complete")
    before = time.monotonic()
    third.send_signal(signal.SIGTERM)
    assert third.wait(20) == 0
    assert time.monotonic() - before < 10


def test_sigterm_in_the_middle_hands_back_what_was_held(shared, open_at, work):
    desk = open_at(shared)
    first = work()
    run = desk.start(Wish("glints"))
    wait_for(lambda: any(worker.requests for worker in desk.workers()))
    before = time.monotonic()
    first.send_signal(signal.SIGTERM)
    assert first.wait(20) == 0
    assert time.monotonic() - before < 10
    (queue,) = [queue for queue in desk.queues() if queue.run_id]
    assert (queue.leased, queue.state) == (0, "running")
    assert queue.pending > 0
    assert not desk.run(run.run_id).status.ended, "it waits for the next worker"
    work()
    run = desk.wait(run.run_id, 60)
    assert (run.status, run.found) == (Status.SUCCEEDED, 30)


def test_what_an_ended_run_has_left_in_the_queue_is_in_nobodys_way(shared, open_at):
    desk = open_at(shared)
    run = desk.start(Wish("glints", {"search_term": "nurse"}))
    end_abandoned(desk.engine, desk.run(run.run_id), Outcome.FAILED, "as if the database had been away since")
    second = desk.start(Wish("glints"))
    assert [queue.run_id for queue in desk.queues() if queue.run_id] == [second.run_id]


def test_a_run_is_cancelled_for_all_its_workers(shared, open_at, work):
    desk = open_at(shared)
    waits = desk.start(Wish("lokerid"))
    assert desk.cancel(waits.run_id).status is Status.CANCELLED
    assert all(queue.run_id is None for queue in desk.queues())
    work(DOWNLOAD_DELAY="1")
    run = desk.start(Wish("glints"))
    wait_for(lambda: desk.run(run.run_id).status is Status.RUNNING)
    before = time.monotonic()
    desk.cancel(run.run_id)
    run = desk.wait(run.run_id, 30)
    assert time.monotonic() - before < 15
    assert (run.status, run.outcome) == (Status.CANCELLED, "cancelled")


def test_what_is_pushed_is_crawled_by_an_idle_worker_that_costs_nothing(shared, open_at, work, tmp_path):
    desk = open_at(shared)
    worker = work("glints", "jobstreet", "lokerid")
    wait_for(lambda: "serving glints, jobstreet, lokerid" in (tmp_path / "worker-0").read_text())
    wait_for(lambda: [(one.pid, one.board) for one in desk.workers()] == [(worker.pid, "")])
    commands, cpu = total_commands(shared), psutil.Process(worker.pid).cpu_times()
    time.sleep(3)
    assert total_commands(shared) - commands < 3 * 3 * 4, "one look a second at three boards"
    assert psutil.Process(worker.pid).cpu_times().user - cpu.user < 0.5
    url = "https://glints.com/id/opportunities/jobs/recommended"
    ask(shared, lambda client: Orders(client, Keys("glints", shared.redis_prefix)).push([url]))
    wait_for(lambda: desk.runs("glints"), patience=10)
    wait_for(lambda: [(one.pid, one.board) for one in desk.workers()] == [(worker.pid, "")])
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(20) == 0
    assert desk.workers() == []


def test_a_run_is_not_dead_while_redis_is_away(shared, open_at, work):
    with valkey() as server:
        away = replace(shared, redis_url=server.url)
        desk = open_at(away)
        work(DOWNLOAD_DELAY="1", REDIS_URL=server.url)
        run = desk.start(Wish("glints"))
        wait_for(lambda: desk.run(run.run_id).status is Status.RUNNING)
        server.stop()
    stopped = now(desk.engine)
    wait_for(lambda: desk.run(run.run_id).heartbeat_at > stopped + timedelta(seconds=5))


def test_a_frontier_that_is_away_or_in_use(shared, open_at):
    desk = open_at(replace(shared, redis_url="redis://127.0.0.1:1/0"))
    with pytest.raises(LauncherAway, match="Redis does not answer"):
        desk.start(Wish("glints"))
    (run,) = desk.runs()
    assert run.status is Status.FAILED, "the board is free again"
    desk = open_at(shared)
    other = desk.launchers["workers"]
    other.start(stored(desk, "by-hand"))
    with pytest.raises(LauncherAway, match="glints is being crawled by run by-hand"):
        other.start(stored(desk, "another"))
    assert desk.run("another").host is None, "it can be tried again"


def stored(desk, run_id):
    from jobspiders.store.runs import begin

    run = Run(run_id=run_id, site_name="glints", status=Status.QUEUED, launcher="workers")
    begin(desk.engine, run)
    return run


def test_a_scheduled_run_waits_for_a_frontier_that_comes_back(shared, open_at):
    desk = open_at(replace(shared, redis_url="redis://127.0.0.1:1/0"))
    put_schedule(desk.engine, Schedule(site_name="glints", interval_minutes=60))
    with looping(desk):
        wait_for(desk.runs)
        time.sleep(2)
        (run,) = desk.runs()
        assert (run.status, run.task_id) == (Status.QUEUED, None)
    with looping(open_at(shared)):
        wait_for(lambda: desk.run(run.run_id).task_id)


def total_commands(config) -> int:
    return ask(config, lambda client: client.info("stats"))["total_commands_processed"]
