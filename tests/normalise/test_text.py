import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobspiders.normalise.text import LONGEST, Description, clean_line, clean_values, read_description


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("  Senior\n Developer\t(m/f) ", "Senior Developer (m/f)"), ("Food &amp; Beverage", "Food & Beverage"),
        ("Johnson &amp;amp; Johnson", "Johnson & Johnson"), ("R&D, Copy&Paste, AT&T", "R&D, Copy&Paste, AT&T"),
        ("&amp;amp;lt;", "&lt;"), ("Rp\u00a05.000.000", "Rp 5.000.000"), ("zero\u200bwidth\ufeff", "zerowidth"),
        ("bell\x07 and nul\x00", "bell and nul"), ("half a surrogate \ud83d", "half a surrogate"),
        ("whole emoji 🚀", "whole emoji 🚀"), ("C++ < Java", "C++ < Java"), ("Nullarbor", "Nullarbor"), ("0", None),
        ("-", None), ("–", None), ("Null", None), ("N/A", None), ("UNAVAILABLE", None), ("unknown", None),
        ("Not Applicable", None), (" ", None), ("\u200b", None), ("", None), (None, None),
    ],
)  # fmt: skip
def test_lines(text, line):
    assert clean_line(text) == line


def test_values_of_plain_json_lose_what_no_database_takes():
    assert clean_values({"a\x00": ["b\x00c", {"d": "\ud800"}, 1, None, True]}) == {
        "a": ["bc", {"d": ""}, 1, None, True]
    }


@pytest.mark.parametrize(
    ("published", "html", "markdown", "text"),
    [
        ("<p>We <b>hire</b></p>", "<p>We <b>hire</b></p>", "We **hire**", "We hire"),
        (
            "<h2>Tasks</h2><ul><li>One</li><li>Two</li></ul>",
            "<h2>Tasks</h2><ul><li>One</li><li>Two</li></ul>",
            "## Tasks\n\n- One\n- Two",
            "Tasks\n\nOne\nTwo",
        ),
        ('<p class="x" style="y" onclick="z()">a</p>', "<p>a</p>", "a", "a"),
        (
            "<script>alert(1)</script><style>p{}</style><p>a<img src=x onerror=y></p><iframe src=z></iframe>",
            "<p>a</p>",
            "a",
            "a",
        ),
        ('<a href="javascript:alert(1)">a</a>', "<a>a</a>", "a", "a"),
        (
            '<a href="https://example.org/?a=1&amp;b=2" target="_blank">our page</a>',
            '<a href="https://example.org/?a=1&amp;b=2">our page</a>',
            "[our page](https://example.org/?a=1&b=2)",
            "our page",
        ),
        (
            '<a href="mailto:jobs@example.org">mail</a>',
            '<a href="mailto:jobs@example.org">mail</a>',
            "[mail](mailto:jobs@example.org)",
            "mail",
        ),
        (
            "&lt;p&gt;Escaped &amp;amp; sound&lt;/p&gt;",
            "<p>Escaped &amp; sound</p>",
            "Escaped & sound",
            "Escaped & sound",
        ),
        ("&amp;lt;p&amp;gt;Twice&amp;lt;/p&amp;gt;", "<p>Twice</p>", "Twice", "Twice"),
        ("<p>Use &lt;div&gt; well</p>", "<p>Use &lt;div&gt; well</p>", "Use &lt;div> well", "Use <div> well"),
        (
            "<ul>< li>One< /li><\n   li >Two</ li>< /ul>",
            "<ul><li>One</li><li>Two</li></ul>",
            "- One\n- Two",
            "One\nTwo",
        ),
        (
            "First line\nsecond &amp; last\n\nNew paragraph",
            "<p>First line<br>second &amp; last</p><p>New paragraph</p>",
            "First line  \nsecond & last\n\nNew paragraph",
            "First line\nsecond & last\n\nNew paragraph",
        ),
        ("One&amp;#xa;two", "<p>One<br>two</p>", "One  \ntwo", "One\ntwo"),
        (r"One\n\nTwo", "<p>One</p><p>Two</p>", "One\n\nTwo", "One\n\nTwo"),
        ("<p>a&nbsp;b</p>", "<p>a b</p>", "a b", "a b"),
        (
            "Salary < 5 million & > 3 million",
            "<p>Salary &lt; 5 million &amp; &gt; 3 million</p>",
            "Salary < 5 million & > 3 million",
            "Salary < 5 million & > 3 million",
        ),
        ("<p>Call 0812-0000-0000</p>", "<p>Call 0812-0000-0000</p>", "Call 0812-0000-0000", "Call 0812-0000-0000"),
    ],
)
def test_html(published, html, markdown, text):
    assert read_description(published, "html") == Description(html, markdown, text)


def test_markdown_may_hold_html():
    found = read_description(
        "# Role\n\nYou **build** it\\\nand <u>run</u> it.\n\n* one\n* two <script>x</script>", "markdown"
    )
    assert found.html == (
        "<h1>Role</h1>\n<p>You <strong>build</strong> it<br>\nand <u>run</u> it.</p>\n"
        "<ul>\n<li>one</li>\n<li>two </li>\n</ul>"
    )
    assert found.text == "Role\n\nYou build it\nand run it.\n\none\ntwo"


