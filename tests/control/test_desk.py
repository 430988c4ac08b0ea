"""The desk over child processes: runs that end well, that are cancelled, that are killed."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import psutil
import pytest
from control_rig import looping, wait_for

from jobspiders.control.records import Wish
from jobspiders.errors import BadConfig, BadSearch, BoardBusy, UnknownBoard, UnknownRun
from jobspiders.store.runs import Run, Status, begin

BLOCK = {"ADDONS": '{"blocking.Block": 0}'}


def test_a_run_from_wish_to_row(desk):
    run = desk.start(Wish("glints", {"search_term": "engineer", "results_wanted": "5"}, {"RETRY_TIMES": 1}))
    with pytest.raises(BoardBusy) as busy:
        desk.start(Wish("glints"))
    assert busy.value.run_id == run.run_id
    run = desk.wait(run.run_id, 60)
    assert (run.status, run.outcome, run.trigger, run.launcher) == (Status.SUCCEEDED, "complete", "manual", "local")
    assert run.search == {"search_term": "engineer", "results_wanted": 5}
    assert run.settings == {"RETRY_TIMES": 1, "RETRY_BACKOFF": 2.0}
    assert 0 < run.found == run.new <= 5
    log = desk.log_of(run.run_id).read_text()
    assert f"logs/glints/{run.run_id}.log" in str(desk.log_of(run.run_id))
    assert "glints: complete" in log
    assert desk.cancel(run.run_id) == run, "it has ended: nothing is left to cancel"


@pytest.mark.parametrize(
    ("wish", "error"),
    [
        (Wish("glint"), UnknownBoard),
        (Wish("glints", {"hours_old": "abc"}), BadSearch),
        (Wish("glints", {"nonsense": 1}), BadSearch),
        (Wish("lokerid", {"country": "US"}), BadSearch),
        (Wish("greenhouse"), BadSearch),
        (Wish("glints", settings={"ITEM_PIPELINES": "{}"}), BadConfig),
        (Wish("glints", launcher="scrapyd"), BadConfig),
    ],
)
def test_a_wish_that_cannot_be_meant_leaves_nothing_behind(desk, wish, error):
    with pytest.raises(error):
        desk.start(wish)
    assert desk.runs() == []


def test_a_few_jobs_to_wait_for(desk):
    for wanted in ("26", "0", None):
        with pytest.raises(BadSearch):
            desk.scrape(Wish("glints", {"results_wanted": wanted}), 1)
    assert desk.runs() == []
    run, jobs = desk.scrape(Wish("jobstreet", {"results_wanted": 3}), 60)
    assert (run.status.ended, run.found) == (True, 3)
    assert {job.last_run_id for job in jobs} == {run.run_id}
    assert len(jobs) == 3


def test_unknown_runs(desk):
    for ask in (desk.run, desk.cancel, desk.log_of):
        with pytest.raises(UnknownRun):
            ask("r")


def test_as_many_at_once_as_there_is_room_for(desk):
    desk.set_workers(1)
    first, second = (desk.start(Wish(name, {"results_wanted": 3})) for name in ("glints", "lokerid"))
    assert (first.pid is not None, second.pid) == (True, None)
    with looping(desk):
        assert desk.wait(second.run_id, 60).status is Status.SUCCEEDED
    first, second = desk.run(first.run_id), desk.run(second.run_id)
    assert first.status is Status.SUCCEEDED
    assert first.finished_at < second.started_at
    desk.set_workers(0)
    waits = desk.start(Wish("glints"))
    with looping(desk):
        time.sleep(1.5)
        assert desk.run(waits.run_id).status is Status.QUEUED
    assert desk.cancel(waits.run_id).status is Status.CANCELLED


def test_a_run_that_is_cancelled_keeps_what_it_had(open_at, config):
    desk = open_at(config, DOWNLOAD_DELAY="1", CONCURRENT_REQUESTS_PER_DOMAIN="1")
    run = desk.start(Wish("glints"))
    wait_for(lambda: desk.run(run.run_id).status is Status.RUNNING)
    before = time.monotonic()
    desk.cancel(run.run_id)
    run = desk.wait(run.run_id, 30)
    assert time.monotonic() - before < 15
    assert (run.status, run.outcome) == (Status.CANCELLED, "cancelled")


def test_a_run_whose_callback_hangs_is_killed(open_at, config, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(Path(__file__).parent), os.environ.get("PYTHONPATH", "")]))
    desk = open_at(config, **BLOCK)
    run = desk.start(Wish("glints"))
    wait_for(lambda: "HANGS" in desk.log_of(run.run_id).read_text())
    before = time.monotonic()
    desk.cancel(run.run_id)
    run = desk.wait(run.run_id, 30)
    assert time.monotonic() - before < 15
    assert run.status is Status.CANCELLED
    assert not psutil.pid_exists(run.pid)


def test_a_process_that_is_killed_is_a_run_that_failed(open_at, config):
    desk = open_at(config, DOWNLOAD_DELAY="1", CONCURRENT_REQUESTS_PER_DOMAIN="1")
    run = desk.start(Wish("glints"))
    wait_for(lambda: desk.run(run.run_id).status is Status.RUNNING)
    os.kill(desk.run(run.run_id).pid, signal.SIGKILL)
    run = desk.wait(run.run_id, 30)
    assert (run.status, run.outcome) == (Status.FAILED, "failed")
    assert run.reason.startswith("its process ended without a word, with exit code -9")
    again = desk.start(Wish("glints", {"results_wanted": 2}))
    assert again.status is Status.QUEUED


def test_what_goes_on_is_seen(open_at, config, monkeypatch):
    monkeypatch.setattr("jobspiders.crawl.runlog.EVERY", 0.5)
    desk = open_at(config, DOWNLOAD_DELAY="0.5", CONCURRENT_REQUESTS_PER_DOMAIN="1")
    run = desk.start(Wish("glints"))
    wait_for(lambda: desk.workers() and desk.workers()[0].requests)
    (worker,) = desk.workers()
    assert (worker.board, worker.run_id) == ("glints", run.run_id)
    assert worker.url.startswith("https://")
    assert worker.silent < 30
    (queue,) = [queue for queue in desk.queues() if queue.run_id]
    assert (queue.board, queue.configured, queue.state) == ("glints", 20, "running")
    assert queue.pending > 0
    assert queue.observed > 0
    before = time.monotonic()
    desk.close()
    assert time.monotonic() - before < 10
    assert desk.run(run.run_id).reason.startswith("stopped from outside after"), "it had time for a last word"


def test_a_log_is_only_looked_for_where_logs_are(desk, tmp_path):
    (tmp_path / "secret.log").write_text("s3cr3t")
    begin(desk.engine, Run(run_id="../../secret", site_name="glints", launcher="local"))
    (tmp_path / "logs" / "glints").mkdir(parents=True)
    assert desk.log_of("../../secret") is None
