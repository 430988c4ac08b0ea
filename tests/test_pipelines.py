"""From a posting to a stored job: each step alone, and all of them within Scrapy."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem
from scrapy.utils.test import get_crawler

from jobspiders.items import Gone, Job, Posting, Sighting
from jobspiders.pipelines import Normalise, Store, Validate
from jobspiders.store.db import connect
from jobspiders.store.query import get

POSTING = Posting("example", "1", "https://jobs.example/1", " Welder ", posted="no date at all", salary="Rp 5 jt")
JOB = Job(job_source="example", source_id="1", url="https://jobs.example/1", title="Welder")


def stats(crawler: Crawler) -> dict[str, Any]:
    assert crawler.stats is not None
    return {name: value for name, value in crawler.stats.get_stats().items() if not name.startswith("memusage")}


def test_normalise_makes_a_job_and_counts_what_it_could_not_read() -> None:
    crawler = get_crawler()
    step = Normalise.from_crawler(crawler)
    before = datetime.now(UTC)
    job = asyncio.run(step.process_item(POSTING))
    assert isinstance(job, Job)
    assert job.title == "Welder"
    assert before <= job.seen_at <= datetime.now(UTC)
    assert stats(crawler) == {"normalise/bad/posted": 1}


@pytest.mark.parametrize("item", [JOB, Sighting("example", "1"), Gone("example", "1", "404"), {"other": "item"}])
def test_normalise_and_validate_pass_other_items_on(item: Any) -> None:
    for step in (Normalise, Validate):
        assert asyncio.run(step.from_crawler(get_crawler()).process_item(item)) is item


UNUSABLE = [
    ("title", {"title": ""}),
    ("source_id", {"source_id": ""}),
    ("url", {"url": ""}),
    ("url", {"url": "/jobs/1"}),
    ("url", {"url": "//jobs.example/1"}),
    ("url", {"url": "https:///1"}),
    ("url", {"url": "ftp://jobs.example/1"}),
    ("url", {"url": "javascript:alert(1)"}),
    ("url", {"url": "http://[jobs.example/1"}),
]


@pytest.mark.parametrize(("field", "values"), UNUSABLE)
def test_validate_drops_what_nobody_could_use(field: str, values: dict[str, str]) -> None:
    crawler = get_crawler()
    with pytest.raises(DropItem, match=field):
        asyncio.run(Validate.from_crawler(crawler).process_item(replace(JOB, **values)))
    assert stats(crawler) == {f"drop/{field}": 1}


def test_store_counts_what_became_of_each(database_url: str) -> None:
    crawler = get_crawler(settings_dict={"DATABASE_URL": database_url, "RUN_ID": "run-1"})

    async def crawl() -> None:
        step = Store.from_crawler(crawler)
        await step.open_spider()
        other = {"other": "item"}
        assert await step.process_item(other) is other
        assert await step.process_item(JOB) is JOB
        assert await step.process_item(JOB) is JOB
        await step.process_item(replace(JOB, title="Senior Welder"))
        for noted in (Gone("example", "1", "404"), Sighting("example", "1"), Sighting("example", "2")):
            with pytest.raises(DropItem, match="noted"):  # feeds are for jobs
                await step.process_item(noted)
        await step.close_spider()

    asyncio.run(crawl())
    kinds = ("new", "repeated", "changed", "closed", "reopened", "ignored")
    assert stats(crawler) == {f"jobs/{kind}": 1 for kind in kinds}
    engine = connect(database_url)
    history = get(engine, "example", "1")
    assert history is not None
    assert (history.job.last_run_id, history.job.title) == ("run-1", "Senior Welder")
    engine.dispose()


CRAWL = """
import json, sys
from scrapy import Spider
from scrapy.crawler import AsyncCrawlerProcess
from jobspiders.items import Posting, Sighting

class Example(Spider):
    name = "example"
    async def start(self):
        for number in range(30):
            yield Posting("example", str(number), f"https://jobs.example/{number}", f"Welder {number}")
        yield Posting("example", "untitled", "https://jobs.example/untitled", "  ")
        yield Sighting("example", "nobody")

steps = {"jobspiders.pipelines.Normalise": 1, "jobspiders.pipelines.Validate": 2, "jobspiders.pipelines.Store": 3}
process = AsyncCrawlerProcess({
    "ITEM_PIPELINES": steps, "DATABASE_URL": sys.argv[1], "RUN_ID": "r", "LOG_LEVEL": "WARNING",
    "TELNETCONSOLE_ENABLED": False, "REMOTE_CONTROL_ENABLED": False,
})
crawler = process.create_crawler(Example)
process.crawl(crawler)
process.start()
kept = ("jobs/", "drop/", "item_")
print(json.dumps({name: value for name, value in crawler.stats.get_stats().items() if name.startswith(kept)}))
"""


def test_all_steps_within_scrapy(database_url: str) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", CRAWL, database_url], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    counted = json.loads(done.stdout)
    assert {name: counted[name] for name in ("jobs/new", "jobs/ignored", "drop/title", "item_dropped_count")} == {
        "jobs/new": 30,
        "jobs/ignored": 1,
        "drop/title": 1,
        "item_dropped_count": 2,
    }
    assert "Traceback" not in done.stderr
    assert "Warning" not in done.stderr