def test_plain_text_is_escaped():
    found = read_description("Know <b>tags</b>\r\n& more\n\n\nBye", "text")
    assert found.html == "<p>Know &lt;b&gt;tags&lt;/b&gt;<br>&amp; more</p><p>Bye</p>"
    assert found.text == "Know <b>tags</b>\n& more\n\nBye"


def block(text, kind="unstyled", depth=0, styles=(), links=()):
    return {
        "text": text,
        "type": kind,
        "depth": depth,
        "inlineStyleRanges": [{"offset": start, "length": length, "style": style} for start, length, style in styles],
        "entityRanges": [{"offset": start, "length": length, "key": key} for start, length, key in links],
    }


def draft(*blocks, **entities):
    return json.dumps({"blocks": list(blocks), "entityMap": entities})


@pytest.mark.parametrize(
    ("content", "html"),
    [
        (draft(block("About us", "header-two"), block("We\nwork")), "<h2>About us</h2><p>We<br>work</p>"),
        (
            draft(block("bold both it", styles=[(0, 9, "BOLD"), (5, 7, "ITALIC")])),
            "<p><strong>bold </strong><em><strong>both</strong></em><em> it</em></p>",
        ),
        # JavaScript counts an emoji as two.
        (draft(block("🚀 go now", styles=[(3, 2, "UNDERLINE")])), "<p>🚀 <u>go</u> now</p>"),
        (
            draft(
                block("see page", links=[(4, 4, 7)]),
                **{"7": {"type": "LINK", "data": {"url": "https://example.org/?a&b"}}},
            ),
            '<p>see <a href="https://example.org/?a&amp;b">page</a></p>',
        ),
        (
            draft(
                block("a", "unordered-list-item"),
                block("b", "unordered-list-item", 1),
                block("c", "unordered-list-item"),
            ),
            "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>",
        ),
        (
            draft(block("a", "unordered-list-item"), block("b", "ordered-list-item"), block("end")),
            "<ul><li>a</li></ul><ol><li>b</li></ol><p>end</p>",
        ),
        (draft(block("deep", "ordered-list-item", 1)), "<ol><li><ol><li>deep</li></ol></li></ol>"),
        (draft(block("a\n\nb", styles=[(0, 4, "BOLD")])), "<p><strong>a</strong><br><br><strong>b</strong></p>"),
        (draft(block("1 < 2 & <b>")), "<p>1 &lt; 2 &amp; &lt;b&gt;</p>"),
        (draft(block(""), block("a"), block(" ")), "<p>a</p>"),
        (draft(block("x", styles=[(0, 99, "BOLD"), (5, 1, "FANCY")])), "<p><strong>x</strong></p>"),
        ("not Draft.js at all", "<p>not Draft.js at all</p>"),
        ("[" * 100_000, "<p>" + "[" * 100_000 + "</p>"),
    ],
)
def test_draftjs(content, html):
    assert read_description(content, "draftjs").html == html


@pytest.mark.parametrize(
    "empty", [None, "", "  ", "-", "N/A", "<p></p>", "<p>&nbsp;</p><br>", "<script>only()</script>"]
)
def test_nothing_is_nothing(empty):
    assert read_description(empty, "html") == Description()


def test_an_empty_draft_is_nothing():
    assert read_description(draft(block("")), "draftjs") == Description()


def test_a_description_is_cut_off_after_so_many_characters():
    found = read_description("<p>" + "word " * LONGEST + "</p>", "html")
    assert LONGEST - 100 < len(found.html) <= LONGEST + 10


@pytest.mark.parametrize(
    ("published", "written_in"),
    [
        ("<ul><li>" * 25_000 + "x", "html"),
        ("<b>" * 60_000 + "x", "html"),
        ("<" * LONGEST, "html"),
        ("&lt;p" * 40_000, "html"),
        ("< " + " " * (LONGEST - 10) + "<p>x", "html"),
        ("> " * (LONGEST // 2) + "x", "markdown"),
        ("a*b_" * (LONGEST // 4), "markdown"),
    ],
)
def test_no_page_hangs_it(published, written_in):
    started = time.process_time()
    read_description(published, written_in)
    assert time.process_time() - started < 10


def test_what_is_nested_too_deep_stays_readable():
    assert read_description("<div>" * 500 + "<p>one</p><p>two</p>", "html").text == "one\n\ntwo"


@given(st.text(), st.sampled_from(["html", "markdown", "draftjs", "text", "other"]))
def test_no_text_breaks_it(text, written_in):
    found = read_description(text, written_in)
    assert (found.html is None) == (found.markdown is None) == (found.text is None)
    assert "<script" not in (found.html or "")


@given(
    st.recursive(
        st.none() | st.integers() | st.text() | st.just("BOLD"),
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(
                st.sampled_from(
                    [
                        "blocks",
                        "text",
                        "type",
                        "depth",
                        "inlineStyleRanges",
                        "entityRanges",
                        "entityMap",
                        "offset",
                        "style",
                    ]
                ),
                inner,
            )
        ),
    )
)
def test_no_json_breaks_draftjs(value):
    read_description(json.dumps({"blocks": value, "entityMap": value}), "draftjs")
    read_description(
        json.dumps({"blocks": [value, {"text": "a", "inlineStyleRanges": value, "depth": value}]}), "draftjs"
    )
