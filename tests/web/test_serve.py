"""`scrapy serve` in an empty folder, without any server, over boards that are played: runs from trigger to row."""

from __future__ import annotations

import json
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest
from webserver import ended, scrapy_serve, until, words
from websockets.sync.client import connect as listen

from jobspiders.simboards.launch import launch


@pytest.fixture(scope="module")
def boards() -> Iterator[str]:
    with launch(40) as played:
        yield played.url


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("serve")


@pytest.fixture(scope="module")
def site(folder: Path, boards: str) -> Iterator[httpx.Client]:
    with scrapy_serve(folder, *words(boards)) as (_, url), httpx.Client(base_url=url, timeout=60) as client:
        yield client


def test_a_run_goes_from_trigger_to_row(site: httpx.Client, folder: Path) -> None:
    begun = site.post("/jobs/scrape", json={"site_name": "lokerid", "results_wanted": 30})
    assert begun.status_code == 202
    run_id = begun.json()["run_id"]
    assert begun.headers["location"] == f"/jobs/scrape/{run_id}"
    busy = site.post("/jobs/scrape", json={"site_name": "lokerid"})
    assert (busy.status_code, busy.json()["error"]) == (409, "board_busy")
    run = ended(site, run_id)
    assert (run["status"], run["search"]) == ("succeeded", {"results_wanted": 30})
    stored = site.get("/jobs", params={"board": "lokerid", "state": "any", "limit": 200}).json()["jobs"]
    assert 25 <= run["found"] == run["new"] == len(stored)
    log = site.get(f"/jobs/scrape/{run_id}/log").json()["lines"]
    told = [json.loads(line) for line in log]
    assert {line.get("run_id", run_id) for line in told} == {run_id}
    (end,) = [line for line in told if line["event"] == "run_ended"]
    assert (end["site_name"], end["status"], end["outcome"]) == ("lokerid", "succeeded", "truncated")
    assert (folder / "logs" / "lokerid" / f"{run_id}.log").is_file()


def test_sync_mode_answers_with_the_jobs(site: httpx.Client) -> None:
    asked = {"site_name": "ycombinator", "results_wanted": 5}
    answer = site.post("/jobs/scrape", params={"mode": "sync"}, json=asked)
    assert answer.status_code == 200
    assert len(answer.json()["jobs"]) == 5
    assert answer.json()["run"]["status"] == "succeeded"


@pytest.mark.parametrize(
    ("asked", "status", "error", "says"),
    [
        ({"site_name": "glints", "results_wanted": 26}, 422, "bad_search", "results_wanted=26: give 1 to 25"),
        ({"site_name": "glints"}, 422, "bad_search", "give 1 to 25"),
        ({"site_name": "glint"}, 404, "unknown_board", "did you mean glints?"),
        ({"site_name": "glints", "results_wanted": 0}, 422, "invalid", "results_wanted"),
        ({"site_name": "glints", "results_wanted": 5, "country": "Indonesia"}, 422, "bad_search", "two letters"),
        ({"site_name": "glints", "results_wanted": 5, "colour": "red"}, 422, "invalid", "colour"),
        ({"site_name": "glints", "results_wanted": 5, "own": {"colour": "red"}}, 422, "bad_search", "colour"),
        ({"site_name": "glints", "results_wanted": 5, "launcher": "rocket"}, 422, "bad_value", "rocket"),
    ],
)
def test_what_sync_mode_refuses(site: httpx.Client, asked: Any, status: int, error: str, says: str) -> None:
    answer = site.post("/jobs/scrape", params={"mode": "sync"}, json=asked)
    assert (answer.status_code, answer.json()["error"]) == (status, error)
    assert says in answer.json()["detail"]


