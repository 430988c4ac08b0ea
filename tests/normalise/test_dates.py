from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfoNotFoundError

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobspiders.normalise.ages import bare_age, counted_back
from jobspiders.normalise.dates import Moment, read_date

SEEN = datetime(2026, 11, 22, 10, tzinfo=UTC)

# What was published; how many days and hours before SEEN that is.
ABOUT = [
    ("2 hari yang lalu", 2, 0),
    ("1 hari yang lalu", 1, 0),
    ("29 hari yang lalu", 29, 0),
    ("3 jam yang lalu", 0, 3),
    ("3 hari lalu", 3, 0),
    ("3 hari yg lalu", 3, 0),
    ("3 hari lepas", 3, 0),
    ("dua hari yang lalu", 2, 0),
    ("beberapa jam yang lalu", 0, 3),
    ("seminggu yang lalu", 7, 0),
    ("minggu lalu", 7, 0),
    ("sejam yang lalu", 0, 1),
    ("Baru saja", 0, 0),
    ("Baru saja diposting", 0, 0),
    ("Baru sahaja", 0, 0),
    ("Hari ini", 0, 0),
    ("Diposting hari ini", 0, 0),
    ("Kemarin", 1, 0),
    ("Kemarin, 08:30", 1, 0),
    ("Semalam", 1, 0),
    ("Diperbarui Kemarin", 1, 0),
    ("Diperbarui 4 hari yang lalu", 4, 0),
    ("Diposting 5 hari yang lalu", 5, 0),
    ("Tayang 2 jam yang lalu", 0, 2),
    ("Jakarta · Hari ini", 0, 0),
    ("2 days ago", 2, 0),
    ("3 Days Ago", 3, 0),
    ("1 Day Ago", 1, 0),
    ("Posted: 2 days ago", 2, 0),
    ("PostedPosted 5 days ago", 5, 0),
    ("3 days ago3 days ago", 3, 0),
    ("Active 3 days ago", 3, 0),
    ("EmployerActive 4 days ago", 4, 0),
    ("Reposted 6 days ago", 6, 0),
    ("Over 200 applicants · 2 weeks ago", 14, 0),
    ("Just posted", 0, 0),
    ("Just now", 0, 0),
    ("Just Now", 0, 0),
    ("Today", 0, 0),
    ("Posted today", 0, 0),
    ("Yesterday", 1, 0),
    ("Yesterday at 5:30 PM", 1, 0),
    ("Few hours ago", 0, 3),
    ("Few Hours Ago", 0, 3),
    ("an hour ago", 0, 1),
    ("a couple of weeks ago", 14, 0),
    ("1 week ago", 7, 0),
    ("last week", 7, 0),
    ("2 wks ago", 14, 0),
    ("3w", 21, 0),
    ("5d ago", 5, 0),
    ("14d ago", 14, 0),
    ("18h ago", 0, 18),
    ("27m ago", 0, 0.45),
    ("37 menit yang lalu", 0, 37 / 60),
    ("24h", 1, 0),
    ("5 hr ago", 0, 5),
    ("about 8 hours", 0, 8),
    ("1 day", 1, 0),
    ("20 days", 20, 0),
    ("less than a minute", 0, 1 / 60),
    ("1 day, 3 hours ago", 1, 3),
    ("Hace 3 días", 3, 0),
    ("Hace 6 días", 6, 0),
    ("Publicado hace 2 semanas", 14, 0),
    ("hace una hora", 0, 1),
    ("hoy", 0, 0),
    ("ayer", 1, 0),
    ("Recién publicado", 0, 0),
    ("vor 3 Tagen", 3, 0),
    ("Gerade geschaltet", 0, 0),
    ("il y a 3 jours", 3, 0),
    ("há 2 dias", 2, 0),
]

