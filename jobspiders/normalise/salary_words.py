"""Reads the words of a salary: which numbers in them are the pay, in what currency, for what period.

Only numbers beside a currency, a multiplier ("8 juta", "120K") or a period, or in one range with such a number, are
money; "401(k)", "13th month", "8 - 12 years" and bonuses are not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jobspiders.items import Market
from jobspiders.normalise.money import DOLLARS, WORDS, currency_code
from jobspiders.normalise.pay_periods import ALONE, PER, UNITS, said_period
from jobspiders.normalise.salary_tokens import Amount, Token, amounts_in, tokens_of
from jobspiders.normalise.salary_vocabulary import (
    ANDS,
    AT_LEAST,
    AT_MOST,
    BETWEEN,
    BREAKS,
    CLAUSES,
    EXTRA,
    GROSS,
    IMPLIED,
    LEAD,
    NET,
    OR_LESS,
    OR_MORE,
    SEPARATORS,
    STOPS,
    TAXED,
)

_HARMLESS = LEAD | AT_MOST | AT_LEAST | OR_MORE | OR_LESS | TAXED | PER | UNITS
FAR = 50  # two bounds of one salary are never more times apart


@dataclass(frozen=True, slots=True)
class Quote:
    """What words or fields say: bounds as written, a zero as zero; `currency` and `period` are None where unsaid
    and "" where said in a way that names none we know.
    """

    minimum: float | None = None
    maximum: float | None = None
    currency: str | None = None
    period: str | None = None
    gross: bool | None = None


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two amounts of one range, or one amount twice, and the tokens before, between and after them.

    `more` tells that another amount follows.
    """

    first: Amount
    second: Amount
    before: list[Token]
    between: list[Token]
    after: list[Token]
    more: bool

    @property
    def single(self) -> bool:
        return self.first is self.second


def read_words(published: str, market: Market) -> Quote | None:
    """The first salary in `published`, read with what `market` leaves unsaid; None when there is no money in it."""
    tokens = tokens_of(published, market)
    amounts = list(amounts_in(tokens))
    for pair in _pairs(tokens, amounts):
        period = _period(pair)
        if not _is_extra(pair) and _is_pay(pair, len(amounts)):
            loose = [token for token in tokens if token.money and token.low in WORDS]
            low, high = _bound(pair) if pair.single else _range(pair.first, pair.second)
            return Quote(low, high, _currency(pair, loose, market), period, gross_in({token.low for token in tokens}))
    return None


def gross_in(words: set[str]) -> bool | None:
    """True for gross, False for net, None when the words say neither or both."""
    gross, net = bool(words & GROSS), bool(words & NET)
    return gross if gross != net else None


def _pairs(tokens: list[Token], amounts: list[Amount]) -> Iterator[_Pair]:
    place, start = 0, 0
    while place < len(amounts):
        first = amounts[place]
        second = (
            amounts[place + 1] if place + 1 < len(amounts) and _joined(tokens, *amounts[place : place + 2]) else first
        )
        place += 1 if second is first else 2
        end = amounts[place].first if place < len(amounts) else len(tokens)
        between = tokens[first.last + 1 : second.first]
        yield _Pair(
            first, second, tokens[start : first.first], between, tokens[second.last + 1 : end], place < len(amounts)
        )
        start = second.last + 1


def _joined(tokens: list[Token], first: Amount, second: Amount) -> bool:
    """Whether nothing but a separator, and perhaps the first one's period, stands between two amounts."""
    words = [token.low for token in tokens[first.last + 1 : second.first] if token.low not in TAXED]
    kept = [
        word
        for word, following in zip(words, [*words, ""][1:], strict=True)
        if word not in UNITS and not (word in PER and following in UNITS)
    ]
    joint = " ".join(kept)
    between = any(token.low in BETWEEN for token in tokens[max(0, first.first - 2) : first.first])
    return joint in SEPARATORS or (between and joint in ANDS) or (not words and _alike(first, second))


def _alike(first: Amount, second: Amount) -> bool:
    """Whether two amounts side by side are the bounds of one range: "$115,824  $156,740"."""
    return bool(first.currencies) and first.currencies == second.currencies and first.value() < second.value()


