"""The countries that boards with many sites are in: what each is called, what goes without saying there, its places.

The facts stand in `countries.json`. Of a country with several time zones it is the one most people live in.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

from jobspiders.items import Market


@dataclass(frozen=True, slots=True)
class Country:
    """A country by its English `name`; `places` are its large cities or regions, as its own job seekers type them."""

    name: str
    market: Market
    places: tuple[str, ...]


def _read() -> dict[str, Country]:
    rows = json.loads((files(__package__) / "countries.json").read_text(encoding="utf-8"))
    return {
        code: Country(
            row["name"],
            Market(code, row["currency"], row["timezone"], dollar=row.get("dollar")),
            tuple(row["places"]),
        )
        for code, row in rows.items()
    }


COUNTRIES: Mapping[str, Country] = _read()
"""By ISO 3166-1 alpha-2 code."""

NAMES: Mapping[str, str] = {code: country.name for code, country in COUNTRIES.items()}
