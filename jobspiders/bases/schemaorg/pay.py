"""What a JobPosting's job pays: every shape of `baseSalary`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from jobspiders.bases.schemaorg.shapes import first_said, objects_of, text_of
from jobspiders.items import PostedSalary

# A figure and nothing but a sign or a word for the money beside it: "$10,500", "20,000/-", "13,500,000".
_FIGURE = re.compile(r"[^\d\s]{0,4}\s*\d[\d.,'\s]*(?:/-)?\s*[^\d\s]{0,4}")


def pay_in(node: Mapping[str, Any]) -> str | PostedSalary | None:
    """The salary in the parts in which it was published; what is no figure is its label."""
    for base in objects_of(node.get("basesalary")):
        currency = first_said(node, "salarycurrency")
        if not isinstance(base, Mapping):
            text = None if isinstance(base, bool) else text_of(base)
            return PostedSalary(text=text, currency=currency) if currency and text else text
        return _of_amount(base, currency)
    return None


def _of_amount(base: Mapping[str, Any], currency: str | None) -> PostedSalary | None:
    inner = base.get("value")
    inner = inner[0] if isinstance(inner, list) and inner else inner
    value = inner if isinstance(inner, Mapping) else {"value": inner}
    both = (value, base)
    currency = _first(both, "currency", "pricecurrency") or currency
    period = _first(both, "unittext")
    least, most = _amount(both, "minvalue", "minprice"), _amount(both, "maxvalue", "maxprice")
    if least or most:
        return PostedSalary(least, most, currency, period)
    single = _amount((value,), "value", "price") or _amount((base,), "price")
    if single is None:
        return None
    if not isinstance(single, str) or _FIGURE.fullmatch(single):
        return PostedSalary(single, single, currency, period)
    return PostedSalary(currency=currency, period=period, text=single)


def _amount(nodes: tuple[Mapping[str, Any], ...], *names: str) -> float | str | None:
    """The first that says something; a number stays one."""
    values = [value for node in nodes for name in names if text_of(value := node.get(name))]
    return (values[0] if isinstance(values[0], int | float) else text_of(values[0])) if values else None


def _first(nodes: tuple[Mapping[str, Any], ...], *names: str) -> str | None:
    return next((text for node in nodes if (text := first_said(node, *names))), None)