AT_LEAST = [
    ("30+ hari yang lalu", 30),
    ("30+ days ago", 30),
    ("30+ Days Ago", 30),
    ("Posted 30+ days ago", 30),
    ("Posted 30+ hari yang lalu", 30),
    ("Posted: 20+ Days Ago", 20),
    ("30d+", 30),
    ("30d+ ago", 30),
    ("30 days or more ago", 30),
    ("Lebih dari 30 hari", 30),
    ("30 hari lebih yang lalu", 30),
    ("> 30 days ago", 30),
    ("more than a week ago", 7),
    ("hace 30+ días", 30),
    ("hace más de 30 días", 30),
    ("vor 30+ Tagen", 30),
    ("il y a plus de 30 jours", 30),
]

# By the calendar: what was published, its day, its precision.
MONTHS_BACK = [
    ("sebulan yang lalu", "2026-10-22", "about"),
    ("Posted 1 month ago", "2026-10-22", "about"),
    ("last month", "2026-10-22", "about"),
    ("2mo", "2026-09-22", "about"),
    ("about 1 month", "2026-10-22", "about"),
    ("8 months", "2026-03-22", "about"),
    ("about 1 year", "2025-11-22", "about"),
    ("almost 2 years", "2024-11-22", "about"),
    ("almost 5 years", "2021-11-22", "about"),
    ("over 2 years", "2024-11-22", "at_least"),
    ("Tayang 1 tahun yang lalu", "2025-11-22", "about"),
    ("1 tahun 2 bulan yang lalu", "2025-09-22", "about"),
    ("lebih dari sebulan yang lalu", "2026-10-22", "at_least"),
    ("vor einem Monat", "2026-10-22", "about"),
    ("March 2027", "2027-03-01", "about"),
]

DAYS = [
    ("2026-11-20", "2026-11-20"),
    ("2025-12-11", "2025-12-11"),
    ("20261120", "2026-11-20"),
    ("2026/11/20", "2026-11-20"),
    ("2026年11月20日", "2026-11-20"),
    ("12 November 2026", "2026-11-12"),
    ("3 Agustus 2026", "2026-08-03"),
    ("3 Agt 2026", "2026-08-03"),
    ("11 Feb 2025", "2025-02-11"),
    ("3 Ogos 2026", "2026-08-03"),
    ("24 de noviembre de 2025", "2025-11-24"),
    ("3. März 2026", "2026-03-03"),
    ("September 24, 2017", "2017-09-24"),
    ("\nSeptember 24, 2017\n", "2017-09-24"),
    ("Sept. 24th, 2017", "2017-09-24"),
    ("12-Nov-26", "2026-11-12"),
    ("Batas lamaran: 31 Des 2026", "2026-12-31"),
    ("Apply by 31 Dec 2026", "2026-12-31"),
    ("Posted 3 weeks ago (1 Nov 2026)", "2026-11-01"),
    ("11/20/2026", "2026-11-20"),
    ("20/11/2026", "2026-11-20"),
    ("31-12-2026", "2026-12-31"),
    ("20.11.2026", "2026-11-20"),
    ("05.06.2026", "2026-06-05"),
    ("5/5/2026", "2026-05-05"),
    ("2019-12-31T00:00", "2019-12-31"),
    ("2025-03-01T00:00:00", "2025-03-01"),
    ("5 Nov", "2026-11-05"),
    ("12 Sep", "2026-09-12"),
    ("July 27", "2026-07-27"),
    ("Mon, 16 Nov", "2026-11-16"),
    ("Minggu, 15 Nov", "2026-11-15"),
    ("November 5th", "2026-11-05"),
    ("22 Nov", "2026-11-22"),
    ("23 Nov", "2025-11-23"),
    ("31 Des", "2025-12-31"),
    ("29 Feb", "2024-02-29"),
    ("Last updated 5 Nov", "2026-11-05"),
    ("Batas lamaran 31 Des", "2026-12-31"),
    ("Apply by 5 Nov", "2027-11-05"),
    ("Closes 22 Nov", "2026-11-22"),
    ("hingga 30 Nov", "2026-11-30"),
]

