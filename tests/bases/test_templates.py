import pytest

from jobspiders.bases.graphql import operation
from jobspiders.bases.templates import fill, placeholders, slug, with_query


@pytest.mark.parametrize(
    ("template", "filled"),
    [
        ("{page}", 2),
        ("p{page}", "p2"),
        ("{term}", None),
        ("x{term}", None),
        ("query { id {name} }", "query { id {name} }"),
        ({"a": "{page}", "b": "{term}", "c": ["{page}", "{term}"]}, {"a": 2, "c": [2]}),
        ({"d": {"e": "{types}"}}, {"d": {"e": ["F"]}}),
        (None, None),
        (5, 5),
    ],
)  # fmt: skip
def test_fill(template, filled):
    assert fill(template, {"page": 2, "term": None, "types": ["F"]}) == filled


def test_placeholders():
    assert placeholders({"a": "{x}/{y}", "b": ["{z}", 3, None]}) == {"x", "y", "z"}


def test_a_list_in_a_query_is_comma_separated():
    assert with_query("https://b.test/s", {"t": [1, 2], "q": "a b&c"}) == "https://b.test/s?t=1%2C2&q=a+b%26c"
    assert with_query("https://b.test/s?x=1", {"q": "é"}) == "https://b.test/s?x=1&q=%C3%A9"
    assert with_query("https://b.test/s", {}) == "https://b.test/s"


@pytest.mark.parametrize(
    ("text", "expected"), [("Ahli Gizi", "ahli-gizi"), ("Sales (SPG / Event)!", "sales-spg-event")]
)
def test_slug(text, expected):
    assert slug(text) == expected


def test_an_operation_brings_its_fragments_and_survives_being_filled():
    body = operation("glints", "searchJobsV3", data={"page": "{page}", "SearchTerm": "{search_term}"})
    assert body["operationName"] == "searchJobsV3"
    assert "fragment Card on Job" in body["query"]
    assert "getJobById" not in body["query"]
    filled = fill(body, {"page": 3, "search_term": None, "name": "X", "title": "Y", "id": "Z"})
    assert filled["query"] == body["query"]
    assert filled["variables"] == {"data": {"page": 3}}
