"""Measured comparisons, each one command: `python -m benchmarks.<name>`. Each ends with one line of JSON."""
