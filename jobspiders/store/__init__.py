"""The memory of the project: jobs, their changes and the runs, in SQLite or PostgreSQL through one description."""
