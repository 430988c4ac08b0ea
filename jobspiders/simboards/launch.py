"""Starts the boards in a process of their own, which ends with this one, and works their switches."""

from __future__ import annotations

import contextlib
import http.client
import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

HANDLER = "jobspiders.simboards.handler.SimboardHandler"


class DidNotStart(RuntimeError):
    """Raised by `launch` when the process ends before it serves; the message is what it wrote."""


@dataclass(frozen=True, slots=True)
class Simboards:
    """Boards that are being served at `url` (http://127.0.0.1:port)."""

    url: str

    @property
    def settings(self) -> dict[str, str]:
        """The Scrapy settings by which a crawl asks these boards, and nobody else."""
        return crawl_settings(self.url)

    def set_fault(self, *faults: str) -> None:
        """From now on these faults are in force and no others. Raises ValueError for one that is none."""
        self._call("PUT", "faults", json.dumps(faults))

    def clear_faults(self) -> None:
        """Lifts all faults."""
        self._call("DELETE", "faults")

    def faults(self) -> list[dict[str, Any]]:
        """The faults in force: `fault`, how many requests it `met` and how many it `struck`."""
        shown: list[dict[str, Any]] = self._call("GET", "faults")
        return shown

    def log(self, since: float | None = None) -> list[dict[str, Any]]:
        """The requests after the moment `since` (time.monotonic()): at, board, method, path, status, fault."""
        rows: list[dict[str, Any]] = self._call("GET", "log" if since is None else f"log?since={since}")
        return rows

    def _call(self, method: str, name: str, body: str | None = None) -> Any:
        connection = http.client.HTTPConnection(urlsplit(self.url).netloc, timeout=30)
        with contextlib.closing(connection):
            connection.request(method, f"/__sim__/{name}", body)
            response = connection.getresponse()
            answered = json.loads(response.read())
        if response.status != 200:
            raise ValueError(answered["error"])
        return answered


def crawl_settings(url: str) -> dict[str, str]:
    """The Scrapy settings, as `-s` takes them, by which a crawl asks the boards at `url`, and nobody else."""
    return {"SIMBOARDS_URL": url, "DOWNLOAD_HANDLERS": json.dumps({"http": HANDLER, "https": HANDLER})}


@contextlib.contextmanager
def launch(
    jobs: int = 120,
    *,
    seed: int = 1,
    latency: float = 0.0,
    now: datetime | None = None,
    faults: Sequence[str] = (),
) -> Iterator[Simboards]:
    """Boards with `jobs` open jobs each, `latency` seconds slow, as of `now` (aware). Raises DidNotStart."""
    options = [("--jobs", jobs), ("--seed", seed), ("--latency", latency), *(("--fault", fault) for fault in faults)]
    options += [("--now", now.isoformat())] if now else []
    given = [text for name, value in options for text in (name, str(value))]
    process = subprocess.Popen(  # noqa: S603 - our own module
        [sys.executable, "-m", __package__, *given],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],  # where the package is found, whatever the crawl's folder
        process_group=0,  # Ctrl-C is for the crawl, which still needs answers while it ends
    )
    with process:
        assert process.stdin
        assert process.stdout
        line = process.stdout.readline()
        if not line:
            raise DidNotStart("The simboards did not start; what they said stands above.")
        try:
            yield Simboards(json.loads(line)["url"])
        finally:
            process.stdin.close()
