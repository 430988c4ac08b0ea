"""Reads how old a posting says it is ("3 days ago", "30+ hari yang lalu", "3w") and counts back from the visit.

In English, Indonesian, Malay, Spanish, German, French and Portuguese, the languages of the boards we know.
"""

from __future__ import annotations

import calendar
import re
from datetime import UTC, datetime, timedelta

Span = tuple[int, int]
"""A length of time: (calendar months, seconds)."""

DAY = 86_400
UNITS: dict[str, Span] = {
    word: span
    for span, words in {
        (0, 1): "s sec secs second seconds detik saat segundo segundos sekunde sekunden seconde secondes",
        (0, 60): "m min mins minute minutes menit mnt minit minuto minutos minuten",
        (0, 3600): "h hr hrs hour hours jam hora horas stunde stunden std heure heures",
        (0, DAY): "d day days hari día días dia dias tag tage tagen jour jours",
        (0, 7 * DAY): "w wk wks week weeks minggu mgg pekan semana semanas woche wochen semaine semaines sem",
        (1, 0): "mo mos mth mths month months bulan bln mes meses mês monat monate monaten mois",
        (12, 0): "y yr yrs year years tahun thn año años ano anos jahr jahre jahren an ans année années",
    }.items()
    for word in words.split()
}
NUMBERS = {
    word: number
    for number, words in {
        1: "a an one se satu un una uno uma um ein eine einem einer une",
        2: "two dua dos zwei deux dois couple",
        # "Few hours ago" is Naukri's; three is the least that nobody would call two.
        3: "three few several tiga tres drei trois três beberapa unas unos algunas algunos einige einigen quelques",
        4: "four empat cuatro vier quatre",
        5: "five lima cinco fünf cinq",
        6: "six enam seis sechs",
        7: "seven tujuh siete sieben",
        8: "eight delapan ocho acht",
        9: "nine sembilan nueve neun",
        10: "ten sepuluh diez zehn dix",
    }.items()
    for word in words.split()
}
NAMED_DAYS = {
    word: days
    for days, words in {
        0: "today|hari ini|hoy|heute|aujourd'hui|hoje",
        1: "yesterday|kemarin|semalam|ayer|gestern|hier|ontem",
        2: "anteayer|vorgestern|anteontem",
    }.items()
    for word in words.split("|")
}

_ANY_UNIT = "|".join(sorted(UNITS, key=len, reverse=True))
# A bare "5 hr" is five hours in English and five hari on an Indonesian page: only "hr ago" is read.
_UNIT = _ANY_UNIT.replace("|hr|", r"|hr(?=\W*ago)|")
_COUNT = rf"(?:\d{{1,4}}|\b(?:{'|'.join(NUMBERS)})\b(?:\s+of)?|\bse)"
_PART = rf"{_COUNT}\s*\+?\s*(?:{_UNIT})(?![^\W\d_])\.?"
_MORE = r"more than|over|at least|lebih dari|lebih|más de|mas de|mehr als|über|plus de|mais de|>=?|≥|\+"
_AGE = (
    rf"(?P<more>(?:{_MORE})\s*)?(?<![\d.,:/–-])(?:a\s+)?"
    rf"(?P<parts>{_PART}(?:[\s,]+(?:(?:and|dan|y|und|et|e)\s+)?{_PART}){{0,2}})(?P<plus>\s*(?:\+|lebih|or more))?"
)
_BEFORE_AGO = re.compile(rf"{_AGE}\s*(?:yang\s+|yg\s+)?(?:ago|back|lalu|lepas|atrás|atras)\b")
_AFTER_AGO = re.compile(rf"\b(?:hace|vor|il y a|h[áa])\s+(?:aproximadamente\s+|etwa\s+|environ\s+)?{_AGE}")
_BARE = re.compile(_AGE)
_ANY_NUMBER = "|".join(sorted(NUMBERS, key=len, reverse=True))
_EACH = re.compile(rf"(?:(\d+)|({_ANY_NUMBER}))\W*(?:of\s+)?({_ANY_UNIT})(?![^\W\d_])")
_NOW = re.compile(
    r"(?:just|baru sa(?:ha)?ja|recién|recien|gerade|soeben)(?:\s+(?:now|posted|reposted|published|listed|added|eben"
    r"|diposting|diposkan|dipasang|tayang|ditayangkan|diperbarui|dipublikasikan|disiarkan|publicado|publicada"
    r"|geschaltet|veröffentlicht))?|now|barusan|a? ?moments? ago|seconds ago|ahora(?: mismo)?|justo ahora"
    r"|à l'instant|agora(?: mesmo)?"
)
_NAMED = re.compile(rf"({'|'.join(NAMED_DAYS)})(?:\W*(?:at|pukul|jam|a las|um|à)?\s*\d{{1,2}}[:.]\d{{2}}.*)?")
_LAST = re.compile(r"last (week|month|year)|(minggu|pekan|bulan|tahun) (?:yang )?lalu")


def counted_back(words: str, seen_at: datetime) -> tuple[datetime, str] | None:
    """The moment (UTC) that an age anywhere in `words` (lower case) means, and its precision, about or at_least.

    Only words that say "ago" count here: "5 days a week" is no age. None without any, or with two that differ.
    """
    ages = {_read(found, seen_at) for pattern in (_BEFORE_AGO, _AFTER_AGO) for found in pattern.finditer(words)}
    return ages.pop() if len(ages) == 1 else None


def bare_age(words: str, seen_at: datetime) -> tuple[datetime, str] | None:
    """The same for `words` that are an age and nothing else: "3w", "about 8 hours", "yesterday", "just now"."""
    if _NOW.fullmatch(words):
        return seen_at.astimezone(UTC), "about"
    if named := _NAMED.fullmatch(words):
        return _earlier(seen_at, (0, NAMED_DAYS[named[1]] * DAY)), "about"
    if last := _LAST.fullmatch(words):
        return _earlier(seen_at, UNITS[last[1] or last[2]]), "about"
    found = _BARE.fullmatch(words)
    return _read(found, seen_at) if found else None


def _read(found: re.Match[str], seen_at: datetime) -> tuple[datetime, str] | None:
    months = seconds = 0
    for figure, word, unit in _EACH.findall(found["parts"]):
        count = int(figure) if figure else NUMBERS[word]
        months += count * UNITS[unit][0]
        seconds += count * UNITS[unit][1]
    if months > 12 * 50 or seconds > DAY * 365 * 50:
        return None
    at_least = found["more"] or found["plus"] or "+" in found["parts"]
    return _earlier(seen_at, (months, seconds)), "at_least" if at_least else "about"


def _earlier(seen_at: datetime, span: Span) -> datetime:
    """`seen_at` less a span, by the calendar: a month before 31 March is the last of February."""
    months, seconds = span
    at = seen_at.astimezone(UTC)
    year, month = divmod(at.year * 12 + at.month - 1 - months, 12)
    day = min(at.day, calendar.monthrange(year, month + 1)[1])
    return at.replace(year=year, month=month + 1, day=day) - timedelta(seconds=seconds)
