"""Runs the versions on the connection that `jobspiders.store.migrate` hands over, within its transaction."""

from __future__ import annotations

from alembic import context

from jobspiders.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,  # SQLite alters a table by copying it
)
with context.begin_transaction():
    context.run_migrations()
