"""Tells from the parts of a location, smallest first, which is the district, the city, the region and the country.

A name or code that may mean two things (CA: California or Canada) is used when the parts before it or the market
decide; otherwise it is left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from jobspiders.normalise.gazetteer import Known, area, city_of, itself, look_up, mapped, wide


@dataclass(frozen=True, slots=True)
class Place:
    """A place of work; `text` is what was published, `country` ISO 3166-1 alpha-2, coordinates in degrees."""

    text: str | None = None
    district: str | None = None
    city: str | None = None
    region: str | None = None
    country: str | None = None
    postcode: str | None = None
    latitude: float | None = None
    longitude: float | None = None


_METROPOLIS = re.compile(r"(?:Greater )?(.+?)(?: (?:Metropolitan |Metro )?Area| Metropolitan Region| y alrededores)?")
_REGIONAL = re.compile(
    r"\b(?:region|province|provinc?ia|state|community|comunidad|county|district|prefecture|oblast|governorate)\b",
    re.IGNORECASE,
)


def several_places(parts: Sequence[str], market: str | None) -> bool:
    """True when the parts are a list, as in "Hyderabad, Pune, Delhi / NCR" or "US, Canada", and not one place."""
    if len(set(parts)) < 2:
        return False
    if all(map(_is_country, parts)):
        return True
    if not all(city_of(part, market) or area(part, market) for part in parts):
        return False
    return not any(_supports(parts[-2], top) for top in _tops(parts[-1]))


def place_of(parts: Sequence[str], market: str | None) -> Place:
    """The place that the parts describe; `market` is the country that the board leaves unsaid, if any."""
    kept = [part for part in parts if not wide(part)]
    if not kept:
        return Place()
    if _starts_with_country(kept):
        kept.reverse()
    *before, largest = kept
    tops = _tops(largest)
    at_home = any(top.country == market for top in tops)
    if not tops or (market and not at_home and (city_of(largest, market) or area(largest, market))):
        return _unstated(kept, market)
    top = _decide(tops, before, market)
    if top is None:
        return Place(city=before[0] if len(before) == 1 else None)
    if top.region:
        return in_region(before, top)
    return in_country([part for part in before if part != largest], top.country)


def in_country(parts: Sequence[str], country: str) -> Place:
    """The place of `parts` inside a country that the board states."""
    found = _known(parts, country)
    if found:
        return found
    if not parts or country == "SG":
        city = "Singapore" if country == "SG" else None
        return Place(district=parts[0] if parts else None, city=city, country=country)
    if len(parts) == 1:
        place = Place(country=country)
        return replace(place, region=parts[0]) if _REGIONAL.search(parts[0]) else replace(place, city=parts[0])
    if mapped(country):
        return Place(district=parts[-2], city=parts[-1], country=country)
    return Place(city=parts[0], region=parts[-1], country=country)


def in_region(parts: Sequence[str], region: Known) -> Place:
    """The place of `parts` inside a region that we know."""
    rest = [
        part
        for part in parts
        if region not in look_up(part, region.country) or city_of(part, region.country, region.region)
    ]
    own = itself(region)
    place = Place(city=own, region=region.region, country=region.country)
    if not rest:
        return place
    for at in reversed(range(len(rest))):
        if found := city_of(rest[at], region.country, region.region):
            return replace(place, city=found.city, district=rest[at - 1] if at else None)
    if own:
        return replace(place, district=rest[-1])
    return replace(place, city=rest[-1], district=rest[-2] if len(rest) > 1 else None)


def _unstated(parts: Sequence[str], market: str | None) -> Place:
    """The place of `parts` that name no country: the market's, or unknown."""
    if found := _known(parts, market) or _known(parts, None):
        return found
    if market == "SG":
        return in_country(parts, market)
    # Of more than two, or with a number ("GMT-5 to GMT+2"), nothing is known to be a city.
    named = len(parts) <= 2 and not any(char.isdigit() for char in parts[0])
    return Place(city=parts[0] if named else None, country=market)


def _known(parts: Sequence[str], country: str | None) -> Place | None:
    """The place of `parts` when the gazetteer knows its largest part, or else its smallest."""
    if not parts:
        return None
    *before, largest = parts
    if found := area(largest, country):
        return Place(region=found.region, country=found.country)
    if region := next((known for known in look_up(largest, country) if known.region and not known.city), None):
        return in_region(before, region)
    if found := city_of(largest, country):
        return _of_city(found, district=before[-1] if before else None)
    if metropolis := _metropolis(largest, country):
        return metropolis
    found = city_of(parts[0], country)
    return _of_city(found) if found else None


def _of_city(found: Known, district: str | None = None) -> Place:
    return Place(district=district, city=found.city, region=found.region, country=found.country)


def _metropolis(name: str, country: str | None) -> Place | None:
    """The country of "Greater Jakarta" or "Jakarta Metropolitan Area", which reach beyond city and province."""
    match = _METROPOLIS.fullmatch(name)
    core = match[1] if match else name
    if core == name:
        return None
    found = city_of(core, country) or city_of(core, None)
    return Place(country=found.country if found else country)


def _tops(name: str) -> list[Known]:
    """What `name` may be as the largest part: countries, and regions of any country."""
    return [known for known in look_up(name) if known.city is None]


def _is_country(name: str) -> bool:
    tops = _tops(name)
    return len(tops) == 1 and tops[0].region is None


def _starts_with_country(parts: Sequence[str]) -> bool:
    """True for "India, Bangalore" and "USA, California, Fresno"."""
    if len(parts) < 2 or not _is_country(parts[0]):
        return False
    first = _tops(parts[0])[0]
    return all(top.region and top.country == first.country for top in _tops(parts[-1]))


def _decide(tops: Sequence[Known], before: Sequence[str], market: str | None) -> Known | None:
    """The reading that most of the parts before it speak for, then the market's; None when two are as good."""
    if len(tops) == 1:
        return tops[0]
    weights = [(sum(_supports(part, top) for part in before), top.country == market) for top in tops]
    best = max(weights)
    return tops[weights.index(best)] if weights.count(best) == 1 else None


def _supports(part: str, top: Known) -> bool:
    inside = (known for known in look_up(part, top.country) if known != top)
    return any(known.region == top.region or not top.region for known in inside)
