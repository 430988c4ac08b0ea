"""The content of a job: its fingerprint, its cleaning, its merging."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from some_jobs import at, card, detail

from jobspiders.store.content import FIELDS, PLACE, Mode, clean, examine, merge
from jobspiders.store.tables import JOB_FIELDS

DIFFERENT = [
    {"title": "Turner"},
    {"title": ""},
    {"salary_max": 8_000_000.5},
    {"salary_max": None},
    {"skills": ["MIG"]},
    {"skills": ["MIG, TIG"]},
    {"extra": {}},
    {"description_html": "<p>Weld <i>pipes</i>.</p>"},
    {"is_remote": False},
    {"closed": True},
    {"complete": False},
    {"posted_at": at(1)},
    {"posted_precision": "day"},
    {"posted_precision": "about"},
    {"company": None, "company_id": "PT Contoh Baja"},
]
SAME = [{"seen_at": at(9)}, {"card_hash": "other"}, {"unread": {"salary": "?"}}]


def fingerprint(**fields: Any) -> str:
    return examine(detail(**fields))[1]


@pytest.mark.parametrize("fields", DIFFERENT)
def test_fingerprint_shows_other_content(fields: dict[str, Any]) -> None:
    assert fingerprint(**fields) != fingerprint()


@pytest.mark.parametrize("fields", SAME)
def test_fingerprint_is_of_the_content_alone(fields: dict[str, Any]) -> None:
    assert fingerprint(**fields) == fingerprint()


@pytest.mark.parametrize("precision", ["about", "at_least"])
def test_fingerprint_passes_over_a_vague_date(precision: str) -> None:
    vague = fingerprint(posted_precision="about", posted_at=at(0), posted_text="3 days ago")
    assert fingerprint(posted_precision=precision, posted_at=at(24), posted_text="4 days ago") == vague
    assert fingerprint(posted_precision=None, posted_at=None, posted_text=None) != vague


CLEANED = [
    ("plain é 🙂\t\n", "plain é 🙂\t\n"),
    ("a\0b\ud800c", "abc"),
    (float("nan"), None),
    (float("-inf"), None),
    (0.0, 0.0),
    (False, False),
    (None, None),
    ({"\0k": ["\0", {"n": float("inf")}]}, {"k": ["", {"n": None}]}),
]


@pytest.mark.parametrize(("dirty", "expected"), CLEANED)
def test_clean(dirty: Any, expected: Any) -> None:
    assert clean(dirty) == expected


@pytest.mark.parametrize("field", FIELDS)
def test_examine_cleans_every_field(field: str) -> None:
    dirty: Any = {"str": "a\0b", "lis": ["a\0b"], "dic": {"k": "a\0b"}, "flo": float("nan")}.get(JOB_FIELDS[field][:3])
    values, _ = examine(detail(**{field: dirty}))
    assert values[PLACE[field]] == clean(dirty)


@given(st.text(st.characters(codec=None), max_size=9), st.lists(st.text(st.characters(codec=None), max_size=5)))
def test_whatever_the_text_it_can_be_stored(text: str, words: list[str]) -> None:
    values, digest = examine(detail(title=text, skills=words, posted_text=text, posted_precision="about"))
    joined = "".join((values[PLACE["title"]], values[PLACE["posted_text"]], *values[PLACE["skills"]]))
    assert "\0" not in joined.encode().decode()
    assert len(digest) == 32


def values(job: Any) -> Any:
    return examine(job)[0]


MERGED = [
    (Mode.REPLACE, detail(), card(), {"salary_max": None, "skills": [], "title": "Welder"}),
    (
        Mode.OVERLAY,
        detail(),
        card(title="Lead"),
        {"salary_max": 8_000_000.0, "skills": ["MIG", "TIG"], "title": "Lead"},
    ),
    (Mode.OVERLAY, detail(), card(salary_min=1.0), {"salary_min": 1.0, "salary_max": None, "salary_period": None}),
    (Mode.OVERLAY, detail(), card(salary_min=5_000_000.0), {"salary_max": 8_000_000.0, "salary_period": "MONTH"}),
    (Mode.OVERLAY, detail(), card(is_remote=False), {"is_remote": False}),
    (Mode.FILL, card(title="Lead", salary_min=1.0), detail(), {"title": "Lead", "salary_min": 1.0, "salary_max": None}),
    (Mode.FILL, card(), detail(), {"salary_max": 8_000_000.0, "description": "Weld **pipes**.", "posted_at": at(-48)}),
    (Mode.NOTHING, card(), detail(), {"salary_max": None}),
]


@pytest.mark.parametrize(("mode", "stored", "new", "expected"), MERGED)
def test_merge(mode: Mode, stored: Any, new: Any, expected: dict[str, Any]) -> None:
    merged = merge(values(stored), values(new), mode)
    assert {name: merged[PLACE[name]] for name in expected} == expected


@pytest.mark.parametrize(("mode", "stored", "new"), [case[:3] for case in MERGED])
def test_merging_again_changes_nothing(mode: Mode, stored: Any, new: Any) -> None:
    once = merge(values(stored), values(new), mode)
    assert list(merge(once, values(new), mode)) == list(once)
