"""The commands schedule, runs and work, as a person has them."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time

import pytest
from processes import environment, setting_words

from jobspiders.simboards.launch import launch


def lines(done):
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_a_schedule_is_set_shown_and_switched(scrapy, tmp_path):
    assert scrapy("schedule", "set", "glints", "-a", "search_term=nurse", cwd=tmp_path).returncode == 0
    arguments = ("--cron", "0 3 * * *", "--timezone", "Asia/Jakarta", "--overlap", "queue", "--max-retries", "1")
    assert scrapy("schedule", "set", "lokerid", *arguments, cwd=tmp_path).returncode == 0
    assert scrapy("schedule", "disable", "lokerid", cwd=tmp_path).returncode == 0
    first, second = lines(scrapy("schedule", "list", cwd=tmp_path))
    assert (first["site_name"], first["interval_minutes"], first["payload"]) == ("glints", 60, {"search_term": "nurse"})
    assert (second["cron"], second["timezone"], second["overlap"]) == ("0 3 * * *", "Asia/Jakarta", "queue")
    assert (second["enabled"], second["next_run_at"], second["max_retries"]) == (False, None, 1)
    done = scrapy("schedule", "remove", "ashby", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (1, "scrapy schedule: ashby has no schedule.\n")


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["schedule", "set", "glints", "--every", "soon"], 2, "scrapy schedule: 'soon' is no interval"),
        (["runs", "cancel", "r"], 1, "scrapy runs: there is no run 'r'."),
        (["work", "glint"], 2, "scrapy work: no board is called 'glint'"),
    ],
)
def test_what_cannot_be_is_one_line(scrapy, tmp_path, arguments, code, says):
    done = scrapy(*arguments, cwd=tmp_path, LOG_LEVEL="WARNING")
    assert done.returncode == code
    assert done.stderr.startswith(says)
    assert len(done.stderr.splitlines()) == 1


def test_work_runs_what_is_due_and_the_history_tells(scrapy, tmp_path):
    with launch(30) as boards:
        replica = setting_words(boards.settings, DOWNLOAD_DELAY=0)
        argv = [sys.executable, "-m", "scrapy", "work", "glints", "--mode", "sequential", *replica]
        with (tmp_path / "said").open("wb") as said:
            work = subprocess.Popen(argv, cwd=tmp_path, env=environment(LOG_LEVEL="WARNING"), stderr=said)
        try:
            until = time.monotonic() + 60
            while "Next Glints run in" not in (told := (tmp_path / "said").read_text()):
                assert time.monotonic() < until, told
                time.sleep(0.2)
        finally:
            before = time.monotonic()
            work.send_signal(signal.SIGTERM)
            assert work.wait(30) == 0
            assert time.monotonic() - before < 10
        now = scrapy("schedule", "run-now", "glints", *replica, cwd=tmp_path)
        assert now.returncode == 0, now.stderr
    first, _, last = told.splitlines()
    assert first.startswith("[Glints Worker] Starting Glints scraping at ")
    assert last.startswith("Next Glints run in ")
    assert "[Glints Worker] Glints scraping completed. Added 30 new jobs" in told
    later, earlier = lines(scrapy("runs", "--board", "glints", cwd=tmp_path))
    assert [run["trigger"] for run in (later, earlier)] == ["manual", "schedule"]
    assert (later["unchanged"], earlier["new"], earlier["status"]) == (30, 30, "succeeded")
    assert "succeeded, complete" in now.stderr
    shown = scrapy("runs", "show", earlier["run_id"], cwd=tmp_path)
    assert json.loads(shown.stdout) == earlier
    assert f"logs/glints/{earlier['run_id']}.log" in shown.stderr
