import math
from dataclasses import fields

import pytest

from jobspiders.bases import fitting
from jobspiders.bases.fitting import fitted
from jobspiders.items import PostedPlace, PostedSalary, PostedYears, Posting


def posting(**values):
    return Posting(**{"job_source": "b", "source_id": "1", "url": "u", "title": "t", **values})


def test_every_kind_of_field_is_known():
    for record in (Posting, PostedPlace, PostedSalary, PostedYears):
        assert {str(item.type) for item in fields(record)} <= set(fitting._FITS)


@pytest.mark.parametrize(
    ("name", "value", "kept"),
    [
        ("company", "Acme", "Acme"), ("company", 5, "5"), ("company", {"name": "Acme"}, None), ("company", ["x"], None),
        ("company", True, None), ("company_id", 1.5, "1.5"), ("company_id", math.inf, None),
        ("employment", "Full-time", ["Full-time"]), ("employment", ["a", 5, None, {}], ["a", "5"]),
        ("employment", {"a": 1}, []), ("skills", None, []), ("skills", ("a",), ["a"]),
        ("remote", True, True), ("remote", "yes", None), ("complete", 1, False),
        ("openings", 3, 3), ("openings", True, None), ("openings", "3", None),
        ("posted", 1757916149833, 1757916149833), ("posted", "2026-01-01", "2026-01-01"), ("posted", [], None),
        ("posted", math.nan, None), ("extra", {"a": [1]}, {"a": [1]}), ("extra", [1], {}),
        ("salary", "$5", "$5"), ("salary", 5, "5"), ("salary", {"a": 1}, None),
        ("salary", PostedSalary({}, "5", ["x"], 5), PostedSalary(None, "5", None, "5")),
        ("experience", PostedYears("1", []), PostedYears("1", None)),
        ("locations", ["Rome", PostedPlace(city=5, country={}), 7, {}], ["Rome", PostedPlace(city="5"), "7"]),
        ("locations", "Rome", ["Rome"]), ("locations", ["Rome"] * 501, ["Rome"] * 500),
        ("skills", ["a"] * 20_000, ["a"] * 500),
    ],
)  # fmt: skip
def test_only_what_fits_is_kept(name, value, kept):
    assert getattr(fitted(posting(**{name: value})), name) == kept


def test_what_fits_stays_as_it_is():
    whole = posting(
        company="Acme", locations=["Rome", PostedPlace("x", latitude=5.5)], salary=PostedSalary(1, 2, "EUR", "YEAR"),
        employment=["a"], remote=False, openings=2, posted=5.5, extra={"a": 1}, complete=True, card_hash="h",
    )  # fmt: skip
    assert fitted(whole) == whole


@pytest.mark.parametrize("name", ["source_id", "url", "title"])
@pytest.mark.parametrize("value", [None, {}, ["x"], True])
def test_what_no_job_can_do_without(name, value):
    with pytest.raises(TypeError, match=name):
        fitted(posting(**{name: value}))


@pytest.mark.parametrize("value", ["", "-", "null", "True", "a b", "a\n", "1]2", '{"a"', "<b>", "x\\", "x" * 401])
def test_what_can_be_no_id(value):
    with pytest.raises(ValueError, match="source_id"):
        fitted(posting(source_id=value))
