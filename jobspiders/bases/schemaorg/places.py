"""Where a JobPosting's job is: every shape of `jobLocation`, and of where the people may live who do it from home."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from jobspiders.bases.schemaorg.shapes import first_said, objects_of, text_of, texts_of
from jobspiders.items import PostedPlace

Location = str | PostedPlace

_PARTS = ("addresslocality", "addressregion", "addresscountry", "postalcode")
# SuccessFactors cuts country and region to fit ("Ge", "Unit"); a real code has two capitals or none.
_CUT = re.compile(r"[A-Z][a-z]")


def places_in(node: Mapping[str, Any]) -> list[Location]:
    """The places of work, or else those where applicants may live; a place that is only the employer's name is none."""
    employer = text_of(node.get("hiringorganization"))
    places = _all(node.get("joblocation")) or home_places_in(node)
    return [place for place in places if employer is None or place not in (employer, PostedPlace(employer))]


def home_places_in(node: Mapping[str, Any]) -> list[Location]:
    """Where applicants may live; CareerPlug misspells it."""
    return _all(node.get("applicantlocationrequirements") or node.get("applicationlocationrequirement"))


def is_from_home(node: Mapping[str, Any]) -> bool | None:
    """True for TELECOMMUTE, and for a job without a place that asks where applicants live; None when it is not said.

    Gupy hides the word in a property of the place.
    """
    within = [place.get("additionalproperty") for place in objects_of(node.get("joblocation")) if _is_object(place)]
    kinds = texts_of(node.get("joblocationtype")) + [text for part in within for text in _values(part)]
    if any("telecommute" in kind.lower() for kind in kinds):
        return True
    return True if not _all(node.get("joblocation")) and home_places_in(node) else None


def _values(properties: Any) -> list[str]:
    return [text for part in objects_of(properties) if _is_object(part) for text in texts_of(part.get("value"))]


def _all(value: Any) -> list[Location]:
    places = objects_of(value)
    # Meta publishes the address of the first of nine places for all of them: then their names tell them apart.
    named = [place for place in places if _is_object(place) and text_of(place.get("name"))]
    same = len(named) == len(places) > 1 and all(place.get("address") == places[0].get("address") for place in places)
    if same and len({text_of(place.get("name")) for place in places}) > 1:
        country = next((first_said(part, "addresscountry") for part in objects_of(places[0].get("address"))), None)
        return [PostedPlace(text_of(place.get("name")), country=country) for place in places]
    return [location for place in places for location in _one(place)]


def _one(place: Any) -> list[Location]:
    if not _is_object(place):
        return list(texts_of(place))
    addresses = objects_of(place.get("address")) or [place]
    return [found for address in addresses if (found := _address(address, place))]


def _address(address: Any, place: Mapping[str, Any]) -> Location | None:
    if not _is_object(address):
        return text_of(address)
    city, region, country, postcode = (first_said(address, name) or first_said(place, name) for name in _PARTS)
    if country and _CUT.fullmatch(country):
        region = country = None
    if not (city or region or postcode):
        text = first_said(address, "streetaddress", "name") or first_said(place, "name")
        # A street address beside nothing but a country may hold a city, or the country's name once more (Gupy).
        return PostedPlace(text if text != country else None, country=country) if text or country else None
    latitude, longitude = _coordinates(place.get("geo"))
    return PostedPlace(None, None, city, region, country, postcode, latitude, longitude)


def _coordinates(geo: Any) -> tuple[Any, Any]:
    if _is_object(geo):
        return text_of(geo.get("latitude")), text_of(geo.get("longitude"))
    pair = (text_of(geo) or "").split(",")
    return (pair[0].strip(), pair[1].strip()) if len(pair) == 2 else (None, None)


def _is_object(value: Any) -> bool:
    return isinstance(value, Mapping)
