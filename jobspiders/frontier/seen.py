"""A request's place among those that a run has seen: a signed 64-bit integer, as text for `lua/commit.lua`.

Among 10 million URLs, two share one with a chance of 3 in a million.
"""

from __future__ import annotations

import hashlib


def place(fingerprint: bytes) -> str:
    """The place of a request with this fingerprint (Scrapy's, at least 8 bytes)."""
    return str(int.from_bytes(fingerprint[:8], "big", signed=True))


def seed_place(text: bytes) -> str:
    """The place of a request with which a run begins, written out as `text`: it is taken even if the request may be
    fetched again, for a run is seeded again when the worker that did it was lost.
    """
    return place(hashlib.blake2b(text, digest_size=8, person=b"seed").digest())
