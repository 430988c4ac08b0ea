"""Reads a board's words for employment type, work arrangement, seniority, education and status into our terms.

Nothing is guessed: a phrase that no table has is handed back, so that the caller can count it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from jobspiders.normalise.vocabulary import (
    ARRANGEMENT,
    CLOSED,
    EDUCATION,
    EMPLOYMENT,
    FILLER,
    LADDER,
    SENIORITY,
    SILENT,
    Phrase,
    phrase,
)

_PIECES = re.compile(r"[,;/|·•+&\n()]+|\s[-–—]\s")
_ASIDE = re.compile(r"[()\[\]|,;]+|\s[-–—/]+\s")
_REMOTE = re.compile(r"remot|work from home|\bwfh\b|teletrabajo|t[ée]l[ée]travail", re.IGNORECASE)
_SENTENCES = re.compile(r"[,;.\n]\s")
_NOT_ASKED = re.compile(r"\bnot (?:required|pursuing)\b|\bno .*\brequired\b|\btidak (?:perlu|wajib)\b")
# Shorter words of the education table (BE, MA, SD) would be found in a free text by chance.
_SHORTEST_FOUND = 3
_LONGEST = max(len(words) for table in (EMPLOYMENT, ARRANGEMENT, SENIORITY, EDUCATION) for words in table)


def read_employment(published: Sequence[str]) -> tuple[list[str], list[str]]:
    """The employment types (schema.org's) that the words name, in their order, and the phrases not understood.

    OTHER is left out beside a type that says more.
    """
    types, unknown = _read(published, EMPLOYMENT)
    return [term for term in types if term != "OTHER"] or types, unknown


def read_arrangement(published: str | None) -> tuple[str | None, list[str]]:
    """ONSITE, HYBRID or REMOTE, and the phrases not understood.

    Several at once are HYBRID: "Kantor, Jarak jauh" offers both and promises neither.
    """
    found, unknown = _read([published or ""], ARRANGEMENT)
    if len(found) > 1:
        return "HYBRID", unknown
    return (found[0] if found else None), unknown


def read_seniority(published: str | None) -> tuple[str | None, list[str]]:
    """The level that the words name first, and the phrases not understood.

    A label with slashes is one bucket named after its first word, as in "Manager / Assistant Manager". Two
    levels in one phrase are not understood: a "Senior Executive" is a junior clerk in Malaysia.
    """
    found, unknown = _read([published or ""], SENIORITY, several=False)
    return (found[0] if found else None), unknown


def read_education(published: Sequence[str]) -> tuple[str | None, list[str]]:
    """The lowest level of education that the words name, and the phrases not understood when none was found."""
    found, unknown = _read(published, EDUCATION)
    for words in published if unknown else ():
        found += _mentioned(words)
    lowest = min(found, key=LADDER.index, default=None)
    return lowest, [] if lowest else unknown


def read_status(published: str | None) -> bool | None:
    """True when the word says that the job is closed, False when open, None when it says neither."""
    return CLOSED.get(phrase(published or ""))


def is_remote_title(title: str) -> bool:
    """True when a title says it apart from the work's name: "Developer - Fully Remote", "Desarrollador (Remoto)".

    "Remote Sensing Engineer" does not say it; nor does "Head of Sales, Worldwide", where the word is a region.
    """
    pieces = (piece for piece in _ASIDE.split(title) if _REMOTE.search(piece))
    return any(read_arrangement(piece) == ("REMOTE", []) for piece in pieces)


def arrangement_of(words: str) -> str | None:
    """The arrangement that exactly these words mean: "Dari rumah" is REMOTE, "Bandung" None."""
    return ARRANGEMENT.get(phrase(words))


def _read(
    published: Iterable[str], table: Mapping[Phrase, str], *, several: bool = True
) -> tuple[list[str], list[str]]:
    found: list[str] = []
    unknown: list[str] = []
    for words in published:
        whole = table.get(phrase(words))
        for piece in [words] if whole else _PIECES.split(words):
            terms = [whole] if whole else _cover(phrase(piece), table)
            if terms is None or (len(set(terms)) > 1 and not several):
                unknown.append(piece.strip())
            else:
                found += terms
    return list(dict.fromkeys(found)), list(dict.fromkeys(unknown))


def _cover(words: Phrase, table: Mapping[Phrase, str]) -> list[str] | None:
    """The terms of `words` when they are nothing but known phrases, filler and numbers; else None."""
    if words in SILENT:
        return []
    found = []
    for part in _longest_first(words, table):
        if part in table:
            found.append(table[part])
        elif part[0] not in FILLER and not part[0][0].isdigit():
            return None
    return found


def _mentioned(text: str) -> Iterator[str]:
    """The levels of education that a free text names."""
    for sentence in _SENTENCES.split(text):
        words = phrase(sentence)
        if _NOT_ASKED.search(" ".join(words)):
            continue
        for part in _longest_first(words, EDUCATION):
            if part in EDUCATION and (len("".join(part)) >= _SHORTEST_FOUND or part[0][-1].isdigit()):
                yield EDUCATION[part]


def _longest_first(words: Phrase, table: Mapping[Phrase, str]) -> Iterator[Phrase]:
    """`words` from left to right in phrases of the table, the longest wins, and single words between them."""
    at = 0
    while at < len(words):
        sizes = range(min(_LONGEST, len(words) - at), 0, -1)
        size = next((size for size in sizes if words[at : at + size] in table), 1)
        yield words[at : at + size]
        at += size
