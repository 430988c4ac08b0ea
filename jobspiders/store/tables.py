"""The tables, described once for SQLite and PostgreSQL; `migrations` brings a database to this description."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ColumnClause,
    Double,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    false,
    func,
    literal_column,
    text,
)
from sqlalchemy.types import TypeEngine

from jobspiders.items import Job
from jobspiders.store.columns import Identifier, Instant, Json, Serial

# The types of Job's annotations by their first word: "list[str]" -> Json, "float | None" -> Double.
TYPES: dict[str, TypeEngine[Any]] = {
    "str": Text(),
    "float": Double(),
    "int": BigInteger(),
    "bool": Boolean(),
    "datetime": Instant(),
    "list": Json,
    "dict": Json,
}
NOT_STORED = ("seen_at", "unread")
JOB_FIELDS = {item.name: str(item.type) for item in fields(Job) if item.name not in NOT_STORED}
KEY = ("job_source", "source_id")
# Beside what every visit reads stands what every visit writes; the long texts come last, for SQLite has to step
# over all that stands before a value (a touch takes 30 µs so, 47 µs in the order of the dataclass).
BESIDE = ("complete", "card_hash", "closed")
LONG = ("company_description", "extra", "description", "description_html", "description_text")

metadata = MetaData(naming_convention={"pk": "%(table_name)s_pkey", "fk": "%(table_name)s_%(column_0_name)s_fkey"})


def _job_columns() -> list[Column[Any]]:
    short = [name for name in JOB_FIELDS if name not in (*KEY, *BESIDE, *LONG)]
    return [
        *(_job_column(name) for name in KEY),
        Column("first_seen_at", Instant, nullable=False),
        Column("last_seen_at", Instant, nullable=False),
        Column("detailed_at", Instant),
        Column("revision", Integer, nullable=False),
        Column("content_hash", Text, nullable=False),
        Column("closed_at", Instant),
        Column("closed_reason", Text),
        Column("first_run_id", Text),
        Column("last_run_id", Text),
        *(_job_column(name) for name in (*BESIDE, *short, *LONG)),
    ]


def _job_column(name: str) -> Column[Any]:
    kind = JOB_FIELDS[name]
    word = kind.partition("[")[0].partition(" ")[0]
    if name in KEY:
        return Column(name, Identifier, primary_key=True)
    return Column(name, TYPES[word], nullable=kind.endswith("| None"))


# A run touches all jobs of a page at once. With half of each page free PostgreSQL does that within the page, leaves the
# indexes alone and needs no vacuum; at 80 the table had grown to three times its size after six runs, at 50 not at all.
jobs = Table("jobs", metadata, *_job_columns(), postgresql_with={"fillfactor": "50"})
newest = func.coalesce(jobs.c.posted_at, jobs.c.first_seen_at)
# The two that follow the time make it a whole order, of which a page can be read from any place.
order = (newest.desc(), jobs.c.job_source, jobs.c.source_id)
Index("jobs_newest", *order)
Index("jobs_board", jobs.c.job_source, newest.desc(), jobs.c.source_id)
Index("jobs_country", jobs.c.country, *order)
Index("jobs_first_seen", jobs.c.first_seen_at)
annual_top = func.coalesce(jobs.c.salary_max_annual, jobs.c.salary_min_annual)
paid = annual_top.is_not(None)
Index("jobs_salary", jobs.c.salary_currency, annual_top, sqlite_where=paid, postgresql_where=paid)
# What a job is called and where it is, for searches by word; only PostgreSQL has an index for parts of words.
head: ColumnClause[str] = literal_column(
    "(title || ' ' || coalesce(company, '') || ' ' || coalesce(location, '') || ' ' || coalesce(district, '') || ' '"
    " || coalesce(city, '') || ' ' || coalesce(region, '') || ' ' || CAST(places AS TEXT))",
    Text,
)
words = Index("jobs_words", text(f"{head} gin_trgm_ops"), _table=jobs, postgresql_using="gin")
words.ddl_if(dialect="postgresql")  # and only where its extension pg_trgm may be had

job_changes = Table(
    "job_changes",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("job_source", Identifier, nullable=False),
    Column("source_id", Identifier, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("field", Text, nullable=False),
    Column("old", Text),  # JSON, as is `new`
    Column("new", Text),
    Column("changed_at", Instant, nullable=False),
    Column("run_id", Text),
    ForeignKeyConstraint(KEY, [jobs.c.job_source, jobs.c.source_id], ondelete="CASCADE"),
)
Index("job_changes_job", job_changes.c.job_source, job_changes.c.source_id)

scrape_runs = Table(
    "scrape_runs",
    metadata,
    Column("run_id", Text, primary_key=True),
    Column("site_name", Text, nullable=False),
    Column("trigger", Text, nullable=False),
    Column("search", Json, nullable=False),
    Column("ignored", Json, nullable=False),
    Column("status", Text, nullable=False),
    Column("outcome", Text),
    Column("reason", Text),
    Column("started_at", Instant),
    Column("finished_at", Instant),
    *(
        Column(name, BigInteger, nullable=False)
        for name in (
            "requested_pages",
            "completed_pages",
            "found",
            "new",
            "changed",
            "unchanged",
            "closed",
            "errors",
        )
    ),
    Column("message", Text),
    Column("launcher", Text),
    Column("task_id", Text),
    Column("host", Text),
    Column("pid", Integer),
    Column("stats", Json, nullable=False),
    Column("managed", Boolean, nullable=False, server_default=false()),  # queued by the control plane
    Column("tick", Instant),  # the moment for which a schedule asked for it
    Column("settings", Json, nullable=False, server_default=text("'{}'")),
    Column("queued_at", Instant),
    Column("heartbeat_at", Instant),
    Column("cancel_asked_at", Instant),
)
unfinished = text("status IN ('queued', 'running')")
one_a_board = text(f"{unfinished} AND managed")
Index("scrape_runs_started", scrape_runs.c.started_at)
Index("scrape_runs_unfinished", scrape_runs.c.status, sqlite_where=unfinished, postgresql_where=unfinished)
# What the control plane queues never overlaps on a board, and no schedule's tick is queued twice, whoever tries.
Index(
    "scrape_runs_active", scrape_runs.c.site_name, unique=True, sqlite_where=one_a_board, postgresql_where=one_a_board
)
Index("scrape_runs_tick", scrape_runs.c.site_name, scrape_runs.c.tick, unique=True)

site_schedules = Table(
    "site_schedules",
    metadata,
    Column("site_name", Text, primary_key=True),
    Column("enabled", Boolean, nullable=False),
    Column("interval_minutes", Double),
    Column("cron", Text),
    Column("timezone", Text, nullable=False),
    Column("overlap", Text, nullable=False),
    Column("payload", Json, nullable=False),
    Column("min_pause_seconds", Double),
    Column("max_pause_seconds", Double),
    Column("max_retries", Integer),
    Column("last_run_at", Instant),
    Column("next_run_at", Instant),
)

schedulers = Table(
    "schedulers",
    metadata,
    Column("name", Text, primary_key=True),
    Column("mode", Text, nullable=False),
    Column("since", Instant, nullable=False),
    Column("heartbeat_at", Instant, nullable=False),
)

manners = Table(
    "manners",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Json, nullable=False),
)

failed_requests = Table(
    "failed_requests",
    metadata,
    Column("id", Text, primary_key=True),
    Column("site_name", Text, nullable=False),
    Column("run_id", Text),
    Column("url", Text, nullable=False),
    Column("request", Text, nullable=False),  # as `frontier.serializer` writes it
    Column("attempts", Integer, nullable=False),
    Column("error", Text, nullable=False),
    Column("first_failed_at", Instant, nullable=False),
    Column("last_failed_at", Instant, nullable=False),
)
Index("failed_requests_site", failed_requests.c.site_name, failed_requests.c.last_failed_at)
