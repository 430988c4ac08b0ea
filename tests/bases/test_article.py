import pytest

from jobspiders.bases.article import article


@pytest.mark.parametrize(
    ("sections", "text"),
    [
        ([], None),
        ([(None, None), ("Duties", ""), ("Needs", "  ")], None),
        ([(None, "&lt;p&gt;as it is&lt;/p&gt;")], "&lt;p&gt;as it is&lt;/p&gt;"),
        ([("Duties", "<p>a</p>")], "<h3>Duties</h3>\n<p>a</p>"),
        ([(None, "<p>a</p>"), ("Needs", "<li>b</li><li>c</li>")], "<p>a</p>\n<h3>Needs</h3>\n<ul><li>b</li><li>c</li></ul>"),
        ([(None, "<p>a</p>"), (None, "&lt;p&gt;R&amp;amp;D&lt;/p&gt;")], "<p>a</p>\n<p>R&amp;D</p>"),
        ([(None, "<p>a</p>"), (None, "&amp;lt;p&amp;gt;twice&amp;lt;/p&amp;gt;")], "<p>a</p>\n<p>twice</p>"),
        ([(None, "<p>a</p>"), (None, "x < 5\ny")], "<p>a</p>\n<p>x &lt; 5<br>y</p>"),
        ([(None, 5), ("Duties", ["no text"])], None),
    ],
)  # fmt: skip
def test_article(sections, text):
    assert article(*sections) == text
