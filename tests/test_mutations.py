"""Spoilt pages of every board: jobs as they should be, or an error that is counted and named, and soon.

The same trials by the ten thousand: `python -m benchmarks.mutations`.
"""

from dataclasses import replace
from datetime import UTC, datetime
from random import Random

import pytest
from mutation import trials
from mutation.kinds import KINDS, MUTATORS, spoilt
from mutation.reading import cases, read, ways
from mutation.validity import faults_of

from jobspiders.items import Job
from jobspiders.store.jobs import save

PAGES = 1_000
AT = datetime(2026, 11, 22, tzinfo=UTC)
JOB = Job("example", "1", "https://example.com/1", "Cook", seen_at=AT)


@pytest.fixture(scope="module")
def done():
    return list(trials.trials(PAGES))


def test_no_page_does_harm(done):
    wrong = [(trial.number, trial.case.board, trial.case.name, trial.kinds, trial.faults) for trial in done]
    assert [told for told in wrong if told[-1]] == []


def test_there_is_something_of_everything(done):
    """Else the test above would say nothing."""
    assert {trial.case.board for trial in done if trial.reading.jobs} == {case.board for case in cases()}
    assert {kind for trial in done for kind in trial.kinds} == set(KINDS)
    assert {trial.reading.error for trial in done} == {None, "Unreadable", "Garbled"}
    assert any(trial.reading.failed for trial in done)
    assert sum(bool(trial.reading.jobs) for trial in done) > PAGES / 3


def test_both_databases_take_every_row(done, engine):
    jobs = [job for trial in done for job in trial.reading.jobs]
    for start in range(0, len(jobs), 500):
        save(engine, jobs[start : start + 500], None, AT)


def test_a_trial_is_the_same_each_time():
    for number in range(20):
        one, other = trials.trial(number), trials.trial(number)
        assert (one.kinds, one.way, one.reading.jobs, one.faults) == (
            other.kinds, other.way, other.reading.jobs, other.faults,
        )  # fmt: skip


@pytest.mark.parametrize(("case", "way"), [(case, way) for case in cases() for way in ways(case)])
def test_a_whole_page_has_no_fault(case, way):
    reading = read(case, case.body, way)
    assert (reading.error, reading.faults, reading.failed, reading.dropped) == (None, [], 0, 0)
    assert reading.jobs
    assert list(trials.untrue(case, way, reading, ends_well=False)) == []


@pytest.mark.parametrize("kind", MUTATORS)
def test_every_kind_spoils_pages(kind):
    dice = Random(kind)
    changed = {case.content_type for case in cases() if MUTATORS[kind](case.body, dice) != case.body}
    assert changed >= {"text/html; charset=utf-8"}
    assert changed == {"text/html; charset=utf-8", "application/json"} or "elements" in kind or "markup" in kind


def test_another_page_may_come():
    page = b"<p>"
    pages = {spoilt(page, Random(number), [b"other"])[1] for number in range(300)}
    assert b"other" in pages


@pytest.mark.parametrize(
    ("values", "fault"),
    [
        ({"source_id": "None"}, "source_id"), ({"source_id": "1]"}, "source_id"), ({"title": " "}, "title"),
        ({"url": "/1"}, "url"), ({"url": None}, "url"), ({"apply_url": "javascript:x"}, "apply_url"),
        ({"company": ""}, "company"), ({"company": "a\0"}, "company"), ({"company": "\ud800"}, "company"),
        ({"company": 5}, "company"), ({"skills": ["\0"]}, "skills"), ({"extra": {"a": float("nan")}}, "extra"),
        ({"salary_min": 5.0, "salary_max": 4.0}, "salary"), ({"salary_min": -1.0}, "salary"),
        ({"salary_min": float("inf")}, "salary"), ({"salary_currency": "USD"}, "salary"),
        ({"salary_min": 5.0, "salary_min_annual": 5.0}, "salary"), ({"salary_currency": "XXX"}, "salary"),
        ({"country": "Italy"}, "country"), ({"latitude": 91.0}, "latitude"), ({"places": [{"country": "x"}]}, "country"),
        ({"seniority": "boss"}, "seniority"), ({"employment_types": ["x"]}, "employment_types"),
        ({"experience_min": 3.0, "experience_max": 2.0}, "experience"), ({"openings": 0}, "openings"),
        ({"openings": 2**70}, "openings"), ({"language": "english"}, "language"),
        ({"posted_at": datetime(2026, 11, 24, tzinfo=UTC), "posted_precision": "exact"}, "posted_at"),
        ({"posted_at": datetime(1970, 1, 1, tzinfo=UTC), "posted_precision": "exact"}, "posted_at"),
        ({"posted_at": AT}, "posted_at"), ({"closes_at": datetime(2089, 1, 1, tzinfo=UTC)}, "closes_at"),
    ],
)  # fmt: skip
def test_a_wrong_row_is_a_fault(values, fault):
    assert list(faults_of(JOB, AT)) == []
    assert any(told.startswith(fault) for told in faults_of(replace(JOB, **values), AT))


def test_a_value_that_was_cut_is_a_fault():
    (case,) = [case for case in cases() if (case.board, case.name) == ("lever", "listing")]
    whole = read(case, case.body, "listing")

    def told(*jobs, **said):
        return list(trials.untrue(case, "listing", replace(whole, jobs=list(jobs), **said), ends_well=False))

    first, *others = whole.jobs
    assert told(replace(first, company=None), *others) == []
    assert told(replace(first, title=first.title[:3]), *others) == ["cut off, title differ"]
    assert told(replace(first, source_id="9"), *others) == ["cut off, source_id differ"]
    assert told(*others) == ["cut off, jobs are missing without a word"]
    assert told(*others, cut_off=True) == told(*others, failed=1) == []
    assert told(*whole.jobs, ended=["1"]) == ["cut off, its job is said to be gone"]
