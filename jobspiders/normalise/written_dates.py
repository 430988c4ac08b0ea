"""Reads dates that stand written in a text, by the calendar: "22 Nov 2026, 08.00", "11/20/2026", "apply by 5 Nov".

A result is a moment in UTC and its precision, as `dates.Moment` explains them. All words are in lower case.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

YEARS = range(2000, 2100)
Read = tuple[datetime, str]

MONTHS = {
    word: number
    for number, words in enumerate(
        (
            "january jan januari januar enero ene janvier janv janeiro",
            "february feb februari februar febuari pebruari febrero février févr fevereiro fev",
            "march mar maret mac marzo märz mars março",
            "april apr abril abr avril avr",
            "may mei mayo mai maio",
            "june jun juni junio juin junho",
            "july jul juli julai julio juillet juil julho",
            "august aug agustus agt agu ags ogos ogo agosto ago août",
            "september sep sept septiembre setiembre septembre setembro",
            "october oct oktober okt octubre octobre outubro",
            "november nov nopember nop noviembre novembre novembro",
            "december dec desember des disember dis diciembre dic dezember dez décembre déc dezembro",
        ),
        start=1,
    )
    for word in words.split()
}
# Other abbreviations are taken for the board's own zone: IST alone names three.
ZONES = {
    name: timezone(timedelta(hours=hours))
    for hours, names in {
        0: "z utc gmt", 7: "wib", 8: "wita sgt myt", 9: "wit", 1: "cet", 2: "cest",
        -4: "edt", -5: "est cdt", -6: "cst mdt", -7: "mst pdt", -8: "pst",
    }.items()
    for name in names.split()
}  # fmt: skip
DEADLINE = (
    r"batas|lamaran|apply|before|closes|closing|close|deadline|until|till|hingga|sampai|s/d|sebelum|berakhir"
    r"|ditutup|tutup|expires|expiry|ends|valid|last date|hasta|cierra|cierre|límite|vence|bewerbungsfrist|bis"
)

_MONTH = r"(?P<month>[^\W\d_]{3,10})"
_TH = r"(?:st|nd|rd|th|º)?"
_YEAR = r"(?P<year>\d{4}|'\d{2})(?!\d)"
_DATES = (
    re.compile(r"(?<![\w.,/-])(?P<year>\d{4})([-/.])(?P<m>\d{1,2})\2(?P<day>\d{1,2})(?![\d/-]|\.\d)"),
    re.compile(r"(?<!\d)(?P<year>\d{4})年\s?(?P<m>\d{1,2})月\s?(?P<day>\d{1,2})日"),
    re.compile(r"(?<![\w.,/-])(?P<a>\d{1,2})(?P<sign>[-/.])(?P<b>\d{1,2})(?P=sign)(?P<year>\d{4})(?![\d/-]|\.\d)"),
    re.compile(rf"(?<![\w.,/-])(?P<day>\d{{1,2}}){_TH}\.?[\s-]*(?:de\s|of\s)?{_MONTH}\.?,?[\s-]*(?:del?\s)?{_YEAR}"),
    re.compile(rf"(?<![\w.,/-])(?P<day>\d{{1,2}})-{_MONTH}-(?P<year>\d{{2}})(?![\d-])"),
    re.compile(rf"(?<![^\W\d_]){_MONTH}\.?[\s-]*(?P<day>\d{{1,2}}){_TH}[\s,-]+{_YEAR}"),
)
_TIME = re.compile(
    r"[\s,t·-]*(?:at|pukul|jam|um|à|a las)?\s*(?P<hour>\d{1,2})[:.](?P<minute>\d{2})"
    r"(?:[:.](?P<second>\d{2})(?:[.,](?P<fraction>\d{1,9}))?)?(?![\d:])"
    r"(?:\s*(?P<half>[ap])\.?m\b\.?)?(?:\s*(?P<zone>[a-z]{1,5})\b)?(?:\s*(?P<offset>[+-]\d{2}:?\d{2}))?"
)
# "Thu Sep 03 02:00:00 UTC 2026", as SuccessFactors writes it.
_YEAR_LAST = re.compile(r"\b(\w{3} \d{1,2}) (\d{1,2}:\d{2}:\d{2}(?: [a-z]{1,5})?) (\d{4})\b")
# What stands before the second date of "12 Nov - 31 Des 2026".
_FIRST_OF_TWO = re.compile(r"\d\W*[^\W\d_]{0,10}\W*?(?:[-–—]|to|sampai|hingga|s/d|until)\s*$")
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun|sen|sel|rab|kam|jum|sab|min|lun|mié|jue|vie|dom)[^\W\d_]*\.?,?\s+)?"
_DAY_MONTH = re.compile(rf"{_WEEKDAY}(?P<day>\d{{1,2}}){_TH}[\s-]+(?:de\s)?{_MONTH}\b\.?")
_MONTH_DAY = re.compile(rf"{_WEEKDAY}{_MONTH}\.?[\s-]+(?P<day>\d{{1,2}}){_TH}(?!\d)\.?")
_MONTH_YEAR = re.compile(rf"{_MONTH}\.?,?\s+(?P<year>\d{{4}})")
AHEAD = re.compile(rf"\b(?:{DEADLINE})\b")


def dates_in(words: str, zone: ZoneInfo) -> set[Read]:
    """Every date with a year in `words`; a time without a zone is meant in `zone`.

    A date that could be two is left out, and of "12 Nov - 31 Des 2026" nothing is read.
    """
    words = _YEAR_LAST.sub(r"\1 \3 \2", words)
    found = [(match, day) for pattern in _DATES for match in pattern.finditer(words) if (day := _day_of(match))]
    if any(_FIRST_OF_TWO.search(words, 0, match.start()) for match, _ in found):
        return set()
    return {_with_time(day, words, match.end(), zone) for match, day in found}


def _day_of(found: re.Match[str]) -> date | None:
    parts = found.groupdict()
    year = int(parts["year"].lstrip("'")) + (2000 if len(parts["year"]) < 4 else 0)
    if "month" in parts:
        return calendar_day(year, MONTHS.get(parts["month"], 0), int(parts["day"]))
    if "m" in parts:
        return calendar_day(year, int(parts["m"]), int(parts["day"]))
    first, second = int(parts["a"]), int(parts["b"])
    if first > 12 or first == second or parts["sign"] == ".":
        return calendar_day(year, second, first)
    # 05/06/2026 is May in one country and June in the next.
    return calendar_day(year, first, second) if second > 12 else None


def calendar_day(year: int, month: int, day: int) -> date | None:
    """The date, when there is such a day in a year that we believe."""
    try:
        return date(year, month, day) if year in YEARS else None
    except ValueError:
        return None


def midnight(day: date) -> datetime:
    """The start of `day` in UTC."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def in_utc(found: datetime, zone: ZoneInfo) -> Read:
    """A date and time, read in `zone` when it has none of its own."""
    # A midnight without a zone is a date that a machine wrote out ("2019-12-31T00:00", seen on gaji.jp).
    if found.tzinfo is None and (found.hour, found.minute, found.second) == (0, 0, 0):
        return found.replace(tzinfo=UTC), "day"
    return (found if found.tzinfo else found.replace(tzinfo=zone)).astimezone(UTC), "exact"


