"""Scrapy on the simboards: real addresses in, real addresses out, and nothing beyond loopback."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from jobspiders.simboards.launch import launch
from jobspiders.simboards.ycombinator_wire import company_path, path

ROOT = Path(__file__).parents[2]
HANDLER = "jobspiders.simboards.handler.SimboardHandler"
# Asks for the addresses and prints what came back for each, one JSON line an answer.
CRAWL = """
import json, sys
from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess

class Probe(Spider):
    name = "probe"

    async def start(self):
        for url in asked["urls"]:
            yield Request(url, self.parse, errback=self.failed, dont_filter=True, meta=asked["meta"])

    def parse(self, response):
        print(json.dumps({
            "url": response.url, "status": response.status, "size": len(response.body), "kind": type(response).__name__,
            "latency": response.meta["download_latency"], "redirects": response.meta.get("redirect_urls"),
        }))

    def failed(self, failure):
        error = {"error": type(failure.value).__name__, "says": str(failure.value)}
        print(json.dumps({"url": failure.request.url, **error}))

asked = json.loads(sys.argv[1])
process = AsyncCrawlerProcess(asked["settings"])
process.crawl(Probe)
process.start()
"""


def crawl(urls, meta=None, **settings):
    common = {
        "DOWNLOAD_HANDLERS": {"http": HANDLER, "https": HANDLER},
        "LOG_LEVEL": "ERROR",
        "TELNETCONSOLE_ENABLED": False,
        "RETRY_ENABLED": False,
        "HTTPERROR_ALLOW_ALL": True,
    }
    asked = json.dumps({"urls": urls, "meta": meta or {}, "settings": common | settings})
    command = [sys.executable, "-W", "error", "-c", CRAWL, asked]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    return sorted(answers, key=lambda answer: answer["url"]), done.stderr


@pytest.fixture(scope="module")
def boards():
    with launch(jobs=30) as served:
        yield served


def test_answers_come_under_the_boards_addresses(boards):
    urls = [
        "http://id.jobstreet.com/api/jobsearch/v5/search?siteKey=ID-Main",
        "https://glints.com/nothing",
        "https://www.loker.id/cari-lowongan-kerja?q=%20kasir#there",
    ]
    answers, said = crawl(urls, SIMBOARDS_URL=boards.url)
    assert said == ""
    assert [(answer["url"], answer["status"], answer["kind"]) for answer in answers] == [
        (urls[0], 200, "JsonResponse"),
        (urls[1], 404, "HtmlResponse"),
        (urls[2].partition("#")[0], 200, "HtmlResponse"),
    ]
    assert all(0 < answer["latency"] < 10 for answer in answers)


def test_redirects_stay_on_the_board(ask, now):
    past = next(job for job in ask("ycombinator", 30).site.known.values() if job.closed)
    with launch(jobs=30, now=now) as served:
        (answer,), _ = crawl([f"https://www.ycombinator.com{path(past)}"], SIMBOARDS_URL=served.url)
    assert answer["url"] == f"https://www.ycombinator.com{company_path(past.employer)}/jobs"
    assert answer["redirects"] == [f"https://www.ycombinator.com{path(past)}"]


def test_other_hosts_are_refused(boards):
    seen = len(boards.log())
    answers, _ = crawl(["http://127.0.0.1:1/", "https://www.example.com/"], SIMBOARDS_URL=boards.url)
    assert [answer["error"] for answer in answers] == ["NotSupported", "NotSupported"]
    assert answers[1]["says"].startswith("No simboard plays 'www.example.com'; played are ")
    assert len(boards.log()) == seen


def test_a_proxy_is_passed_over(boards):
    (answer,), _ = crawl(
        ["https://glints.com/robots.txt"], {"proxy": "http://192.0.2.1:8080"}, SIMBOARDS_URL=boards.url
    )
    assert answer["status"] == 200


@pytest.mark.parametrize(
    "url", ["", "http://192.0.2.1:80", "https://127.0.0.1:1", "ftp://127.0.0.1", "http://localhost.example"]
)
def test_nothing_but_loopback_is_asked(url):
    (answer,), _ = crawl(["https://glints.com/robots.txt"], SIMBOARDS_URL=url)
    assert answer["error"] == "NotSupported"
    assert "SIMBOARDS_URL is not an http:// address on loopback." in answer["says"]


@pytest.mark.parametrize(
    ("fault", "error"),
    [("cut", "ResponseDataLossError"), ("reset", "DownloadFailedError"), ("slow:seconds=9", "DownloadTimeoutError")],
)
def test_broken_connections_are_the_errors_that_scrapy_knows(fault, error, boards):
    boards.set_fault(f"glints:{fault}")
    (answer,), _ = crawl(["https://glints.com/id/lowongan-kerja"], SIMBOARDS_URL=boards.url, DOWNLOAD_TIMEOUT=1)
    boards.clear_faults()
    assert answer["error"] == error
