"""One description out of the sections in which some boards publish a job's text."""

from __future__ import annotations

import html
import re

_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_ESCAPED_TAG = re.compile(r"&(?:amp;)?lt;/?[a-zA-Z]")

Section = tuple[str | None, object]


def article(*sections: Section) -> str | None:
    """The sections, pairs of a heading (or None) and a text, as one HTML text; None when all of them are empty.

    A text may be HTML, escaped HTML, items of a list without the list around them, or plain. A section alone that
    has no heading stays as it is; one without a text goes, and its heading with it.
    """
    said = [(heading, text) for heading, text in sections if isinstance(text, str) and text.strip()]
    if not said:
        return None
    if len(said) == 1 and not said[0][0]:
        return said[0][1]
    return "\n".join(f"<h3>{heading.strip()}</h3>\n{_html(text)}" if heading else _html(text) for heading, text in said)


def _html(text: str) -> str:
    for _ in range(2):  # an escaped text beside others would be taken for words about tags
        if _TAG.search(text) or not _ESCAPED_TAG.search(text):
            break
        text = html.unescape(text)
    if text.lstrip()[:3].lower() == "<li":
        return f"<ul>{text.strip()}</ul>"
    if _TAG.search(text):
        return text
    return f"<p>{text.strip().replace('<', '&lt;')}</p>".replace("\n", "<br>")
