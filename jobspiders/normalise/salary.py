"""Reads the salary that a board published, in words or in parts. A wrong salary is worse than none."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from jobspiders.items import Market, PostedSalary
from jobspiders.normalise.money import DOLLARS, currency_code, year_bounds
from jobspiders.normalise.pay_periods import A_YEAR, read_period
from jobspiders.normalise.salary_tokens import amounts_in, tokens_of
from jobspiders.normalise.salary_vocabulary import SILENT
from jobspiders.normalise.salary_words import FAR, Quote, gross_in, read_words

LONGEST = 300  # characters; longer texts are prose

_SILENT = re.compile(SILENT, re.IGNORECASE)
_UNSAID = frozenset({"", "-", "null", "none", "n/a", "unknown", "unavailable"})


@dataclass(frozen=True, slots=True)
class Salary:
    """Pay in whole units of `currency` (ISO 4217) for each `period` (HOUR, DAY, WEEK, MONTH, YEAR).

    `gross` is True before tax, False after it, None when unsaid. All None means that no figure was published.
    """

    minimum: float | None = None
    maximum: float | None = None
    currency: str | None = None
    period: str | None = None
    gross: bool | None = None


def read_salary(published: str | PostedSalary | None, market: Market) -> Salary | None:
    """The salary that a board of `market` published.

    A plain figure is both bounds, "from" is only the least, "up to" only the most. `Salary()` means that the board
    names no figure ("Negotiable", nothing at all); None that its words could not be read, or the figures are absurd.
    """
    if published is None:
        return Salary()
    if isinstance(published, PostedSalary):
        return _from_parts(published, market)
    words = " ".join(published.split())
    if len(words) > LONGEST:
        return None
    if quote := read_words(words, market):
        return _settled(quote, market)
    blank = all(token.money or not token.low.strip("0.,-–—/()") for token in tokens_of(words, market))
    return Salary() if blank or _SILENT.search(words) else None


def annual(amount: float | None, period: str | None) -> float | None:
    """What `amount` for each `period` (one of the five) makes in a year of 2080 hours; None when either is unknown."""
    return None if amount is None or period is None else round(amount * A_YEAR[period], 2)


def _from_parts(posted: PostedSalary, market: Market) -> Salary | None:
    said = (posted.currency or "").strip()
    code = None if said.lower() in _UNSAID else currency_code(said, market) or ""
    period = read_period(posted.period)
    low, high = _figure(posted.minimum, market), _figure(posted.maximum, market)
    parts = (posted.text, posted.minimum, posted.maximum)
    texts = [part[: LONGEST + 1] for part in parts if isinstance(part, str) and part.strip()]
    if low is None and high is None:
        return _from_text(texts[0] if texts else "", code, period, market)
    words = read_words(texts[0], market) if texts else None
    gross = gross_in({token.low for text in texts for token in tokens_of(text, market)})
    if words:
        code = words.currency if code is None else code
        period = words.period if period is None else period
    return _settled(Quote(low, high, code, period, gross), market)


def _from_text(text: str, code: str | None, period: str | None, market: Market) -> Salary | None:
    """The salary in the label of a field whose numbers are absent; the parts are what the label leaves unsaid."""
    if code is not None:
        market = replace(market, currency=code or None, dollar=code if code in DOLLARS else market.dollar)
    if period is not None:
        market = replace(market, period=period or None)
    return read_salary(text, market)


def _figure(part: float | str | None, market: Market) -> float | None:
    """A bound as a number; None when there is none. Zero and less (Indeed's -1) mean an open end."""
    if isinstance(part, str):
        amounts = list(amounts_in(tokens_of(part, market))) if len(part) <= LONGEST else []
        part = amounts[0].value() if len(amounts) == 1 else None
    # The comparison is False for NaN, too.
    return float(part) if part is not None and 0 < part < 1e15 else None


def _settled(quote: Quote, market: Market) -> Salary | None:
    """The quote with what the market leaves unsaid, if it can be true."""
    currency = (market.currency if quote.currency is None else quote.currency) or None
    period = (market.period if quote.period is None else quote.period) or None
    bounds = _ordered(quote.minimum or None, quote.maximum or None, currency, period)
    if bounds is None:
        return None
    figures = [bound for bound in bounds if bound is not None]
    if not figures:
        return Salary()
    if not all(_plausible(figure, currency, period) for figure in figures):
        # "Rp 3.000.000 – Rp 4.000.000 per hour" (seen on JobStreet) is a sum to believe and a period not to.
        too_much = max(figures) > _limits(currency, period)[1]
        if not too_much or not all(_plausible(figure, currency, None) for figure in figures):
            return None
        period = None
    return Salary(*bounds, currency, period, quote.gross)


def _ordered(
    low: float | None, high: float | None, currency: str | None, period: str | None
) -> tuple[float | None, float | None] | None:
    """Both bounds in order, an absurd one dropped; None when they contradict each other."""
    if low is None or high is None:
        return low, high
    if low > high:
        return (high, low) if low < 20 * high else None
    if high <= FAR * low:
        return low, high
    if low <= 1:  # "$1 - $200K", a required field filled in
        return None, high
    fits = _plausible(low, currency, period), _plausible(high, currency, period)
    return {(True, False): (low, None), (False, True): (None, high)}.get(fits)


def _plausible(amount: float, currency: str | None, period: str | None) -> bool:
    least, greatest = _limits(currency, period)
    return least <= amount <= greatest


def _limits(currency: str | None, period: str | None) -> tuple[float, float]:
    """The least and the greatest plausible pay for a period, or for any where it is unknown."""
    least, greatest = year_bounds(currency)
    if period is None:
        return least / A_YEAR["HOUR"], greatest
    # Nobody who earns by the hour earns like a chief executive.
    most = greatest / 4 if period == "HOUR" else greatest
    return least / A_YEAR[period], most / A_YEAR[period]
