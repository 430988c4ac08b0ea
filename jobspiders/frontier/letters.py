"""Dead letters on their way back: the request that was kept, as it is tried once more."""

from __future__ import annotations

import json

ATTEMPT = "attempt"  # key of a request's meta: which try it is, from 1
LETTER = "dead_letter"  # key of a request's meta: the id of the dead letter that it was
_OF_THE_LAST_TRY = {ATTEMPT, LETTER, "retry_times", "download_latency", "depth"}


def anew(request: str, letter_id: str) -> str:
    """The kept `request` (as `serializer.dumps` wrote it) with no memory of its tries but the letter that it was, and
    taken although its URL was seen. Raises ValueError for what is no such request.
    """
    record = json.loads(request)
    if not isinstance(record, dict) or not isinstance(meta := record.get("meta", {}), dict):
        raise ValueError(f"this is no request: {request[:80]}")
    kept = {name: value for name, value in meta.items() if name not in _OF_THE_LAST_TRY}
    record |= {"meta": {**kept, LETTER: letter_id}, "dont_filter": True}
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"))


def body(request: str) -> str:
    """A request as it lies in the shared queue, see `keys.py`."""
    return f"{json.loads(request).get('priority', 0)} {request}"
