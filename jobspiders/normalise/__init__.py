"""From a posting, a board's values as published, to the job that we store: pure functions, no clock, no I/O.

Nothing is invented. A value that cannot be read is None, its words stay in the record, and `unread` names them.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from jobspiders.items import Job, PostedSalary, PostedYears, Posting
from jobspiders.normalise.dates import Moment, read_date
from jobspiders.normalise.experience import read_experience
from jobspiders.normalise.language import detect
from jobspiders.normalise.places import Place, read_places
from jobspiders.normalise.salary import annual, read_salary
from jobspiders.normalise.terms import (
    is_remote_title,
    read_arrangement,
    read_education,
    read_employment,
    read_seniority,
    read_status,
)
from jobspiders.normalise.text import clean_line, clean_link, clean_values, read_description

# A clock may be wrong by a time zone; further ahead no job can have been posted.
_AHEAD = timedelta(days=1)
# Boards write "never" as 2089 (Indeed) or 2126 (seen in schema.org markup).
_LATEST_CLOSE = timedelta(days=3 * 365)

# More is a slip; the column holds no number beyond 2³¹.
_MOST_OPENINGS = 1_000_000

Values = dict[str, Any]
Unread = dict[str, str]


def normalise(posting: Posting, seen_at: datetime) -> Job:
    """The job of a posting that was seen at `seen_at` (aware). Never raises for what a board may have written."""
    unread: Unread = {}
    return Job(
        job_source=posting.job_source,
        source_id=posting.source_id,
        url=clean_link(posting.url) or "",
        title=clean_line(posting.title) or "",
        apply_url=clean_link(posting.apply_url),
        **_company(posting),
        **_where(posting, unread),
        **_terms(posting, unread),
        **_salary(posting, unread),
        **_experience(posting, unread),
        **_description(posting),
        **_dates(posting, seen_at, unread),
        closed=_closed(posting, unread),
        extra=clean_values(posting.extra),
        complete=posting.complete,
        card_hash=posting.card_hash,
        seen_at=seen_at,
        unread=unread,
    )


def _company(posting: Posting) -> Values:
    return {
        "company": clean_line(posting.company),
        "company_id": clean_line(posting.company_id),
        "company_url": clean_link(posting.company_url),
        "company_website": clean_link(posting.company_website),
        "company_logo": clean_link(posting.company_logo),
        "company_industry": clean_line(posting.company_industry),
        "company_size": clean_line(posting.company_size),
        "company_description": _about(posting.company_description),
        "industry": clean_line(posting.industry),
    }


def _about(text: str | None) -> str | None:
    written_in = "draftjs" if text and text.startswith('{"') else "html"  # Glints keeps both its texts in Draft.js
    return read_description(text, written_in).text


def _where(posting: Posting, unread: Unread) -> Values:
    """The first place in fields of its own, all of them in `places` when there are several.

    The arrangement decides `is_remote`; without one a remote marker among the locations does ("San Francisco / Remote
    (US)" offers remote work), then a flag, then what the title says apart.
    """
    found = read_places(posting.locations, posting.market)
    arrangement, unknown = read_arrangement(clean_line(posting.arrangement))
    _note(unread, "arrangement", unknown)
    _note(unread, "places", found.unread)
    is_remote = posting.remote
    if arrangement:
        is_remote = arrangement == "REMOTE"
    elif found.remote or (is_remote is None and is_remote_title(clean_line(posting.title) or "")):
        is_remote = True
    first = _said(found.places[0]) if found.places else {}
    return {
        **{name: value for name, value in first.items() if name != "text"},
        "location": found.text,
        "places": [_said(place) for place in found.places] if len(found.places) > 1 else [],
        "arrangement": arrangement,
        "is_remote": is_remote,
    }


def _said(place: Place) -> Values:
    named = ((name, getattr(place, name)) for name in Place.__slots__)
    return {name: value for name, value in named if value is not None}


def _terms(posting: Posting, unread: Unread) -> Values:
    employment, education = _lines(posting.employment), _lines(posting.education)
    level = clean_line(posting.level)
    types, unknown_types = read_employment(employment)
    lowest, unknown_education = read_education(education)
    seniority, unknown_levels = read_seniority(level)
    _note(unread, "employment", unknown_types)
    _note(unread, "education", unknown_education)
    _note(unread, "seniority", unknown_levels)
    return {
        "employment_types": types,
        "employment_text": "; ".join(employment) or None,
        "education": lowest,
        "education_text": "; ".join(education) or None,
        "seniority": seniority,
        "seniority_text": level,
        "categories": _lines(posting.categories),
        "skills": _lines(posting.skills),
        "benefits": _lines(posting.benefits),
        "openings": posting.openings if 0 < (posting.openings or 0) < _MOST_OPENINGS else None,
    }


def _salary(posting: Posting, unread: Unread) -> Values:
    words = _salary_words(posting.salary)
    salary = read_salary(posting.salary, posting.market)
    if salary is None:
        _note(unread, "salary", [words or ""])
        return {"salary_text": words}
    return {
        "salary_min": salary.minimum,
        "salary_max": salary.maximum,
        "salary_currency": salary.currency,
        "salary_period": salary.period,
        "salary_gross": salary.gross,
        "salary_min_annual": annual(salary.minimum, salary.period),
        "salary_max_annual": annual(salary.maximum, salary.period),
        "salary_text": words,
    }


def _salary_words(salary: str | PostedSalary | None) -> str | None:
    """The label of a salary; for one in parts without a label "IDR 4400000 - 5500000 per MONTH"."""
    if not isinstance(salary, PostedSalary):
        return clean_line(salary)
    amounts = [clean_line(_number(amount)) for amount in (salary.minimum, salary.maximum)]
    if label := clean_line(salary.text):
        return label
    if not any(amounts):
        return None
    span = " - ".join(dict.fromkeys(amount for amount in amounts if amount))
    if not all(amounts):
        span = f"from {span}" if amounts[0] else f"up to {span}"
    period = clean_line(salary.period)
    if period and not period.startswith("per"):  # Lever's is "per-year-salary"
        period = f"per {period}"
    return " ".join(filter(None, (clean_line(salary.currency), span, period)))


def _number(amount: float | str | None) -> str | None:
    if isinstance(amount, float) and amount.is_integer():
        return str(int(amount))
    return None if amount is None else str(amount)


def _experience(posting: Posting, unread: Unread) -> Values:
    published = posting.experience
    words = None if isinstance(published, PostedYears) else clean_line(published)
    years = read_experience(published)
    if years is None:
        _note(unread, "experience", [words or str(published)])
        return {"experience_text": words}
    return {"experience_min": years[0], "experience_max": years[1], "experience_text": words}


def _description(posting: Posting) -> Values:
    description = read_description(posting.description, posting.description_format)
    return {
        "description": description.markdown,
        "description_html": description.html,
        "description_text": description.text,
        "language": detect(f"{posting.title}\n{description.text or ''}"),
    }


def _dates(posting: Posting, seen_at: datetime, unread: Unread) -> Values:
    def read(field: str, latest: timedelta) -> Moment | None:
        published = getattr(posting, field)
        moment = read_date(published, seen_at, posting.market.timezone)
        if moment and moment.at <= seen_at + latest:
            return moment
        words = clean_line(str(published)) if published is not None else None
        _note(unread, field, [words] if words else [])
        return None

    posted, updated, closes = read("posted", _AHEAD), read("updated", _AHEAD), read("closes", _LATEST_CLOSE)
    return {
        "posted_at": posted.at if posted else None,
        "posted_precision": posted.precision if posted else None,
        "posted_text": clean_line(posting.posted) if isinstance(posting.posted, str) else None,
        "updated_at": updated.at if updated else None,
        "closes_at": closes.at if closes else None,
    }


def _closed(posting: Posting, unread: Unread) -> bool | None:
    status = clean_line(posting.status)
    closed = read_status(status)
    if status and closed is None:
        _note(unread, "status", [status])
    return closed


def _lines(texts: Iterable[str]) -> list[str]:
    """The texts as clean lines, each once, whatever its case; a text with semicolons is several."""
    lines: dict[str, str] = {}
    parts = (part for text in texts for part in text.split(";"))
    for line in filter(None, map(clean_line, parts)):
        lines.setdefault(line.casefold(), line)
    return list(lines.values())


def _note(unread: Unread, field: str, words: Iterable[str]) -> None:
    if said := "; ".join(words):
        unread[field] = said
