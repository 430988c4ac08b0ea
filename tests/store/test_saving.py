"""What a visit of a job makes of what is stored, on both databases alike."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from some_jobs import SEEN, at, card, detail, stored, told, visit
from sqlalchemy import Engine

from jobspiders.store.jobs import Known, Verdict, known


def test_new_job(engine: Engine) -> None:
    assert visit(engine, 0, detail(card_hash="c1"), run_id="r1") == ["new"]
    job, changes = stored(engine)
    assert (job.first_seen_at, job.last_seen_at, job.detailed_at) == (at(0), at(0), at(0))
    assert (job.revision, job.first_run_id, job.last_run_id, job.closed_at) == (1, "r1", "r1", None)
    assert changes == []
    assert known(engine, "example", ["1", "2"]) == {"1": Known("c1", at(0), None)}


def test_unchanged_job_is_only_touched(engine: Engine) -> None:
    visit(engine, 0, detail(), run_id="r1")
    assert visit(engine, 5, detail(), run_id="r2") == ["unchanged"]
    job, changes = stored(engine)
    assert (job.first_seen_at, job.last_seen_at, job.detailed_at) == (at(0), at(5), at(5))
    assert (job.revision, job.first_run_id, job.last_run_id) == (1, "r1", "r2")
    assert changes == []


def test_seen_at_of_the_job_goes_before_the_time_of_the_batch(engine: Engine) -> None:
    visit(engine, 3, detail(seen_at=at(1)))
    assert stored(engine).job.first_seen_at == at(1)


def test_changes_are_told_field_by_field(engine: Engine) -> None:
    visit(engine, 0, detail())
    new = detail(title="Senior Welder", salary_max=None, skills=["MIG"], closes_at=at(99))
    assert visit(engine, 5, new, run_id="r2") == ["changed"]
    job, changes = stored(engine)
    assert sorted(told(stored(engine))) == [
        (2, "closes_at", None, "2026-11-06T11:00:00+00:00"),
        (2, "salary_max", 8_000_000.0, None),
        (2, "skills", ["MIG", "TIG"], ["MIG"]),
        (2, "title", "Welder", "Senior Welder"),
    ]
    assert {(change.changed_at, change.run_id) for change in changes} == {(at(5), "r2")}
    assert (job.title, job.salary_max, job.skills, job.revision) == ("Senior Welder", None, ["MIG"], 2)
    assert visit(engine, 6, new) == ["unchanged"]
    assert visit(engine, 7, detail()) == ["changed"]
    assert stored(engine).job.revision == 3


def test_history_holds_the_markdown_and_not_its_twins(engine: Engine) -> None:
    visit(engine, 0, detail())
    visit(engine, 1, detail(description="Bend.", description_html="<p>Bend.</p>", description_text="Bend."))
    assert told(stored(engine)) == [(2, "description", "Weld **pipes**.", "Bend.")]
    assert stored(engine).job.description_html == "<p>Bend.</p>"


def test_html_alone_is_written_without_a_revision(engine: Engine) -> None:
    visit(engine, 0, detail())
    assert visit(engine, 1, detail(description_html="<p>Weld <strong>pipes</strong>.</p>")) == ["unchanged"]
    job, changes = stored(engine)
    assert (job.description_html, job.revision, changes) == ("<p>Weld <strong>pipes</strong>.</p>", 1, [])


def test_card_overwrites_with_what_it_says_and_with_nothing_else(engine: Engine) -> None:
    visit(engine, 0, detail(card_hash="c1"))
    assert visit(engine, 1, card(title="Lead Welder", card_hash="c2")) == ["changed"]
    job = stored(engine).job
    assert told(stored(engine)) == [(2, "title", "Welder", "Lead Welder")]
    assert job.complete
    assert (job.description, job.skills, job.card_hash) == ("Weld **pipes**.", ["MIG", "TIG"], "c2")
    assert (job.detailed_at, job.last_seen_at) == (at(0), at(1))


def test_card_that_says_nothing_new_changes_nothing(engine: Engine) -> None:
    visit(engine, 0, detail(card_hash="c1"))
    assert visit(engine, 1, card(company=None, card_hash="c2")) == ["unchanged"]
    assert stored(engine).job.card_hash == "c2"


def test_equal_card_is_believed_without_a_look(engine: Engine) -> None:
    visit(engine, 0, detail(card_hash="c1"))
    assert visit(engine, 1, card(title="Not read", card_hash="c1")) == ["unchanged"]
    assert stored(engine).job.title == "Welder"


def test_page_of_a_job_is_read_even_if_its_card_is_the_same(engine: Engine) -> None:
    visit(engine, 0, detail(card_hash="c1"))
    assert visit(engine, 1, detail(description="Bend.", card_hash="c1")) == ["changed"]


def test_detail_completes_a_card_and_overwrites_with_null(engine: Engine) -> None:
    visit(engine, 0, card(salary_text="8 juta", is_remote=True))
    assert stored(engine).job.detailed_at is None
    assert visit(engine, 1, detail()) == ["changed"]
    job = stored(engine).job
    assert (job.complete, job.detailed_at, job.is_remote, job.salary_text) == (True, at(1), None, None)


def test_detail_that_equals_its_card_completes_it(engine: Engine) -> None:
    visit(engine, 0, card())
    assert visit(engine, 1, replace(card(), complete=True)) == ["unchanged"]
    job = stored(engine).job
    assert (job.complete, job.detailed_at, job.revision) == (True, at(1), 1)


def test_salary_of_a_card_is_taken_whole_or_not_at_all(engine: Engine) -> None:
    visit(engine, 0, detail(salary_min_annual=6e7, salary_max_annual=9.6e7))
    visit(engine, 1, card(salary_min=5_000_000.0, salary_currency="IDR"))  # says less, but the same
    assert stored(engine).job.salary_max == 8_000_000.0
    visit(engine, 2, card(salary_min=9_000_000.0, salary_currency="IDR"))
    job = stored(engine).job
    assert (job.salary_min, job.salary_max, job.salary_period, job.salary_max_annual) == (9_000_000.0, None, None, None)


POSTED = [
    # stored, seen later, kept
    (("exact", 0), ("exact", 9), ("exact", 9)),  # the board itself moved it
    (("exact", 0), ("day", 9), ("exact", 0)),
    (("exact", 0), ("about", 9), ("exact", 0)),
    (("exact", 0), (None, None), ("exact", 0)),
    (("day", 0), ("day", 24), ("day", 24)),
    (("day", 0), ("exact", 9), ("exact", 9)),
    (("about", 0), ("about", 9), ("about", 0)),  # "3 days ago", a day later
    (("about", 0), ("at_least", 9), ("about", 0)),
    (("at_least", 0), ("about", 9), ("at_least", 0)),
    (("about", 0), ("day", 9), ("day", 9)),
    ((None, None), ("about", 9), ("about", 9)),
]


@pytest.mark.parametrize(("have", "get_", "keep"), POSTED)
def test_posting_date_only_gets_better(engine: Engine, have: tuple, get_: tuple, keep: tuple) -> None:
    def posted(precision: str | None, hours: float | None) -> dict[str, Any]:
        return {
            "posted_precision": precision,
            "posted_at": None if hours is None else at(hours),
            "posted_text": f"{precision} {hours}",
        }

    visit(engine, 10, detail(**posted(*have)))
    expected = "unchanged" if keep == have else "changed"
    assert visit(engine, 20, detail(**posted(*get_))) == [expected]
    job = stored(engine).job
    assert {name: getattr(job, name) for name in posted(*keep)} == posted(*keep)
    assert visit(engine, 30, detail(**posted(*get_))) == ["unchanged"]


def test_older_visit_changes_no_content(engine: Engine) -> None:
    visit(engine, 5, detail(title="Now"), run_id="now")
    assert visit(engine, 2, detail(title="Before"), card(title="Before"), run_id="before") == ["unchanged", "repeated"]
    job = stored(engine).job
    assert (job.title, job.first_seen_at, job.last_seen_at, job.detailed_at) == ("Now", at(2), at(5), at(5))
    assert (job.first_run_id, job.last_run_id, job.revision) == ("before", "now", 1)


def test_older_detail_fills_the_gaps_of_a_newer_card(engine: Engine) -> None:
    visit(engine, 5, card(title="Now"))
    assert visit(engine, 2, detail(title="Before")) == ["changed"]
    job = stored(engine).job
    assert (job.title, job.description, job.complete) == ("Now", "Weld **pipes**.", True)


def test_detail_read_before_a_later_sighting_still_counts(engine: Engine) -> None:
    visit(engine, 0, detail())
    visit(engine, 5, SEEN)
    assert visit(engine, 4, detail(title="Changed at four")) == ["changed"]
    assert stored(engine).job.last_seen_at == at(5)


def test_job_that_its_own_run_has_seen_is_repeated(engine: Engine) -> None:
    visit(engine, 0, detail(), run_id="r1")
    assert visit(engine, 1, detail(), SEEN, run_id="r1") == ["repeated", "repeated"]
    assert visit(engine, 2, detail(title="Fitter"), run_id="r1") == ["changed"]
    assert visit(engine, 3, detail(title="Fitter"), run_id="r2") == ["unchanged"]


def test_verdicts_are_the_words_of_the_stats() -> None:
    assert {str(verdict) for verdict in Verdict} == {
        *("new", "changed", "unchanged", "repeated", "reopened", "closed", "ignored")
    }
