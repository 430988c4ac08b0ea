"""How jobs end and come back, and what a batch means that says several things of one job."""

from __future__ import annotations

from dataclasses import replace

import pytest
from some_jobs import GONE, SEEN, at, card, detail, rows, stored, told, visit
from sqlalchemy import Engine

from jobspiders.items import Gone, Sighting
from jobspiders.store.jobs import Record, close_unseen


def test_gone_and_seen_again(engine: Engine) -> None:
    visit(engine, 0, detail())
    assert visit(engine, 1, GONE, run_id="r2") == ["closed"]
    job = stored(engine).job
    assert (job.closed_at, job.closed_reason, job.last_seen_at, job.revision) == (at(1), "404", at(0), 2)
    assert visit(engine, 2, GONE) == ["unchanged"]
    assert visit(engine, 3, detail(), run_id="r3") == ["reopened"]
    job = stored(engine).job
    assert (job.closed_at, job.closed_reason, job.last_seen_at, job.revision) == (None, None, at(3), 3)
    assert told(stored(engine)) == [
        (2, "closed_at", None, "2026-11-02T09:00:00+00:00"),
        (2, "closed_reason", None, "404"),
        (3, "closed_at", "2026-11-02T09:00:00+00:00", None),
        (3, "closed_reason", "404", None),
    ]


def test_reopened_with_a_change_is_one_revision(engine: Engine) -> None:
    visit(engine, 0, detail())
    visit(engine, 1, GONE)
    assert visit(engine, 2, detail(title="Boilermaker")) == ["reopened"]
    assert [change.field for change in stored(engine).changes if change.revision == 3] == [
        "title",
        "closed_at",
        "closed_reason",
    ]


def test_sighting_touches_and_reopens(engine: Engine) -> None:
    visit(engine, 0, detail(card_hash="c"))
    assert visit(engine, 1, SEEN, run_id="r2") == ["unchanged"]
    job = stored(engine).job
    assert (job.last_seen_at, job.last_run_id, job.detailed_at, job.card_hash) == (at(1), "r2", at(0), "c")
    visit(engine, 2, GONE)
    assert visit(engine, 3, SEEN) == ["reopened"]


def test_sighting_or_end_of_an_unknown_job_is_ignored(engine: Engine) -> None:
    assert visit(engine, 0, SEEN, Gone("example", "2", "410")) == ["ignored", "ignored"]
    assert rows(engine) == 0


def test_marked_closed_by_the_board(engine: Engine) -> None:
    assert visit(engine, 0, detail("1", closed=True), detail("2")) == ["new", "new"]
    assert stored(engine).job.closed_reason == "the board marks it closed"
    assert visit(engine, 1, SEEN) == ["unchanged"]  # still listed, and its card is the same: still closed
    assert visit(engine, 2, card(title="Welder (m/f)")) == ["changed"]  # nor does a card that does not say
    assert stored(engine).job.closed_at == at(0)
    assert visit(engine, 3, detail("1", closed=False), detail("2", closed=True)) == ["reopened", "closed"]
    assert stored(engine, "2").job.closed_at == at(3)


def test_older_evidence_closes_nothing_and_older_sight_reopens_nothing(engine: Engine) -> None:
    visit(engine, 5, detail())
    assert visit(engine, 4, GONE) == ["ignored"]
    visit(engine, 7, GONE)
    assert visit(engine, 6, detail()) == ["unchanged"]
    assert stored(engine).job.closed_at == at(7)


BATCHES = [
    ([card(), detail()], ["repeated", "new"], "Weld **pipes**."),
    ([detail(), card(title="Other")], ["new", "repeated"], "Weld **pipes**."),
    ([detail(description="a"), detail(description="b")], ["repeated", "new"], "b"),
    ([card(description="a"), card(description="b")], ["repeated", "new"], "b"),
    ([SEEN, detail(), SEEN], ["repeated", "new", "repeated"], "Weld **pipes**."),
    ([GONE, detail()], ["repeated", "new"], "Weld **pipes**."),
    ([detail(), GONE], ["new", "closed"], "Weld **pipes**."),
    ([detail(), GONE, SEEN], ["new", "repeated", "repeated"], "Weld **pipes**."),
]


@pytest.mark.parametrize(("records", "verdicts", "description"), BATCHES)
def test_same_job_twice_in_a_batch(
    engine: Engine, records: list[Record], verdicts: list[str], description: str
) -> None:
    assert visit(engine, 0, *records) == verdicts
    assert stored(engine).job.description == description
    assert (stored(engine).job.closed_at is not None) == ("closed" in verdicts)
    assert rows(engine) == 1


def test_same_batch_again_changes_nothing(engine: Engine) -> None:
    visit(engine, 0, detail("1"), detail("2"), detail("3"))
    batch = [detail("1", title="Other"), card("2", title="Other"), Gone("example", "3", "404"), detail("4")]
    assert visit(engine, 1, *batch) == ["changed", "changed", "closed", "new"]
    before = [stored(engine, number) for number in "1234"]
    assert visit(engine, 1, *batch) == ["repeated", "repeated", "unchanged", "repeated"]
    assert [stored(engine, number) for number in "1234"] == before


def test_close_unseen(engine: Engine) -> None:
    visit(engine, 0, detail("1"), detail("2"), detail("3"), replace(detail("1"), job_source="other"))
    visit(engine, 1, Gone("example", "3", "404"))
    visit(engine, 5, Sighting("example", "2"))
    assert close_unseen(engine, "example", at(4), "r9", "no longer listed") == 1
    job, changes = stored(engine, "1")
    assert (job.closed_at, job.closed_reason) == (at(4), "no longer listed")
    assert {change.run_id for change in changes} == {"r9"}
    assert stored(engine, "2").job.closed_at is None
    assert stored(engine, "3").job.closed_reason == "404"
    assert close_unseen(engine, "example", at(4), "r9", "no longer listed") == 0
