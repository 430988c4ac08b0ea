"""The boards' habits: how long ads stay, who advertises, how much is kept back, in which money is paid."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Profile:
    """A board's habits; shares are from 0 to 1.

    An ad stays for `window`; two are at least `tick` seconds apart. `employments` is drawn from evenly,
    `experience` has the years (from, to) of the five levels. `silent` is the share of hidden salaries, `foreign`
    of those in a foreign currency, `local` of descriptions in the country's language; jobs of the employment
    `hourly` are paid by the hour. `ids` are numbers, uuids or codes.
    """

    experience: tuple[tuple[int, int | None], ...]
    employments: tuple[str, ...]
    window: timedelta = timedelta(days=30)
    tick: int = 4
    employers: int = 240
    home: str = "ID"
    silent: float = 0.45
    foreign: float = 0.0
    anonymous: float = 0.0
    local: float = 1.0
    hourly: str = ""
    startup: bool = False
    ids: str = "numbers"


def _software(ids: str = "numbers") -> Profile:
    """Habits on recruiting software: few employers, each with many jobs."""
    return Profile(
        experience=((0, None),) * 5,
        employments=("FULL_TIME",) * 8 + ("CONTRACTOR", "INTERN"),
        window=timedelta(days=360),
        tick=60,
        employers=3,
        home="US",
        silent=0.4,
        local=0.0,
        hourly="INTERN",
        startup=True,
        ids=ids,
    )


PROFILES = {
    "ashby": _software("uuids"),
    "glints": Profile(
        experience=((0, 1), (1, 3), (3, 5), (5, 10), (5, 10)),
        employments=("FULL_TIME",) * 7 + ("CONTRACTOR", "INTERN", "PART_TIME"),
        foreign=0.04,
        ids="uuids",
    ),
    "greenhouse": _software(),
    "indeed": Profile(
        experience=((0, None),) * 5,
        employments=("FULL_TIME",) * 7 + ("CONTRACTOR", "INTERN", "PART_TIME"),
        employers=60,
        home="US",
        silent=0.4,
        local=0.0,
        hourly="PART_TIME",
        startup=True,
    ),
    "jobstreet": Profile(
        experience=((0, None),) * 5,
        employments=("FULL_TIME",) * 8 + ("CONTRACTOR", "PART_TIME", "TEMPORARY"),
        window=timedelta(days=45),
        silent=0.6,
        foreign=0.04,
        anonymous=0.05,
        local=0.6,
        hourly="PART_TIME",
    ),
    "jsonld": Profile(
        experience=((0, None),) * 5,
        employments=("FULL_TIME",) * 7 + ("CONTRACTOR", "INTERN", "PART_TIME"),
        employers=12,
        silent=0.4,
    ),
    "lever": _software("uuids"),
    "linkedin": Profile(
        experience=((0, None),) * 5,
        employments=("FULL_TIME",) * 7 + ("CONTRACTOR", "INTERN", "PART_TIME"),
        employers=60,
        home="US",
        silent=0.7,
        local=0.0,
        hourly="CONTRACTOR",
        startup=True,
    ),
    "lokerid": Profile(
        experience=((0, 0), (1, 2), (3, 5), (6, 10), (10, None)),
        employments=("FULL_TIME",) * 7 + ("CONTRACTOR", "INTERN", "PART_TIME"),
        silent=0.3,
    ),
    "naukri": Profile(
        experience=((0, 1), (1, 3), (3, 6), (5, 10), (10, 15)),
        employments=("FULL_TIME",) * 8 + ("CONTRACTOR", "PART_TIME"),
        tick=6,
        employers=60,
        home="IN",
        silent=0.6,
        local=0.0,
        startup=True,
    ),
    "recruitee": _software(),
    "smartrecruiters": _software(),
    "workable": _software("codes"),
    "ycombinator": Profile(
        experience=((0, None), (1, None), (3, None), (5, None), (6, None)),
        employments=("FULL_TIME",) * 8 + ("CONTRACTOR", "INTERN"),
        window=timedelta(days=700),
        tick=600,
        employers=60,
        home="US",
        silent=0.3,
        local=0.0,
        hourly="INTERN",
        startup=True,
    ),
}
LEVELS = ("ENTRY", "MID", "SENIOR", "LEAD", "MANAGER")
SCHOOLS = (
    ("HIGH_SCHOOL",),
    ("HIGH_SCHOOL", "DIPLOMA"),
    ("DIPLOMA", "BACHELOR"),
    ("BACHELOR",),
    ("BACHELOR", "MASTER"),
)
ARRANGEMENTS = ("ONSITE",) * 7 + ("HYBRID", "HYBRID", "REMOTE")


@dataclass(frozen=True, slots=True)
class Money:
    """A currency, what one unit of a trade's pay is in it, and the step to which pay is rounded."""

    currency: str
    unit: int
    step: int


MONEY = {
    "ID": Money("IDR", 1_000_000, 100_000),
    "MY": Money("MYR", 600, 100),
    "SG": Money("SGD", 700, 100),
    "PH": Money("PHP", 5_000, 500),
    "US": Money("USD", 1_000, 5_000),
    "CA": Money("CAD", 1_000, 5_000),
    "GB": Money("GBP", 600, 5_000),
    "FR": Money("EUR", 600, 5_000),
    "IN": Money("INR", 25_000, 500_000),
}
FOREIGN = Money("USD", 300, 50)
"""What some Indonesian employers pay in instead."""
