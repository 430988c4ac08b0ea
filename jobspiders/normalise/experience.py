"""Reads the years of experience that a board asks for: "1-2 Tahun", "3+ years", LESS_THAN_A_YEAR, "Fresh Graduate"."""

from __future__ import annotations

import math
import re

from jobspiders.items import PostedYears

Years = tuple[float | None, float | None]

LONGEST = 200  # characters; longer texts are prose
MOST = 50  # years that a working life has

_NUMBERS = {
    word: number
    for number, words in enumerate(
        (
            "zero nol", "a an one se satu un uno una ein eine", "two dua dos deux zwei", "three tiga tres trois drei",
            "four empat cuatro", "five lima cinco cinq fünf", "six enam seis", "seven tujuh siete",
            "eight delapan ocho", "nine sembilan nueve", "ten sepuluh diez dix zehn",
        )
    )
    for word in words.split()
}  # fmt: skip
_NUMBER = rf"\d{{1,3}}(?:[.,]\d)?|\b(?:{'|'.join(_NUMBERS)})\b|\bse(?=tahun|bulan)"
_MONTHS = r"tháng|months?|mos?|mths?|bulan|bln|meses|mes|mois|monate?n?"
_YEARS = r"năm|years?|yrs?|tahun|thn|th|años?|ans?|anos?|jahre?n?"
_AMOUNT = re.compile(
    rf"(?P<low>{_NUMBER})\s*(?P<plus>\+)?\s*(?:(?P<own>{_MONTHS}|{_YEARS})\b\.?)?\s*(?P<more>\+)?"
    rf"(?:\s*(?:-|–|—|~|to|sampai|hingga|s/d|a|à|bis)\s*(?P<high>{_NUMBER})\s*(?P<open>\+)?)?"
    rf"\s*(?P<unit>{_MONTHS}|{_YEARS})?\b\.?(?P<after>\s*(?:\+|lebih|ke atas|keatas|and above|or more|plus))?"
)
_AT_MOST = re.compile(
    r"(?:less than|up ?to|under|below|within|max(?:imum|imal)?\.?|maks(?:imal|imum)?\.?|kurang dari|di ?bawah|hingga"
    r"|sampai|hasta|bis zu|jusqu'à|dưới|<=?|≤)\s*$"
)
_NONE_NEEDED = re.compile(
    r"\bfresh|\bno (?:prior |work |previous )?experience|\bno exp\b|without experience|new grads? only"
    r"|experience (?:is )?not (?:required|needed)|tanpa pengalaman|(?:tidak|tak) (?:perlu|ada|butuh) pengalaman"
    r"|tiada pengalaman|belum (?:ber|ada )pengalaman|non[- ]pengalaman|sin experiencia|sans expérience"
    r"|ohne (?:berufs)?erfahrung|chưa có kinh nghiệm"
)
_ANY = re.compile(
    r"\bany\b|\bno requirements?\b|new grads? ok|không yêu cầu|semua (?:tingkat )?pengalaman"
    r"|fresh.{0,20}(?:welcome|dipersilakan|boleh)"
)
_UNSAID = re.compile(
    r"[\W_]*|n/?a|null|none|not (?:specified|mentioned|disclosed|applicable|available)|unspecified|unknown|unavailable"
    r"|tidak (?:ditentukan|disebutkan|dicantumkan)"
)
# "Usia maksimal 30 tahun" is the applicant's age.
_AGE = re.compile(r"\b(?:usia|umur|ages?d?|old|edad|berusia|berumur)\b")
_PARTS = re.compile(r"\s*[;|·•]\s*|\s(?:/|or|atau)\s")


def read_experience(published: str | PostedYears | None) -> Years | None:
    """The least and the most years that a board asks for.

    (0, 0) is for beginners; None as a bound leaves it open, so that "5 years", which everybody means as the least,
    is (5, None). Ranges to choose from ("1-2 Tahun; 3-5 Tahun") are read as one that holds them all. (None, None)
    when the board says nothing, None when its words could not be read.
    """
    if isinstance(published, PostedYears):
        return _numbers(published)
    words = " ".join((published or "").replace("_", " ").split()).lower()
    if _UNSAID.fullmatch(words):
        return None, None
    if len(words) > LONGEST or _AGE.search(words):
        return None
    ranges = [found for part in _PARTS.split(words) if (found := _one_of(part))]
    if not ranges:
        return None
    highs = [high for _, high in ranges if high is not None]
    return _checked(min(low for low, _ in ranges), max(highs) if len(highs) == len(ranges) else None)


def _numbers(published: PostedYears) -> Years | None:
    """The bounds of a board that publishes numbers, some of them as texts."""
    try:
        low, high = map(_number, (published.minimum, published.maximum))
    except ValueError:
        return None
    return _checked(low, high)


def _number(bound: float | str | None) -> float | None:
    return None if bound is None or bound == "" else float(bound)


def _one_of(part: str) -> tuple[float, float | None] | None:
    """The first years in words without alternatives."""
    if _ANY.search(part):
        return 0.0, None
    if _NONE_NEEDED.search(part):
        return 0.0, 0.0
    for found in _AMOUNT.finditer(part):
        if found["own"] or found["unit"] or (found.span() == (0, len(part)) and part[0].isdecimal()):
            return _range(part, found)
    return None


def _range(part: str, found: re.Match[str]) -> tuple[float, float | None]:
    low = _years(found["low"], found["own"] or found["unit"])
    if found["high"]:
        return low, None if found["open"] or found["after"] else _years(found["high"], found["unit"] or found["own"])
    if _AT_MOST.search(part, 0, found.start()):
        return 0.0, low
    more = found["plus"] or found["more"] or found["after"]
    return low, 0.0 if low == 0 and not more else None


def _years(number: str, unit: str | None) -> float:
    count = float(_NUMBERS[number]) if number in _NUMBERS else float(number.replace(",", "."))
    return round(count / 12, 2) if unit and re.fullmatch(_MONTHS, unit) else count


def _checked(low: float | None, high: float | None) -> Years | None:
    """The bounds, unless no working life has them."""
    for years in (low, high):
        if years is not None and not (math.isfinite(years) and 0 <= years <= MOST):
            return None
    if low is not None and high is not None and low > high:
        return None
    return low, high
