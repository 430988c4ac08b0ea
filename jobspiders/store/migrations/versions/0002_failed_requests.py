"""Dead letters."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from jobspiders.store.columns import Instant

revision = "0002_failed_requests"
down_revision = "0001_jobs"


def upgrade() -> None:
    op.create_table(
        "failed_requests",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("site_name", sa.Text, nullable=False),
        sa.Column("run_id", sa.Text),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("request", sa.Text, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("error", sa.Text, nullable=False),
        sa.Column("first_failed_at", Instant, nullable=False),
        sa.Column("last_failed_at", Instant, nullable=False),
    )
    op.create_index("failed_requests_site", "failed_requests", ["site_name", "last_failed_at"])
