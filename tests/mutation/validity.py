"""What is wrong with a job: all that no table takes, that no user could believe, or that our own words do not know."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

from jobspiders.items import Job
from jobspiders.normalise.money import CODES
from jobspiders.normalise.pay_periods import A_YEAR
from jobspiders.normalise.vocabulary import EDUCATION, EMPLOYMENT, SENIORITY

COUNTRIES = set(json.loads((files("jobspiders.normalise") / "countries.json").read_text(encoding="utf-8")))
LINKS = ("apply_url", "company_url", "company_website", "company_logo")
LONGEST_LINE, LONGEST_ID = 2_000, 500
NO_ID = {"None", "True", "False", "nan", "inf", "null", "undefined"}
AHEAD = {"posted_at": timedelta(days=1), "updated_at": timedelta(days=1), "closes_at": timedelta(days=3 * 366)}
WORDS: Mapping[str, Any] = {
    "arrangement": {"ONSITE", "HYBRID", "REMOTE"},
    "education": EDUCATION.values(),
    "seniority": SENIORITY.values(),
    "salary_currency": CODES,
    "salary_period": A_YEAR,
    "posted_precision": {"exact", "day", "about", "at_least"},
}


def faults_of(job: Job, at: datetime) -> Iterator[str]:
    """What is wrong with a job that was read at the time `at`."""
    yield from _kinds(job)
    yield from _identity(job)
    yield from _salary(job)
    yield from _figures(job)
    yield from _words(job)
    for place in ({name: getattr(job, name) for name in ("country", "latitude", "longitude")}, *job.places):
        yield from _place(place)
    for name, ahead in AHEAD.items():
        moment = getattr(job, name)
        if moment is not None and not (moment.tzinfo is UTC and moment.year >= 2000 and moment <= at + ahead):
            yield f"{name} is {moment}"


def _kinds(job: Job) -> Iterator[str]:
    for item in fields(Job):
        value, kind = getattr(job, item.name), str(item.type)
        if value is None and kind.endswith("None"):
            continue
        if not FITS[kind.partition(" ")[0].partition("[")[0]](value) or value == "":
            yield f"{item.name} is {value!r:.60} and no {kind}"


def _identity(job: Job) -> Iterator[str]:
    if (
        job.source_id in NO_ID
        or len(job.source_id.encode()) > LONGEST_ID
        or re.search(r"[\s\[\]{}<>\"]", job.source_id)
    ):
        yield f"source_id is {job.source_id!r:.60}"
    if not job.title.strip() or len(job.title) > LONGEST_LINE:
        yield f"title is {job.title!r:.60}"
    if not _is_address(job.url):
        yield f"url is {job.url!r:.60}"
    for name in LINKS:
        link = getattr(job, name) or ""
        if len(link) > LONGEST_LINE or re.match("(?i)(?:javascript|data):", link) or re.search(r"\s", link):
            yield f"{name} is {link!r:.60}"


def _salary(job: Job) -> Iterator[str]:
    amounts = [amount for amount in (job.salary_min, job.salary_max) if amount is not None]
    if amounts != sorted(amounts) or not all(0 < amount < 1e12 for amount in amounts):
        yield f"salary is {job.salary_min} to {job.salary_max}"
    if not amounts and (job.salary_currency or job.salary_period):
        yield "salary has no figure"
    if not (amounts and job.salary_period) and (job.salary_min_annual or job.salary_max_annual):
        yield "salary has an annual figure of unknown figures"


def _figures(job: Job) -> Iterator[str]:
    years = [number for number in (job.experience_min, job.experience_max) if number is not None]
    if years != sorted(years) or not all(0 <= number <= 50 for number in years):
        yield f"experience is {job.experience_min} to {job.experience_max}"
    if job.openings is not None and not 0 < job.openings <= 1_000_000:
        yield f"openings is {job.openings}"


def _words(job: Job) -> Iterator[str]:
    for name, known in WORDS.items():
        if (word := getattr(job, name)) is not None and word not in known:
            yield f"{name} is {word!r:.60}"
    if unknown := set(job.employment_types) - set(EMPLOYMENT.values()):
        yield f"employment_types has {sorted(unknown)!r:.60}"
    if not re.fullmatch("[a-z]{2}", job.language or "en"):
        yield f"language is {job.language!r:.60}"
    if (job.posted_at is None) != (job.posted_precision is None):
        yield "posted_at and posted_precision go together"


def _place(place: Mapping[str, Any]) -> Iterator[str]:
    if place.get("country") not in {None, *COUNTRIES}:
        yield f"country is {place['country']!r:.60}"
    for name, most in (("latitude", 90), ("longitude", 180)):
        if (degrees := place.get(name)) is not None and not -most <= degrees <= most:
            yield f"{name} is {degrees}"


def _is_address(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and not re.search(r"\s", url)


def _is_text(value: Any) -> bool:
    """Text that every database takes: no NUL, no half of a surrogate pair."""
    return isinstance(value, str) and "\0" not in value and value == value.encode(errors="replace").decode()


def _is_plain(value: Any) -> bool:
    """Plain JSON, its texts such that every database takes them."""
    if isinstance(value, dict):
        return all(_is_text(key) and _is_plain(part) for key, part in value.items())
    if isinstance(value, list):
        return all(map(_is_plain, value))
    return value is None or isinstance(value, bool) or _is_text(value) or _is_number(value)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


FITS: Mapping[str, Callable[[Any], bool]] = {
    "str": _is_text,
    "float": _is_number,
    "int": lambda value: isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**63,
    "bool": lambda value: isinstance(value, bool),
    "datetime": lambda value: isinstance(value, datetime) and value.tzinfo is not None,
    "list": lambda value: isinstance(value, list) and _is_plain(value),
    "dict": lambda value: isinstance(value, dict) and _is_plain(value),
}
