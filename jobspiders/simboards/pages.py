"""How boards write what they say: JSON, JSON within HTML, descriptions as HTML, Markdown or plain text, ages."""

from __future__ import annotations

import functools
import html
import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any, TypeVar

from jobspiders.simboards.board import SERIAL, Answer
from jobspiders.simboards.catalogue import SimJob
from jobspiders.simboards.invented import HEADINGS

T = TypeVar("T")
ROWS = "@rows@"
"""Stands in a frame for the list of rows that `filled` puts there."""
DAY = timedelta(days=1)


def dump(value: Any) -> str:
    """`value` as compact JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def dump_for_script(value: Any) -> str:
    """`value` as JSON that cannot end the script around it."""
    return dump(value).replace("<", "\\u003C")


def filled(frame: str, rows: Iterable[str], quote: str = '"') -> bytes:
    """The dumped `frame` with the dumped `rows` where it says ROWS; `quote` is how the frame writes `"`."""
    return frame.replace(f"{quote}{ROWS}{quote}", f"[{','.join(rows)}]", 1).encode()


def json_answer(body: bytes | Mapping[str, Any], status: int = 200) -> Answer:
    """An answer of JSON, dumped already or not."""
    data = body if isinstance(body, bytes) else dump(body).encode()
    return Answer(data, "application/json; charset=utf-8", status)


def not_found(text: str = "Not Found") -> Answer:
    """A page that says so, with its status."""
    return Answer(page(f"<h1>{text}</h1>"), status=404)


def page(body: str, head: str = "", language: str = "en") -> bytes:
    """An HTML page."""
    top = '<meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    return f'<!DOCTYPE html><html lang="{language}"><head>{top}{head}</head><body>{body}</body></html>'.encode()


def numbered(items: Sequence[T], number: int, size: int) -> Sequence[T]:
    """Page `number` (from 1) of `items`; empty beyond the last."""
    return items[max(0, number - 1) * size : max(0, number) * size]


def mentions(term: str | None, *texts: str | None) -> bool:
    """Whether every word of `term` stands somewhere in the texts."""
    heap = " ".join(text for text in texts if text).lower()
    return all(word in heap for word in (term or "").lower().split())


def whole(text: str | None, default: int) -> int:
    """The number that `text` is, or the default."""
    return int(text) if text and text.isdecimal() else default


@functools.cache
def uid(*parts: object) -> str:
    """The same UUID for the same parts."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, "/".join(map(str, parts))))


def token() -> str:
    """What looks like a UUID and is another one at every visit."""
    return f"d3adbeef-0000-4000-8000-{SERIAL}"


def as_html(job: SimJob) -> str:
    """The job's description as HTML."""
    duties, needs = HEADINGS[job.language]
    return (
        f"{html_paragraphs(job.about)}<p><strong>{duties}</strong></p>{html_list(job.duties)}"
        f"<p><strong>{needs}</strong></p>{html_list(job.needs)}"
    )


def html_paragraphs(texts: Iterable[str]) -> str:
    """Each text as a paragraph."""
    return "".join(f"<p>{html.escape(text, quote=False)}</p>" for text in texts)


def html_list(items: Iterable[str], kind: str = "ul") -> str:
    """The items as an HTML list."""
    inner = "".join(f"<li>{html.escape(text, quote=False)}</li>" for text in items)
    return f"<{kind}>{inner}</{kind}>"


def as_markdown(job: SimJob) -> str:
    """The job's description as Markdown, in which `&` and `<` are written as entities, as YC does."""
    duties, needs = HEADINGS[job.language]
    blocks = [*job.about, f"### {duties}", _stars(job.duties), f"### {needs}", _stars(job.needs)]
    return html.escape("\n\n".join(blocks), quote=False)


def _stars(items: Iterable[str]) -> str:
    return "\n".join(f"* {text}" for text in items)
