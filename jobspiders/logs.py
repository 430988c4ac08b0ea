"""How log lines look: JSON objects where programs read them, plain lines on a terminal; secrets in neither.

`Logs` is an add-on of Scrapy, for add-ons are the only ones that are asked before Scrapy writes its first line.
"""

from __future__ import annotations

import json
import logging
import os
import re
import socket
import sys
import weakref
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote

from scrapy.crawler import Crawler
from scrapy.settings import BaseSettings
from scrapy.utils.log import TopLevelFormatter

from jobspiders import config

# The password of a URL; in a line of many words it must not begin in one URL and end in another.
PASSWORD = re.compile(r"(?<=://)([^\s:/@'\"]*):[^\s@'\"]+@")
# What a record may say beyond its message (`extra={…}`), in the order of the line.
EXTRAS = ("site_name", "run_id", "task_id", "worker", "event", "status", "outcome", "reason")
WORKER = f"{socket.gethostname()}-{os.getpid()}"

_crawlers: weakref.WeakSet[Crawler] = weakref.WeakSet()
_installed: list[logging.Handler] = []


class Logs:
    """The add-on: our handler in the place of Scrapy's."""

    @classmethod
    def update_pre_crawler_settings(cls, settings: BaseSettings) -> None:
        """Before the first line. Whoever embeds Scrapy and wants no handler gets none."""
        if settings.getbool("LOG_INSTALL_ROOT_HANDLER"):
            settings.set("LOG_INSTALL_ROOT_HANDLER", value=False, priority="addon")
            install(settings)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Logs:
        """Remember whose lines are written when they do not say so themselves."""
        _crawlers.add(crawler)
        return cls()


def install(settings: BaseSettings) -> None:
    """Write log lines as these settings have it: `LOG_FILE`, `LOG_LEVEL`, and `LOG_LINES` (json, text, auto)."""
    handler = _handler(settings)
    is_terminal = isinstance(handler, logging.StreamHandler) and handler.stream.isatty()
    kind = settings["LOG_LINES"]
    secrets = secrets_of(config.read())
    if kind == "json" or (kind == "auto" and not is_terminal):
        handler.setFormatter(JsonLines(secrets))
    else:
        handler.setFormatter(TextLines(secrets, settings["LOG_FORMAT"], settings["LOG_DATEFORMAT"]))
        if settings.getbool("LOG_SHORT_NAMES"):
            handler.addFilter(TopLevelFormatter(["scrapy"]))
    handler.setLevel(settings["LOG_LEVEL"])
    while _installed:
        logging.root.removeHandler(_installed.pop())
    _installed.append(handler)
    logging.root.setLevel(logging.NOTSET)
    logging.getLogger("alembic").setLevel(logging.WARNING)  # tells each of its own parts that it loads
    logging.root.addHandler(handler)


def secrets_of(given: config.Config) -> frozenset[str]:
    """The words of the configuration that no line may hold."""
    passwords = [found for url in (given.database_url, given.redis_url) for found in _password(url or "")]
    return frozenset(filter(None, [*passwords, *map(unquote, passwords), given.api_token]))


def hidden(text: str, secrets: Iterable[str]) -> str:
    """`text` with `***` for secrets and for the passwords of whatever URLs stand in it."""
    for secret in secrets:
        text = text.replace(secret, "***")
    return PASSWORD.sub(r"\1:***@", text) if "://" in text else text


class TextLines(logging.Formatter):
    """A line for people."""

    def __init__(self, secrets: frozenset[str], form: str, dates: str) -> None:
        super().__init__(form, dates)
        self._secrets = secrets

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        return hidden(super().format(record), self._secrets)


class JsonLines(logging.Formatter):
    """A JSON object on one line; what is not known is not there."""

    def __init__(self, secrets: frozenset[str]) -> None:
        super().__init__()
        self._secrets = secrets

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        moment = datetime.fromtimestamp(record.created, UTC)
        said = {name: getattr(record, name) for name in EXTRAS if getattr(record, name, None) is not None}
        line = {"ts": moment.isoformat(timespec="milliseconds"), "level": record.levelname, **_whose(record)}
        line |= {"worker": WORKER, "event": "log", **said, "logger": record.name, "message": record.getMessage()}
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        shown = {name: hidden(str(value), self._secrets) for name, value in line.items()}
        return json.dumps(shown, ensure_ascii=False)


def _whose(record: logging.LogRecord) -> Mapping[str, Any]:
    """The board and the run of a line: those of the crawl that it names, or of the only one in this process."""
    crawler = getattr(record, "crawler", None) or getattr(getattr(record, "spider", None), "crawler", None)
    if crawler is None and len(_crawlers) == 1:
        crawler = next(iter(_crawlers))
    if crawler is None:
        return {}
    run_id = crawler.settings["RUN_ID"]
    return {"site_name": crawler.spidercls.name} | ({"run_id": run_id} if run_id else {})


def _handler(settings: BaseSettings) -> logging.Handler:
    if path := settings["LOG_FILE"]:
        mode = "a" if settings.getbool("LOG_FILE_APPEND") else "w"
        return logging.FileHandler(path, mode, settings["LOG_ENCODING"])
    return logging.StreamHandler(sys.stderr) if settings.getbool("LOG_ENABLED") else logging.NullHandler()


def _password(url: str) -> list[str]:
    found = re.search(r"://[^:/@]*:([^@]+)@", url) or re.search(r"[?&]password=([^&]+)", url)
    return [found[1]] if found else []
