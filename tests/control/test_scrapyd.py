"""Runs as jobs of a real scrapyd, to which this project was deployed as an egg."""

from __future__ import annotations

import os
import time
from pathlib import Path

import psutil
import pytest
from control_rig import looping, wait_for
from scrapyd_server import scrapyd

from jobspiders.config import Config
from jobspiders.control.opening import open_desk
from jobspiders.control.records import Wish
from jobspiders.control.scrapyd import Scrapyd
from jobspiders.errors import LauncherAway
from jobspiders.store.db import connect
from jobspiders.store.runs import Run, Status


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A scrapyd with the project, and the store that its jobs write to."""
    folder = tmp_path_factory.mktemp("scrapyd")
    url = f"sqlite:///{folder}/jobs.db"
    connect(url).dispose()
    path = os.pathsep.join([str(Path(__file__).parent), str(Path(__file__).parents[1] / "loopback")])
    with scrapyd(folder, DATABASE_URL=url, LOG_LEVEL="INFO", PYTHONPATH=path) as server:
        said = server.deploy()
        assert '"status": "ok"' in said, said
        yield server


@pytest.fixture
def desk(server):
    """A desk whose runs go to that scrapyd."""
    config = Config(database_url=server.variables["DATABASE_URL"], scrapyd_url=server.url)
    desk = open_desk(config, connect(config.database_url))
    yield desk
    for run in desk.runs():
        if not run.status.ended:
            desk.cancel(run.run_id)
            wait_for(lambda run=run: desk.cancel(run.run_id).status.ended)
    desk.close()
    desk.engine.dispose()


@pytest.fixture
def curl(server, handed_on):
    """Schedules a job with further settings, as from a shell."""

    def schedule(board, settings=None, **words):
        given = [f"{name}={value}" for name, value in (handed_on | (settings or {})).items()]
        return server.call("POST", "schedule.json", project="jobspiders", spider=board, setting=given, **words)

    return schedule


def test_a_job_from_outside_is_in_the_history(server, desk, curl):
    answer = curl("glints", results_wanted="3", jobid="from-curl")
    assert answer["status"] == "ok"
    wait_for(lambda: [run for run in desk.runs("glints") if run.task_id == "from-curl" and run.status.ended])
    (run,) = [run for run in desk.runs() if run.task_id == "from-curl"]
    assert (run.status, run.found, run.launcher, run.search) == (Status.SUCCEEDED, 3, "scrapyd", {"results_wanted": 3})
    jobs = server.call("GET", "listjobs.json?project=jobspiders")
    wait_for(lambda: "from-curl" in [job["id"] for job in server.call("GET", "listjobs.json")["finished"]])
    assert jobs["status"] == "ok"
    assert desk.log_of(run.run_id) == f"http://127.0.0.1:{server.port}/logs/jobspiders/glints/from-curl.log"


def test_a_job_that_hangs_is_cancelled_all_the_same(server, desk, curl):
    curl("glints", {"ADDONS": '{"blocking.Block": 0}'}, jobid="hangs")
    wait_for(lambda: "HANGS" in (server.folder / "log").read_text())
    (run,) = [run for run in desk.runs() if run.task_id == "hangs"]
    before = time.monotonic()
    with looping(desk):
        desk.cancel(run.run_id)
        ended = desk.wait(run.run_id, 30)
    assert time.monotonic() - before < 15
    assert (ended.status, ended.reason) == (Status.CANCELLED, "it did not end by itself and was killed")
    wait_for(lambda: not psutil.pid_exists(run.pid))
    wait_for(lambda: server.call("GET", "daemonstatus.json")["running"] == 0)


def test_a_run_of_the_desk_waits_for_a_slot_and_is_cancelled(server, desk, curl):
    for number in range(2):  # fill both slots
        curl("lokerid", {"DOWNLOAD_DELAY": "1", "CONCURRENT_REQUESTS_PER_DOMAIN": "1"}, jobid=f"slow{number}")
    wait_for(lambda: server.call("GET", "daemonstatus.json")["running"] == 2)
    run = desk.start(Wish("glints", {"search_term": "nurse"}))
    assert (run.status, run.launcher, run.task_id) == (Status.QUEUED, "scrapyd", run.run_id)
    (pending,) = server.call("GET", "listjobs.json?project=jobspiders")["pending"]
    assert pending["id"] == run.run_id
    assert pending["settings"]["RUN_ID"] == run.run_id
    assert pending["args"]["search_term"] == "nurse"
    assert not desk.launchers["scrapyd"].has_lost(run)
    assert desk.cancel(run.run_id).status is Status.CANCELLED
    assert server.call("GET", "daemonstatus.json")["pending"] == 0
    assert desk.launchers["scrapyd"].has_lost(run)
    for number in range(2):
        server.call("POST", "cancel.json", project="jobspiders", job=f"slow{number}", signal="KILL")
    wait_for(lambda: server.call("GET", "daemonstatus.json")["running"] == 0)


def test_a_job_outlives_its_scrapyd(server, desk, curl):
    curl("lokerid", {"DOWNLOAD_DELAY": "0.5", "CONCURRENT_REQUESTS_PER_DOMAIN": "1"}, jobid="orphan")
    wait_for(lambda: [run for run in desk.runs() if run.task_id == "orphan" and run.status is Status.RUNNING])
    server.stop()
    with pytest.raises(LauncherAway, match="does not answer"):
        desk.start(Wish("glints"))
    server.start()
    (run,) = [run for run in desk.runs() if run.task_id == "orphan"]
    with looping(desk):
        assert desk.wait(run.run_id, 60).outcome == "complete"


def test_what_scrapyd_would_choke_on_is_not_sent(server, desk):
    launcher = Scrapyd(desk.engine, server.url, "jobspiders")
    with pytest.raises(LauncherAway, match="cannot be the id of a job"):
        launcher.start(Run(run_id="../../evil", site_name="glints"))
    refused = Scrapyd(desk.engine, server.url, "no-such-project")
    with pytest.raises(LauncherAway, match="project 'no-such-project' not found") as error:
        refused.has_lost(Run(run_id="r", site_name="glints"))
    assert "s3cr3t" not in str(error.value)
    wrong = Scrapyd(desk.engine, server.url.replace("s3cr3t", "wr0ng"), "jobspiders")
    with pytest.raises(LauncherAway) as error:
        wrong.has_lost(Run(run_id="r", site_name="glints"))
    assert "wr0ng" not in str(error.value)
