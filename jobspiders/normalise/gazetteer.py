"""The countries, regions and cities that we know by name, read from the two JSON files beside this module.

`countries.json` maps ISO 3166-1 alpha-2 to alpha-3 and the names in use: English, Indonesian, Malay, native and the
large European languages. `gazetteer.json` holds all regions of nine countries with their larger cities; for Indonesia
the 38 provinces since 2022 with all of their 98 kota and 416 kabupaten. Of names divided by "|" the first is the one
we store. A city is `unmistakable` when its bare name means it anywhere in the world.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

# English says "South Jakarta", "Central Lombok"; Indonesian puts the direction last.
_DIRECTIONS = (
    ("Barat Daya", "Southwest"),
    ("Tenggara", "Southeast"),
    ("Selatan", "South"),
    ("Utara", "North"),
    ("Barat", "West"),
    ("Timur", "East"),
    ("Pusat", "Central"),
    ("Tengah", "Central"),
)
_KOTA = ("Kota {}", "{} Kota", "{} City", "Kota Adm {}", "Kota Administrasi {}")
_KABUPATEN = ("Kabupaten {}", "{} Kabupaten", "Kab {}", "{} Kab", "{} Regency", "{} District", "Kabupaten Adm {}")


class Known(NamedTuple):
    """One reading of a name: a country, a region of it (`city` None), or a city (`region` may be None)."""

    country: str
    region: str | None = None
    city: str | None = None


def key(name: str) -> str:
    """`name` reduced to what two spellings of it share: no case, accents, space or punctuation."""
    folded = name.casefold()
    if not folded.isascii():
        folded = unicodedata.normalize("NFKD", folded.replace("đ", "d"))
        folded = "".join(char for char in folded if not unicodedata.combining(char))
    return re.sub(r"[\W_]+", "", folded)


def country(name: str | None) -> str | None:
    """The ISO alpha-2 code of a country given by name, alpha-2 or alpha-3 in any case; None when unknown."""
    found = _countries().get(key(name or ""))
    return found.country if found else None


@lru_cache(maxsize=4096)
def look_up(name: str, within: str | None = None) -> tuple[Known, ...]:
    """All that `name` may mean, or only what lies in the country `within` (alpha-2).

    Codes of two or three letters count when they are written in capitals. Without a country, a city is only
    found when its name leaves no doubt: that of "Bekasi" does, those of "Metro" and "London" do not.
    """
    asked = key(name)
    readings = list(_names().get(asked, ()))
    if len(name) <= 3 and name.isupper():
        readings += _codes().get(name, ())
    if (found := _countries().get(asked)) and (len(asked) > 2 or name.isupper()):
        readings.append(found)
    if within:
        return tuple(known for known in readings if known.country == within)
    sure = _unmistakable()
    return tuple(known for known in readings if known.city is None or known in sure)


def city_of(name: str, within: str | None = None, region: str | None = None) -> Known | None:
    """The city that `name` is, in that country and region if given; None also when two regions have such a city."""
    cities = [known for known in look_up(name, within) if known.city and region in {None, known.region}]
    return cities[0] if len({known.region for known in cities}) == 1 else None


def itself(region: Known) -> str | None:
    """The city that a region is at the same time, as DKI Jakarta or Kuala Lumpur are; None for all others."""
    return _itself().get((region.country, region.region))


def mapped(code: str) -> bool:
    """True for a country whose regions we know, all of them."""
    return code in _mapped()


def area(name: str, within: str | None = None) -> Known | None:
    """The area wider than a city that `name` is (Jabodetabek, Bay Area), in the country `within` or in any."""
    found = _areas().get(key(name))
    return found if found and within in {None, found.country} else None


def wide(name: str) -> bool:
    """True for a name that covers several countries or none: "EMEA", "Multiple Locations"."""
    return key(name) in _wide()


@cache
def _wide() -> frozenset[str]:
    return frozenset(map(key, _load("gazetteer.json")["wide"]))


@cache
def _mapped() -> dict[str, Any]:
    countries: dict[str, Any] = _load("gazetteer.json")["countries"]
    return countries


@cache
def _areas() -> dict[str, Known]:
    return {
        key(name): Known(code, region)
        for code, parts in _mapped().items()
        for name, region in parts.get("areas", {}).items()
    }


@cache
def _load(file: str) -> dict[str, Any]:
    text = files(__package__).joinpath(file).read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


@cache
def _countries() -> dict[str, Known]:
    table = {key(name): Known(code) for code, names in _load("countries.json").items() for name in names}
    return table | {code.lower(): Known(code) for code in _load("countries.json")}


@cache
def _names() -> dict[str, tuple[Known, ...]]:
    table: dict[str, tuple[Known, ...]] = {}
    for name, known in (*_region_names(), *_city_names()):
        spelt = key(name)
        before = table.get(spelt, ())
        if known not in before:
            table[spelt] = (*before, known)
    return table


@cache
def _codes() -> dict[str, tuple[Known, ...]]:
    table: dict[str, tuple[Known, ...]] = {}
    for region, parts in _regions():
        if code := parts.get("code"):
            table[code] = (*table.get(code, ()), region)
    return table


@cache
def _itself() -> dict[tuple[str, str | None], str]:
    return {(known.country, known.region): parts["itself"] for known, parts in _regions() if "itself" in parts}


@cache
def _unmistakable() -> frozenset[Known]:
    named = {(code, city) for code, parts in _mapped().items() for city in parts.get("unmistakable", ())}
    return frozenset(known for _, known in _city_names() if (known.country, known.city) in named)


def _regions() -> Iterator[tuple[Known, dict[str, Any]]]:
    for code, parts in _mapped().items():
        for region, region_parts in parts["regions"].items():
            yield Known(code, region), region_parts


def _region_names() -> Iterator[tuple[str, Known]]:
    for known, parts in _regions():
        assert known.region
        for name in (known.region, *parts.get("names", ())):
            yield name, known


def _city_names() -> Iterator[tuple[str, Known]]:
    kota = {name for _, parts in _regions() for name in _spellings(parts.get("kota", ()))}
    for region, parts in _regions():
        if "itself" in parts:
            yield parts["itself"], region._replace(city=parts["itself"])
        for names in parts.get("cities", ()):
            yield from _spelt(region, names.split("|"), ("{}", "{} City"))
        for names in parts.get("kota", ()):
            yield from _spelt(region, names.split("|"), ("{}", *_KOTA))
        for names in parts.get("kabupaten", ()):
            yield from _kabupaten(region, names.split("|"), kota, parts)


def _kabupaten(region: Known, names: list[str], kota: set[str], parts: dict[str, Any]) -> Iterator[tuple[str, Known]]:
    """A kabupaten keeps its plain name unless a kota has it too: "Bandung" is the kota or unsaid."""
    stored = f"Kabupaten {names[0]}" if names[0] in kota else names[0]
    beside = names[0] in set(_spellings(parts.get("kota", ())))
    forms = _KABUPATEN if beside else ("{}", *_KABUPATEN)
    for name, _ in _spelt(region, names, forms):
        yield name, region._replace(city=stored)


def _spelt(region: Known, names: list[str], forms: Iterable[str]) -> Iterator[tuple[str, Known]]:
    known = region._replace(city=names[0])
    for name in names:
        for form in forms:
            yield form.format(name), known
            for local, english in _DIRECTIONS:
                if region.country == "ID" and name.endswith(f" {local}"):
                    yield form.format(f"{english} {name.removesuffix(local).strip()}"), known


def _spellings(entries: Iterable[str]) -> Iterator[str]:
    for entry in entries:
        yield from entry.split("|")
