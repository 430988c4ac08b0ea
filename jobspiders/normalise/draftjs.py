"""Renders the editor format Draft.js (blocks of text with styles, as Glints publishes descriptions) as HTML."""

from __future__ import annotations

import html
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

_STYLES = {"BOLD": "strong", "ITALIC": "em", "UNDERLINE": "u", "STRIKETHROUGH": "s", "CODE": "code"}
_LISTS = {"unordered-list-item": "ul", "ordered-list-item": "ol"}
_BLOCKS = {"blockquote": "blockquote", "code-block": "pre"}
_HEADINGS = {"one": "h1", "two": "h2", "three": "h3", "four": "h4", "five": "h5", "six": "h6"}
# An editor offers four or five levels.
_DEEPEST = 8
# More ranges than any hand sets in a paragraph; they are then left away, the text stays.
_MOST_RANGES = 200

Span = tuple[int, int, str, str]


def to_html(published: str) -> str:
    """The HTML of a Draft.js content, given as JSON text. Raises ValueError when it is no such content."""
    try:
        content = json.loads(published)
        blocks = [block for block in content["blocks"] if isinstance(block, Mapping)]
    except (TypeError, KeyError, RecursionError) as error:
        raise ValueError("no Draft.js content") from error
    entities = content.get("entityMap")
    return "".join(_render(blocks, entities if isinstance(entities, Mapping) else {}))


def _render(blocks: Sequence[Mapping[str, Any]], entities: Mapping[str, Any]) -> Iterator[str]:
    """Each list that is open has an open item, into which deeper lists go."""
    lists: list[str] = []
    for block in blocks:
        kind, text = str(block.get("type")), _inline(block, entities)
        wanted = _LISTS.get(kind)
        if not text.strip():
            continue
        depth = min(_whole(block.get("depth")), _DEEPEST) + 1 if wanted else 0
        while len(lists) > depth or (lists and len(lists) == depth and lists[-1] != wanted):
            yield f"</li></{lists.pop()}>"
        if not wanted:
            tag = _BLOCKS.get(kind) or _HEADINGS.get(kind.removeprefix("header-")) or "p"
            yield f"<{tag}>{text}</{tag}>"
            continue
        yield "</li>" if len(lists) == depth else ""
        while len(lists) < depth:
            lists.append(wanted)
            yield f"<{wanted}>" if len(lists) == depth else f"<{wanted}><li>"
        yield f"<li>{text}"
    while lists:
        yield f"</li></{lists.pop()}>"


def _inline(block: Mapping[str, Any], entities: Mapping[str, Any]) -> str:
    """The text of a block with its styles and links. Offsets count UTF-16 units, as JavaScript does."""
    units = str(block.get("text") or "").encode("utf-16-le", "replace")
    spans = list(_spans(block, entities))[:_MOST_RANGES]
    ends = {len(units) // 2, *(end for _, end, _, _ in spans), *(start for start, _, _, _ in spans)}
    cuts = sorted(cut for cut in ends if cut <= len(units) // 2)
    rendered = []
    for start, end in zip([0, *cuts], cuts, strict=False):
        text = units[2 * start : 2 * end].decode("utf-16-le", "replace")
        around = [span for span in spans if span[0] <= start and end <= span[1]]
        rendered.append("<br>".join(_wrapped(html.escape(line), around) for line in text.split("\n")))
    return "".join(rendered)


def _wrapped(line: str, spans: Iterable[Span]) -> str:
    for _, _, opening, closing in spans if line else ():
        line = f"{opening}{line}{closing}"
    return line


def _spans(block: Mapping[str, Any], entities: Mapping[str, Any]) -> Iterator[Span]:
    for item in _ranges(block, "inlineStyleRanges"):
        if tag := _STYLES.get(str(item.get("style"))):
            yield (*_extent(item), f"<{tag}>", f"</{tag}>")
    for item in _ranges(block, "entityRanges"):
        entity = entities.get(str(item.get("key")))
        data = entity.get("data") if isinstance(entity, Mapping) and entity.get("type") == "LINK" else None
        target = (data.get("url") or data.get("href")) if isinstance(data, Mapping) else None
        if target:
            yield (*_extent(item), f'<a href="{html.escape(str(target))}">', "</a>")


def _ranges(block: Mapping[str, Any], name: str) -> Iterator[Mapping[str, Any]]:
    ranges = block.get(name)
    return (item for item in ranges if isinstance(item, Mapping)) if isinstance(ranges, list) else iter(())


def _extent(item: Mapping[str, Any]) -> tuple[int, int]:
    start = _whole(item.get("offset"))
    return start, start + _whole(item.get("length"))


def _whole(value: Any) -> int:
    return max(value, 0) if isinstance(value, int) else 0
