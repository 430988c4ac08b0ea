"""The records that pass between the rooms: what was asked for, what a board published, what we store.

`Posting` holds a board's values as it published them; `normalise` makes the `Job` of it. A job's identity is
`(job_source, source_id)`. Standard library only.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Rate:
    """A board's declared limit: at most so many requests a minute, so many of them at once."""

    per_minute: float
    concurrency: int = 1

    @property
    def interval(self) -> float:
        """Seconds between two requests."""
        return 60 / self.per_minute


@dataclass(frozen=True, slots=True)
class Expect:
    """What a healthy run of a board brings: at least so many jobs, and for a field of `Job` the least share
    (0 to 1) of jobs in which it is filled. A run below that has drifted.
    """

    min_jobs: int = 1
    fields: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Market:
    """What a board leaves unsaid because every reader of it knows.

    `country` is ISO 3166-1 alpha-2 and `currency` ISO 4217, both None for a board of the whole world. Dates
    without a zone are meant in `timezone` (IANA). `dollar` is the currency that a bare "$" stands for, None
    where that is anybody's guess. `period` (HOUR, DAY, WEEK, MONTH, YEAR) is what a salary is for when the board
    never says it.
    """

    country: str | None = None
    currency: str | None = None
    timezone: str = "UTC"
    dollar: str | None = None
    period: str | None = None


@dataclass(frozen=True, slots=True)
class PostedPlace:
    """A place that a board publishes in parts, each as published."""

    text: str | None = None
    district: str | None = None
    city: str | None = None
    region: str | None = None
    country: str | None = None
    postcode: str | None = None
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class PostedSalary:
    """A salary that a board publishes in parts, each as published; `text` where there is a label, too."""

    minimum: float | str | None = None
    maximum: float | str | None = None
    currency: str | None = None
    period: str | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class PostedYears:
    """Years of experience that a board publishes as numbers, some of them as text."""

    minimum: float | str | None = None
    maximum: float | str | None = None


@dataclass(slots=True)
class Posting:
    """What a board published about one job, values verbatim: no cleaning, no guessing, no clock.

    `complete` tells that the job's own page was read; otherwise this is what a card of a listing told.
    `description_format` is html, markdown, draftjs or text. `extra` is for what only this board has, in
    plain JSON; nothing that changes by itself (view counts, "active 3 days ago") belongs into it, for it
    would make every visit look like a change, and nothing about a recruiter's person.
    """

    job_source: str
    source_id: str
    url: str
    title: str
    company: str | None = None
    company_id: str | None = None
    company_url: str | None = None
    company_website: str | None = None
    company_logo: str | None = None
    company_industry: str | None = None
    company_size: str | None = None
    company_description: str | None = None
    locations: list[str | PostedPlace] = field(default_factory=list)
    arrangement: str | None = None
    remote: bool | None = None
    employment: list[str] = field(default_factory=list)
    salary: str | PostedSalary | None = None
    experience: str | PostedYears | None = None
    education: list[str] = field(default_factory=list)
    level: str | None = None
    categories: list[str] = field(default_factory=list)
    industry: str | None = None
    skills: list[str] = field(default_factory=list)
    benefits: list[str] = field(default_factory=list)
    openings: int | None = None
    description: str | None = None
    description_format: str = "html"
    posted: str | float | None = None
    updated: str | float | None = None
    closes: str | float | None = None
    status: str | None = None
    apply_url: str | None = None
    market: Market = Market()
    extra: dict[str, Any] = field(default_factory=dict)
    complete: bool = False
    card_hash: str | None = None

    def as_json(self) -> dict[str, Any]:
        """The posting as plain JSON data, to travel in a request's `cb_kwargs`."""
        return {name: _plain(getattr(self, name)) for name in Posting.__slots__}

    @classmethod
    def from_json(cls, data: Json) -> Posting:
        """The posting that `as_json` gave. Raises TypeError for a key that no field has."""
        parts = dict(data)
        parts["market"] = Market(**parts["market"])
        parts["locations"] = [_part(PostedPlace, place) for place in parts["locations"]]
        parts["salary"] = _part(PostedSalary, parts["salary"])
        parts["experience"] = _part(PostedYears, parts["experience"])
        return cls(**parts)

    def filled_from(self, card: Posting) -> Posting:
        """This posting (a detail) with what only the card told: a value that both have is the detail's."""
        gaps = {name: value for name, value in _said(card).items() if name not in _said(self)}
        if "description" in gaps:
            gaps["description_format"] = card.description_format
        if isinstance(self.salary, PostedSalary) and isinstance(card.salary, PostedSalary):
            gaps["salary"] = replace(card.salary, **_said(self.salary))
        return replace(self, **gaps | {"extra": card.extra | self.extra})

    def fingerprint(self) -> str:
        """A hash of what a card says, apart from its age: equal as long as the board shows the same."""
        said = {key: value for key, value in self.as_json().items() if key not in {"posted", "card_hash"}}
        return hashlib.blake2b(json.dumps(said, sort_keys=True).encode(), digest_size=12).hexdigest()


