"""The truth about invented jobs: what a board of that size shows at that moment.

A board publishes at an even pace, and each job follows from its number alone: an id means the same job at every
size, and the catalogue of a later moment has some jobs gone, some new and some edited.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from jobspiders.simboards.invented import (
    ABOUT,
    DUTIES,
    NEEDS,
    PLACES,
    STARTUP_TRADES,
    TRADES,
    Employer,
    SimPlace,
    Trade,
    employer,
)
from jobspiders.simboards.profiles import ARRANGEMENTS, FOREIGN, LEVELS, MONEY, PROFILES, SCHOOLS, Profile

EPOCH = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Pay:
    """What an employer pays for each `period` (HOUR, MONTH, YEAR); no maximum means "from"."""

    minimum: int
    maximum: int | None
    currency: str
    period: str


@dataclass(frozen=True, slots=True)
class SimJob:
    """One invented job. Times are aware, in UTC; employment, arrangement and the like in the words of `items.Job`.

    No `employer` is an anonymous advertiser; no `pay` is a hidden salary, called negotiable if `negotiable`.
    `closed` jobs are no longer listed. `lot` (0 to 9999) is what boards draw their oddities from.
    """

    board: str
    id: str
    number: int
    title: str
    trade: Trade
    employer: Employer | None
    places: tuple[SimPlace, ...]
    pay: Pay | None
    negotiable: bool
    employment: str
    arrangement: str
    level: str
    experience: tuple[int, int | None]
    education: tuple[str, ...]
    language: str
    about: tuple[str, ...]
    duties: tuple[str, ...]
    needs: tuple[str, ...]
    posted: datetime
    updated: datetime
    closes: datetime
    premium: bool
    closed: bool
    lot: int

    @property
    def employer_name(self) -> str | None:
        """The employer's everyday name."""
        return self.employer.name if self.employer else None

    @property
    def sentences(self) -> tuple[str, ...]:
        """Every sentence of the description, none of which may get lost."""
        return self.about + self.duties + self.needs


def catalogue(board: str, size: int, seed: int = 1, *, now: datetime, country: str | None = None) -> list[SimJob]:
    """The `size` jobs that are open on `board` at `now` (aware), the newest first.

    `country` chooses among the sites of one board; without it, it is the board's home. Raises KeyError for a
    board without a profile.
    """
    draw = _Draw(board, PROFILES[board], country or PROFILES[board].home, seed, now)
    return [draw.job(number) for number in _numbers(draw.profile, size, now, range(size))]


