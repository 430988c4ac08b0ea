"""Schedulers: what is due begins, one board's trouble is its own, the dead are found."""

from __future__ import annotations

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

from jobspiders.control import recovery
from jobspiders.control.loop import Loop
from jobspiders.control.timetable import enable, put_schedule, scheduled, wish_of
from jobspiders.errors import BadSchedule, BadSearch, UnknownBoard
from jobspiders.store import schedules
from jobspiders.store.db import now
from jobspiders.store.dispatch import Process, queue, start, take
from jobspiders.store.runs import Run, Status, begin
from jobspiders.store.schedules import Schedule, scheduler_records

HERE = Process("nobody-else", 1)


def every(name: str, minutes: float = 60, **more) -> Schedule:
    return Schedule(site_name=name, interval_minutes=minutes, payload={"results_wanted": 2}, **more)


def test_each_board_on_its_own_clock(desk):
    put_schedule(desk.engine, every("glints"))
    put_schedule(desk.engine, every("lokerid"))
    lines = []
    with looping(desk, lines):
        wait_for(lambda: sum("Next" in line for line in lines) == 2)
        assert [record.mode for record in scheduler_records(desk.engine)] == ["parallel"]
    assert scheduler_records(desk.engine) == []
    runs = desk.runs()
    assert {(run.site_name, run.trigger, run.found) for run in runs} == {
        ("glints", "schedule", 2),
        ("lokerid", "schedule", 2),
    }
    assert max(run.queued_at for run in runs) < min(run.finished_at for run in runs), "neither waited for the other"
    told = "\n".join(lines)
    assert "[Glints Worker] Starting Glints scraping at " in told
    assert "[Lokerid Worker] Lokerid scraping completed. Added 2 new jobs" in told
    assert "Next Glints run in " in told


def test_one_board_after_another(config, open_at):
    desk = open_at(replace(config, scrape_mode="sequential"))
    for name in ("glints", "lokerid"):
        put_schedule(desk.engine, every(name))
    with looping(desk, mode="sequential"):
        wait_for(lambda: [run.status.ended for run in desk.runs()] == [True, True])
    later, earlier = desk.runs()
    assert earlier.finished_at <= later.started_at


def test_a_board_that_is_gone_disturbs_no_other(desk, caplog):
    put_schedule(desk.engine, every("glints"))
    due = now(desk.engine) - timedelta(seconds=9)
    schedules.store(desk.engine, every("taken_out", next_run_at=due))
    schedules.store(desk.engine, replace(every("lokerid", next_run_at=due), payload={"country": "US"}))
    with looping(desk):
        wait_for(lambda: any(run.status is Status.SUCCEEDED or run.status is Status.PARTIAL for run in desk.runs()))
    assert [run.site_name for run in desk.runs()] == ["glints"]
    assert "the schedule of taken_out asks for what cannot be: no board is called 'taken_out'" in caplog.text
    assert "the schedule of lokerid asks for what cannot be: country='US'" in caplog.text
    assert schedules.due_sites(desk.engine) == []


def test_the_dead_are_found(desk, monkeypatch):
    monkeypatch.setattr(recovery, "SILENCE", 1.5)
    monkeypatch.setattr(recovery, "NOTED", 0.5)
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    here = Process(psutil.os.uname().nodename, gone.pid)
    for run_id, process in (("here", here), ("elsewhere", HERE)):
        queue(desk.engine, Run(run_id=run_id, site_name=run_id, launcher="local"))
        take(desk.engine, "local", process)
        start(desk.engine, run_id, process)
    begin(desk.engine, Run(run_id="by-hand", site_name="glints", started_at=now(desk.engine)))
    queue(desk.engine, Run(run_id="taken", site_name="lokerid", launcher="local", search={"results_wanted": 1}))
    take(desk.engine, "local", here)  # and never started
    with looping(desk):
        wait_for(lambda: all(run.status.ended for run in desk.runs()))
    reasons = {run.run_id: (run.status.value, run.reason) for run in desk.runs()}
    for run_id in ("here", "elsewhere", "by-hand"):
        status, reason = reasons[run_id]
        assert status == "failed"
        assert "nothing was heard of it for" in reason
    assert reasons["taken"][0] in ("succeeded", "partial"), "it had not begun: somebody else starts it"


def test_silence_is_no_evidence_while_the_store_was_away(desk, monkeypatch):
    monkeypatch.setattr(recovery, "SILENCE", 2.0)
    begin(desk.engine, Run(run_id="r", site_name="glints", started_at=now(desk.engine)))
    time.sleep(2.5)
    loop = Loop(desk.config, desk.engine, desk)
    loop.tick()
    assert desk.run("r").status is Status.RUNNING
    time.sleep(2.5)
    loop.tick()
    assert desk.run("r").status is Status.FAILED


def test_a_launcher_that_is_killed_leaves_its_crawl_alone(config, handed_on, desk, tmp_path):
    put_schedule(desk.engine, every("glints"))
    words = setting_words(handed_on)
    argv = [sys.executable, "-m", "scrapy", "work", *words, "-s", "DOWNLOAD_DELAY=0.3"]
    with (tmp_path / "work.log").open("wb") as log:
        work = subprocess.Popen(argv, cwd=tmp_path, env=environment(DATABASE_URL=config.database_url), stderr=log)
    wait_for(lambda: [run.status for run in desk.runs()] == [Status.RUNNING])
    work.send_signal(signal.SIGKILL)
    work.wait()
    with looping(desk):
        (run,) = desk.runs()
        assert desk.wait(run.run_id, 60).outcome == "complete"


@pytest.mark.parametrize(
    ("schedule", "error"),
    [
        (every("glint"), UnknownBoard),
        (replace(every("glints"), payload={"nonsense": 1}), BadSearch),
        (replace(every("greenhouse"), payload={}), BadSearch),
        (every("glints", 0), BadSchedule),
    ],
)
def test_a_schedule_that_cannot_be_meant_is_not_stored(desk, schedule, error):
    with pytest.raises(error):
        put_schedule(desk.engine, schedule)
    assert schedules.schedules(desk.engine) == []


def test_setting_and_switching(desk):
    stored = put_schedule(desk.engine, every("glints", min_pause_seconds=1, max_retries=0))
    assert stored.next_run_at <= now(desk.engine)
    assert enable(desk.engine, "glints", enabled=False).next_run_at is None
    assert enable(desk.engine, "glints", enabled=True).next_run_at is not None
    run = desk.run_for(wish_of(scheduled(desk.engine, "glints")))
    assert run.settings == {"RETRY_TIMES": 0, "RETRY_BACKOFF": 2.0, "DOWNLOAD_DELAY": 3.0}, (
        "the board's own pace at most"
    )
    assert run.search == {"results_wanted": 2}
    with pytest.raises(BadSchedule, match="lokerid has no schedule"):
        enable(desk.engine, "lokerid", enabled=True)
