"""Fills a PostgreSQL with a million made-up jobs of many boards, by COPY of rows that are put together, not crawled."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
from sqlalchemy import Engine

from benchmarks.made_up import BEGIN, job
from jobspiders.store.arrivals import gather
from jobspiders.store.columns import as_json, aware, bound
from jobspiders.store.decide import first
from jobspiders.store.tables import jobs as stored_jobs
from jobspiders.store.upsert import ROW, row

MODELS = 2000  # jobs that are whole; the others are these with other facts
DAYS = 180
# What employers look for: the first of each are common, the last are rare, as words are.
BOARDS = ("jobstreet", "glints", "linkedin", "indeed", "naukri", "lokerid", "greenhouse", "lever", "ashby", "workable")
COUNTRIES = ("ID", "SG", "MY", "IN", "US", "PH", "VN", "TH", "AU", "GB", "DE", "NL", "JP", "FR", "NZ", "EE")
LEVELS = ("", "Senior", "Junior", "Lead", "Staff", "Principal", "Assistant", "Chief")
FIELDS: tuple[str, ...] = (
    "Sales",
    "Data",
    "Software",
    "Finance",
    "Marketing",
    "Operations",
    "Nursing",
    "Logistics",
    "Legal",
    "Design",
)
FIELDS += ("Security", "Payroll", "Quality", "Procurement", "Mining", "Aviation", "Actuarial", "Maritime", "Falconry")
ROLES = ("Manager", "Engineer", "Analyst", "Executive", "Officer", "Administrator", "Consultant", "Intern", "Clerk")
PLACES: tuple[str, ...] = (
    "Jakarta",
    "Surabaya",
    "Bandung",
    "Singapore",
    "Medan",
    "Kuala Lumpur",
    "Semarang",
    "Denpasar",
    "Makassar",
)
PLACES += ("Bengaluru", "Manila", "Balikpapan", "Palembang", "Batam", "Manado", "Ambon", "Kupang", "Sumbawa", "Merauke")
FACTS: tuple[str, ...] = (
    "job_source",
    "source_id",
    "url",
    "title",
    "company",
    "location",
    "city",
    "country",
    "is_remote",
)
FACTS += ("employment_types", "posted_at", "first_seen_at", "last_seen_at", "closed_at", "closed_reason")
LIST = ", ".join(FACTS)
NAMES = ("Maju", "Jaya", "Nusantara", "Harbour", "Summit", "Cahaya", "Orchid", "Granite", "Lotus", "Meridian", "Quill")
TYPES = ("FULL_TIME", "CONTRACTOR", "PART_TIME", "INTERN", "TEMPORARY")


def fill(engine: Engine, count: int) -> None:
    """Store `count` jobs and have the planner look at them.

    The facts of a job are copied, its texts are those of one of the models: so PostgreSQL compresses them only once.
    """
    with psycopg.connect(engine.url.set(drivername="postgresql").render_as_string(hide_password=False)) as connection:
        connection.execute("CREATE TEMPORARY TABLE models (LIKE jobs)")
        connection.execute(f"CREATE TEMPORARY TABLE facts AS SELECT {LIST}, 0 AS model FROM jobs WHERE false")
        _copy(connection, "models", ROW, _models())
        _copy(connection, "facts", (*FACTS, "model"), facts(count))
        connection.execute("CREATE INDEX ON models ((source_id::integer))")
        connection.execute("ANALYZE models")
        connection.execute("DROP INDEX jobs_words")  # built afterwards: three times as fast
        rest = [name for name in ROW if name not in FACTS]
        connection.execute(
            f"INSERT INTO jobs ({LIST}, {', '.join(rest)}) "
            f"SELECT {', '.join(f'facts.{name}' for name in FACTS)}, {', '.join(f'models.{name}' for name in rest)} "
            "FROM facts JOIN models ON models.source_id::integer = facts.model"
        )
    with engine.begin() as connected:
        next(index for index in stored_jobs.indexes if index.name == "jobs_words").create(connected)
    with psycopg.connect(
        engine.url.set(drivername="postgresql").render_as_string(False), autocommit=True
    ) as connection:
        connection.execute("VACUUM (ANALYZE) jobs")


def _copy(
    connection: psycopg.Connection[Any], table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    statement = f"COPY {table} ({', '.join(columns)}) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(statement.encode()) as copy:
        for values in rows:
            copy.write_row(values)


def _models() -> list[tuple[Any, ...]]:
    made = [replace(job(number), source_id=str(number)) for number in range(MODELS)]
    decisions = {arrival.key: first(arrival, "benchmark") for arrival in gather(made, BEGIN).values()}
    in_order = [decisions[one.job_source, one.source_id] for one in made]
    return [tuple(ready) for ready in bound(stored_jobs, ROW, map(row, in_order), aware)]


def facts(count: int) -> Iterator[tuple[Any, ...]]:
    """The values of `FACTS`, and the number of a model, for each job; the same ones each time."""
    dice = random.Random(1)
    for number in range(count):
        told = _facts(dice, number)
        yield (*(told[name] for name in FACTS), number % MODELS)


def _facts(dice: random.Random, number: int) -> dict[str, Any]:
    city = _one(dice, PLACES)
    first_seen = BEGIN - timedelta(seconds=dice.random() * DAYS * 86400)
    # Half of the boards tell the day only, so that thousands of jobs share a moment.
    posted = first_seen if number % 2 else datetime.combine(first_seen.date(), datetime.min.time(), UTC)
    is_closed = dice.random() < 0.15
    return {
        "job_source": _one(dice, BOARDS),
        "source_id": f"{number:x}",
        "url": f"https://jobs.example/{number}",
        "title": " ".join(filter(None, (_one(dice, LEVELS), _one(dice, FIELDS), _one(dice, ROLES)))),
        "company": f"{_one(dice, NAMES)} {_one(dice, NAMES)} {dice.randrange(3000)}",
        "location": city,
        "city": city,
        "country": _one(dice, COUNTRIES),
        "is_remote": dice.random() < 0.1,
        "employment_types": as_json([_one(dice, TYPES)]),
        "posted_at": posted if number % 10 else None,
        "first_seen_at": first_seen,
        "last_seen_at": BEGIN,
        "closed_at": BEGIN if is_closed else None,
        "closed_reason": "gone from the completely read listing" if is_closed else None,
    }


def _one(dice: random.Random, words: tuple[str, ...]) -> str:
    """One of the words; each is two thirds as common as the one before it."""
    number = int(dice.expovariate(0.4))
    return words[number] if number < len(words) else words[dice.randrange(len(words))]
