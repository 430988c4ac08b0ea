"""Faults on purpose: real workers on a board's replica, killed and cut off, and what it came to."""
