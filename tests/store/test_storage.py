"""What both databases hold: every field as it went in, and nothing that they refuse."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import datetime, timedelta, timezone

import pytest
from some_jobs import at, card, detail, rows, stored, visit
from sqlalchemy import Engine, func, select

from jobspiders.items import Gone, Job
from jobspiders.store.db import connect
from jobspiders.store.jobs import close_unseen, known, save
from jobspiders.store.query import get
from jobspiders.store.tables import job_changes, jobs

VALUES = {
    "str": "ünï 日本 🙂\n\t\\N",
    "float": 0.1 + 0.2,
    "int": 2**40,
    "bool": True,
    "datetime": at(1.23456),
    "list[dict": [{"city": "Ké", "latitude": -6.2}],
    "list[str": ["a\\", 'b"', "{c}"],
    "dict[str": {"nested": {"list": [1, 2.5, None, True, "é"]}},
}
FULL = Job(
    job_source="example",
    source_id="1",
    **{
        item.name: next(value for word, value in VALUES.items() if str(item.type).startswith(word))
        for item in fields(Job)
        if item.name not in {"job_source", "source_id", "seen_at", "unread"}
    },
)


def test_every_field_comes_back_as_it_went_in(engine: Engine) -> None:
    assert visit(engine, 0, FULL) == ["new"]
    back = stored(engine).job
    assert {item.name: getattr(back, item.name) for item in fields(Job)} == {
        item.name: getattr(FULL, item.name) for item in fields(Job)
    }
    assert back.posted_at.utcoffset() == timedelta(0)


def test_moments_are_stored_in_utc_whatever_their_zone(engine: Engine) -> None:
    jakarta = timezone(timedelta(hours=7))
    visit(engine, 0, detail(posted_at=at(0).astimezone(jakarta)))
    assert stored(engine).job.posted_at.isoformat() == "2026-11-02T08:00:00+00:00"


@pytest.mark.parametrize("record", [detail(posted_at=at(0).replace(tzinfo=None)), detail(seen_at=datetime(2026, 1, 1))])  # noqa: DTZ001
def test_moment_without_a_zone_is_refused(engine: Engine, record: Job) -> None:
    with pytest.raises(ValueError, match="has no time zone"):
        visit(engine, 0, record)
    assert rows(engine) == 0


def test_what_postgresql_refuses_is_taken_out(engine: Engine) -> None:
    dirty = detail(
        "1\0",
        title="We\0lder \ud800é",
        skills=["M\0IG"],
        extra={"k\0": ["\udfff", float("nan")]},
        salary_max=float("inf"),
    )
    assert visit(engine, 0, dirty, detail("2", title="clean")) == ["new", "new"]
    job = stored(engine, "1").job
    assert (job.title, job.skills, job.extra, job.salary_max) == ("Welder é", ["MIG"], {"k": ["", None]}, None)
    assert visit(engine, 1, dirty) == ["unchanged"]
    assert visit(engine, 2, Gone("example", "1\0", "4\x0004")) == ["closed"]
    assert list(known(engine, "example", ["1\0"])) == ["1"]
    assert get(engine, "exa\0mple", "1") is not None


def test_more_than_one_slice_of_ids(engine: Engine) -> None:
    batch = [card(str(number)) for number in range(2500)]
    assert set(visit(engine, 0, *batch)) == {"new"}
    assert set(visit(engine, 1, *reversed(batch))) == {"unchanged"}
    assert len(known(engine, "example", map(str, range(3000)))) == 2500
    assert close_unseen(engine, "example", at(2), None, "no longer listed") == 2500


def test_boards_do_not_mix(engine: Engine) -> None:
    other = replace(detail(), job_source="other", title="Baker")
    assert visit(engine, 0, detail(), other) == ["new", "new"]
    assert visit(engine, 1, Gone("other", "1", "404"), detail()) == ["closed", "unchanged"]
    assert stored(engine).job.title == "Welder"


def test_columns_are_the_fields_of_a_job() -> None:
    job_fields = {item.name for item in fields(Job)} - {"seen_at", "unread"}
    own = {"first_seen_at", "last_seen_at", "detailed_at", "revision", "content_hash"}
    own |= {"closed_at", "closed_reason", "first_run_id", "last_run_id"}
    assert set(jobs.c.keys()) == job_fields | own
    assert [column.name for column in jobs.primary_key] == ["job_source", "source_id"]


def test_history_goes_with_its_job(engine: Engine) -> None:
    visit(engine, 0, detail())
    visit(engine, 1, detail(title="Other"))
    with engine.begin() as connection:
        connection.execute(jobs.delete())
        assert connection.execute(select(func.count()).select_from(job_changes)).scalar_one() == 0


def test_touches_stay_within_the_page(postgres_url: str) -> None:
    engine = connect(postgres_url)
    batch = [detail(str(number), description="pipes " * 600) for number in range(200)]
    for hours in range(3):
        save(engine, batch, f"run-{hours}", at(hours))
    with engine.connect() as connection:
        connection.exec_driver_sql("SELECT pg_stat_force_next_flush()")
        connection.commit()
        updates, within = connection.exec_driver_sql(
            "SELECT n_tup_upd, n_tup_hot_upd FROM pg_stat_user_tables WHERE relname = 'jobs'"
        ).one()
    engine.dispose()
    assert updates == 400
    assert within >= 0.95 * updates
