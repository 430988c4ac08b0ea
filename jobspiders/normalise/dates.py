"""Reads the date that a board published as a moment in UTC. A wrong date is worse than none."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from jobspiders.normalise.ages import bare_age, counted_back
from jobspiders.normalise.written_dates import (
    AHEAD,
    DEADLINE,
    YEARS,
    Read,
    calendar_day,
    dates_in,
    in_utc,
    midnight,
    month_of,
    without_year,
)

LONGEST = 200  # characters; longer texts are prose

_LEAD = re.compile(
    rf"(?:(?:{DEADLINE}|(?:re)?posted|(?:re)?post|published|updated|listed|added|created|refreshed|employeractive|active"
    r"|date|last updated|on|by|to|since|about|around|almost|nearly|less than|sekitar|kira-kira|hampir|kurang dari|casi"
    r"|etwa|diposting|diposkan|dipos|dipasang|tayang|ditayangkan|diperbarui|diperbaharui|dipublikasikan|diterbitkan"
    r"|dibuka|aktif|akhir|tanggal|tgl|tarikh|sejak|pada|disiarkan|dikemaskini|fecha|de|publicado|publicada|actualizado"
    r"|veröffentlicht|aktualisiert|am|publiée?|le)\b[\s:,.~-]*)+"
)
_SIGNS = re.compile(r"\s*[·|•]\s*")


@dataclass(frozen=True, slots=True)
class Moment:
    """When something happened: `at` is aware and in UTC.

    `precision` is exact (a time of day or an epoch was given), day (a date; `at` is midnight UTC of that calendar
    day, so that `at.date()` is the published date), about (counted back from "3 weeks ago"), or at_least (it is
    that old or older, as in "30+ days ago").
    """

    at: datetime
    precision: str


def read_date(published: str | float | None, seen_at: datetime, timezone: str = "UTC") -> Moment | None:
    """The moment that a board published, seen at `seen_at` (aware). None when it cannot be read for certain.

    `timezone` (IANA) is what a time without a zone is meant in. Epochs are seconds or milliseconds. A date without
    a year is the last such day, or the next one in words of a deadline ("apply by 5 Nov"). Only the years 2000 to
    2099 are believed. Raises ZoneInfoNotFoundError for an unknown `timezone`.
    """
    if isinstance(published, str):
        read = _read(" ".join(published.split()).lower(), seen_at, ZoneInfo(timezone))
    else:
        read = None if published is None else _epoch(published)
    return Moment(*read) if read and read[0].year in YEARS else None


def _read(words: str, seen_at: datetime, zone: ZoneInfo) -> Read | None:
    if not words or len(words) > LONGEST:
        return None
    if words.isdecimal():
        return _figures(words)
    return _iso(words, zone) or _written(words, seen_at, zone)


def _figures(digits: str) -> Read | None:
    """Epochs, and dates such as 20261120."""
    if len(digits) == 8:
        day = calendar_day(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
        return (midnight(day), "day") if day else None
    return _epoch(int(digits)) if len(digits) in {10, 13} else None


def _epoch(number: float) -> Read | None:
    # The bounds are 2000 to 2099; the comparison is False for NaN, too.
    for unit in (1, 1000):
        if 946_684_800 * unit <= number < 4_102_444_800 * unit:
            return datetime.fromtimestamp(number / unit, UTC), "exact"
    return None


def _iso(words: str, zone: ZoneInfo) -> Read | None:
    if words[4:5] != "-" or not words[5:6].isdecimal():
        return None
    try:
        found = datetime.fromisoformat(words.upper())
    except ValueError:
        return None
    return in_utc(found, zone) if found.year in YEARS else None


def _written(words: str, seen_at: datetime, zone: ZoneInfo) -> Read | None:
    dates, age = dates_in(words, zone), counted_back(words, seen_at)
    if len(dates) == 1:
        date = dates.pop()
        # "3 days ago · closes 31 Dec 2026" says two things.
        return None if age and abs(date[0] - age[0]) > timedelta(days=31) else date
    return None if dates else age or month_of(words) or _alone(words, seen_at, zone)


def _alone(words: str, seen_at: datetime, zone: ZoneInfo) -> Read | None:
    """Words that are an age or a day and nothing else, or have one between dots and bars."""
    for part in _SIGNS.split(words):
        lead = _LEAD.match(part)
        rest = part[lead.end() if lead else 0 :].rstrip(" .!")
        # "Closes in 5 days" and "deadline: 5 days" look ahead.
        age = None if AHEAD.search(part) else bare_age(rest, seen_at) or bare_age(part, seen_at)
        if read := age or without_year(rest, part, seen_at, zone):
            return read
    return None
