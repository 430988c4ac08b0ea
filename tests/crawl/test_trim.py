"""Pages made small: what a board reads from them stays, all else goes."""

import json

import pytest
from parsel import Selector

from jobspiders.crawl.prune import pruned
from jobspiders.crawl.scrub import EMAIL
from jobspiders.crawl.trim import LIMIT, fitted, trimmed

FILLER = "filler " * 80
ROWS = "".join(f'<li class="job" data-id="{i}"><a href="/{i}">Job {i}</a><p>{FILLER}</p></li>' for i in range(30))
STATE = {
    "jobs": [{"id": i, "text": FILLER, "recruiter": {"name": "Dina"}} for i in range(30)],
    "flags": {f"f{i}": True for i in range(300)},
}
PAGE = f"""<!doctype html><html><head><title>Jobs</title><style>li {{ color: red }}</style>
<meta name="csrf-token" content="s3cret"><meta name="description" content="Jobs"><link rel="next" href="/2">
<link rel="stylesheet" href="/x.css"><script src="/app.js"></script><script>track("{FILLER * 3}")</script>
<script type="application/ld+json">{json.dumps({"@type": "JobPosting", "title": "Welder", "email": "a@b.test"})}</script>
<script>window.__STATE__ = {json.dumps(STATE)}; window.other = undefined</script></head>
<body onload="go()"><!-- built 12:00 --><svg><path d="M0"/></svg><img src="data:image/png;base64,AAAA" style="x">
<div class="recruiter-card">Dina Putri</div><ul>{ROWS}</ul>
<div data-page='{json.dumps({"user": {"name": "Dina"}, "props": {"id": 7}})}'>Mail: hr@acme.test</div></body></html>"""


def test_a_page_keeps_its_data_and_loses_its_dress():
    page = trimmed(PAGE)
    found = Selector(text=page)
    assert len(found.css("li.job")) == 30
    assert found.css("title::text").get() == "Jobs"
    assert found.css("link[rel=next]::attr(href)").get() == "/2"
    assert found.css("meta[name=description]::attr(content)").get() == "Jobs"
    assert json.loads(found.css("[type='application/ld+json']::text").get()) == {
        "@type": "JobPosting",
        "title": "Welder",
        "email": None,
    }
    assert json.loads(found.css("[data-page]::attr(data-page)").get()) == {"user": None, "props": {"id": 7}}
    for gone in (
        "s3cret",
        "Dina",
        "<style",
        "<svg",
        "app.js",
        "track(",
        "onload",
        "AAAA",
        "built 12:00",
        "x.css",
        "hr@acme.test",
    ):
        assert gone not in page, gone
    assert EMAIL in page


def test_so_many_rows_stay_as_fit():
    page = fitted(PAGE, 20_000)
    assert len(page.encode()) <= 20_000
    assert [row.attrib["data-id"] for row in Selector(text=page).css("li.job")] == [str(i) for i in range(8)]
    state = json.loads(page.partition("window.__STATE__ = ")[2].partition("</script>")[0])
    assert [job["id"] for job in state["jobs"]] == list(range(8))
    assert state["flags"] == {}, "a table of switches is no data"


def test_what_does_not_fit_at_all_is_cut_off():
    assert len(fitted(f"<p>{'é' * 100_000}</p>", 999).encode()) <= 999
    assert fitted("\x00" * (LIMIT + 5)) == "\x00" * LIMIT


@pytest.mark.parametrize("text", ["", " ", "{", "[1, 2", "hello", '{"a": undefined}', "<", "<!-- -->", "\ufeff{}"])
def test_whatever_comes_is_no_error(text):
    assert isinstance(fitted(text), str)


@pytest.mark.parametrize(
    "page",
    [
        '<script type="application/ld+json">{"a": "\\ud800 \\uffff \\u0001"}</script>',
        '<script type="application/ld+json">{"a": "\x01 \uffff", </script>',
        "<div data-a='{\"a\": \"&#1;\", '>x</div><p on\x01x='y' \x0c=1>z</p>",
        '{"a": "\\ud800 \\udfff"}',
    ],
)
def test_signs_that_no_page_can_hold_do_no_harm(page):
    assert "a" in fitted(page).encode().decode()


def test_rows_within_rows_take_no_time():
    deep = "<div>" * 5_000 + FILLER + "</div>" * 5_000
    assert len(fitted(f"<html><body>{deep}{deep}</body></html>", 3_000).encode()) <= 3_000


def test_json_keeps_what_is_not_private():
    page = json.loads(trimmed(json.dumps(STATE), 3))
    assert [job["recruiter"] for job in page["jobs"]] == [None] * 3
    assert [job["id"] for job in page["jobs"]] == [0, 1, 2]


def test_a_script_cannot_be_ended_by_its_data():
    page = trimmed('<html><script type="application/ld+json">{"a": "<\\/script><b>"}</script></html>')
    assert json.loads(Selector(text=page).css("script::text").get()) == {"a": "</script><b>"}


def job_7(page):
    """What is asked of the pages below: a record somewhere with the id 7."""
    return '"id": 7,' in page


@pytest.mark.parametrize(
    "page",
    [
        trimmed(PAGE),
        json.dumps({"a": {"b": STATE}, "texts": [FILLER] * 50}),
        f'<p>x</p><script>a["x"] = {json.dumps(STATE)};\nb = {json.dumps([STATE, FILLER])}</script>',
    ],
    ids=["page", "json", "scripts"],
)
def test_a_page_is_pruned_to_what_is_asked_for(page):
    assert job_7(page)
    small = pruned(page, 1_500, job_7)
    assert job_7(small)
    assert len(small.encode()) <= 1_500 < len(page)


@pytest.mark.parametrize("page", ["", '{"a": [1, 2', "hello"])
def test_what_is_no_page_is_left_alone(page):
    assert pruned(page, 0, lambda _: True) == page


def test_a_page_that_fits_is_left_alone():
    page = "<!DOCTYPE html><html><body><p>x</p></body></html>"
    assert pruned(page, 10_000, lambda _: False) == page


def test_nothing_is_taken_that_is_asked_for():
    page = f"<!DOCTYPE html><html><body><p>{FILLER}</p><div>{FILLER}</div></body></html>"
    assert pruned(page, 10, lambda text: text.count("filler") == 160) == page