def ended(board: str, size: int, seed: int = 1, *, now: datetime, country: str | None = None) -> list[SimJob]:
    """The jobs that were open there lately and no longer are: a tenth of its size, at least one."""
    draw = _Draw(board, PROFILES[board], country or PROFILES[board].home, seed, now, closed=True)
    past = range(size, size + max(1, size // 10))
    return [draw.job(number) for number in _numbers(draw.profile, size, now, past)]


def _numbers(profile: Profile, size: int, now: datetime, ranks: range) -> list[int]:
    step = max(1, int(profile.window.total_seconds()) // profile.tick // size)
    newest = int((now - EPOCH).total_seconds()) // profile.tick // step * step
    return [newest - rank * step for rank in ranks]


@dataclass(slots=True)
class _Draw:
    """Draws jobs by their numbers. The dice are thrown in a fixed order, so that a number is always the same job."""

    board: str
    profile: Profile
    country: str
    seed: int
    now: datetime
    closed: bool = False
    dice: Random = field(default_factory=Random, init=False)

    def job(self, number: int) -> SimJob:
        self.dice = dice = Random(f"{self.seed}/{self.board}/{self.country}/{number}")
        profile = self.profile
        lot, rank = dice.randrange(10_000), dice.randrange(len(LEVELS))
        posted = EPOCH + timedelta(seconds=number * profile.tick - 3 - dice.randrange(profile.tick))
        edited = lot % 10 == 7 and posted + profile.window / 10 <= self.now
        return SimJob(
            board=self.board,
            id=self._id(number),
            number=number,
            employer=self._employer(),
            **self._work(edited=edited),
            arrangement=dice.choice(ARRANGEMENTS),
            level=LEVELS[rank],
            experience=profile.experience[rank],
            education=dice.choice(SCHOOLS),
            **self._text(edited=edited),
            posted=posted,
            updated=posted + (profile.window / 10 if edited else timedelta(seconds=2)),
            closes=posted + profile.window + timedelta(days=1),
            premium=dice.random() < 0.08,
            closed=self.closed,
            lot=lot,
        )

    def _work(self, *, edited: bool) -> dict[str, Any]:
        dice, profile = self.dice, self.profile
        trade = dice.choice(STARTUP_TRADES if profile.startup else TRADES)
        places, employment = self._places(), dice.choice(profile.employments)
        pay = self._pay(trade, places[0], hourly=employment == profile.hourly)
        silent = dice.random() < profile.silent
        return {
            "trade": trade,
            "title": dice.choice(trade.titles),
            "places": places,
            "employment": employment,
            "pay": None if silent else _raised(pay) if edited else pay,
            "negotiable": dice.random() < 0.5 and silent,
        }

    def _text(self, *, edited: bool) -> dict[str, Any]:
        language = "id" if self.dice.random() < self.profile.local else "en"
        needs = self._some(NEEDS[language], 3, 6)
        return {
            "language": language,
            "about": self._some(ABOUT[language], 2, 3),
            "duties": self._some(DUTIES[language], 4, 7),
            "needs": needs[:-1] if edited else needs,
        }

    def _id(self, number: int) -> str:
        if self.profile.ids == "uuids":
            return str(uuid.UUID(int=self.dice.getrandbits(128), version=4))
        if self.profile.ids == "codes":
            return f"{self.dice.getrandbits(40):010X}"
        if self.board == "naukri":  # the day of the first posting, and a serial
            return f"{EPOCH + timedelta(seconds=number * self.profile.tick):%d%m%y}{number % 1_000_000:06}"
        if self.board == "indeed":
            return f"{self.dice.getrandbits(64):016x}"
        if self.board == "linkedin":
            return str(4_400_000_000 + number)
        # The sites of one board share one space of ids.
        return str(number + 10_000_000 * list(PLACES).index(self.country) * (not self.profile.startup))

    def _employer(self) -> Employer | None:
        anonymous, number = self.dice.random(), self.dice.randrange(self.profile.employers)
        return None if anonymous < self.profile.anonymous else employer(number, startup=self.profile.startup)

    def _some(self, sentences: list[str], least: int, most: int) -> tuple[str, ...]:
        return tuple(self.dice.sample(sentences, self.dice.randint(least, most)))

    def _places(self) -> tuple[SimPlace, ...]:
        several = self.dice.random() < 0.2 and self.profile.startup
        return tuple(self.dice.sample(PLACES[self.country], 2 if several else 1))

    def _pay(self, trade: Trade, place: SimPlace, *, hourly: bool) -> Pay:
        startup, dice = self.profile.startup, self.dice
        money = FOREIGN if dice.random() < self.profile.foreign else MONEY[place.country]
        # Of working hours, a year has about 2080 and a month 173.
        hours, parts = (2080 if startup else 173, 1000 if startup else 100) if hourly else (1, 1)
        step = max(1, money.step // parts)
        low, high = trade.pay
        least = dice.uniform(low, (low + high) / 2) * money.unit / hours
        most, opened = least * dice.uniform(1.1, 1.5), dice.random() < 0.06
        minimum = max(step, round(least / step) * step)
        maximum = None if opened and not startup else max(minimum + step, round(most / step) * step)
        return Pay(minimum, maximum, money.currency, "HOUR" if hourly else "YEAR" if startup else "MONTH")


def _raised(pay: Pay) -> Pay:
    more = pay.minimum // 10
    return Pay(pay.minimum + more, pay.maximum and pay.maximum + more, pay.currency, pay.period)
