"""Reads what a pay is for: HOUR, DAY, WEEK, MONTH or YEAR, in the words of the boards we know."""

from __future__ import annotations

import re
from collections.abc import Sequence

A_YEAR = {"HOUR": 2080, "DAY": 260, "WEEK": 52, "MONTH": 12, "YEAR": 1}
"""How many of a period make a year of work; JobSpy's factors."""

OTHER = ""
"""A period was stated and is none of the five: a project, a fortnight."""


def _table(*lines: tuple[str, str]) -> dict[str, str]:
    return {word: period for period, words in lines for word in words.split()}


# Words that say it alone: "RM 3,000 monthly", "gaji bulanan".
ALONE = _table(
    ("HOUR", "hourly perjam sejam stündlich 時給 時薪 时薪"),
    ("DAY", "daily harian perhari sehari diario diarios täglich 日給 日薪"),
    ("WEEK", "weekly mingguan perminggu seminggu semanal semanales wöchentlich"),
    ("MONTH", "monthly bulanan perbulan sebulan mensual mensuales mensal mensais mensuel mensuels mensuelle monatlich"),
    ("MONTH", "mtl maandelijks miesięcznie měsíčně mensile pcm 月給 月薪"),
    ("YEAR", "yearly annual annually tahunan pertahun setahun anual anuales annuel annuels annuelle jährlich rocznie"),
    ("YEAR", "annuo annui ročně 年収 年俸 年薪"),
    (OTHER, "biweekly bi-weekly semimonthly semi-monthly bimonthly bi-monthly fortnightly quarterly"),
)
# Words that say it after "per" or "/", or directly after the amount: "120000 YEAR", "5-10 Lacs PA".
NOUNS = _table(
    ("HOUR", "hour hours hr hrs jam hora horas heure stunde std uur ora giờ godz hod ph p/h p/hr"),
    ("DAY", "day days hari día días dia dias tag jour dag ngày pd p/d"),
    ("WEEK", "week weeks wk minggu pekan semana woche semaine tuần pw p/w"),
    ("MONTH", "month months mo mth bulan bln mes meses mês monat mois maand mese tháng mies miesiąc luna pm p/m"),
    ("YEAR", "year years yr yrs tahun thn año años ano jahr année jaar anno năm rok annum pa p/a"),
)
# Words that say it only after "per" or "/": "RM 15/h", "22000€ brut/an".
SHORT = _table(("HOUR", "h 时 時"), ("DAY", "d 天 日"), ("WEEK", "w"), ("MONTH", "m bl 月"), ("YEAR", "y an th 年"))
UNITS = frozenset({*ALONE, *NOUNS, *SHORT})
_PER = "/ per a an al la por pro par je each every the tiap setiap p de l au ao na im"
PER = frozenset(_PER.split())
_SURELY_PER = frozenset({"/", "per"})
_PASSED = frozenset({"(", "calendar", "working", "kalender"})
_UNSAID = frozenset({"", "null", "na", "unknown", "unavailable"})


def said_period(tokens: Sequence[str], *, after_amount: bool) -> str | None:
    """The first period that `tokens` (words and signs in lower case) state; OTHER for a strange one, None for none.

    `after_amount`: the tokens begin right after an amount, where a bare "year" is one, too.
    """
    tokens = [token for token in tokens if token not in _PASSED]
    for place, token in enumerate(tokens):
        before = tokens[place - 1] if place else None
        if token in ALONE:
            return ALONE[token]
        if token in NOUNS and (before in PER or (after_amount and not place)):
            return NOUNS[token]
        if token in SHORT and before in PER and before != token:
            return SHORT[token]
        if before in _SURELY_PER and token.isalnum() and token not in PER:
            return OTHER
    return None


def read_period(published: str | None) -> str | None:
    """The period that a field names (MONTH, yearly, p.a., ANNUM, per-year-salary, 1 YEAR); OTHER, None as above."""
    words = re.findall(r"[^\W\d_]+", (published or "").lower().replace(".", ""))
    if "".join(words) in _UNSAID:
        return None
    if words[0] in {"bi", "semi"}:
        return OTHER
    known = ALONE | NOUNS
    return next((known[word] for word in words if word in known), OTHER)
