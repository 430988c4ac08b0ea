"""What the user asked for: one `Search`, read from the arguments of `scrapy crawl -a`, scrapyd or the API.

The names are JobSpy's, since users know them. A wrong name or value is one `BadSearch` line, before any request.
"""

from __future__ import annotations

import difflib
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

from jobspiders.errors import BadSearch

JOB_TYPES = ("fulltime", "parttime", "contract", "temporary", "internship", "freelance", "perdiem", "volunteer")


@dataclass(frozen=True, slots=True)
class Search:
    """One search on one board.

    `country` is ISO 3166-1 alpha-2, `distance` is in miles (as JobSpy has it), `hours_old` the greatest age of
    a job. `results_wanted` None means all there are. `own` holds arguments that only this board has.
    """

    search_term: str | None = None
    location: str | None = None
    country: str | None = None
    distance: int | None = None
    job_type: str | None = None
    is_remote: bool | None = None
    hours_old: int | None = None
    results_wanted: int | None = None
    offset: int = 0
    fetch_description: bool = True
    own: Mapping[str, str] = field(default_factory=dict)

    @property
    def days_old(self) -> int | None:
        """`hours_old` in whole days, rounded up: 1 for anything younger than a day."""
        return None if self.hours_old is None else math.ceil(self.hours_old / 24)

    def asked(self) -> dict[str, Any]:
        """The arguments that differ from their defaults, `own` ones among them, as plain JSON."""
        names = [item for item in fields(self) if item.name != "own"]
        given = {item.name: getattr(self, item.name) for item in names}
        return {item.name: given[item.name] for item in names if given[item.name] != item.default} | dict(self.own)

    @classmethod
    def read(
        cls, arguments: Mapping[str, Any], own: Mapping[str, str] | None = None, needs: Sequence[str] = ()
    ) -> Search:
        """The search that `arguments` (text, or values of the right type) ask for.

        `own` names the board's own arguments with what each means, `needs` those of which one must be given. A name
        that starts with "_" is scrapyd's and passed over; an empty value is a value not given. Raises BadSearch,
        one line, for the first argument that cannot be meant, or when none of those that are needed is there.
        """
        own = own or {}
        known: dict[str, Any] = {}
        extra: dict[str, str] = {}
        for name, value in arguments.items():
            if name.startswith("_") or value is None or str(value).strip() == "":
                continue
            text = str(value).strip()
            if name in own:
                extra[name] = text
            elif name in READERS:
                known[name] = READERS[name](name, text)
            else:
                raise BadSearch(_unknown(name, [*READERS, *own]))
        if needs and not any(name in extra for name in needs):
            raise BadSearch(f"give {' or '.join(f'{name}=… ({own[name]})' for name in needs)}.")
        return cls(**known, own=extra)


def _unknown(name: str, names: list[str]) -> str:
    near = difflib.get_close_matches(name, names, n=1)
    hint = f"did you mean {near[0]}?" if near else f"known are {', '.join(names)}."
    return f"unknown search argument {name!r}: {hint}"


def _text(_name: str, value: str) -> str:
    return value


def _number(least: int) -> Callable[[str, str], int]:
    def read(name: str, value: str) -> int:
        # isdecimal: int() would take "1_000" and " 7", neither of which a user means.
        if value.isascii() and value.isdecimal() and int(value) >= least:
            return int(value)
        raise BadSearch(f"{name}={value!r}: give a whole number from {least} up, for example {name}={least + 23}.")

    return read


def _flag(name: str, value: str) -> bool:
    words = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}
    if value.lower() in words:
        return words[value.lower()]
    raise BadSearch(f"{name}={value!r}: give true or false.")


def _country(name: str, value: str) -> str:
    if len(value) == 2 and value.isascii() and value.isalpha():
        return value.upper()
    raise BadSearch(f"{name}={value!r}: give the country's two letters (ISO 3166-1), for example ID, SG or US.")


def _job_type(name: str, value: str) -> str:
    word = value.lower().replace("-", "").replace("_", "").replace(" ", "")
    if word in JOB_TYPES:
        return word
    raise BadSearch(f"{name}={value!r}: give one of {', '.join(JOB_TYPES)}.")


READERS: dict[str, Callable[[str, str], Any]] = {
    "search_term": _text,
    "location": _text,
    "country": _country,
    "distance": _number(1),
    "job_type": _job_type,
    "is_remote": _flag,
    "hours_old": _number(1),
    "results_wanted": _number(1),
    "offset": _number(0),
    "fetch_description": _flag,
}
