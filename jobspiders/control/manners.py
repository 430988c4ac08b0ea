"""How runs behave: the live settings of all, the settings that one run may have of its own, and what Scrapy is told."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any

from jobspiders.config import LOG_LEVELS
from jobspiders.errors import BadConfig
from jobspiders.items import Rate


@dataclass(frozen=True, slots=True)
class Manners:
    """The live settings. `workers`: how many runs a host crawls at once or, over a frontier, how many worker processes
    its server keeps (0: none). A request is tried again `max_retries` times, after `retry_backoff_factor` ** n seconds.
    """

    workers: int = 4
    max_retries: int = 3
    retry_backoff_factor: float = 2.0

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> Manners:
        """What was stored, the rest as by default."""
        names = {item.name for item in fields(cls)}
        return cls(**{name: value for name, value in stored.items() if name in names})

    def settings(self) -> dict[str, Any]:
        """The part that is Scrapy's to keep."""
        return {"RETRY_TIMES": self.max_retries, "RETRY_BACKOFF": self.retry_backoff_factor}


def checked_manners(given: Mapping[str, Any]) -> dict[str, Any]:
    """The live settings in `given`, as they may be stored. Raises BadConfig, one line."""
    return _checked(given, MANNERS, "live setting")


def checked_settings(given: Mapping[str, Any]) -> dict[str, Any]:
    """Settings for a single run: a handful of Scrapy's that harm nobody, by name. Raises BadConfig, one line."""
    return _checked(given, SETTINGS, "setting of a run")


def paced(settings: Mapping[str, Any], rate: Rate) -> dict[str, Any]:
    """The settings with no pause shorter than the board's declared one: a run may be slower, never faster."""
    least = {name: rate.interval for name in ("DOWNLOAD_DELAY", "AUTOTHROTTLE_MAX_DELAY") if name in settings}
    return {**settings, **{name: max(pause, settings[name]) for name, pause in least.items()}}


def _checked(given: Mapping[str, Any], readers: Mapping[str, Callable[[str, Any], Any]], kind: str) -> dict[str, Any]:
    if unknown := sorted(set(given) - set(readers)):
        raise BadConfig(f"{unknown[0]!r} is no {kind}: there are {', '.join(readers)}.")
    return {name: readers[name](name, value) for name, value in given.items()}


def _number(least: float, most: float, kind: type[int | float]) -> Callable[[str, Any], Any]:
    def read(name: str, value: Any) -> Any:
        try:
            number = float(value)
        except (TypeError, ValueError):
            number = math.nan
        if isinstance(value, bool) or not least <= number <= most or (kind is int and number != int(number)):
            whole = "whole " if kind is int else ""
            raise BadConfig(f"{name}={value!r}: give a {whole}number from {least:g} to {most:g}.")
        return kind(number)

    return read


def _level(name: str, value: Any) -> str:
    if value not in LOG_LEVELS:
        raise BadConfig(f"{name}={value!r}: give one of {', '.join(LOG_LEVELS)}.")
    return str(value)


def _ids(name: str, value: Any) -> str:
    if not re.fullmatch(r"[0-9a-f]+(,[0-9a-f]+)*", str(value)):
        raise BadConfig(f"{name}={value!r}: give ids of dead letters with commas between them.")
    return str(value)


MANNERS: dict[str, Callable[[str, Any], Any]] = {
    "workers": _number(0, 20, int),
    "max_retries": _number(0, 10, int),
    "retry_backoff_factor": _number(1, 10, float),
}
SETTINGS: dict[str, Callable[[str, Any], Any]] = {
    "RETRY_TIMES": _number(0, 10, int),
    "RETRY_BACKOFF": _number(1, 10, float),
    "DOWNLOAD_DELAY": _number(0, 3600, float),
    "AUTOTHROTTLE_MAX_DELAY": _number(0, 3600, float),
    "DOWNLOAD_TIMEOUT": _number(1, 600, float),
    "CLOSESPIDER_TIMEOUT": _number(1, 7 * 24 * 3600, int),
    "CLOSESPIDER_PAGECOUNT": _number(1, 10**9, int),
    "CLOSESPIDER_ITEMCOUNT": _number(1, 10**9, int),
    "LOG_LEVEL": _level,
    "DEAD_LETTERS": _ids,
}
