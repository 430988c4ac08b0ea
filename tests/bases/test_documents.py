import json

import pytest
from parsel import Selector
from scrapy.http import HtmlResponse, TextResponse

from jobspiders.bases.documents import Generation, Page, decode, from_apollo, pick, read_element


def html(body):
    return Page(HtmlResponse("https://board.test/", body=body, encoding="utf-8"))


@pytest.mark.parametrize(
    ("text", "data", "whole"),
    [
        ('{"a": 1}', {"a": 1}, True),
        ('  \ufeff[1, 2]', [1, 2], True),
        ('{"a": "};"};</script>', {"a": "};"}, True),
        ('{"a": undefined, "b": [undefined], "c": "undefined"}', {"a": None, "b": [None], "c": "undefined"}, True),
        ('{"a": "line\nbreak"}', {"a": "line\nbreak"}, True),
        ("<html>", None, True),
        ("", None, True),
        ("{nonsense", None, False),
    ],
)  # fmt: skip
def test_decode(text, data, whole):
    assert decode(text) == (data, whole)


CARDS = {
    "meta": {"total": 3},
    "jobs": [{"id": n, "tags": [{"name": "}]"}], "text": 'a "quoted" [brace {'} for n in range(3)],
}


def test_of_a_listing_cut_anywhere_only_whole_cards_are_kept():
    text = json.dumps(CARDS)
    seen = set()
    for cut in range(len(text)):
        data, whole = decode(text[:cut])
        cards = data["jobs"] if data else []
        assert not (whole and data), f"cut at {cut}"
        assert cards == CARDS["jobs"][: len(cards)]
        seen.add(len(cards))
    assert seen == {0, 1, 2, 3}


def test_a_document_is_found_where_the_generation_says():
    page = html(
        '<script id="data" type="application/json">{"rows": [1]}</script>'
        "<script>window.STATE = {rows: 1}; window.OTHER = {\"rows\": [2, undefined]};</script>"
        "<div data-page='{&quot;rows&quot;: [3]}'></div>"
    )  # fmt: skip
    assert page.find(Generation("json", "rows", css="script#data::text")) == [1]
    assert page.find(Generation("js", "rows", script="window.OTHER")) == [2, None]
    assert page.find(Generation("attribute", "rows", css="[data-page]::attr(data-page)")) == [3]
    assert page.find(Generation("absent", "rows", script="window.NOTHING")) is None
    assert page.find(Generation("body", "rows")) is None, "a web page is not a JSON body"


def test_a_json_body_has_no_elements():
    page = Page(TextResponse("https://board.test/", body=b'{"rows": []}', encoding="utf-8"))
    assert page.find(Generation("body", "rows")) == [], "there, and empty: the board says that there is nothing"
    assert page.find(Generation("cards", select="article")) is None


def test_elements_are_read_into_the_shape_of_the_api():
    article = Selector(
        '<article data-id="7"><h3> A <b>title</b></h3><p>This is a Full time job</p>'
        "<span>Here , There</span><ul><li>x</li><li>y</li></ul><div class=text><p>Rich</p></div></article>"
    ).css("article")[0]
    assert read_element(
        article,
        {
            "id": "::attr(data-id)",
            "title": "h3",
            "types[]": ("p", "is a (.+) job"),
            "places[].label": "span",
            "tags[]": "li",
            "company.name": "h4",
            "html:text": "div.text",
            "deep[].inner.name": "li",
        },
    ) == {
        "id": "7",
        "title": "A title",
        "types": ["Full time"],
        "places": [{"label": "Here, There"}],
        "tags": ["x", "y"],
        "text": '<div class="text"><p>Rich</p></div>',
        "deep": [{"inner": {"name": "x"}}, {"inner": {"name": "y"}}],
    }


def test_apollo_follows_references_and_drops_arguments():
    store = {
        "Job:1": {"__typename": "Job", "id": 1, "company": {"__ref": "Company:2"}, 'name({"locale":"id"})': "A"},
        "Company:2": {"__typename": "Company", "name": "B", "jobs": [{"__ref": "Job:1"}]},
        "ROOT_QUERY": {"detail": {"__typename": "Detail", "job": {"__ref": "Job:1"}}},
    }
    (job,) = from_apollo(store, "Job")
    assert (job["name"], job["company"]["name"]) == ("A", "B")
    assert from_apollo(store, "Detail")[0]["job"]["id"] == 1
    assert from_apollo(store, "Nothing") is None
    assert from_apollo(None, "Job") is None


def test_pick_leaves_out_what_is_not_there():
    assert pick({"a": {"b": 0}, "c": None}, x="a.b", y="c", z="d.e") == {"x": 0}


CARD = Generation("cards", select="p", fields={"id": "::attr(id)", "name": "b"}, key="id", none=r"<i>none</i>|\A\s*\Z")


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("<p id=1><b>x</b></p><p id=2></p><p id=1><b>y</b></p>", [{"id": "1", "name": "x"}, {"id": "2"}]),
        ("<p><b>x</b></p><p><b>x</b></p>", [{"name": "x"}, {"name": "x"}]),
        ("<i>none</i>", []),
        ("<p id=1></p><i>none</i>", [{"id": "1"}]),
        ("  \n", []),
        ("<i>sorry</i>", None),
    ],
)
def test_cards_twice_on_a_page_and_pages_that_state_that_there_are_none(body, found):
    assert html(body).find(CARD) == found


def test_rows_twice_in_a_document():
    rows = TextResponse("https://board.test/", body=b'[{"k": 1, "a": 0}, {"k": 1, "a": 1}, {"k": [2]}, {"a": 2}, 5]')
    assert Page(rows).find(Generation("rows", key="k")) == [{"k": 1, "a": 0}, {"k": [2]}, {"a": 2}, 5]


@pytest.mark.parametrize(
    ("body", "whole"),
    [
        ("<ul><li><a>1</a></li><li><a>2</a></li></ul>", True), ("<ul><li><a>1</a></li><li><a>2</a></li>", False),
        ("<li><a>1</a></li><li><a>2</a></li>", True), ("<li><a>1</a></li><li><a>2</a></li><", False),
        ("<li><a>1</a></li><li><a>2</a></li><li class='", False), ("<li><a>1</a></li><li><a>2</a></li>&gt; 3", True),
        ("<html><ul><li><a>1</a></li><li><a>2</a></li></body></html><", True),
    ],
)  # fmt: skip
def test_the_last_card_of_a_page_that_breaks_off_is_left_out(body, whole):
    page = Page(HtmlResponse("https://x.example", body=body, encoding="utf-8"))
    cards = page.find(Generation("cards", select="li", fields={"id": "a"}))
    assert cards == [{"id": "1"}, {"id": "2"}][: 2 if whole else 1]
    assert page.cut_off is not whole
