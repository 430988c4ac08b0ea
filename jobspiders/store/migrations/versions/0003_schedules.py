"""Schedules and who works them off, live settings, and what a run needs to be queued, taken and found dead."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from jobspiders.store.columns import Instant, Json

revision = "0003_schedules"
down_revision = "0002_failed_requests"

UNFINISHED = "status IN ('queued', 'running')"


def upgrade() -> None:
    _site_schedules()
    op.create_table(
        "schedulers",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("mode", sa.Text, nullable=False),
        sa.Column("since", Instant, nullable=False),
        sa.Column("heartbeat_at", Instant, nullable=False),
    )
    op.create_table(
        "manners",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("value", Json, nullable=False),
    )
    with op.batch_alter_table("scrape_runs") as table:
        table.add_column(sa.Column("managed", sa.Boolean, nullable=False, server_default=sa.false()))
        table.add_column(sa.Column("tick", Instant))
        table.add_column(sa.Column("settings", Json, nullable=False, server_default=sa.text("'{}'")))
        table.add_column(sa.Column("queued_at", Instant))
        table.add_column(sa.Column("heartbeat_at", Instant))
        table.add_column(sa.Column("cancel_asked_at", Instant))
    _partial("scrape_runs_unfinished", ["status"], UNFINISHED)
    _partial("scrape_runs_active", ["site_name"], f"{UNFINISHED} AND managed", unique=True)
    op.create_index("scrape_runs_tick", "scrape_runs", ["site_name", "tick"], unique=True)


def _partial(name: str, columns: list[str], condition: str, *, unique: bool = False) -> None:
    where = sa.text(condition)
    op.create_index(name, "scrape_runs", columns, unique=unique, sqlite_where=where, postgresql_where=where)


def _site_schedules() -> None:
    op.create_table(
        "site_schedules",
        sa.Column("site_name", sa.Text, primary_key=True),
        sa.Column("enabled", sa.Boolean, nullable=False),
        sa.Column("interval_minutes", sa.Double),
        sa.Column("cron", sa.Text),
        sa.Column("timezone", sa.Text, nullable=False),
        sa.Column("overlap", sa.Text, nullable=False),
        sa.Column("payload", Json, nullable=False),
        sa.Column("min_pause_seconds", sa.Double),
        sa.Column("max_pause_seconds", sa.Double),
        sa.Column("max_retries", sa.Integer),
        sa.Column("last_run_at", Instant),
        sa.Column("next_run_at", Instant),
    )
