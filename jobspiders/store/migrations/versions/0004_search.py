"""Indexes for those who look through a million jobs, a page at a time."""

from __future__ import annotations

import logging

import sqlalchemy as sa
from alembic import op
from sqlalchemy.exc import DBAPIError

revision = "0004_search"
down_revision = "0003_schedules"

NEWEST = "coalesce(posted_at, first_seen_at) DESC"
ANNUAL_TOP = "coalesce(salary_max_annual, salary_min_annual)"
HEAD = (
    "(title || ' ' || coalesce(company, '') || ' ' || coalesce(location, '') || ' ' || coalesce(district, '') || ' '"
    " || coalesce(city, '') || ' ' || coalesce(region, '') || ' ' || CAST(places AS TEXT))"
)

logger = logging.getLogger(__name__)


def upgrade() -> None:
    op.drop_index("jobs_newest", "jobs")
    op.create_index("jobs_newest", "jobs", [sa.text(NEWEST), "job_source", "source_id"])
    op.create_index("jobs_board", "jobs", ["job_source", sa.text(NEWEST), "source_id"])
    op.create_index("jobs_country", "jobs", ["country", sa.text(NEWEST), "job_source", "source_id"])
    paid = sa.text(f"{ANNUAL_TOP} IS NOT NULL")
    op.create_index(
        "jobs_salary", "jobs", ["salary_currency", sa.text(ANNUAL_TOP)], sqlite_where=paid, postgresql_where=paid
    )
    if op.get_bind().dialect.name == "postgresql":
        _index_words()
        # Without these the planner takes each employment type for rare and each salary for common: seconds lost.
        op.execute("CREATE STATISTICS jobs_employment ON (CAST(employment_types AS TEXT)) FROM jobs")
        op.execute(f"CREATE STATISTICS jobs_annual ON ({ANNUAL_TOP}) FROM jobs")


def _index_words() -> None:
    try:
        with op.get_bind().begin_nested():
            op.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            op.execute(f"CREATE INDEX jobs_words ON jobs USING gin ({HEAD} gin_trgm_ops)")
    except DBAPIError as error:  # not installed, not ours to create, or in a schema that is not on our search_path
        logger.warning("no index for words, so that a search for rare ones takes seconds: %s", error.orig)
