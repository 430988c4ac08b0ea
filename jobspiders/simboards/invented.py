"""What invented jobs are made of: employers that plainly do not exist, trades, places, sentences.

The words stand in `invented.json`. Employers' sites end in ".example", where nobody can ever be (RFC 2606).
"""

from __future__ import annotations

import functools
import json
import re
from dataclasses import dataclass
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Employer:
    """An invented employer; `number` tells it from the others of its kind, `staff` is from and to."""

    number: int
    name: str
    legal_name: str
    industry: str
    staff: tuple[int, int]

    @property
    def slug(self) -> str:
        """The name as it stands in URLs."""
        return slug(self.name)

    @property
    def website(self) -> str:
        """Its address."""
        return f"https://{self.slug}.example"


@dataclass(frozen=True, slots=True)
class Trade:
    """A kind of work: titles, skills, least and most monthly pay in millions of rupiah, and boards' categories.

    `path` is Glints' (three levels), `seek` JobStreet's (id, name, sub-id, sub-name), `area` loker.id's (parent,
    child). A startup's trade has YC's `role` (role, pretty role, specific role) and its pay is in thousands of
    dollars a year.
    """

    titles: tuple[str, ...]
    skills: tuple[str, ...]
    pay: tuple[float, float]
    path: tuple[str, str, str] = ("", "", "")
    seek: tuple[str, str, str, str] = ("", "", "", "")
    area: tuple[str, str] = ("", "")
    role: tuple[str, str, str | None] = ("", "", None)


@dataclass(frozen=True, slots=True)
class SimPlace:
    """A place in parts; `country` is ISO 3166-1 alpha-2, `code` the region's short form."""

    city: str
    region: str
    country: str
    district: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    code: str | None = None


def slug(text: str) -> str:
    """`text` as boards write it into URLs: lower case, runs of other characters as one hyphen."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def _tuples(value: Any) -> Any:
    return tuple(_tuples(item) for item in value) if isinstance(value, list) else value


def _trade(row: dict[str, Any]) -> Trade:
    return Trade(**{name: _tuples(value) for name, value in row.items()})


_WORDS: dict[str, Any] = json.loads(files(__package__).joinpath("invented.json").read_text("utf-8"))

TRADES = tuple(_trade(row) for row in _WORDS["trades"])
STARTUP_TRADES = tuple(_trade(row) for row in _WORDS["startup_trades"])
PLACES = {country: tuple(SimPlace(**row) for row in rows) for country, rows in _WORDS["places"].items()}
ABOUT: dict[str, list[str]] = _WORDS["about"]
DUTIES: dict[str, list[str]] = _WORDS["duties"]
NEEDS: dict[str, list[str]] = _WORDS["needs"]
HEADINGS: dict[str, list[str]] = _WORDS["headings"]
RECRUITERS: list[str] = _WORDS["recruiters"]


@functools.cache
def employer(number: int, *, startup: bool = False) -> Employer:
    """The invented employer of that number (from 0 up to the number of pairs of its first and second words)."""
    kind = "startup_" if startup else ""
    first, second = _WORDS[f"{kind}first_words"], _WORDS[f"{kind}second_words"]
    name = f"{first[number % len(first)]} {second[number // len(first)]}"
    legal = f"{name}, Inc." if startup else f"PT. {name.upper()} INDONESIA"
    industries, staff = _WORDS["industries"], _WORDS["staff"]
    low, high = staff[number % len(staff)]
    return Employer(number, name, legal, industries[number % len(industries)], (low, high))