def _said(record: Posting | PostedSalary) -> dict[str, Any]:
    """The fields of a record in which something stands."""
    values = {item.name: getattr(record, item.name) for item in fields(record)}
    return {name: value for name, value in values.items() if value not in (None, "", [], {})}


def _plain(value: Any) -> Any:
    """As `asdict` does it, in a fifth of the time: every card of every listing passes here twice."""
    if isinstance(value, Market | PostedPlace | PostedSalary | PostedYears):
        return {name: getattr(value, name) for name in value.__slots__}
    return [_plain(part) for part in value] if isinstance(value, list) else value


def _part(kind: type, value: Any) -> Any:
    return kind(**value) if isinstance(value, Mapping) else value


class Outcome(StrEnum):
    """How a run ended, as every run must."""

    COMPLETE = "complete"
    TRUNCATED = "truncated"
    BLOCKED = "blocked"
    DRIFTED = "drifted"
    EMPTY = "empty"
    ROBOTS = "robots"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(slots=True)
class Job:
    """The normalised record that we store. Times are aware, in UTC; what the board did not say is None or empty.

    For every value that was read out of words, `…_text` holds the words. The vocabularies stand in
    `normalise/terms.py`. `posted_precision` tells what `posted_at` is worth: `exact` (a moment), `day`,
    `about` (counted back from "3 weeks ago"), `at_least` (it is that old or older, as in "30+ days ago").
    Salaries are in whole units of `salary_currency` for each `salary_period`; the annual ones are only there
    when the period is known. `complete` tells that the job's own page was read. `unread` maps a field to words
    that could not be read; it is counted, not stored.
    """

    job_source: str
    source_id: str
    url: str
    title: str
    apply_url: str | None = None
    company: str | None = None
    company_id: str | None = None
    company_url: str | None = None
    company_website: str | None = None
    company_logo: str | None = None
    company_industry: str | None = None
    company_size: str | None = None
    company_description: str | None = None
    location: str | None = None
    district: str | None = None
    city: str | None = None
    region: str | None = None
    country: str | None = None
    postcode: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    places: list[dict[str, Any]] = field(default_factory=list)
    arrangement: str | None = None
    is_remote: bool | None = None
    employment_types: list[str] = field(default_factory=list)
    employment_text: str | None = None
    salary_min: float | None = None
    salary_max: float | None = None
    salary_currency: str | None = None
    salary_period: str | None = None
    salary_gross: bool | None = None
    salary_min_annual: float | None = None
    salary_max_annual: float | None = None
    salary_text: str | None = None
    experience_min: float | None = None
    experience_max: float | None = None
    experience_text: str | None = None
    education: str | None = None
    education_text: str | None = None
    seniority: str | None = None
    seniority_text: str | None = None
    categories: list[str] = field(default_factory=list)
    industry: str | None = None
    skills: list[str] = field(default_factory=list)
    benefits: list[str] = field(default_factory=list)
    openings: int | None = None
    description: str | None = None
    description_html: str | None = None
    description_text: str | None = None
    language: str | None = None
    posted_at: datetime | None = None
    posted_precision: str | None = None
    posted_text: str | None = None
    updated_at: datetime | None = None
    closes_at: datetime | None = None
    closed: bool | None = None
    extra: dict[str, Any] = field(default_factory=dict)
    complete: bool = False
    card_hash: str | None = None
    seen_at: datetime | None = None
    unread: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sighting:
    """A listing showed a job that we know with nothing changed; it costs no detail request."""

    job_source: str
    source_id: str


@dataclass(frozen=True, slots=True)
class Gone:
    """Evidence that a job is closed: the board answers 404 or 410 for it, marks it closed, or no longer lists it.

    `reason` is the evidence in words, stored with the job.
    """

    job_source: str
    source_id: str
    reason: str
