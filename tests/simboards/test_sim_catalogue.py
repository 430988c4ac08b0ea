"""The catalogue is the truth: the same for everyone, moving on like a real board."""

from __future__ import annotations

import re
from dataclasses import fields
from datetime import timedelta

import pytest

from jobspiders.items import Job
from jobspiders.simboards.boards import BOARDS as PLAYED
from jobspiders.simboards.catalogue import catalogue, ended
from jobspiders.simboards.invented import RECRUITERS
from jobspiders.simboards.profiles import PROFILES

BOARDS = sorted(PROFILES)
ID_SHAPES = {
    **dict.fromkeys(("ashby", "lever"), r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"),
    **dict.fromkeys(("greenhouse", "recruitee", "smartrecruiters", "jsonld"), r"\d{7,8}"),
    "workable": r"[0-9A-F]{10}",
    "glints": r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}",
    "indeed": r"[0-9a-f]{16}",
    "jobstreet": r"\d{8}",
    "linkedin": r"44\d{8}",
    "lokerid": r"\d{8}",
    "naukri": r"\d{12}",
    "ycombinator": r"\d{5,6}",
}


@pytest.mark.parametrize("board", BOARDS)
def test_same_question_same_jobs(board, now):
    assert catalogue(board, 40, now=now) == catalogue(board, 40, now=now)
    assert catalogue(board, 40, seed=2, now=now) != catalogue(board, 40, now=now)


@pytest.mark.parametrize("board", BOARDS)
def test_size_ids_and_order(board, now):
    jobs = catalogue(board, 300, now=now)
    assert len({job.id for job in jobs}) == 300
    posted = [job.posted for job in jobs]
    assert posted == sorted(posted, reverse=True)
    assert all(now - PROFILES[board].window - timedelta(days=3) < at <= now for at in posted)
    assert all(job.updated <= now < job.closes for job in jobs)


@pytest.mark.parametrize("board", BOARDS)
def test_ids_look_like_the_boards(board, now):
    assert all(re.fullmatch(ID_SHAPES[board], job.id) for job in catalogue(board, 50, now=now))


@pytest.mark.parametrize("board", BOARDS)
def test_an_id_is_the_same_job_at_every_size(board, now):
    small = {job.id: job for job in catalogue(board, 30, now=now)}
    large = {job.id: job for job in catalogue(board, 60, now=now)}
    both = small.keys() & large.keys()
    assert len(both) >= 25
    assert all(small[known] == large[known] for known in both)


@pytest.mark.parametrize("board", BOARDS)
def test_a_later_catalogue_has_new_gone_and_edited_jobs(board, now):
    window = PROFILES[board].window
    early = {job.id: job for job in catalogue(board, 400, now=now)}
    late = {job.id: job for job in catalogue(board, 400, now=now + window / 20)}
    gone = early.keys() - late.keys()
    assert len(gone) == len(late.keys() - early.keys()) == 20
    assert gone <= {job.id for job in ended(board, 400, now=now + window / 20)}
    changed = [known for known in early.keys() & late.keys() if early[known] != late[known]]
    assert 0 < len(changed) < 20
    assert all(late[known].updated > early[known].updated for known in changed)


def test_ended_jobs_are_older_than_open_ones_and_marked(now):
    past = ended("jobstreet", 50, now=now)
    assert len(past) == 5
    assert all(job.closed for job in past)
    assert max(job.posted for job in past) < min(job.posted for job in catalogue("jobstreet", 50, now=now))
    assert len(ended("jobstreet", 3, now=now)) == 1


def test_sites_of_one_board_share_no_id(now):
    jobs = [job for country in ("ID", "MY", "SG", "PH") for job in catalogue("jobstreet", 50, now=now, country=country)]
    assert len({job.id for job in jobs}) == 200
    assert {job.places[0].country for job in jobs} == {"ID", "MY", "SG", "PH"}


@pytest.mark.parametrize(
    ("board", "share", "low", "high"),
    [
        ("glints", lambda job: job.pay is None, 0.3, 0.6),
        ("jobstreet", lambda job: job.pay is None, 0.5, 0.7),
        ("jobstreet", lambda job: job.employer is None, 0.03, 0.08),
        ("jobstreet", lambda job: job.pay and job.pay.currency != "IDR", 0.005, 0.05),
        ("glints", lambda job: job.pay and job.pay.currency != "IDR", 0.005, 0.05),
        ("lokerid", lambda job: job.pay and job.pay.currency != "IDR", 0, 0),
        ("lokerid", lambda job: job.premium, 0.04, 0.14),
        ("lokerid", lambda job: job.negotiable, 0.08, 0.3),
        ("ycombinator", lambda job: len(job.places) > 1, 0.1, 0.3),
        ("ycombinator", lambda job: job.pay and job.pay.period == "HOUR", 0.02, 0.15),
        ("glints", lambda job: job.arrangement == "REMOTE", 0.05, 0.2),
        ("glints", lambda job: job.pay and job.pay.maximum is None, 0.01, 0.1),
    ],
)
def test_variety(board, share, low, high, now):
    jobs = catalogue(board, 1000, now=now)
    assert low <= sum(bool(share(job)) for job in jobs) / 1000 <= high


def test_pay_is_plausible(now):
    for board in BOARDS:
        for job in catalogue(board, 500, now=now):
            if job.pay and job.pay.maximum:
                assert job.pay.minimum < job.pay.maximum < 3 * job.pay.minimum


@pytest.mark.parametrize("board", BOARDS)
def test_what_is_expected_are_fields_of_a_job(board, now):
    known = {item.name for item in fields(Job)}
    for job in (*catalogue(board, 100, now=now), *ended(board, 100, now=now)):
        stored = PLAYED[board].expected(job)
        assert {"source_id", "title", "company", "salary_min", "posted_at"} <= set(stored) <= known
        assert not any(person in str(stored) for person in RECRUITERS)


def test_employers_cannot_exist(now):
    for board in BOARDS:
        for job in catalogue(board, 100, now=now):
            assert job.employer is None or job.employer.website.endswith(".example")


def test_unknown_board(now):
    with pytest.raises(KeyError):
        catalogue("nowhere", 1, now=now)