def test_a_schedule_runs_by_itself_and_can_be_changed(site: httpx.Client) -> None:
    wanted = {"interval_minutes": 60, "payload": {"results_wanted": 3}}
    assert site.put("/schedules/greenhouse", json=wanted).json()["error"] == "bad_search"  # it needs a company
    wanted["payload"] = {"results_wanted": 3, "search_term": "engineer"}
    made = site.put("/schedules/glints", json=wanted)
    assert made.status_code == 200
    (run,) = until(lambda: site.get("/jobs/scrape", params={"site_name": "glints"}).json())
    assert (run["trigger"], ended(site, run["run_id"])["status"]) == ("schedule", "succeeded")
    assert site.get("/scheduler/status").json()["enabled"] == 1
    assert site.post("/schedules/glints/disable").json()["next_run_at"] is None
    assert site.get("/schedules").json()[0]["enabled"] is False
    again = site.post("/schedules/glints/run").json()
    assert (again["trigger"], again["search"]) == ("manual", {"results_wanted": 3, "search_term": "engineer"})
    site.post(f"/jobs/scrape/{again['run_id']}/cancel")
    assert site.post("/scheduler/run").json() == []
    for bad in ({"cron": "every day"}, {"interval_minutes": 5, "cron": "* * * * *"}, {"interval_minutes": 0}, {}):
        assert site.put("/schedules/glints", json=bad).status_code == 422
    assert site.delete("/schedules/glints").status_code == 204
    assert site.get("/schedules/glints").json()["error"] == "unknown_schedule"


def test_workers_and_settings(site: httpx.Client) -> None:
    assert site.post("/jobs/workers/start", json={"number": 7}).json() == {"wanted": 7, "workers": []}
    assert site.post("/jobs/workers/stop").json()["wanted"] == 0
    assert site.post("/jobs/workers/restart", json={"number": 3}).json()["wanted"] == 3
    for number in (0, 21, "many", None):
        assert site.post("/jobs/workers/start", json={"number": number}).status_code == 422
    kept = site.put("/settings", json={"max_retries": 5}).json()
    assert kept == {"workers": 3, "max_retries": 5, "retry_backoff_factor": 2.0}
    assert site.get("/settings").json() == kept
    assert site.put("/settings", json={"retry_backoff_factor": 0}).status_code == 422
    done = site.get("/jobs/workers/performance").json()
    assert done["jobs"] > 0
    assert done["success_rate"] == 1.0


def test_listeners_see_a_run_begin_and_be_cancelled(tmp_path: Path) -> None:
    with (
        launch(200, latency=0.2) as slow,
        scrapy_serve(tmp_path, *words(slow.url, CONCURRENT_REQUESTS=1)) as (process, url),
        httpx.Client(base_url=url, timeout=30) as site,
        listen(url.replace("http", "ws") + "/jobs/status") as socket,
    ):
        seen: list[Any] = []

        def snapshot() -> Any:
            seen.append(json.loads(socket.recv(timeout=10)))
            return seen[-1]

        assert snapshot()["runs"] == []
        run_id = site.post("/jobs/scrape", json={"site_name": "glints"}).json()["run_id"]
        now = until(lambda: next((one for one in [snapshot()] if one["workers"] and one["workers"][0]["requests"]), 0))
        assert [(worker["board"], worker["run_id"]) for worker in now["workers"]] == [("glints", run_id)]
        assert now["runs"][0]["status"] == "running"
        assert next(queue for queue in now["queues"] if queue["board"] == "glints")["state"] == "running"
        began = time.monotonic()
        assert site.post(f"/jobs/scrape/{run_id}/cancel").json()["cancel_asked_at"]
        until(lambda: snapshot()["runs"][0]["status"] == "cancelled", 15)
        assert time.monotonic() - began < 15
        # One that goes on when the server is to end ends with it.
        site.post("/jobs/scrape", json={"site_name": "lokerid"})
        until(lambda: snapshot()["workers"])
        children = psutil.Process(process.pid).children(recursive=True)
        assert children
        began = time.monotonic()
        process.send_signal(signal.SIGTERM)
        assert process.wait(15) == 0
        assert time.monotonic() - began < 10
        assert not any(child.is_running() for child in children)


def test_a_port_that_is_taken_is_one_line(site: httpx.Client, tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="cannot listen on"):  # noqa: SIM117
        with scrapy_serve(tmp_path, "--port", str(site.base_url.port)):
            pass
