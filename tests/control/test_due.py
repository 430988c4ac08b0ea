"""When a schedule is due: tables, without a clock."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from jobspiders.control.due import check, first, following, interval_of
from jobspiders.errors import BadSchedule
from jobspiders.store.schedules import Schedule


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}:00+00:00")


def every(minutes: float, **more: object) -> Schedule:
    return Schedule(site_name="glints", interval_minutes=minutes, **more)


def cron(expression: str, timezone: str = "UTC", **more: object) -> Schedule:
    return Schedule(site_name="glints", cron=expression, timezone=timezone, **more)


@pytest.mark.parametrize(
    ("schedule", "now", "chance", "expected"),
    [
        (every(60, next_run_at=at("05-01T10:00")), "05-01T10:00", 0.5, "05-01T11:00"),
        # ±10 %
        (every(60, next_run_at=at("05-01T10:00")), "05-01T10:00", 0.0, "05-01T10:54"),
        (every(60, next_run_at=at("05-01T10:00")), "05-01T10:00", 1.0, "05-01T11:06"),
        # claimed late: the next tick stays where it was planned
        (every(60, next_run_at=at("05-01T10:00")), "05-01T10:20", 0.5, "05-01T11:00"),
        # five were missed: one run now, and the next an interval from now
        (every(60, next_run_at=at("05-01T10:00")), "05-01T15:30", 0.5, "05-01T16:30"),
        (every(60, next_run_at=at("05-01T10:00")), "05-01T11:00", 0.5, "05-01T12:00"),
        (cron("0 3 * * *", next_run_at=at("05-01T03:00")), "05-01T03:00", 0.5, "05-02T03:00"),
        (cron("0 3 * * *", next_run_at=at("04-20T03:00")), "05-01T12:00", 0.5, "05-02T03:00"),
        (cron("0 3 * * *", "Asia/Jakarta"), "05-01T12:00", 0.5, "05-01T20:00"),
        (cron("*/15 9-17 * * MON-FRI"), "05-01T17:45", 0.5, "05-04T09:00"),
        # Berlin, 29 March: 02:00 to 03:00 is left out; a run at 02:30 comes half an hour late, and once
        (cron("30 2 * * *", "Europe/Berlin"), "03-28T12:00", 0.5, "03-29T01:00"),
        (cron("30 2 * * *", "Europe/Berlin"), "03-29T01:00", 0.5, "03-30T00:30"),
        # Berlin, 25 October: 02:00 to 03:00 comes twice; a run at 02:30 comes once
        (cron("30 2 * * *", "Europe/Berlin"), "10-24T12:00", 0.5, "10-25T00:30"),
        (cron("30 2 * * *", "Europe/Berlin"), "10-25T00:30", 0.5, "10-26T01:30"),
        # an interval is one of time, whatever the clocks do
        (every(1440, next_run_at=at("03-28T12:00")), "03-28T12:00", 0.5, "03-29T12:00"),
    ],
)
def test_the_tick_after_one_that_is_due(schedule: Schedule, now: str, chance: float, expected: str) -> None:
    assert following(schedule, at(now), chance) == at(expected)


@pytest.mark.parametrize(
    ("schedule", "expected"),
    [
        (every(60), "05-01T12:00"),
        (every(60, last_run_at=at("05-01T11:30")), "05-01T12:30"),
        (every(60, last_run_at=at("05-01T09:00")), "05-01T12:00"),
        (cron("0 3 * * *"), "05-02T03:00"),
    ],
)
def test_the_first_tick(schedule: Schedule, expected: str) -> None:
    assert first(schedule, at("05-01T12:00")) == at(expected)


def test_jitter_spreads_over_a_fifth_of_the_interval() -> None:
    schedule = every(10, next_run_at=at("05-01T10:00"))
    ticks = [following(schedule, at("05-01T10:00"), chance / 100) - at("05-01T10:00") for chance in range(101)]
    assert (min(ticks), max(ticks)) == (timedelta(minutes=9), timedelta(minutes=11))
    assert ticks == sorted(set(ticks))


@pytest.mark.parametrize(
    ("schedule", "says"),
    [
        (Schedule(site_name="glints"), "give either an interval or a cron expression"),
        (every(60, cron="* * * * *"), "give either"),
        (every(0), "from a second"),
        (every(float("nan")), "from a second"),
        (every(10**6), "to a year"),
        (cron("every day"), "cron='every day'"),
        (cron("0 0 30 2 *"), "cron='0 0 30 2 *'"),
        (cron("61 * * * *"), "cron="),
        (cron("0 3 * * *", "Mars/Olympus"), "give an IANA name"),
        (cron("0 3 * * *", "../etc/passwd"), "give an IANA name"),
        (every(60, overlap="allow"), "give skip or queue"),
        (every(60, min_pause_seconds=-1), "from 0 to 3600"),
        (every(60, min_pause_seconds=5, max_pause_seconds=2), "is more than"),
        (every(60, max_retries=99), "from 0 to 10"),
    ],
)
def test_what_cannot_be_meant_is_one_line(schedule: Schedule, says: str) -> None:
    with pytest.raises(BadSchedule) as error:
        check(schedule)
    assert says in str(error.value)
    assert "\n" not in str(error.value)


def test_what_can_be_meant() -> None:
    check(every(1 / 60))
    check(cron("0 3 * * *", "Asia/Jakarta", overlap="queue", min_pause_seconds=1, max_pause_seconds=1, max_retries=0))


@pytest.mark.parametrize(
    ("text", "minutes"), [("every 6h", 360), ("90s", 1.5), ("30m", 30), ("1.5h", 90), ("1d", 1440)]
)
def test_intervals_in_words(text: str, minutes: float) -> None:
    assert interval_of(text) == minutes


@pytest.mark.parametrize("text", ["", "6", "h", "-1h", "every day", "6 h", "1e3s"])
def test_no_intervals(text: str) -> None:
    with pytest.raises(BadSchedule, match="is no interval"):
        interval_of(text)
