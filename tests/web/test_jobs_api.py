"""`GET /jobs`: every filter, every page, one job with its history."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import httpx
import pytest
from some_web_jobs import BEGIN, made
from sqlalchemy import Engine

from jobspiders.items import Gone
from jobspiders.store.jobs import save
from jobspiders.web import cursor
from jobspiders.web.asks import Filters
from jobspiders.web.refusals import Refused


@pytest.fixture
def filled(engine: Engine, client: httpx.Client) -> httpx.Client:
    baker = made(
        "baker", title="Baker", company="Roti Kita", location="Jakarta; Surabaya", country="SG", is_remote=True
    )
    baker = replace(baker, employment_types=["INTERN"], salary_max_annual=30e3, salary_currency="SGD")
    welder = made("welder", hours=-30, title="Welder", description="Weld **pipes**.", salary_min_annual=60e6)
    turner = replace(made("a/b?c#d", hours=-40, title="Turner"), job_source="other")
    save(engine, [baker, welder, turner], "run-1", BEGIN)
    save(engine, [replace(welder, title="Chief welder", seen_at=BEGIN.replace(hour=9))], "run-2", BEGIN.replace(hour=9))
    save(engine, [Gone("other", "a/b?c#d", "404")], "run-3", BEGIN.replace(hour=10))
    return client


FOUND: list[tuple[dict[str, Any], list[str]]] = [
    ({}, ["baker", "welder"]),
    ({"state": "closed"}, ["a/b?c#d"]),
    ({"state": "any"}, ["baker", "welder", "a/b?c#d"]),
    ({"text": "chief"}, ["welder"]),
    ({"text": "roti surabaya"}, ["baker"]),
    ({"description": "pipes"}, ["welder"]),
    ({"company": "kita"}, ["baker"]),
    ({"location": "surabaya"}, ["baker"]),
    ({"country": "sg"}, ["baker"]),
    ({"board": "example"}, ["baker", "welder"]),
    ({"board": ["other", "nobody"], "state": "any"}, ["a/b?c#d"]),
    ({"remote": "true"}, ["baker"]),
    ({"remote": "false"}, []),
    ({"employment_type": "intern"}, ["baker"]),
    ({"salary": "1e6"}, ["welder"]),
    ({"salary": 20000, "currency": "sgd"}, ["baker"]),
    ({"posted_since": "2026-11-02T00:00:00Z"}, ["baker"]),
    ({"posted_since": "2026-11-01"}, ["baker", "welder"]),
]


def test_filters(filled: httpx.Client) -> None:
    for asked, found in FOUND:
        answer = filled.get("/jobs", params=asked).json()
        assert [job["source_id"] for job in answer["jobs"]] == found, asked
        assert answer["next"] is None


def test_every_filter_is_tried() -> None:
    assert {name for asked, _ in FOUND for name in asked} == set(Filters.model_fields) - {"limit", "after"}


# fmt: off
REFUSED: list[dict[str, Any]] = [
    {"limit": 0}, {"limit": 201}, {"limit": "many"}, {"state": "ajar"}, {"country": "Indonesia"}, {"salary": "nan"},
    {"salary": -1}, {"text": "x" * 301}, {"text": "a\0b"}, {"posted_since": "soon"}, {"posted_since": "0001-01-01"},
    {"after": "nonsense"}, {"after": "W10"}, {"after": "W251bGwsIiIsIiJd"}, {"colour": "red"},
]
# fmt: on


def test_what_cannot_be_meant_is_refused_in_one_line(small: httpx.Client) -> None:
    for asked in REFUSED:
        answer = small.get("/jobs", params=asked)
        assert answer.status_code == 422, asked
        assert set(answer.json()) == {"error", "detail"}
        assert "\n" not in answer.json()["detail"]


def test_pages_hold_every_job_once_though_many_share_a_moment(engine: Engine, client: httpx.Client) -> None:
    jobs = [made(f"{number:03}", hours=-(number // 20)) for number in range(95)]
    save(engine, [replace(job, job_source=f"board{number % 3}") for number, job in enumerate(jobs)], None, BEGIN)
    seen: list[tuple[str, str]] = []
    asked: dict[str, Any] = {"limit": 7}
    while True:
        answer = client.get("/jobs", params=asked).json()
        seen += [(job["job_source"], job["source_id"]) for job in answer["jobs"]]
        if answer["next"] is None:
            break
        assert len(answer["jobs"]) == 7
        asked["after"] = answer["next"]
        if len(seen) == 14:  # what comes meanwhile is newer, and moves no page
            save(engine, [made("late", hours=1)], None, BEGIN)
    assert len(seen) == len(set(seen)) == 95
    posted = {(f"board{number % 3}", job.source_id): job.posted_at for number, job in enumerate(jobs)}
    assert seen == sorted(seen, key=lambda key: (-posted[key].timestamp(), *key))


def test_a_job_is_shown_with_its_history(filled: httpx.Client) -> None:
    answer = filled.get("/jobs/example/welder").json()
    assert answer["job"]["description"] == "Weld **pipes**."
    title = next(change for change in answer["changes"] if change["field"] == "title")
    assert (title["old"], title["new"], title["run_id"]) == ("Welder", "Chief welder", "run-2")
    assert filled.get("/jobs/other/a%2Fb%3Fc%23d").json()["job"]["closed_reason"] == "404"
    assert filled.get("/jobs/example/nobody").status_code == 404
    assert filled.get("/jobs/example/nobody").json()["error"] == "unknown_job"


def test_a_cursor_is_read_as_it_was_written() -> None:
    place = cursor.Place(BEGIN, "böard", "a/b \u2028")
    text = cursor.written(place)
    assert text is not None
    assert cursor.read(text) == place
    assert text.replace("-", "").replace("_", "").isalnum()
    for bad in (text[:-3], text + "AAAA", "", "🙂"):
        with pytest.raises(Refused):
            cursor.read(bad)
