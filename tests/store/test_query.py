"""Searching the store: every filter on both databases, newest first, read bit by bit."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import pytest
from some_jobs import at, detail
from sqlalchemy import Engine, text

from jobspiders.items import Gone
from jobspiders.store.jobs import save
from jobspiders.store.query import CONDITIONS, Query, count, find, get

BAKER = detail(
    "baker",
    title="Baker 100% vegan",
    company="Roti_Kita",
    description="Knead the dough.",
    location="Jakarta Selatan; Surabaya",
    city="Jakarta Selatan",
    region="DKI Jakarta",
    places=[{"city": "Jakarta Selatan"}, {"city": "Surabaya"}],
    country="SG",
    is_remote=True,
    employment_types=["PART_TIME", "INTERN"],
    salary_min_annual=20_000.0,
    salary_max_annual=30_000.0,
    salary_currency="SGD",
    posted_at=at(-10),
)
WELDER = detail("welder", posted_at=at(-20), is_remote=False, salary_min_annual=60_000_000.0)
NURSE = detail("nurse", title="Nurse", posted_at=None, posted_precision=None, salary_currency=None)
TURNER = replace(detail("turner", title="Turner", posted_at=at(-30)), job_source="other")

FOUND: list[tuple[Query, list[str]]] = [
    (Query(), ["nurse", "baker", "welder", "turner"]),
    (Query(limit=2), ["nurse", "baker"]),
    (Query(boards=("other",)), ["turner"]),
    (Query(boards=("other", "example")), ["nurse", "baker", "welder", "turner"]),
    (Query(text="vegan"), ["baker"]),
    (Query(text="BAKER surabaya kita"), ["baker"]),
    (Query(text="baker dough"), []),
    (Query(description="DOUGH"), ["baker"]),
    (Query(text="ve\0gan"), ["baker"]),
    (Query(text="100%"), ["baker"]),
    (Query(text="0%v"), []),
    (Query(text="roti_kita"), ["baker"]),
    (Query(text="rotixkita"), []),
    (Query(company="roti"), ["baker"]),
    (Query(company="baker"), []),
    (Query(location="bandung"), ["nurse", "welder", "turner"]),
    (Query(location="surabaya"), ["baker"]),
    (Query(location="jakarta dki"), ["baker"]),
    (Query(country="sg"), ["baker"]),
    (Query(is_remote=True), ["baker"]),
    (Query(is_remote=False), ["welder"]),
    (Query(employment_type="intern"), ["baker"]),
    (Query(employment_type="FULL"), []),
    (Query(annual_salary=25_000), ["baker", "welder"]),
    (Query(annual_salary=25_000, currency="SGD"), ["baker"]),
    (Query(annual_salary=35_000, currency="SGD"), []),
    (Query(currency="idr"), ["welder", "turner"]),
    (Query(posted_since=at(-20)), ["baker", "welder"]),
    (Query(seen_since=at(3)), ["turner"]),
    (Query(first_seen_since=at(2)), ["nurse", "turner"]),
    (Query(open_only=True), ["nurse", "baker", "turner"]),
    (Query(closed_only=True), ["welder"]),
    (Query(open_only=True, country="ID", text="turn"), ["turner"]),
    (Query(run_id="r2"), ["nurse"]),
]


@pytest.fixture
def filled(engine: Engine) -> Engine:
    save(engine, [BAKER, WELDER], None, at(0))
    save(engine, [NURSE], "r2", at(2))
    save(engine, [TURNER, Gone("example", "welder", "404")], None, at(3))
    return engine


def test_find_and_count(filled: Engine) -> None:
    for query, ids in FOUND:
        assert [job.source_id for job in find(filled, query)] == ids, query
        assert count(filled, replace(query, limit=None)) == (len(ids) if query.limit is None else 4), query


def test_every_field_of_a_query_means_something() -> None:
    assert set(CONDITIONS) == {item.name for item in fields(Query)} - {"limit"}
    asked = {name for query, _ in FOUND for name in CONDITIONS if getattr(query, name) not in (None, (), "")}
    assert asked == set(CONDITIONS)


def test_find_reads_bit_by_bit_and_can_be_left(engine: Engine) -> None:
    save(engine, [detail(str(number)) for number in range(1200)], None, at(0))
    results = find(engine, Query())
    first = next(results)
    assert first.description == "Weld **pipes**."
    save(engine, [detail("more")], None, at(1))  # a reader holds up no writer
    assert sum(1 for _ in results) == 1199
    left = find(engine, Query())
    next(left)
    left.close()


def test_newest_first_walks_along_the_index(engine: Engine) -> None:
    save(engine, [detail(str(number), posted_at=at(-number)) for number in range(3000)], None, at(0))
    explain = {"sqlite": "EXPLAIN QUERY PLAN ", "postgresql": "EXPLAIN "}[engine.dialect.name]
    order = "SELECT * FROM jobs ORDER BY coalesce(posted_at, first_seen_at) DESC LIMIT 10"
    with engine.connect() as connection:
        plan = " ".join(str(row) for row in connection.execute(text(explain + order)))
    assert "jobs_newest" in plan


def test_get(filled: Engine) -> None:
    assert get(filled, "example", "nobody") is None
    history: Any = get(filled, "example", "welder")
    assert history.job.title == "Welder"
    assert [(change.field, change.new) for change in history.changes] == [
        ("closed_at", "2026-11-02T11:00:00+00:00"),
        ("closed_reason", "404"),
    ]