EXACT = [
    ("2026-11-20T08:30:00Z", "2026-11-20T08:30:00+00:00"),
    ("2025-11-12T02:59:38.841000Z", "2025-11-12T02:59:38.841000+00:00"),
    ("2026-04-18T23:56:14.949Z", "2026-04-18T23:56:14.949000+00:00"),
    ("2026-04-04T04:59:09.55Z", "2026-04-04T04:59:09.550000+00:00"),
    ("2026-04-19T13:42:30.7Z", "2026-04-19T13:42:30.700000+00:00"),
    ("2026-07-16T14:44:23-04:00", "2026-07-16T18:44:23+00:00"),
    ("2026-11-20T08:30:00+0700", "2026-11-20T01:30:00+00:00"),
    ("2021-04-27T20:13:45.158+00:00", "2021-04-27T20:13:45.158000+00:00"),
    ("2026-08-11 20:45:29 UTC", "2026-08-11T20:45:29+00:00"),
    ("Thu Sep 03 02:00:00 UTC 2026", "2026-09-03T02:00:00+00:00"),
    ("Thu, 03 Sep 2026 02:00:00 GMT", "2026-09-03T02:00:00+00:00"),
    ("Thu Sep 03 2026 02:00:00 GMT+0700 (WIB)", "2026-09-02T19:00:00+00:00"),
    ("12 November 2026 pukul 08.00 WIB", "2026-11-12T01:00:00+00:00"),
    # without a zone: Jakarta, seven hours ahead
    ("2025-09-17 14:47:15", "2025-09-17T07:47:15+00:00"),
    ("2014-12-13T00:43:45", "2014-12-12T17:43:45+00:00"),
    ("11/20/2019 08:55:24 AM", "2019-11-20T01:55:24+00:00"),
    ("11/20/2019 12:05 AM", "2019-11-19T17:05:00+00:00"),
    ("Nov 5, 2025 10:30 p.m.", "2025-11-05T15:30:00+00:00"),
    ("22 Nov 2026, 08.00", "2026-11-22T01:00:00+00:00"),
    ("5 Nov, 08:00", "2026-11-05T01:00:00+00:00"),
    ("1732233600", "2024-11-22T00:00:00+00:00"),
    ("1757916149833", "2025-09-15T06:02:29.833000+00:00"),
    (1732233600, "2024-11-22T00:00:00+00:00"),
    (1757916149833, "2025-09-15T06:02:29.833000+00:00"),
    (1757916149.5, "2025-09-15T06:02:29.500000+00:00"),
]

UNREADABLE = [
    None,
    "",
    " ",
    "-",
    "Full time",
    "Full-time, 5 days a week",
    "8 - 12 years experience",
    "2 years experience",
    "May",
    "Baru",
    "24/7",
    "2026",
    "Q4 2026",
    "11/2026",
    "5 hr",
    "5 ago",
    "05/06/2026",
    "31 Feb 2026",
    "2026-13-40",
    "2026-11-20-001",
    "v1.2.2026",
    "12 Nov - 31 Des 2026",
    "12 Nov 2026 - 31 Des 2026",
    "12-31 Des 2026",
    "Nov 12-14, 2026",
    "1 Nov 2026, 2 Nov 2026",
    "3 days ago · closes 31 Dec 2026",
    "Posted 5 days ago, updated 2 hours ago",
    "2-3 days ago",
    "1.5 years ago",
    "Starts in 1-3 months",
    "Closes in 3 days",
    "Deadline: 5 days",
    "Last 7 days",
    "3 hari lagi",
    "in 3 days",
    "99999 days ago",
    "9999 years ago",
    "Posted 10:18:50 AM.",
    "recaptcha required",
    "0001-01-01",
    "0001-01-01T00:00:00Z",
    "1970-01-01",
    "1970-01-01T00:00:00",
    "2126-04-30T23:57:53+00:00",
    "9999-12-31T23:59:59-12:00",
    "0",
    "1",
    "12345678901",
    "Posted 3 days ago. " + "We are a team of people who like what they do. " * 5,
    0,
    -1,
    1.5,
    86400,
    20261120,
    2089007999999000,
    math.nan,
    math.inf,
    10**400,
    True,
]


def read(published: str | float | None) -> Moment | None:
    return read_date(published, SEEN, "Asia/Jakarta")


