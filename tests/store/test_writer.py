"""The writer: group commits from one event loop, and what it does while the database is away."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections import Counter
from collections.abc import Iterator

import psycopg
import pytest
from servers import Server, postgres
from some_jobs import at, card, detail

from jobspiders.errors import StoreAway
from jobspiders.store import writer as module
from jobspiders.store.db import connect
from jobspiders.store.query import Query, count, find
from jobspiders.store.writer import Writer


@pytest.fixture(scope="module")
def own_server() -> Iterator[Server]:
    """A PostgreSQL that these tests may stop."""
    with postgres() as server:
        yield server


async def write_all(writer: Writer, ids: range) -> Counter[str]:
    return Counter(await asyncio.gather(*(writer.write(detail(str(number))) for number in ids)))


async def opened(url: str, give_up_after: float = 60) -> Writer:
    writer = Writer(url, "r1", give_up_after)
    await writer.open()
    return writer


def test_what_was_written_is_stored(database_url: str) -> None:
    async def crawl() -> None:
        writer = await opened(database_url)
        assert await writer.write(card("alone")) == "new"
        assert await write_all(writer, range(2500)) == {"new": 2500}
        assert await write_all(writer, range(2500)) == {"repeated": 2500}
        await writer.close()

    asyncio.run(crawl())
    engine = connect(database_url)
    assert count(engine, Query()) == 2501
    assert {job.last_run_id for job in find(engine, Query(limit=10))} == {"r1"}
    engine.dispose()


def test_records_that_arrive_during_a_commit_share_the_next(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    sizes: list[int] = []
    threads: set[str] = set()
    save = module.save

    def slow(engine, records, run_id, moment):  # type: ignore[no-untyped-def]
        sizes.append(len(records))
        threads.add(threading.current_thread().name)
        time.sleep(0.1)
        return save(engine, records, run_id, moment)

    monkeypatch.setattr(module, "save", slow)
    ticks: list[float] = []

    async def tick() -> None:
        while True:
            await asyncio.sleep(0.005)
            ticks.append(time.monotonic())

    async def crawl() -> None:
        writer = await opened(sqlite_url)
        ticking = asyncio.create_task(tick())
        first = asyncio.create_task(writer.write(detail("first")))
        await asyncio.sleep(0.05)
        await asyncio.gather(first, *(writer.write(detail(str(number))) for number in range(1500)))
        ticking.cancel()
        await writer.close()

    asyncio.run(crawl())
    assert sizes == [1, 1000, 500]
    assert threads == {"store_0"}
    assert len(ticks) > 5  # the event loop went on


def test_one_bad_record_does_not_take_others_with_it(database_url: str) -> None:
    async def crawl() -> None:
        writer = await opened(database_url)
        bad = detail("bad", openings=2**80)
        records = [*(detail(str(number)) for number in range(20)), bad, detail("last")]
        answers = await asyncio.gather(*(writer.write(record) for record in records), return_exceptions=True)
        assert [str(answer) for answer in answers[:20]] == ["new"] * 20
        assert isinstance(answers[20], psycopg.DataError | OverflowError)
        assert str(answers[21]) == "new"
        await writer.close()

    asyncio.run(crawl())


def test_cancelled_coroutine_harms_nobody(sqlite_url: str) -> None:
    async def crawl() -> None:
        writer = await opened(sqlite_url)
        leaving = asyncio.create_task(writer.write(detail("leaving")))
        staying = asyncio.create_task(writer.write(detail("staying")))
        await asyncio.sleep(0)
        leaving.cancel()
        assert await staying == "new"
        await writer.close()

    asyncio.run(crawl())


def test_close_commits_what_waits(sqlite_url: str) -> None:
    async def crawl() -> None:
        writer = await opened(sqlite_url)
        waiting = [asyncio.create_task(writer.write(detail(str(number)))) for number in range(50)]
        await asyncio.sleep(0)
        await writer.close()
        assert all(task.done() or task in waiting for task in waiting)
        assert Counter([await task for task in waiting]) == {"new": 50}

    asyncio.run(crawl())


def test_restart_of_the_database_loses_nothing(own_server: Server, caplog: pytest.LogCaptureFixture) -> None:
    async def crawl() -> Counter[str]:
        writer = await opened(own_server.url)
        left = iter(range(6000))
        verdicts: Counter[str] = Counter()
        under_way = asyncio.Event()

        async def pass_on() -> None:
            for number in left:
                verdicts[await writer.write(detail(str(number)))] += 1
                if number > 1000:
                    under_way.set()

        async def restart() -> None:
            await under_way.wait()
            await asyncio.to_thread(own_server.stop)
            await asyncio.sleep(0.3)
            await asyncio.to_thread(own_server.start)

        await asyncio.gather(restart(), *(pass_on() for _ in range(300)))
        await writer.close()
        return verdicts

    with caplog.at_level(logging.WARNING):
        verdicts = asyncio.run(crawl())
    # A commit whose answer was lost is made again, and then finds its jobs there.
    assert verdicts.total() == 6000
    assert set(verdicts) <= {"new", "repeated"}
    assert "does not answer" in caplog.text
    assert "next try in 0.5 s" in caplog.text
    engine = connect(own_server.url)
    assert count(engine, Query()) == 6000
    assert {job.revision for job in find(engine, Query())} == {1}
    engine.dispose()


def test_database_that_stays_away(own_server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "FIRST_PAUSE", 0.05)

    async def crawl() -> None:
        writer = await opened(own_server.url, give_up_after=0.3)
        own_server.stop()
        waiting = [asyncio.create_task(writer.write(detail(str(number)))) for number in range(1500)]
        answers = await asyncio.gather(*waiting, return_exceptions=True)
        assert {type(answer) for answer in answers} == {StoreAway}
        own_server.start()
        with pytest.raises(StoreAway, match="does not answer"):  # given up is given up: the run has failed
            await writer.write(detail("later"))
        await writer.close()

    asyncio.run(crawl())


def test_opening_waits_for_the_database(own_server: Server) -> None:
    own_server.stop()

    async def start() -> None:
        writer = Writer(own_server.url, "r1")
        opening = asyncio.create_task(writer.open())
        await asyncio.sleep(0.2)
        assert not opening.done()
        own_server.start()
        await opening
        assert await writer.write(detail("here", seen_at=at(0))) == "new"
        await writer.close()

    asyncio.run(start())
