"""Dead letters: one a request, found by board and id, gone when it came through."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from jobspiders.store.failures import DeadLetter, bury, dead_letters, letter_id, revive

AT = datetime(2026, 11, 22, 8, tzinfo=UTC)
PAGE = '{"url": "https://x.test/1", "meta": {"attempt": 4}}'


def letter(number=1, board="glints", **values):
    text = f'{{"url": "https://x.test/{number}"}}'
    said = {
        "id": letter_id(board, text), "site_name": board, "run_id": "r1", "url": f"https://x.test/{number}",
        "request": text, "attempts": 4, "error": "the board did not answer in time", "first_failed_at": AT,
        "last_failed_at": AT + timedelta(minutes=number), **values,
    }  # fmt: skip
    return DeadLetter(**said)


@pytest.mark.parametrize(
    ("other", "same"),
    [
        ('{"url": "https://x.test/1"}', True),
        ('{"url": "https://x.test/1", "method": "GET", "meta": {"depth": 3}, "priority": 5}', True),
        ('{"url": "https://x.test/2"}', False),
        ('{"url": "https://x.test/1", "method": "POST"}', False),
        ('{"url": "https://x.test/1", "body": "page=2"}', False),
    ],
)
def test_a_request_has_one_id_whatever_became_of_it(other, same):
    assert (letter_id("glints", PAGE) == letter_id("glints", other)) is same
    assert letter_id("glints", PAGE) != letter_id("lokerid", PAGE)


def test_a_letter_is_kept_as_it_is(engine):
    bury(engine, letter())
    assert dead_letters(engine) == [letter()]


def test_one_that_failed_again_keeps_when_it_failed_first(engine):
    bury(engine, letter())
    later = AT + timedelta(days=1)
    bury(engine, letter(attempts=2, error="access denied", run_id="r2", first_failed_at=later, last_failed_at=later))
    (kept,) = dead_letters(engine)
    assert kept == replace(letter(), attempts=2, error="access denied", run_id="r2", last_failed_at=later)


def test_letters_are_found_by_board_and_by_id_the_latest_first(engine):
    for number in (1, 2, 3):
        bury(engine, letter(number))
    bury(engine, letter(4, "lokerid"))

    def numbers(*asked):
        return [int(found.url[-1]) for found in dead_letters(engine, *asked)]

    assert numbers() == [4, 3, 2, 1]
    assert numbers("glints") == [3, 2, 1]
    assert numbers("glints", [letter(2).id, letter(4, "lokerid").id]) == [2]
    assert numbers(None, [letter(2).id, letter(4, "lokerid").id]) == [4, 2]
    assert numbers("glints", (), 2) == [3, 2]
    assert numbers("indeed") == []


def test_one_that_came_through_is_gone(engine):
    bury(engine, letter(1))
    bury(engine, letter(2))
    revive(engine, letter(1).id)
    revive(engine, "unknown")
    assert dead_letters(engine) == [letter(2)]
