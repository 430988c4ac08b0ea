"""Cuts the words of a salary into tokens and finds the amounts in them: numbers with a currency or a multiplier."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from jobspiders.items import Market
from jobspiders.normalise.figures import read_number
from jobspiders.normalise.money import is_currency
from jobspiders.normalise.pay_periods import NOUNS, PER, UNITS
from jobspiders.normalise.salary_vocabulary import LABELS, LAKH, MULTIPLIERS, SEPARATORS

_TOKEN = re.compile(
    r"(?P<number>\d{1,3}(?:\s\d{3})+(?:[.,]\d{1,2})?(?![.,]?\d)|\d+(?:[.,'’]\d+)*)"
    r"|(?P<word>s/d|(?:bi|semi)-(?:weekly|monthly)|take[ -]home|p/(?:hr?|[adwm])\b"
    r"|(?<![^\W\d_])(?:us|usd|au?|aud|ca?|cad|sg?|sgd|hkd?|ntd?|nzd?|r|mxn?)\$|[^\W\d_]+(?:\.[^\W\d_]+)*)"
    r"|(?P<sign>[^\s\w.:'\"*])",
    re.IGNORECASE,
)
# "20,000/-" in India and "Rp 5.000.000,-" in Indonesia are round sums; 401(k) is a pension.
_NOISE = re.compile(r"(?<=\d)[,/.][-–](?=\s|$|[^\d\s])|\b401\s?\(?k\)?|\b\d+(?:\.\d+)?\s?%", re.IGNORECASE)
_KNOWN = UNITS | SEPARATORS


@dataclass(slots=True)
class Token:
    """A number, a word or a sign. `low` is lower case without full stops; `glued` tells that no space precedes,
    `money` that it names a currency.
    """

    kind: str | None
    text: str
    low: str
    glued: bool
    money: bool


@dataclass(slots=True)
class Amount:
    """A number and what belongs to it; `first` and `last` are the places of its outermost tokens."""

    digits: str
    multiplier: str | None
    first: int
    last: int
    currencies: list[str] = field(default_factory=list)

    def value(self, multiplier: str | None = None) -> float:
        """The sum of money, with its own multiplier or the given one."""
        factor = MULTIPLIERS.get(multiplier or self.multiplier or "", 1)
        return round((read_number(self.digits, before_million=factor >= LAKH) or 0) * factor, 2)


def tokens_of(published: str, market: Market) -> list[Token]:
    """The tokens of a text from a board of `market`, without full stops, colons and quotes."""
    text = _NOISE.sub(" ", unicodedata.normalize("NFKC", published))
    tokens, end = [], -1
    for found in _TOKEN.finditer(text):
        kind, plain = found.lastgroup, found[0]
        if kind != "number":
            plain = plain.replace(".", "")
        money = kind != "number" and is_currency(plain, market)
        tokens.append(Token(kind, plain, plain.lower(), found.start() == end, money))
        end = found.end()
    return tokens


def amounts_in(tokens: Sequence[Token]) -> Iterator[Amount]:
    """The amounts among `tokens`, in order. Ordinals, model names and "40 hours per week" are none; the words of
    the last are blanked, so that nobody takes them for the pay's period.
    """
    taken = -1
    for place, token in enumerate(tokens):
        if token.kind != "number" or place <= taken or read_number(token.text) is None:
            continue
        first = place
        while first - 1 > taken and place - first < 2 and tokens[first - 1].money:
            first -= 1
        last = place + _has_multiplier(tokens, place)
        multiplier = tokens[last].low if last > place else None
        while last - place < 3 and _trails(tokens, last + 1):
            last += 1
        if first == last and (_is_name(tokens, place) or _is_count(tokens, place)):
            continue
        currencies = [other.text for other in tokens[first : last + 1] if other.money]
        taken = last
        yield Amount(token.text, multiplier, first, last, currencies)


def _trails(tokens: Sequence[Token], place: int) -> bool:
    """Whether a currency at `place` belongs to the number before it, and not to one behind it."""
    if place >= len(tokens) or not tokens[place].money:
        return False
    leads = place + 1 < len(tokens) and tokens[place + 1].kind == "number"
    return not leads or (tokens[place].glued and not tokens[place + 1].glued)


def _has_multiplier(tokens: Sequence[Token], place: int) -> bool:
    if place + 1 == len(tokens):
        return False
    follower = tokens[place + 1]
    # "5L" are lakhs, "5 l" are litres.
    return follower.low in MULTIPLIERS and (follower.low != "l" or follower.glued)


def _is_name(tokens: Sequence[Token], place: int) -> bool:
    """A number grown together with a word that is no unit (13th, CRB18, 3D), or behind a label (Level 6)."""
    before = tokens[place - 1] if place else None
    after = tokens[place + 1] if place + 1 < len(tokens) else None
    if before and (
        before.low in LABELS or (tokens[place].glued and before.kind == "word" and before.low not in _KNOWN)
    ):
        return True
    return bool(after and after.glued and after.kind == "word" and after.low not in _KNOWN)


def _is_count(tokens: Sequence[Token], place: int) -> bool:
    """A number of hours, days, years, as in "40 hours per week"."""
    if len(tokens[place].text) > 3 or place + 1 == len(tokens) or tokens[place + 1].low not in NOUNS:
        return False
    tokens[place + 1].low = ""
    for per, unit in zip(tokens[place + 2 : place + 3], tokens[place + 3 : place + 4], strict=False):
        if per.low in PER and unit.low in NOUNS:
            unit.low = ""
    return True
