"""Reads a number as people write it: 5.000.000 · 5,00,000 · 90’000 · 45 000 · 8,5 · 27.85."""

from __future__ import annotations

import re

_GAPS = re.compile(r"[\s'’]")
_DIGITS = 15  # a float holds no more


def read_number(written: str, *, before_million: bool = False) -> float | None:
    """The value of digits with signs between them, or None when the groups fit no way of writing.

    One sign before three digits groups thousands ("5.000"), except `before_million`: 2.500 juta are two and a
    half million.
    """
    text = _GAPS.sub("", written)
    points, commas = text.count("."), text.count(",")
    if len(text) - points - commas > _DIGITS:
        return None
    if not points and not commas:
        return float(text)
    if points and commas:
        return _with_decimals(text)
    groups = re.split("[.,]", text)
    if len(groups) > 2:
        return float("".join(groups)) if _grouped(groups) else None
    thousands = len(groups[1]) == 3 and len(groups[0]) <= 3 and not groups[0].startswith("0")
    return float("".join(groups)) if thousands and not before_million else float(".".join(groups))


def _with_decimals(text: str) -> float | None:
    """A number with both signs: the last one is the decimal sign."""
    decimal = max(".", ",", key=text.rfind)
    whole, _, rest = text.rpartition(decimal)
    groups = re.split("[.,]", whole)
    return float(f"{''.join(groups)}.{rest}") if decimal not in whole and _grouped(groups) else None


def _grouped(groups: list[str]) -> bool:
    """Whether the groups are thousands, or lakhs as India writes them (5,00,000)."""
    middle = {len(group) for group in groups[1:-1]}
    return 1 <= len(groups[0]) <= 3 and len(groups[-1]) == 3 and middle in (set(), {3}, {2})
