"""Whole crawls: the board of tinyboard.py, workers as processes of their own, what they stored."""

from __future__ import annotations

import asyncio
import contextlib
import json
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from processes import ROOT, environment

from jobspiders.frontier.keys import Keys
from jobspiders.frontier.scripts import connect
from jobspiders.frontier.status import BoardState, read

HERE = Path(__file__).parent
PATIENCE = 100  # seconds for a crawl that takes a few, on a machine that is busy otherwise


class Board:
    """The site of site.py, running."""

    def __init__(self, jobs: int, latency: float) -> None:
        argv = [sys.executable, str(HERE / "tinyboard.py"), str(jobs), str(latency)]
        self.process = subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.url = json.loads(self.process.stdout.readline())["url"]
        self.pages = {f"/job/{job}" for job in range(jobs)} | {f"/list/{number}" for number in range(-(-jobs // 20))}

    def log(self, since: float = 0.0) -> list[tuple[float, str]]:
        with urlopen(f"{self.url}/log", timeout=30) as answer:
            return [(at, path) for at, path in json.loads(answer.read()) if at > since]

    def close(self) -> None:
        self.process.communicate("")


class Crawl:
    """A worker process."""

    def __init__(self, options: dict, log: Path, script: str = "tinycrawl.py") -> None:
        self.log = log
        argv = [sys.executable, "-X", "faulthandler", str(HERE / script), json.dumps(options)]
        with log.open("ab") as err:
            self.process = subprocess.Popen(
                argv, stdout=subprocess.PIPE, stderr=err, text=True, cwd=ROOT, env=environment()
            )

    @property
    def alive(self) -> bool:
        return self.process.poll() is None

    def signal(self, number: signal.Signals) -> None:
        self.process.send_signal(number)

    def result(self, patience: float = PATIENCE) -> dict:
        """What the crawl came to, once it has ended; empty when it was killed."""
        try:
            out, _ = self.process.communicate(timeout=patience)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.communicate()
            pytest.fail(f"the crawl did not end in {patience} s:\n{self.said()}")
        return json.loads(out) if out.strip() else {}

    def said(self) -> str:
        return self.log.read_text(errors="replace")[-6000:]


class Fleet:
    """Workers of one board on one Redis, and what they stored."""

    def __init__(self, board: Board, redis_url: str, prefix: str, folder: Path) -> None:
        self.board = board
        self.redis_url = redis_url
        self.keys = Keys("tiny", prefix)
        self.folder = folder
        self.rows_file = folder / "rows"
        self.rows_file.touch()
        self.crawls: list[Crawl] = []
        self.began = time.monotonic()

    def start(self, *, script: str = "tinycrawl.py", redis_url: str | None = None, **options) -> Crawl:
        """A worker; `settings` are Scrapy's."""
        lease = {"FRONTIER_LEASE": 4}  # shorter, and workers of a busy machine lose what they hold
        given = {"site": self.board.url, "redis": redis_url or self.redis_url, "prefix": self.keys.prefix}
        given |= {"rows": str(self.rows_file), **options, "settings": lease | options.get("settings", {})}
        crawl = Crawl(given, self.folder / f"log-{len(self.crawls)}", script)
        self.crawls.append(crawl)
        return crawl

    def rows(self) -> Counter[str]:
        """How often each page was stored."""
        return Counter(self.rows_file.read_text().split())

    def lost(self) -> set[str]:
        return self.board.pages - self.rows().keys()

    def doubled(self) -> set[str]:
        return {page for page, times in self.rows().items() if times > 1}

    def fetched(self) -> Counter[str]:
        """How often each page was asked for."""
        return Counter(path for _, path in self.board.log(self.began) if path != "/robots.txt")

    def wait_for(self, condition, patience: float = PATIENCE) -> None:
        until = time.monotonic() + patience
        while not condition():
            if time.monotonic() > until:
                pytest.fail("waited in vain; " + "\n".join(crawl.said() for crawl in self.crawls))
            time.sleep(0.02)

    def state(self) -> BoardState:
        """How the queue stands."""
        return self.ask(lambda client: read(client, self.keys))

    def held(self) -> set[str]:
        """The pages that are under lease."""

        async def look(client):
            names = await client.zrange(self.keys.of("leases"), 0, -1)
            entries = await client.hmget(self.keys.of("entries"), names) if names else []
            return {urlsplit(json.loads(entry.split(b" ", 2)[2])["url"]).path for entry in entries}

        return self.ask(look)

    def ask(self, question):
        """What `question`, a coroutine function of a client, answers."""

        async def asked():
            client = connect(self.redis_url)
            try:
                return await question(client)
            finally:
                await client.aclose()

        return asyncio.run(asked())

    def close(self) -> None:
        for crawl in self.crawls:
            if crawl.alive:
                crawl.process.kill()
            with contextlib.suppress(ValueError):  # its output was read
                crawl.process.communicate()