def _is_extra(pair: _Pair) -> bool:
    """Whether the amount is a bonus, an allowance or the like: such a word leads up to it or follows it."""
    leading, trailing = _until(reversed(pair.before), BREAKS), _until(pair.after, BREAKS | PER)
    if pair.more and len(trailing) == len(pair.after):
        trailing = []  # "£45,000 OTE £60,000": the word leads up to the next amount
    return not EXTRA.isdisjoint([*leading, *trailing[:3]])


def _is_pay(pair: _Pair, amounts: int) -> bool:
    """Whether the numbers are money at all."""
    if pair.first.currencies or pair.second.currencies or pair.first.multiplier or pair.second.multiplier:
        return True
    after = [token.low for token in pair.after]
    if after and after[0] in PER | UNITS and said_period(after, after_amount=True):
        return True
    year = pair.single and pair.first.digits.startswith(("19", "20")) and len(pair.first.digits) == 4
    lonely = amounts <= 2 and _HARMLESS.issuperset([*after, *(token.low for token in pair.before)])
    return lonely and not year and pair.second.value() >= 1000


def _period(pair: _Pair) -> str | None:
    if "lpa" in (pair.first.multiplier, pair.second.multiplier):
        return "YEAR"
    after = said_period(_about_pay(pair.after), after_amount=True)
    if after is None and not pair.single:
        after = said_period(_about_pay(pair.between), after_amount=True)
    return after if after is not None else said_period(_about_pay(pair.before[::-1])[::-1], after_amount=False)


def _until(tokens: Iterator[Token] | Sequence[Token], stops: frozenset[str]) -> list[str]:
    """The words of `tokens` up to the first stop."""
    words = []
    for token in tokens:
        if token.low in stops:
            break
        words.append(token.low)
    return words


def _about_pay(tokens: list[Token]) -> list[str]:
    """The words up to an extra or another clause, without gross and net: in "annual leave" annual is no period."""
    words = _until(tokens, STOPS | EXTRA)
    if len(words) < len(tokens) and tokens[len(words)].low in EXTRA and words and words[-1] in ALONE:
        words.pop()
    return [word for word in words if word not in TAXED]


def _range(first: Amount, second: Amount) -> tuple[float, float]:
    """Both bounds; a multiplier that only one of them has is meant for the other, too, unless that is absurd."""
    low, high = first.value(), second.value()
    if second.multiplier and not first.multiplier:
        shared = first.value(second.multiplier)
        low = shared if shared <= high <= FAR * shared else low
    elif first.multiplier and not second.multiplier and high < low:
        shared = second.value(first.multiplier)
        high = shared if low <= shared <= FAR * low else high
    return low, high


def _bound(pair: _Pair) -> tuple[float | None, float | None]:
    """A single figure is both bounds, unless words make it the least or the most."""
    value = pair.first.value()
    before = set(_until(reversed(pair.before), CLAUSES)[:3])
    after = _or_more(pair.after)
    if before & AT_MOST or (after & OR_LESS and not before & AT_LEAST):
        return None, value
    return (value, None) if before & AT_LEAST or after & OR_MORE else (value, value)


def _or_more(after: list[Token]) -> set[str]:
    """The words close behind an amount; a "+" only where it is no "and": "$60,000+", but not "£30,000 + bonus"."""
    words: set[str] = set()
    for place, token in enumerate(after[:6]):
        following = after[place + 1].low if place + 1 < len(after) else ""
        joins = token.low == "+" and not token.glued and following and following not in PER
        if joins or token.low == "plus" or token.low in CLAUSES or (token.low, following) == ("up", "to"):
            break
        words.add(token.low)
    return words


def _currency(pair: _Pair, loose: list[Token], market: Market) -> str | None:
    words = {*pair.first.currencies, *pair.second.currencies}
    codes = {currency_code(word, market) or "" for word in words if word.lower() not in {"$", "dollar", "dollars"}}
    if codes:
        return codes.pop() if len(codes) == 1 else ""
    named = {WORDS[token.low] for token in loose if WORDS[token.low].lower() == token.low}
    if words:
        return next(iter(named)) if len(named) == 1 and named <= DOLLARS else market.dollar or ""
    if len(named) == 1:
        return named.pop()
    for multiplier in (pair.second.multiplier, pair.first.multiplier):
        currency, shared = IMPLIED.get(multiplier or "", (None, frozenset()))
        if currency:
            return market.currency if market.currency in shared else currency
    return None
