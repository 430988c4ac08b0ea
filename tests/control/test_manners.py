"""Live settings and the settings of one run."""

from __future__ import annotations

import pytest

from jobspiders.control.manners import Manners, checked_manners, checked_settings, paced
from jobspiders.errors import BadConfig
from jobspiders.items import Rate


def test_what_is_stored_beside_the_defaults() -> None:
    assert Manners.of({}) == Manners()
    assert Manners.of({"workers": 7, "of_a_later_version": 1}) == Manners(workers=7)
    assert Manners.of({"max_retries": 0}).settings() == {"RETRY_TIMES": 0, "RETRY_BACKOFF": 2.0}


def test_numbers_are_read() -> None:
    given = checked_manners({"workers": "3", "max_retries": 0, "retry_backoff_factor": 1.5})
    assert given == {"workers": 3, "max_retries": 0, "retry_backoff_factor": 1.5}
    assert checked_settings({"RETRY_TIMES": 2, "LOG_LEVEL": "DEBUG"}) == {"RETRY_TIMES": 2, "LOG_LEVEL": "DEBUG"}


@pytest.mark.parametrize(
    "given",
    [
        {"workers": 21},
        {"workers": -1},
        {"workers": 1.5},
        {"workers": True},
        {"workers": None},
        {"workers": "many"},
        {"workers": [1]},
        {"retry_backoff_factor": 0.5},
        {"retry_backoff_factor": float("nan")},
        {"max_retries": 10**30},
        {"pipelines": 1},
    ],
)
def test_no_live_settings(given: dict[str, object]) -> None:
    with pytest.raises(BadConfig) as error:
        checked_manners(given)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("name", ["ITEM_PIPELINES", "EXTENSIONS", "DATABASE_URL", "SIMBOARDS_URL", "RUN_ID", "FEEDS"])
def test_a_run_cannot_be_given_code_or_another_store(name: str) -> None:
    with pytest.raises(BadConfig, match=f"'{name}' is no setting of a run: there are RETRY_TIMES"):
        checked_settings({name: "x"})


def test_a_run_may_be_slower_than_its_board_but_not_faster() -> None:
    rate = Rate(per_minute=20)
    assert paced({"DOWNLOAD_DELAY": 1.0, "RETRY_TIMES": 1}, rate) == {"DOWNLOAD_DELAY": 3.0, "RETRY_TIMES": 1}
    assert paced({"DOWNLOAD_DELAY": 9.0, "AUTOTHROTTLE_MAX_DELAY": 1.0}, rate) == {
        "DOWNLOAD_DELAY": 9.0,
        "AUTOTHROTTLE_MAX_DELAY": 3.0,
    }
    assert paced({}, rate) == {}
