"""Jobs, their changes and the runs."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from jobspiders.store.columns import Identifier, Instant, Json, Serial

revision = "0001_jobs"
down_revision = None


def upgrade() -> None:
    _jobs()
    _job_changes()
    _scrape_runs()


def _jobs() -> None:
    op.create_table(
        "jobs",
        sa.Column("job_source", Identifier, primary_key=True),
        sa.Column("source_id", Identifier, primary_key=True),
        sa.Column("first_seen_at", Instant, nullable=False),
        sa.Column("last_seen_at", Instant, nullable=False),
        sa.Column("detailed_at", Instant),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("content_hash", sa.Text, nullable=False),
        sa.Column("closed_at", Instant),
        sa.Column("closed_reason", sa.Text),
        sa.Column("first_run_id", sa.Text),
        sa.Column("last_run_id", sa.Text),
        sa.Column("complete", sa.Boolean, nullable=False),
        sa.Column("card_hash", sa.Text),
        sa.Column("closed", sa.Boolean),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("apply_url", sa.Text),
        sa.Column("company", sa.Text),
        sa.Column("company_id", sa.Text),
        sa.Column("company_url", sa.Text),
        sa.Column("company_website", sa.Text),
        sa.Column("company_logo", sa.Text),
        sa.Column("company_industry", sa.Text),
        sa.Column("company_size", sa.Text),
        sa.Column("location", sa.Text),
        sa.Column("district", sa.Text),
        sa.Column("city", sa.Text),
        sa.Column("region", sa.Text),
        sa.Column("country", sa.Text),
        sa.Column("postcode", sa.Text),
        sa.Column("latitude", sa.Double),
        sa.Column("longitude", sa.Double),
        sa.Column("places", Json, nullable=False),
        sa.Column("arrangement", sa.Text),
        sa.Column("is_remote", sa.Boolean),
        sa.Column("employment_types", Json, nullable=False),
        sa.Column("employment_text", sa.Text),
        sa.Column("salary_min", sa.Double),
        sa.Column("salary_max", sa.Double),
        sa.Column("salary_currency", sa.Text),
        sa.Column("salary_period", sa.Text),
        sa.Column("salary_gross", sa.Boolean),
        sa.Column("salary_min_annual", sa.Double),
        sa.Column("salary_max_annual", sa.Double),
        sa.Column("salary_text", sa.Text),
        sa.Column("experience_min", sa.Double),
        sa.Column("experience_max", sa.Double),
        sa.Column("experience_text", sa.Text),
        sa.Column("education", sa.Text),
        sa.Column("education_text", sa.Text),
        sa.Column("seniority", sa.Text),
        sa.Column("seniority_text", sa.Text),
        sa.Column("categories", Json, nullable=False),
        sa.Column("industry", sa.Text),
        sa.Column("skills", Json, nullable=False),
        sa.Column("benefits", Json, nullable=False),
        sa.Column("openings", sa.BigInteger),
        sa.Column("language", sa.Text),
        sa.Column("posted_at", Instant),
        sa.Column("posted_precision", sa.Text),
        sa.Column("posted_text", sa.Text),
        sa.Column("updated_at", Instant),
        sa.Column("closes_at", Instant),
        sa.Column("company_description", sa.Text),
        sa.Column("extra", Json, nullable=False),
        sa.Column("description", sa.Text),
        sa.Column("description_html", sa.Text),
        sa.Column("description_text", sa.Text),
        postgresql_with={"fillfactor": "50"},
    )
    op.create_index("jobs_newest", "jobs", [sa.text("coalesce(posted_at, first_seen_at) DESC")])
    op.create_index("jobs_first_seen", "jobs", ["first_seen_at"])


def _job_changes() -> None:
    op.create_table(
        "job_changes",
        sa.Column("id", Serial, primary_key=True),
        sa.Column("job_source", Identifier, nullable=False),
        sa.Column("source_id", Identifier, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("field", sa.Text, nullable=False),
        sa.Column("old", sa.Text),
        sa.Column("new", sa.Text),
        sa.Column("changed_at", Instant, nullable=False),
        sa.Column("run_id", sa.Text),
        sa.ForeignKeyConstraint(["job_source", "source_id"], ["jobs.job_source", "jobs.source_id"], ondelete="CASCADE"),
    )
    op.create_index("job_changes_job", "job_changes", ["job_source", "source_id"])


def _scrape_runs() -> None:
    op.create_table(
        "scrape_runs",
        sa.Column("run_id", sa.Text, primary_key=True),
        sa.Column("site_name", sa.Text, nullable=False),
        sa.Column("trigger", sa.Text, nullable=False),
        sa.Column("search", Json, nullable=False),
        sa.Column("ignored", Json, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("outcome", sa.Text),
        sa.Column("reason", sa.Text),
        sa.Column("started_at", Instant),
        sa.Column("finished_at", Instant),
        sa.Column("requested_pages", sa.BigInteger, nullable=False),
        sa.Column("completed_pages", sa.BigInteger, nullable=False),
        sa.Column("found", sa.BigInteger, nullable=False),
        sa.Column("new", sa.BigInteger, nullable=False),
        sa.Column("changed", sa.BigInteger, nullable=False),
        sa.Column("unchanged", sa.BigInteger, nullable=False),
        sa.Column("closed", sa.BigInteger, nullable=False),
        sa.Column("errors", sa.BigInteger, nullable=False),
        sa.Column("message", sa.Text),
        sa.Column("launcher", sa.Text),
        sa.Column("task_id", sa.Text),
        sa.Column("host", sa.Text),
        sa.Column("pid", sa.Integer),
        sa.Column("stats", Json, nullable=False),
    )
    op.create_index("scrape_runs_started", "scrape_runs", ["started_at"])
