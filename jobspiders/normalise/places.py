"""Reads where a job is: countries, regions, cities and districts out of what a board published.

Nothing is invented: a city whose country is neither published nor left unsaid by the whole board keeps none.
Provinces and cities of Indonesia carry their Indonesian names, other places their English ones.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from jobspiders.items import Market, PostedPlace
from jobspiders.normalise.gazetteer import city_of, country, look_up, wide
from jobspiders.normalise.place_parts import Place, in_country, in_region, place_of, several_places
from jobspiders.normalise.place_text import Written, alternatives
from jobspiders.normalise.terms import arrangement_of
from jobspiders.normalise.text import clean_line

__all__ = ["Place", "Places", "read_places"]

# No label of a place is longer; what follows is not read.
_LONGEST = 1000


@dataclass(frozen=True, slots=True)
class Places:
    """What a board's locations say: the places without repetitions, the first one first, and the words.

    `remote` tells that a remote marker stood among them. `unread` holds the texts of which nothing was understood.
    """

    places: tuple[Place, ...] = ()
    text: str | None = None
    remote: bool = False
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Found:
    """One place that was named, or only a marker (`place` None)."""

    place: Place | None
    remote: bool = False
    unread: bool = False


def read_places(published: Sequence[str | PostedPlace], market: Market) -> Places:
    """The places that a board published as texts or in parts, in the order of publication."""
    found: list[_Found] = []
    texts: list[str] = []
    for location in published:
        posted = PostedPlace(text=location) if isinstance(location, str) else location
        if text := _text(posted):
            texts.append(text)
            found += _from_parts(posted, text, market.country)
    return Places(
        places=tuple(_distinct(item.place for item in found if item.place)),
        text="; ".join(dict.fromkeys(texts)) or None,
        remote=any(item.remote for item in found),
        unread=tuple(dict.fromkeys(item.place.text or "" for item in found if item.place and item.unread)),
    )


def _text(posted: PostedPlace) -> str | None:
    parts = (posted.district, posted.city, posted.region, posted.country)
    joined = ", ".join(dict.fromkeys(part for part in map(clean_line, parts) if part))
    return (clean_line(posted.text) or joined or clean_line(posted.postcode) or "")[:_LONGEST] or None


def _from_parts(posted: PostedPlace, text: str, market: str | None) -> Iterator[_Found]:
    """The places of one location; its text is only read where the parts stop at the country."""
    city, region = clean_line(posted.city), clean_line(posted.region)
    nation = clean_line(posted.country)
    code = country(nation)
    home = code if nation else market
    if city and arrangement_of(city):
        yield _Found(None, remote=arrangement_of(city) == "REMOTE")
        city = None
    if city or region or posted.district:
        place = _named(city, region, code) if code else _unnamed(city, region, home)
        place = replace(place, text=text, district=clean_line(posted.district) or place.district)
        yield _Found(_located(place, posted))
        return
    found = _from_text(text, home)
    if code and not any(item.place for item in found):
        yield _Found(replace(in_country([], code), text=text))  # "Remote" with a country beside it (seen at Indeed)
    only = sum(item.place is not None for item in found) == 1
    for item in found:
        if item.place and only:
            place = replace(item.place, country=item.place.country or code)
            yield replace(item, place=_located(place, posted), unread=item.unread and not code)
        else:
            yield item


def _named(city: str | None, region: str | None, code: str) -> Place:
    """The place of a city and a region that were published as such, in a known country."""
    region = None if region and (wide(region) or country(region) == code) else region
    known = next((known for known in look_up(region or "", code) if known.region and not known.city), None)
    if known:
        return in_region([city] if city else [], known)
    if city and (found := city_of(city, code)):
        return Place(city=found.city, region=found.region, country=code)
    if not city and not region:
        return in_country([], code)
    return Place(city=city, region=region, country=code)


def _unnamed(city: str | None, region: str | None, home: str | None) -> Place:
    """The place of a city and a region whose country was not published."""
    # A locality may hold "North Chicago, IL" (seen in schema.org markup).
    parts = [part.strip() for name in (city, region) if name for part in name.split(",") if part.strip()]
    place = place_of(parts, home) if parts else Place(country=home)
    return place if place.region or not region or wide(region) else replace(place, region=region)


@lru_cache(maxsize=4096)
def _from_text(text: str, home: str | None) -> tuple[_Found, ...]:
    """What a text names, one label being on thousands of jobs."""
    written = alternatives(text, home)
    if _all_countries([item.parts for item in written]):
        codes = [(item, country(item.parts[0]) or "") for item in written]
        return tuple(_Found(replace(in_country([], code), text=item.text), item.remote) for item, code in codes)
    return tuple(found for item in written for found in _alternative(item, home))


def _alternative(item: Written, home: str | None) -> Iterator[_Found]:
    if not item.parts and not item.postcode:
        yield _Found(None, item.remote)
    elif several_places(item.parts, home):
        for part in item.parts:
            yield _Found(replace(place_of([part], home), text=part), item.remote)
    else:
        yield _one(item, home)


def _one(item: Written, home: str | None) -> _Found:
    place = place_of(item.parts, home)
    place = replace(place, district=item.district or place.district, postcode=item.postcode)
    understood = place != Place() or all(map(wide, item.parts))
    return _Found(replace(place, text=item.text), item.remote, unread=not understood)


def _all_countries(alternatives: Sequence[Sequence[str]]) -> bool:
    """True for "US / AR / BR": codes that may be states are countries beside one that is a country for sure."""
    if not all(len(parts) == 1 and len(parts[0]) == 2 and country(parts[0]) for parts in alternatives):
        return False
    return any(len(known := look_up(parts[0])) == 1 and known[0].region is None for parts in alternatives)


def _located(place: Place, posted: PostedPlace) -> Place:
    latitude, longitude = _degrees(posted.latitude, 90), _degrees(posted.longitude, 180)
    # 0, 0 is what forms leave when nobody filled them (seen in schema.org markup).
    if latitude is None or longitude is None or latitude == longitude == 0:
        latitude = longitude = None
    postcode = clean_line(posted.postcode) or place.postcode
    return replace(place, postcode=postcode, latitude=latitude, longitude=longitude)


def _degrees(value: float | str | None, limit: int) -> float | None:
    try:
        degrees = float(value) if value is not None else math.nan
    except ValueError:
        return None
    return degrees if abs(degrees) <= limit else None


def _distinct(places: Iterator[Place]) -> Iterator[Place]:
    """The places without those that differ from an earlier one in nothing but their text."""
    seen = set()
    for place in places:
        said = replace(place, text=None)
        identity = said if said != Place() else place
        if identity not in seen:
            seen.add(identity)
            yield place
