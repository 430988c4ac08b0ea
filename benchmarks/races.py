"""Crawls of a site of made-up pages, and how fast they were as the site saw it."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, Self
from urllib.request import urlopen

ROOT = Path(__file__).parent.parent
SITE = ROOT / "tests" / "frontier" / "tinyboard.py"
PER_LIST = 20  # jobs on a page of links, as in tinyboard.py
PATIENCE = 900  # seconds for one crawl


@dataclass(frozen=True, slots=True)
class Result:
    """Of one response: ms of CPU, Redis round trips, and those of them that blocked; responses a second; the greatest
    memory of a process in MB.
    """

    cpu: float
    speed: float
    trips: float
    blocking: float
    memory: float


class Course:
    """A site that is `latency` seconds slow, and a Redis, to be crawled once."""

    def __init__(self, pages: int, latency: float, redis_url: str, folder: str) -> None:
        self._lists = max(1, pages // (PER_LIST + 1))
        self._jobs = self._lists * PER_LIST
        self._latency = latency
        self._redis_url = redis_url
        self._folder = folder

    def __enter__(self) -> Self:
        argv = [sys.executable, str(SITE), str(self._jobs), str(self._latency)]
        self._site = subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self._site.stdout
        self.url = json.loads(self._site.stdout.readline())["url"]
        return self

    def __exit__(self, *_exc: object) -> None:
        self._site.communicate("")

    def run(self, queue: str, processes: int, sleep: float = 0.0) -> Result:
        """Crawl all pages once, with so many processes, each on its part of the site unless they share a queue. Every
        callback sleeps for so many seconds. Raises RuntimeError when pages are missing.
        """
        asked: dict[str, Any] = {"queue": queue, "site": self.url, "sleep": sleep, "settings": {}}
        lists = [(0, self._lists)] * processes
        if queue in ("scrapy_redis", "ours"):
            asked["settings"] = {"REDIS_URL": self._redis_url, "RUN_ID": "benchmark"}
        else:
            bounds = [self._lists * number // processes for number in range(processes + 1)]
            lists = list(pairwise(bounds))
        if "jobdir" in queue:
            asked["settings"] = {"JOBDIR": self._folder}
        crawls = [start({**asked, "lists": part}) for part in lists]
        told = [end(crawl) for crawl in crawls]
        with urlopen(f"{self.url}/log", timeout=60) as answer:
            moments = [at for at, _ in json.loads(answer.read())]
        responses = sum(one["responses"] for one in told)
        if not len(moments) == responses == self._lists + self._jobs:
            raise RuntimeError(f"{queue}: {self._lists + self._jobs} pages, {len(moments)} asked for, {responses} came")
        tenth = len(moments) // 10
        return Result(
            cpu=1000 * sum(one["cpu"] for one in told) / responses,
            speed=8 * tenth / (moments[9 * tenth] - moments[tenth]),
            trips=sum(one["blocking"] + one["awaited"] for one in told) / responses,
            blocking=sum(one["blocking"] for one in told) / responses,
            memory=max(one["memory"] for one in told),
        )


def start(asked: dict[str, Any]) -> subprocess.Popen[str]:
    """A crawl in a process of its own, see `crawling.py`."""
    argv = [sys.executable, "-m", "benchmarks.crawling", json.dumps(asked)]
    return subprocess.Popen(argv, stdout=subprocess.PIPE, text=True, cwd=ROOT)


def end(crawl: subprocess.Popen[str]) -> dict[str, Any]:
    """What the crawl told at its end. Raises RuntimeError when it failed."""
    out, _ = crawl.communicate(timeout=PATIENCE)
    told: dict[str, Any] = json.loads(out) if crawl.returncode == 0 else {}
    if not told or told["errors"]:
        raise RuntimeError(f"a crawl failed: {crawl.args!r}")
    return told