@pytest.mark.parametrize(("published", "days", "hours"), ABOUT)
def test_counts_back(published: str, days: int, hours: float) -> None:
    assert read(published) == Moment(SEEN - timedelta(days=days, hours=hours), "about")


@pytest.mark.parametrize(("published", "days"), AT_LEAST)
def test_knows_a_floor(published: str, days: int) -> None:
    assert read(published) == Moment(SEEN - timedelta(days=days), "at_least")


@pytest.mark.parametrize(("published", "day", "precision"), MONTHS_BACK)
def test_counts_months_by_the_calendar(published: str, day: str, precision: str) -> None:
    moment = read(published)
    assert moment
    assert (moment.at.date().isoformat(), moment.precision) == (day, precision)


def test_a_month_before_a_longer_one_is_its_last_day() -> None:
    moment = read_date("1 month ago", datetime(2026, 3, 31, 10, tzinfo=UTC))
    assert moment == Moment(datetime(2026, 2, 28, 10, tzinfo=UTC), "about")


@pytest.mark.parametrize(("published", "day"), DAYS)
def test_reads_a_day_as_midnight_utc(published: str, day: str) -> None:
    assert read(published) == Moment(datetime.fromisoformat(f"{day}T00:00:00+00:00"), "day")


@pytest.mark.parametrize(("published", "moment"), EXACT)
def test_reads_a_moment(published: str | float, moment: str) -> None:
    assert read(published) == Moment(datetime.fromisoformat(moment), "exact")


@pytest.mark.parametrize("published", UNREADABLE)
def test_rather_none_than_a_wrong_date(published: str | float | None) -> None:
    assert read(published) is None


def test_a_day_without_a_year_is_counted_in_the_boards_own_zone() -> None:
    late = datetime(2026, 11, 22, 20, tzinfo=UTC)  # the 23rd in Jakarta
    in_jakarta, in_london = read_date("23 Nov", late, "Asia/Jakarta"), read_date("23 Nov", late, "Europe/London")
    assert in_jakarta
    assert in_london
    assert (in_jakarta.at.year, in_london.at.year) == (2026, 2025)


def test_everything_is_in_utc_wherever_it_was_seen() -> None:
    moment = read_date("3 jam yang lalu", SEEN.astimezone(timezone(timedelta(hours=7))))
    assert moment
    assert moment.at.tzinfo is UTC
    assert moment.at == SEEN - timedelta(hours=3)


def test_an_unknown_zone_is_an_error_of_the_board() -> None:
    with pytest.raises(ZoneInfoNotFoundError):
        read_date("2025-09-17 14:47:15", SEEN, "Asia/Atlantis")


PIECES = """
0 1 2 30 2026 11 99 31 - / . : + , · T Z am pm GMT+07:00 hari jam hours d w mo y bulan yang lalu ago hace vor posted nov
mei sep a se just today kemarin over lebih dari less than tanggal closes until 'twas ² ३
"""
BITS = st.lists(st.sampled_from(PIECES.split()), max_size=9)
SOMETHING = st.one_of(st.text(max_size=40), BITS.map(" ".join), BITS.map("".join))


@given(SOMETHING)
@settings(deadline=None, derandomize=True, database=None)
def test_no_text_makes_it_fail(published: str) -> None:
    moment = read(published)
    if moment:
        assert moment.at.utcoffset() == timedelta(0)
        assert 2000 <= moment.at.year < 2100
        assert moment.precision in {"exact", "day", "about", "at_least"}
        assert moment.precision != "day" or moment.at.timetz().isoformat() == "00:00:00+00:00"


@given(SOMETHING)
@settings(deadline=None, derandomize=True, database=None)
def test_no_age_lies_in_the_future(published: str) -> None:
    for age in (counted_back(published.lower(), SEEN), bare_age(published.lower(), SEEN)):
        assert age is None or age[0] <= SEEN


@given(st.floats() | st.integers())
@settings(deadline=None, derandomize=True, database=None)
def test_no_number_makes_it_fail(published: float) -> None:
    moment = read(published)
    assert moment is None or 2000 <= moment.at.year < 2100
