"""Health and metrics say what is, also when the database or Redis is away."""

from __future__ import annotations

from dataclasses import replace

import httpx
from prometheus_client.parser import text_string_to_metric_families
from servers import free_port, postgres
from some_web_jobs import BEGIN
from sqlalchemy import Engine
from webserver import TOKEN, serving

from jobspiders.config import Config
from jobspiders.items import Outcome
from jobspiders.store.db import connect
from jobspiders.store.runs import Run, Status, begin


def samples(client: httpx.Client) -> dict[tuple[str, tuple[str, ...]], float]:
    text = client.get("/metrics").text
    found = [sample for family in text_string_to_metric_families(text) for sample in family.samples]
    return {(sample.name, tuple(sample.labels.values())): sample.value for sample in found}


def test_all_is_well_in_an_empty_store(client: httpx.Client) -> None:
    for path in ("/health", "/jobs/health"):
        answer = client.get(path)
        assert (answer.status_code, answer.json()["status"]) == (200, "ok")
    assert answer.json()["parts"]["redis"] == "not used"


def test_metrics_are_what_is_stored(client: httpx.Client, engine: Engine) -> None:
    done = Run(run_id="glints-1", site_name="glints", found=7, new=3, completed_pages=9, finished_at=BEGIN)
    begin(engine, replace(done, status=Status.SUCCEEDED, outcome=Outcome.COMPLETE))
    begin(engine, replace(done, run_id="glints-2", status=Status.FAILED, found=2, new=0, errors=4))
    begin(engine, Run(run_id="lever-1", site_name="lever", host="here", pid=1, found=5))
    found = samples(client)
    assert found["jobspiders_up", ("database",)] == 1
    assert found["jobspiders_runs", ("glints", "succeeded")] == 1
    assert found["jobspiders_runs", ("glints", "failed")] == 1
    assert found["jobspiders_jobs_found_total", ("glints",)] == 9
    assert found["jobspiders_jobs_new_total", ("glints",)] == 3
    assert found["jobspiders_pages_total", ("glints",)] == 18
    assert found["jobspiders_errors_total", ("glints",)] == 4
    assert found["jobspiders_last_success_timestamp_seconds", ("glints",)] == BEGIN.timestamp()
    assert found["jobspiders_workers", ("lever",)] == 1
    assert found["jobspiders_rate_configured_per_minute", ("lever",)] > 0
    again = samples(client)
    assert again["jobspiders_http_request_seconds_count", ("GET", "/metrics", "200")] == 1


def test_a_path_of_a_stranger_becomes_no_label(client: httpx.Client) -> None:
    client.get("/nowhere/at/all")
    client.request("BREW", "/jobs")
    labels = [labels for name, labels in samples(client) if name == "jobspiders_http_request_seconds_count"]
    assert ("GET", "none", "404") in labels
    assert {method for method, *_ in labels} <= {"GET", "other"}


def test_without_the_database_everything_says_so() -> None:
    with postgres() as server:
        engine = connect(server.url)
        with serving(Config(database_url=server.url, api_token=TOKEN), engine) as client:
            client.headers["Authorization"] = f"Bearer {TOKEN}"
            assert client.get("/health").json()["status"] == "ok"
            server.stop()
            down = client.get("/health")
            assert (down.status_code, down.json()["status"]) == (503, "down")
            assert "does not answer" in down.json()["parts"]["database"]
            for path in ("/jobs", "/jobs/scrape", "/schedules", "/dead-letters", "/jobs/queue/status", "/settings"):
                answer = client.get(path)
                assert (answer.status_code, answer.json()["error"]) == (503, "database_away"), path
            assert client.post("/jobs/scrape", json={"site_name": "glints"}).status_code == 503
            assert samples(client)["jobspiders_up", ("database",)] == 0
            assert client.get("/jobs/sites").status_code == 200  # it needs none
            server.start()
            assert client.get("/health").json()["status"] == "ok"
        engine.dispose()


def test_without_redis_it_is_degraded_and_jobs_are_still_served(sqlite_url: str) -> None:
    engine = connect(sqlite_url)
    config = Config(database_url=sqlite_url, redis_url=f"redis://user:s3cret-pw@127.0.0.1:{free_port()}/0")
    with serving(config, engine) as client:
        answer = client.get("/health")
        assert (answer.status_code, answer.json()["status"]) == (200, "degraded")
        assert answer.json()["parts"]["redis"].startswith("down: ")
        assert client.get("/jobs").status_code == 200
        away = client.get("/jobs/queue/status")
        assert (away.status_code, away.json()["error"]) == (503, "redis_away")
        assert samples(client)["jobspiders_up", ("redis",)] == 0
        assert "s3cret-pw" not in answer.text + away.text
    engine.dispose()