def _with_time(day: date, words: str, end: int, zone: ZoneInfo) -> Read:
    """`day` with the time of day that follows at `end`, if one does."""
    found = _TIME.match(words, end)
    hour, minute, second = (int(found[name] or 0) for name in ("hour", "minute", "second")) if found else (24, 0, 0)
    if found and found["half"] and hour <= 12:
        hour = hour % 12 + (12 if found["half"] == "p" else 0)
    if not found or hour > 23 or minute > 59 or second > 59:
        return midnight(day), "day"
    micro = int((found["fraction"] or "0")[:6].ljust(6, "0"))
    return in_utc(datetime(day.year, day.month, day.day, hour, minute, second, micro, _zone(found)), zone)


def _zone(found: re.Match[str]) -> timezone | None:
    if offset := found["offset"]:
        minutes = int(offset[1:3]) * 60 + int(offset[-2:])
        return timezone(timedelta(minutes=-minutes if offset[0] == "-" else minutes)) if minutes < 1440 else None
    return ZONES.get(found["zone"] or "")


def month_of(words: str) -> Read | None:
    """The first day of a month, for words that are nothing but a month and a year."""
    found = _MONTH_YEAR.fullmatch(words)
    first = calendar_day(int(found["year"]), MONTHS.get(found["month"], 0), 1) if found else None
    return (midnight(first), "about") if first else None


def without_year(words: str, context: str, seen_at: datetime, zone: ZoneInfo) -> Read | None:
    """The date for words that are nothing but a day and a month, perhaps with a time: the last such day before
    `seen_at`, or the next one when `context` speaks of a deadline.
    """
    found = _DAY_MONTH.match(words) or _MONTH_DAY.match(words)
    if not found or (found.end() < len(words) and not _TIME.fullmatch(words, found.end())):
        return None
    # "5 ago" is more likely a torn "5 days ago" than the Spanish August.
    month = 0 if found["month"] == "ago" else MONTHS.get(found["month"], 0)
    today = seen_at.astimezone(zone).date()
    ahead = AHEAD.search(context) is not None
    for years_away in range(9):  # eight years hold every 29 February
        day = calendar_day(today.year + (years_away if ahead else -years_away), month, int(found["day"]))
        if day and (day >= today if ahead else day <= today):
            return _with_time(day, words, found.end(), zone)
    return None
