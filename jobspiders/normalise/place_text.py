"""Takes a location that is written as one text apart: alternatives, words for remote work, parts, postcode."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from jobspiders.normalise.gazetteer import area, country, look_up
from jobspiders.normalise.terms import arrangement_of

# A separator counts outside parentheses only.
_OUTSIDE = r"(?![^()]*\))"
_ALTERNATIVES = re.compile(rf"(?:\s+/\s+|\s*[;|•]\s*){_OUTSIDE}")
# These separate places only when what stands on both sides is known: "Kuala Lumpur/Selangor", "US or Canada".
_MAYBE_ALTERNATIVES = re.compile(rf"(?:/| or | atau | and | dan | & ){_OUTSIDE}")
_INNER = re.compile(r"\s*[;|/]\s*")
_COMMAS = re.compile(rf"(?:\s*,\s*|\s+[-–—]\s+){_OUTSIDE}")
_IN_BRACKETS = re.compile(r"\s*\(([^()]*)\)")
# "Remote US", "Hybrid work in San Jose", "Anywhere in the US", "US Remote"
_MODE_BEFORE = re.compile(
    r"(remote|anywhere|hybrid|on-?site)(?: work| job)?(?: (?:in|within|from)(?: the)?| -)? (.+)", re.IGNORECASE
)
_MODE_AFTER = re.compile(r"(.+?)[ -](remote|hybrid)", re.IGNORECASE)
# "US-Remote, US-Texas, US-San Francisco", seen on Greenhouse
_COUNTRY_FIRST = re.compile(r"([A-Z]{2})-(\D+)")
# "Perth WA", "London UK"
_CODE_LAST = re.compile(r"(.+) ([A-Z]{2,3})")
_POSTCODE = re.compile(r"(?:(.*\D) )?(\d{4,6}(?:-\d{4})?)|(\d{4,6}) (\D+)")
# "Varthur +4" is Naukri's "and four more"; "Little Italy area" is Indeed's
_NOISE = re.compile(r"\s*\+\d+$|\s+area$|^all areas$", re.IGNORECASE)


@dataclass(slots=True)
class Written:
    """One alternative of a location: its parts, smallest first, and whether it was marked as remote."""

    text: str
    parts: list[str] = field(default_factory=list)
    district: str | None = None
    postcode: str | None = None
    remote: bool = False


def alternatives(text: str, home: str | None) -> list[Written]:
    """The places that `text` names as alternatives: "Berlin / Remote (US; BR)" are three, two of them remote.

    `home` is the country that the board leaves unsaid.
    """
    text = re.sub(r"\bDelhi / NCR\b", "Delhi NCR", text)
    pieces = _ALTERNATIVES.split(text)
    if all(map(_COUNTRY_FIRST.fullmatch, text.split(", "))):
        pieces = text.split(", ")
    return [written for piece in pieces for part in _divided(piece, home) if part for written in _read(part)]


def _divided(piece: str, home: str | None) -> list[str]:
    sides = _MAYBE_ALTERNATIVES.split(piece)
    if _stands_for_something(piece, home) or not all(_stands_for_something(side, home) for side in sides):
        return [piece]
    return sides


def _stands_for_something(words: str, home: str | None) -> bool:
    last = words.rpartition(",")[2].strip()
    return bool(arrangement_of(words) or look_up(last, home) or look_up(last))


def _read(piece: str) -> Iterator[Written]:
    mode, _, inside = piece.partition("(")
    marked = arrangement_of(mode)
    if marked and inside:
        for inner in _INNER.split(inside.rstrip(") ")):
            written = _written(inner)
            written.remote = written.remote or marked == "REMOTE"
            yield written
    else:
        yield _written(piece)


def _written(piece: str) -> Written:
    written = Written(piece.strip())
    for part in _COMMAS.split(written.text):
        _take(part.strip(), written)
    return written


def _take(part: str, written: Written) -> None:
    """Adds a part to what is written, without its brackets, mode of work and postcode."""
    brackets = [_NOISE.sub("", inside).strip() for inside in _IN_BRACKETS.findall(part)]
    part = _unmarked(_IN_BRACKETS.sub("", part).strip(" ()-"), written)
    if match := _POSTCODE.fullmatch(part):
        written.postcode = match[2] or match[3]
        part = match[1] or match[4] or ""
    if (match := _CODE_LAST.fullmatch(part)) and look_up(match[2]) and not (look_up(part) or area(part)):
        written.parts.append(match[1])
        part = match[2]
    if (match := _COUNTRY_FIRST.fullmatch(part)) and country(match[1]):
        written.parts += [match[2], match[1]]
    elif part:
        written.parts.append(part)
    for inside in brackets:
        _take_bracket(inside, written)


def _unmarked(part: str, written: Written) -> str:
    """`part` without the mode of work that it is or carries; a remote one is noted."""
    marked, rest = arrangement_of(part), ""
    if not marked:
        rest = part
        if match := _MODE_BEFORE.fullmatch(part):
            marked, rest = arrangement_of(match[1]), match[2]
        elif match := _MODE_AFTER.fullmatch(part):
            marked, rest = arrangement_of(match[2]), match[1]
    written.remote = written.remote or marked == "REMOTE"
    return rest


def _take_bracket(inside: str, written: Written) -> None:
    """Brackets hold a mode of work, a country ("London (UK)"), a district, or what says nothing."""
    if not _unmarked(inside, written) or inside.isdigit():
        return
    if any(known.city is None for known in look_up(inside)):
        written.parts.append(inside)
    else:
        written.district = inside
