"""A crawler for job boards: from a board's page to a clean row, on a laptop or on a hundred machines."""

__version__ = "0.1.0"
