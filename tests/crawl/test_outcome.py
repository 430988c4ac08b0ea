import pytest

from jobspiders.crawl.counts import Counts
from jobspiders.crawl.outcome import EXIT_CODES, judge
from jobspiders.items import Expect, Outcome

EXPECT = Expect(min_jobs=20, fields={"company": 0.9, "city": 0.5})
FULL = {"company": 1.0, "city": 0.5}
READ = {"listings": 4, "cards": 120, "found": 120, "stored": 120}


@pytest.mark.parametrize(
    ("counts", "outcome", "status", "says"),
    [
        (READ, "complete", "succeeded", "read 4 listing pages with 120 cards to the end"),
        ({"listings": 1, "cards": 20, "found": 20, "stored": 20}, "complete", "succeeded", "1 listing page with"),
        (READ | {"found": 117, "failed": 3}, "complete", "partial", "to the end"),
        (READ | {"found": 80, "failed": 40}, "complete", "failed", "to the end"),
        ({"listings": 2, "cards": 30}, "drifted", "partial", "30 cards came, but not one of them led to a job"),
        (READ | {"unreadable": 1, "crashed": 1, "failed": 1}, "truncated", "partial", "a page could not be read, after 4"),
        (READ | {"garbled": 1, "crashed": 1, "failed": 1}, "truncated", "partial", "a page could not be read, after 4"),
        (READ | {"crashed": 1, "failed": 1}, "truncated", "partial", "a page could not be read, after 4"),
        ({"listings": 1}, "empty", "succeeded", "says that there is nothing"),
        (READ | {"listings_failed": 1, "failed": 1, "says": "a login"}, "truncated", "partial", "a login, after 4 listing pages"),
        (READ | {"cut_off": 1}, "truncated", "partial", "a page could not be read, after 4"),
        (READ | {"cards_failed": 40, "failed": 40, "found": 80}, "drifted", "failed", "40 of 120 cards could not be read"),
        ({"listings": 1, "cards": 19, "found": 19, "stored": 19}, "drifted", "partial", "only 19 jobs are listed, at least 20"),
        ({"responses": 3, "walls": 3, "listings_failed": 1, "failed": 1, "says": "Cloudflare's challenge"}, "blocked", "failed", "a wall: Cloudflare's challenge"),
        ({"forbidden": 1, "listings_failed": 1, "failed": 1}, "robots", "failed", "robots.txt forbids"),
        ({}, "failed", "failed", "no answer came"),
        ({"listings_failed": 1, "failed": 1, "says": "the board's name cannot be resolved"}, "failed", "failed", "cannot be resolved"),
        ({"responses": 1, "failed": 1, "crashed": 1, "unreadable": 1}, "drifted", "failed", "it has changed them"),
        ({"responses": 1, "failed": 1, "crashed": 1, "garbled": 1}, "failed", "failed", "neither a web page nor JSON"),
        ({"responses": 1, "failed": 1, "crashed": 1}, "failed", "failed", "our code failed on them"),
        ({"seeded": False, "stored": 2, "found": 2}, "complete", "succeeded", "read 2 jobs, each on its own page"),
        ({"seeded": False, "walls": 1, "failed": 1, "says": "a login"}, "blocked", "failed", "a wall: a login"),
        (READ | {"unstored": 10}, "failed", "failed", "database was away"),
    ],
)  # fmt: skip
def test_every_end_has_its_verdict(counts, outcome, status, says):
    verdict = judge(Counts(**counts), FULL, EXPECT, "finished", everything=True)
    assert (verdict.outcome, verdict.status) == (outcome, status)
    assert says in verdict.reason


@pytest.mark.parametrize(
    ("finish", "outcome", "status"),
    [("shutdown", "cancelled", "cancelled"), ("cancelled", "cancelled", "cancelled"), ("blocked", "truncated", "partial"),
     ("redis_state_lost", "failed", "failed"), ("finished", "complete", "succeeded")],
)  # fmt: skip
def test_what_ended_it_counts(finish, outcome, status):
    verdict = judge(Counts(**READ), FULL, EXPECT, finish, everything=True)
    assert (verdict.outcome, verdict.status) == (outcome, status)


def test_fields_that_are_missing_are_named():
    verdict = judge(Counts(**READ), {"company": 0.89, "city": 0.5}, EXPECT, "finished", everything=True)
    assert verdict.outcome == "drifted"
    assert "company 89% (expected 90%)" in verdict.reason
    assert "city" not in verdict.reason


def test_a_search_for_a_part_may_bring_few_jobs():
    verdict = judge(Counts(listings=1, cards=2, found=2, stored=2), FULL, EXPECT, "finished", everything=False)
    assert verdict.outcome == "complete"


def test_every_outcome_has_an_exit_code():
    assert set(EXIT_CODES) == set(Outcome)
    assert 2 not in EXIT_CODES.values(), "2 is a wrong command line"


def test_counts_are_read_from_stats():
    stats = {
        "listing/pages": 2, "listing/cards": 60, "listing/failed": 1, "job/failed": 2, "card/failed/KeyError": 3,
        "drop/url": 4, "jobs/new": 10, "jobs/changed": 5, "jobs/reopened": 1, "jobs/unchanged": 7, "jobs/closed": 2,
        "trouble/challenge": 2, "trouble/rate": 1, "trouble/network": 4, "trouble/says": "too many requests", "start_time": "x",
    }  # fmt: skip
    counts = Counts.of(stats)
    assert (counts.found, counts.new, counts.changed, counts.unchanged, counts.closed) == (23, 10, 6, 7, 2)
    assert (counts.failed, counts.cards_failed, counts.walls, counts.says) == (10, 3, 3, "too many requests")


@pytest.mark.parametrize("lost", ["listings_failed", "cut_off", "crashed", "failed", "walls"])
def test_absence_is_evidence_only_when_nothing_was_lost(lost):
    assert Counts(**READ).is_whole
    assert not Counts(**READ, **{lost: 1}).is_whole


def test_absence_from_single_pages_is_no_evidence():
    assert not Counts(**READ, seeded=False).is_whole
    assert not Counts.of({"listing/pages": 4}).seeded
    assert Counts.of({"listing/pages": 4, "run/seeded": 1}).seeded
