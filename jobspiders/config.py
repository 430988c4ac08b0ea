"""The environment, read here and nowhere else.

Nothing set is the embedded mode: SQLite in the current folder, no server.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from jobspiders.errors import BadConfig

SCRAPE_MODES = ("sequential", "parallel")
SHORTEST_TOKEN = 16
LOG_FORMATS = ("auto", "json", "text")
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")


@dataclass(frozen=True, slots=True)
class Config:
    """Everything that the operator decides through the environment; a field is the variable in lower case.

    `contact` is a URL or mail address that boards can write to; it becomes part of the user agent. `redis_url` is where
    the workers of a company share their queue; its keys begin with `redis_prefix`. `chromium_path` is the browser for
    boards that need one, looked for when not given; `max_browser_instances` is how many of them may use it at once.
    `scrape_mode` tells whether scheduled boards are crawled one after another (sequential) or each on its own clock
    (parallel). `scrapyd_url` is a scrapyd that starts runs, as its project `scrapyd_project`.
    `api_token` is what whoever asks `scrapy serve` must say. `log_format` is json (a line is an object), text, or auto:
    text on a terminal, json elsewhere.
    """

    database_url: str = "sqlite:///jobs.db"
    redis_url: str | None = None
    redis_prefix: str = ""
    contact: str | None = None
    log_level: str | None = None
    chromium_path: str | None = None
    max_browser_instances: int = 4
    scrape_mode: str = "parallel"
    scrapyd_url: str | None = None
    scrapyd_project: str = "jobspiders"
    api_token: str | None = None
    log_format: str = "auto"

    def shown(self) -> dict[str, str | None]:
        """The fields as they may be printed: passwords in URLs are masked."""
        values = {item.name: getattr(self, item.name) for item in fields(self)}
        shown = {name: None if value is None else mask(str(value)) for name, value in values.items()}
        return shown | {"api_token": self.api_token and "***"}


def read(environ: Mapping[str, str] = os.environ) -> Config:
    """The configuration that the environment asks for.

    Raises BadConfig for a URL of a server that we do not speak, for an unknown log level or mode, and for what should
    be a number and is none.
    """
    given: dict[str, Any] = {
        item.name: environ[item.name.upper()] for item in fields(Config) if environ.get(item.name.upper())
    }
    if "max_browser_instances" in given:
        given["max_browser_instances"] = _number("MAX_BROWSER_INSTANCES", given["max_browser_instances"])
    config = Config(**given)
    _check_url("DATABASE_URL", config.database_url, ("sqlite", "postgresql", "postgres"))
    if config.redis_url:
        _check_url("REDIS_URL", config.redis_url, ("redis", "rediss", "unix"))
    if config.scrapyd_url:
        _check_url("SCRAPYD_URL", config.scrapyd_url, ("http", "https"))
    if config.scrape_mode not in SCRAPE_MODES:
        raise BadConfig(f"SCRAPE_MODE={config.scrape_mode!r}: give {' or '.join(SCRAPE_MODES)}.")
    if config.log_level and config.log_level not in LOG_LEVELS:
        raise BadConfig(f"LOG_LEVEL={config.log_level!r}: give one of {', '.join(LOG_LEVELS)}.")
    if config.log_format not in LOG_FORMATS:
        raise BadConfig(f"LOG_FORMAT={config.log_format!r}: give one of {', '.join(LOG_FORMATS)}.")
    if config.api_token and len(config.api_token) < SHORTEST_TOKEN:
        raise BadConfig(
            f"API_TOKEN: give at least {SHORTEST_TOKEN} characters, for others can try as often as they like."
        )
    return config


def environment(config: Config) -> dict[str, str]:
    """The variables for a child process that is to have this configuration and to find this package."""
    values = {item.name.upper(): getattr(config, item.name) for item in fields(config)}
    ours = {name: str(value) for name, value in values.items() if value is not None}
    others = {name: value for name, value in os.environ.items() if name not in values}
    path = os.pathsep.join(filter(None, [str(Path(__file__).parents[1]), os.environ.get("PYTHONPATH")]))
    return others | ours | {"PYTHONPATH": path}


def mask(value: str | None) -> str | None:
    """`value` with the password of a URL in it replaced by `***`."""
    without = value and re.sub(r"(?<=://)([^:/@]*):[^@]*@", r"\1:***@", value)
    return without and re.sub(r"(?<=[?&]password=)[^&]*", "***", without)


def _number(name: str, text: str) -> int:
    if text.isascii() and text.isdecimal() and int(text) > 0:
        return int(text)
    raise BadConfig(f"{name}={text!r}: give a whole number from 1 up.")


def _check_url(name: str, url: str, schemes: tuple[str, ...]) -> None:
    scheme = url.partition("://")[0].partition("+")[0]
    if "://" not in url or scheme not in schemes:
        raise BadConfig(f"{name}={mask(url)!r}: give a URL that starts with {' or '.join(s + '://' for s in schemes)}.")
