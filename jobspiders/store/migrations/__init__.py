"""Alembic's room: one file a version under `versions`, named so that names sort in the order of time."""
