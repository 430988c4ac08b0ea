from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobspiders.items import PostedYears
from jobspiders.normalise.experience import read_experience

READ = [
    ("1-2 Tahun", 1, 2),
    ("6-10 Tahun", 6, 10),
    ("Lebih dari 10 Tahun", 10, None),
    ("10 tahun ke atas", 10, None),
    ("1 - 3 tahun pengalaman", 1, 3),
    ("3 sampai 5 tahun", 3, 5),
    ("Minimal 2 tahun", 2, None),
    ("Min. 1 tahun", 1, None),
    ("Minimal 2 tahun pengalaman di bidang 3D", 2, None),
    ("setahun", 1, None),
    ("maks 2 tahun", 0, 2),
    ("kurang dari 1 tahun", 0, 1),
    ("1-2 Tahun; 3-5 Tahun", 1, 5),
    ("1-2 Tahun; Fresh Graduate", 0, 2),
    ("3-5 Tahun; 6-10 Tahun; Lebih dari 10 Tahun", 3, None),
    ("0-5 Yrs", 0, 5),
    ("4-9 Yrs ", 4, 9),
    ("10-20 Yrs", 10, 20),
    ("2 - 5 years", 2, 5),
    ("2 to 4 years of experience", 2, 4),
    ("5 Yrs", 5, None),
    ("3+ years", 3, None),
    ("1+ years", 1, None),
    ("5 years or more", 5, None),
    ("at least five years", 5, None),
    ("5+ years experience with 2+ years in Python", 5, None),
    ("1.5 years", 1.5, None),
    ("1-3", 1, 3),
    ("3+", 3, None),
    ("0 Yrs", 0, 0),
    ("Less than a year", 0, 1),
    ("up to 2 years", 0, 2),
    ("< 1 tahun", 0, 1),
    ("6 bulan", 0.5, None),
    ("18 months", 1.5, None),
    ("6-12 months", 0.5, 1),
    ("6 months - 2 years", 0.5, 2),
    ("kinh nghiệm 05 năm", 5, None),
    ("LESS_THAN_A_YEAR", 0, 1),
    ("ONE_TO_THREE_YEARS", 1, 3),
    ("THREE_TO_FIVE_YEARS", 3, 5),
    ("FIVE_TO_TEN_YEARS", 5, 10),
    ("MORE_THAN_TEN_YEARS", 10, None),
    ("NO_EXPERIENCE", 0, 0),
    ("FRESH_GRAD", 0, 0),
    ("Fresh Graduate", 0, 0),
    ("Fresher", 0, 0),
    ("No experience", 0, 0),
    ("No experience required", 0, 0),
    ("Tanpa pengalaman", 0, 0),
    ("Any (new grads ok)", 0, None),
    ("no requirements", 0, None),
    ("Không yêu cầu", 0, None),
    ("Pengalaman minimal 1 tahun, fresh graduate dipersilakan melamar", 0, None),
    (PostedYears(1, 3), 1, 3),
    (PostedYears(0, 0), 0, 0),
    (PostedYears(5), 5, None),
    (None, None, None),
    ("", None, None),
    ("-", None, None),
    ("N/A", None, None),
    ("Not specified", None, None),
    (PostedYears(), None, None),
]

UNREADABLE = [
    "Associate level",
    "Mid-Senior level",
    "Experienced",
    "mid_level",
    "a",
    "years",
    "1998",
    "99 years",
    "5-3 years",
    "Usia maksimal 30 tahun",
    "Company of 25 people",
    "We are a team of people. " * 9 + "3 years",
    PostedYears(5, 3),
    PostedYears(-1, 3),
    PostedYears(math.nan, 3),
    PostedYears(0, math.inf),
]


@pytest.mark.parametrize(("published", "least", "most"), READ)
def test_reads_years(published: str | PostedYears | None, least: float | None, most: float | None) -> None:
    assert read_experience(published) == (least, most)


@pytest.mark.parametrize("published", UNREADABLE)
def test_rather_none_than_wrong_years(published: str | PostedYears) -> None:
    assert read_experience(published) is None


PIECES = """
0 1 3 10 99 1.5 ² ३ - – to + < ; | / or years tahun bulan mo se a one min max less than more up lebih fresh any _ usia
"""
BITS = st.lists(st.sampled_from(PIECES.split()), max_size=8)
YEARS = st.none() | st.floats() | st.integers()
SOMETHING = st.one_of(st.text(max_size=40), BITS.map(" ".join), BITS.map("".join), st.builds(PostedYears, YEARS, YEARS))


@given(SOMETHING)
@settings(deadline=None, derandomize=True, database=None)
def test_nothing_makes_it_fail(published: str | PostedYears) -> None:
    years = read_experience(published)
    if years is None:
        return
    bounds = [bound for bound in years if bound is not None]
    assert bounds == sorted(bounds)
    assert all(0 <= bound <= 50 for bound in bounds)
