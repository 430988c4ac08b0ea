"""What of a job is content: its values, their fingerprint, and the merging of what two visits saw."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping, Sequence
from enum import StrEnum
from operator import attrgetter
from typing import Any

from jobspiders.items import Job
from jobspiders.store.tables import JOB_FIELDS, KEY

POSTED = ("posted_at", "posted_text", "posted_precision")
# Fields that one published text gave; they are replaced together, lest a new minimum stand by an old maximum.
TOGETHER = (
    POSTED,
    (
        "salary_min",
        "salary_max",
        "salary_currency",
        "salary_period",
        "salary_gross",
        "salary_min_annual",
        "salary_max_annual",
        "salary_text",
    ),
    ("experience_min", "experience_max", "experience_text"),
    ("employment_types", "employment_text"),
    ("education", "education_text"),
    ("seniority", "seniority_text"),
)
_other = [name for name in JOB_FIELDS if name not in {*KEY, *POSTED, "complete", "card_hash"}]
FIELDS = (*_other, *POSTED)
PLACE = {name: place for place, name in enumerate(FIELDS)}
_alone = [(name,) for name in FIELDS if not any(name in unit for unit in TOGETHER)]
UNITS = tuple(tuple(PLACE[name] for name in unit) for unit in (*TOGETHER, *_alone))
DATING = UNITS[0]
_numbers = [place for name, place in PLACE.items() if JOB_FIELDS[name].startswith("float")]
_nested = [place for name, place in PLACE.items() if JOB_FIELDS[name].startswith(("list", "dict"))]
_read = attrgetter(*FIELDS)

PRECISION = {None: 0, "about": 1, "at_least": 1, "day": 2, "exact": 3}
VAGUE = 1
EMPTY: tuple[object, ...] = (None, "", [], {})

Values = Sequence[Any]  # the content of one job, in the order of FIELDS


class Mode(StrEnum):
    """What a visit may do to the stored content."""

    REPLACE = "replace"  # all of it, nulls included: the job's own page was read
    OVERLAY = "overlay"  # what it says: a card of a listing
    FILL = "fill"  # only the gaps: it is older than what is stored
    NOTHING = "nothing"


def examine(job: Job) -> tuple[Values, str]:
    """The content as it may be stored, and its fingerprint: 32 hex digits over it and `complete`.

    Of a posting date counted back from "3 days ago" only its being there counts, for it moves with every visit.
    """
    values = _read(job)
    words = ["" if value is None else value if value.__class__ is str else repr(value) for value in values]
    text = "\0".join(words)
    sound = text.count("\0") == len(words) - 1 and _encodable(text) and not _suspect(values, words)
    if PRECISION.get(job.posted_precision, 0) <= VAGUE:
        text = "\0".join((*words[: -len(POSTED)], "dated" if job.posted_at else ""))
    text += "\0complete" if job.complete else "\0"
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return values if sound else [clean(value) for value in values], digest[:32]


def _suspect(values: Values, words: Sequence[str]) -> bool:
    """True when a number may be none, or a text within a list or an object be none that can be stored."""
    for place in _numbers:
        if values[place] is not None and not math.isfinite(values[place]):
            return True
    return any("\\x00" in words[place] or "\\ud" in words[place] for place in _nested if values[place])


def clean(value: Any) -> Any:
    """`value` without what PostgreSQL refuses: NUL and lone surrogates in text, numbers that are none."""
    if isinstance(value, str):
        return value.replace("\0", "") if _encodable(value) else clean(value.encode("utf-8", "ignore").decode())
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {clean(key): clean(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [clean(item) for item in value]
    return value


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def merge(stored: Values, new: Values, mode: Mode) -> Values:
    """The content after a visit that saw `new`. Merging the same once more changes nothing."""
    merged = list(stored)
    for unit in UNITS:
        if _takes(unit, stored, new, mode):
            for place in unit:
                merged[place] = new[place]
    return merged


def _takes(unit: tuple[int, ...], stored: Values, new: Values, mode: Mode) -> bool:
    if mode is Mode.NOTHING:
        return False
    if mode is Mode.FILL:
        return all(stored[place] in EMPTY for place in unit)
    if unit is DATING:
        precision = PLACE["posted_precision"]
        return _dated_better(stored[precision], new[precision])
    if mode is Mode.REPLACE:
        return True
    return any(new[place] not in EMPTY and new[place] != stored[place] for place in unit)


def _dated_better(stored: str | None, new: str | None) -> bool:
    """A vaguer date never replaces a better one, and of two vague ones the first was nearer to the day."""
    have, get = PRECISION.get(stored, 0), PRECISION.get(new, 0)
    return get > have or get == have > VAGUE
