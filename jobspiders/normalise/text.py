"""Cleans what a board wrote: single lines (titles, names, labels) and whole descriptions."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import Any

import html_text
import nh3
from html_to_markdown import convert
from markdown_it import MarkdownIt

from jobspiders.normalise import draftjs

# The longest description seen on a board has 30,000 characters; what follows after so many is cut off.
LONGEST = 200_000
# A line, such as a title, or an address has a tenth of that at most.
LONGEST_LINE = 2_000
# Markup nested deeper is a generator's accident and is kept as text: parsers take quadratic time over it.
_DEEPEST = 100
# An entity ends in ";": "Copy&Paste" and "R&D" stay as they are.
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
# Control characters, zero-width ones, marks of direction, byte order marks and halves of surrogate pairs.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\uffff\ud800-\udfff]"
)
_SCHEME = re.compile(r"([a-zA-Z][\w+-]*):(?!\d)")
_FOLLOWED = {"http", "https", "mailto"}
_PLACEHOLDER = re.compile(
    r"[-–—.]*|0|n/?a|nan|null|none|nil|un(?:defined|available|known)|not (?:applicable|available)|no data",
    re.IGNORECASE,
)
_KEPT = (
    "p br div ul ol li dl dt dd h1 h2 h3 h4 h5 h6 strong b em i u s sub sup a blockquote pre code hr "
    "table thead tbody tr th td"
)
_KNOWN = _KEPT.replace(" ", "|") + "|span|section|article|font|center|img|script|style"
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_ESCAPED_TAG = re.compile(rf"&(?:amp;)?lt;/?(?:{_KNOWN})\b", re.IGNORECASE)
# "< /li> < ul >", also over two lines: a formatter went over the markup (seen in schema.org markup).
_MANGLED_TAG = re.compile(rf"<\s{{0,40}}(/?)\s{{0,40}}({_KNOWN})\s{{0,40}}(/?)>", re.IGNORECASE)
_BROKEN = re.compile(r"</?\s")
# Line breaks escaped twice, or written as a backslash and an n (both seen in schema.org markup).
_WRITTEN_BREAK = re.compile(r"&(?:amp;)?#[xX][aAdD];|(?:\\r)?\\n")
_NESTING = re.compile(r"<(/?)(?!(?:p|li|br|hr|dt|dd|td|th|tr|img|input|option)\b)[a-zA-Z]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Description:
    """A description in three forms, each None when nothing was written.

    `html` holds text, lists, tables and links and nothing else; `markdown` (CommonMark) and `text` are made of it.
    """

    html: str | None = None
    markdown: str | None = None
    text: str | None = None


def clean_line(text: str | None) -> str | None:
    """`text` as one line: entities replaced, unseen characters gone, white space single.

    None when nothing is left, or only a word that stands for nothing ("-", "N/A", "UNAVAILABLE"). Of more than 2,000
    characters the first are read.
    """
    if not text:
        return None
    line = str(text)[:LONGEST_LINE]
    for _ in range(2 if "&" in line else 0):  # boards escape what was escaped already
        line = _ENTITY.sub(lambda match: html.unescape(match[0]), line)
    line = " ".join(_UNSEEN.sub("", line).split())
    return None if _PLACEHOLDER.fullmatch(line) else line


def clean_link(address: str | None) -> str | None:
    """An address of the web or of a mailbox, white space in it escaped; None for anything else.

    A bare host or a path stays as it was published; "javascript:" and the like are for no user to follow.
    """
    link = "%20".join(_UNSEEN.sub("", address or "").split())
    if len(link) > LONGEST_LINE or ((scheme := _SCHEME.match(link)) and scheme[1].lower() not in _FOLLOWED):
        return None
    return clean_line(link)


def read_description(published: str | None, written_in: str) -> Description:
    """A description that was published as html, markdown, draftjs or text.

    Of more than 200,000 characters the first are read. Whatever else it is said to be written in is read as HTML,
    which is safe: all of it is sanitised.
    """
    source = _UNSEEN.sub("", (published or "")[:LONGEST])
    if clean_line(source[:100]) is None and len(source) <= 100:
        return Description()
    clean = _clean(_FORMATS.get(written_in, _from_html)(source)).replace("&nbsp;", " ").strip()
    text = html_text.etree_to_text(html_text.parse_html(clean))
    if not text:
        return Description()
    # A "<" that was text must not become a tag for those who render the Markdown.
    literal = re.sub(r"&lt;(?=[a-zA-Z/!?])", "&amp;lt;", clean)
    return Description(clean, (convert(literal).content or "").strip(), text)


def _from_html(source: str) -> str:
    for _ in range(2):
        if _TAG.search(source) or not _ESCAPED_TAG.search(source):
            break
        source = html.unescape(source)
    if "\\n" in source or "&#" in source or "&amp;#" in source:
        source = _WRITTEN_BREAK.sub("\n", source)
    if _BROKEN.search(source):
        source = _MANGLED_TAG.sub(r"<\1\2\3>", source)
    if not _TAG.search(source):
        return _from_text(html.unescape(source))
    if _depth(source) > _DEEPEST:
        return _from_text(html.unescape(_TAG.sub("\n", source)))
    return source


def _from_markdown(source: str) -> str:
    return _from_html(_markdown.render(source))


def _from_draftjs(source: str) -> str:
    try:
        return draftjs.to_html(source)
    except ValueError:
        return _from_html(source)


def _from_text(source: str) -> str:
    """Paragraphs where lines are blank, line breaks elsewhere."""
    paragraphs = re.split(r"\n\s*\n", source.replace("\r\n", "\n").strip())
    return "".join(f"<p>{html.escape(lines, quote=False).replace(chr(10), '<br>')}</p>" for lines in paragraphs)


_FORMATS = {"html": _from_html, "markdown": _from_markdown, "draftjs": _from_draftjs, "text": _from_text}
_markdown = MarkdownIt("commonmark", {"html": True, "breaks": True}).enable("table")
_clean = nh3.Cleaner(
    tags=set(_KEPT.split()),
    attributes={"a": {"href"}},
    url_schemes={"http", "https", "mailto"},
    link_rel=None,
).clean


def _depth(source: str) -> int:
    """How deep the tags are nested at most, as far as it shows without a parser."""
    deepest = depth = 0
    if source.count("<") > _DEEPEST:
        for match in _NESTING.finditer(source):
            depth += -1 if match[1] else 1
            deepest = max(deepest, depth)
    return deepest


def clean_values(values: Any) -> Any:
    """Plain JSON with the unseen characters of its texts gone: no database takes a NUL or half a surrogate."""
    if isinstance(values, str):
        return _UNSEEN.sub("", values)
    if isinstance(values, dict):
        return {clean_values(key): clean_values(value) for key, value in values.items()}
    return [clean_values(value) for value in values] if isinstance(values, list) else values
