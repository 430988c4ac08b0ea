"""Pages of jobs: along the index, in bounded time, and without the extension that a company may not have."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest
from servers import Server
from some_jobs import at, detail
from sqlalchemy import Engine, event

from jobspiders.errors import TooSlow
from jobspiders.store import pages
from jobspiders.store.db import connect
from jobspiders.store.jobs import save
from jobspiders.store.query import Query

NO_SORTING = {"sqlite": "EXPLAIN QUERY PLAN ", "postgresql": "EXPLAIN "}


def plan(engine: Engine, query: Query, after: pages.Place | None) -> str:
    """How the database reads the page."""
    asked: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if "FROM jobs" in statement:
            asked.append((statement, parameters))

    event.listen(engine, "before_cursor_execute", note)
    pages.page(engine, query, 10, after)
    event.remove(engine, "before_cursor_execute", note)
    with engine.connect() as connection:
        ((statement, parameters),) = asked
        rows = connection.exec_driver_sql(NO_SORTING[engine.dialect.name] + statement, parameters)
        return "\n".join(str(row) for row in rows)


@pytest.mark.parametrize(
    ("query", "index"),
    [
        (Query(), "jobs_newest"),
        (Query(boards=("example",)), "jobs_board"),
        (Query(country="ID"), "jobs_country"),
    ],
)
def test_any_page_is_read_along_an_index(engine: Engine, query: Query, index: str) -> None:
    save(engine, [detail(f"{number:04}", posted_at=at(-number)) for number in range(3000)], None, at(0))
    with engine.begin() as connection:
        connection.exec_driver_sql("ANALYZE jobs")
    for after in (None, pages.page(engine, query, 2000).after):
        told = plan(engine, query, after)
        assert "jobs_newest" in told or index in told, told
        assert "Seq Scan" not in told
        assert "SCAN jobs\n" not in f"{told}\n"
        assert "TEMP B-TREE" not in told
        assert "Sort" not in told.replace("Incremental Sort", "")


def test_a_word_is_looked_up_where_there_is_an_index_for_it(emptied_postgres_url: str) -> None:
    engine = connect(emptied_postgres_url)
    jobs = [detail(f"{number:04}", title=f"Nurse {number:04}", posted_at=at(-number)) for number in range(5000)]
    save(engine, jobs, None, at(0))
    with engine.begin() as connection:
        connection.exec_driver_sql("ANALYZE jobs")
    assert "jobs_words" in plan(engine, Query(text="4711"), None)
    assert [job.title for job in pages.page(engine, Query(text="4711 nurse"), 10).jobs] == ["Nurse 4711"]
    engine.dispose()


def test_a_search_has_a_time_limit(emptied_postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "PATIENCE", 0.05)
    engine = connect(emptied_postgres_url)
    with psycopg.connect(emptied_postgres_url) as other:
        other.execute("LOCK TABLE jobs")
        with pytest.raises(TooSlow, match="narrow the search"):
            pages.page(engine, Query(), 10)
    assert pages.page(engine, Query(), 10).jobs == []
    engine.dispose()


def test_a_company_that_may_not_have_the_extension_goes_without(postgres_server: Server) -> None:
    with psycopg.connect(postgres_server.url, autocommit=True) as connection:
        connection.execute("CREATE ROLE modest LOGIN")
        connection.execute("CREATE DATABASE modest")
    url = postgres_server.url.replace("postgres@", "modest@").rpartition("/")[0] + "/modest"
    with psycopg.connect(url.replace("modest@", "postgres@"), autocommit=True) as connection:
        connection.execute("GRANT ALL ON SCHEMA public TO modest")
    engine = connect(url)
    save(engine, [detail("welder", title="Chief welder")], None, at(0))
    assert [job.source_id for job in pages.page(engine, Query(text="chief"), 10).jobs] == ["welder"]
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT 1 FROM pg_indexes WHERE indexname = 'jobs_words'").first() is None
    engine.dispose()
    with psycopg.connect(postgres_server.url, autocommit=True) as connection:
        connection.execute("DROP DATABASE modest WITH (FORCE)")
        connection.execute("DROP ROLE modest")
