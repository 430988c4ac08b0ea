"""When a schedule is due, and whether it can be meant: pure, so that every clock change can be tested as a table."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cronsim import CronSim, CronSimError

from jobspiders.errors import BadSchedule
from jobspiders.store.schedules import Schedule

JITTER = 0.1  # share of an interval by which a tick comes earlier or later, so that boards do not march in step
SHORTEST, LONGEST = 1 / 60, 366 * 24 * 60.0  # minutes
OVERLAPS = ("skip", "queue")
MINUTES = {"s": 1 / 60, "m": 1.0, "h": 60.0, "d": 1440.0}


def check(schedule: Schedule) -> None:
    """Raises BadSchedule, one line, for a schedule that cannot be meant. The board and its search are not looked at."""
    if (schedule.interval_minutes is None) == (schedule.cron is None):
        raise BadSchedule("give either an interval or a cron expression.")
    if schedule.interval_minutes is not None and not SHORTEST <= schedule.interval_minutes <= LONGEST:
        raise BadSchedule(f"interval_minutes={schedule.interval_minutes:g}: give from a second (1/60) to a year.")
    if schedule.overlap not in OVERLAPS:
        raise BadSchedule(f"overlap={schedule.overlap!r}: give {' or '.join(OVERLAPS)}.")
    zone = _zone(schedule.timezone)
    if schedule.cron is not None and _next_cron(schedule.cron, datetime.now(UTC), zone) is None:
        raise BadSchedule(f"cron={schedule.cron!r}: there is no such moment.")
    _check_pauses(schedule)


def first(schedule: Schedule, now: datetime) -> datetime:
    """The first tick of a schedule that was just set or enabled: at once, unless its board was crawled lately."""
    if schedule.interval_minutes is None:
        return _cron(schedule, now)
    again = schedule.last_run_at and schedule.last_run_at + timedelta(minutes=schedule.interval_minutes)
    return max(now, again) if again else now


def following(schedule: Schedule, now: datetime, chance: float) -> datetime:
    """The tick after the one that is due; `chance`, from 0 to 1, decides on the jitter of an interval.

    Ticks that were missed meanwhile are one: the next tick is later than `now`.
    """
    if schedule.interval_minutes is None:
        return _cron(schedule, now)
    step = timedelta(minutes=schedule.interval_minutes * (1 - JITTER + 2 * JITTER * chance))
    planned = (schedule.next_run_at or now) + step
    return planned if planned > now else now + step


def interval_of(text: str) -> float:
    """The minutes that "90s", "30m", "6h", "1d" or "every 6h" mean. Raises BadSchedule."""
    match = re.fullmatch(r"(?:every )?(\d{1,6}(?:\.\d{1,3})?)([smhd])", text.strip())
    if match is None:
        raise BadSchedule(f"{text!r} is no interval: give one like 90s, 30m, 6h or 1d.")
    return float(match[1]) * MINUTES[match[2]]


def _cron(schedule: Schedule, now: datetime) -> datetime:
    assert schedule.cron is not None
    moment = _next_cron(schedule.cron, now, _zone(schedule.timezone))
    assert moment is not None, "checked when it was stored"
    return moment


def _next_cron(cron: str, now: datetime, zone: ZoneInfo) -> datetime | None:
    """The next moment, in UTC. A local hour that a clock change leaves out counts as the one after it, and one that
    comes twice counts once, as in Debian's cron.
    """
    try:
        moment = next(CronSim(cron, now.astimezone(zone)), None)
    except CronSimError as error:
        raise BadSchedule(f"cron={cron!r}: {error}.") from None
    return moment and moment.astimezone(UTC)


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # what a path or a folder gives
        raise BadSchedule(f"timezone={name!r}: give an IANA name such as Asia/Jakarta.") from None


def _check_pauses(schedule: Schedule) -> None:
    low, high = schedule.min_pause_seconds, schedule.max_pause_seconds
    if any(pause is not None and not 0 <= pause <= 3600 for pause in (low, high)):
        raise BadSchedule("pauses are seconds from 0 to 3600.")
    if low is not None and high is not None and low > high:
        raise BadSchedule(f"min_pause_seconds={low:g} is more than max_pause_seconds={high:g}.")
    if schedule.max_retries is not None and not 0 <= schedule.max_retries <= 10:
        raise BadSchedule(f"max_retries={schedule.max_retries}: give a whole number from 0 to 10.")
