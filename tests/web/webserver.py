"""A real server on a free port of loopback, over a real database; and `scrapy serve` itself."""

from __future__ import annotations

import contextlib
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import uvicorn
from processes import environment, setting_words
from sqlalchemy import Engine

from jobspiders.config import Config
from jobspiders.control.desk import Desk
from jobspiders.control.local import Local
from jobspiders.control.loop import Loop
from jobspiders.simboards.launch import crawl_settings
from jobspiders.web.parts import Parts
from jobspiders.web.server import settings_for

TOKEN = "a token that is long enough"


def parts_for(config: Config, engine: Engine) -> Parts:
    """The parts of a server that has no room for runs: they wait, and no process is started."""
    desk = Desk(config, engine, {"local": Local(config, engine, {}, lambda: 0)})
    return Parts(config, engine, desk, Loop(config, engine, desk))


@contextlib.contextmanager
def serving(config: Config, engine: Engine) -> Iterator[httpx.Client]:
    """The app of this configuration, served from a thread; a client of it without a token."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = uvicorn.Server(settings_for(parts_for(config, engine)))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            with httpx.Client(base_url=f"http://127.0.0.1:{listening.getsockname()[1]}", timeout=20) as client:
                yield client
        finally:
            server.should_exit = True
            thread.join(10)


@contextlib.contextmanager
def scrapy_serve(folder: Path, *words: str, **variables: str) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """`scrapy serve` in this folder on a free port: the process and its address; ended as an operator would."""
    command = [sys.executable, "-m", "scrapy", "serve", "--port", "0", *words]
    with (folder / "serve.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, env=environment(**variables), stdout=log, stderr=log)
    try:
        yield process, _address(process, folder / "serve.log")
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        process.wait(15)


def _address(process: subprocess.Popen[bytes], log: Path) -> str:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        for line in log.read_text().splitlines():
            if line.startswith("jobspiders: http://"):
                return line.removeprefix("jobspiders: ").rstrip("/")
        assert process.poll() is None, log.read_text()
        time.sleep(0.05)
    raise AssertionError(log.read_text())


def words(boards: str, **settings: Any) -> list[str]:
    """What `scrapy serve` hands on to its runs, so that they crawl replicas."""
    return setting_words(crawl_settings(boards), DOWNLOAD_DELAY=0, AUTOTHROTTLE_ENABLED=0, **settings)


def until(look: Callable[[], Any], seconds: float = 60) -> Any:
    """What `look` gives when it is true for the first time."""
    end = time.monotonic() + seconds
    while not (found := look()):
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.1)
    return found


def ended(site: httpx.Client, run_id: str) -> Any:
    def look() -> Any:
        run = site.get(f"/jobs/scrape/{run_id}").json()
        return run if run["status"] not in ("queued", "running") else None

    return until(look)
