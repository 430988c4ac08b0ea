"""Makes a page small and clean enough to be kept: its data stay; its dress, its scripts and all that is private go.

Pure. What a board reads from the trimmed page it reads as from the whole one, apart from rows beyond those that fit.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree
from parsel import Selector

from jobspiders.crawl.scrub import is_private, masked, masked_members, scrubbed

LIMIT = 60_000  # bytes of a page that is kept
STEPS = (None, 20, 8, 3, 1)  # how many rows of a list stay, as they are tried; None is all of them
MANY = 100  # plain members that make a mapping a table of texts or of switches
ROW = 300  # characters that make an element a row of a list, and not a line of a text
SMALLEST = 200  # characters of a script's data that are worth being kept

_DRESS = {"style", "svg", "noscript", "iframe", "object", "template", "video", "audio"}
_LINKS = {"canonical", "next", "prev"}
_PERSONAL = re.compile(
    r"(?<![a-z])(?:recruiter(?!s)|hirer|hiring[-_]?(?:team|manager)|contact[-_]?(?:person|point)|telephone|email)"
)
_NAMING = ("class", "itemprop", "data-testid", "data-automation")
_ISLAND = re.compile(r"""([\w$.\[\]"'-]{1,80}(?:\s*=|\())\s*(?=[\[{])""")
_UNDEFINED = re.compile(r"([:\[,]\s*)undefined(?=\s*[,}\]])")
_UNFIT = re.compile(r"[\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_UNHEARD_OF = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # that markup cannot hold, and lxml refuses
_DECODER = json.JSONDecoder(strict=False)


def fitted(text: str, limit: int = LIMIT) -> str:
    """The page, HTML or JSON, trimmed and scrubbed, with as many rows as fit into `limit` bytes of UTF-8.

    One that does not fit with a single row is cut off.
    """
    page = ""
    for most in STEPS:
        page = trimmed(text, most)
        if len(page.encode()) <= limit:
            return page
    return page.encode()[:limit].decode(errors="ignore")


def trimmed(text: str, most: int | None = None) -> str:
    """The page, trimmed and scrubbed, with at most so many rows in each list; text that is neither HTML nor JSON is
    only scrubbed.
    """
    bare = text.lstrip("\ufeff \t\r\n")
    if bare.startswith("<"):
        return _html(bare, most)
    try:
        return as_json(_data(json.loads(bare, strict=False), most), indent=1)
    except (ValueError, RecursionError):
        return masked_members(text)


def _data(data: Any, most: int | None) -> Any:
    return scrubbed(data) if most is None else _shortened(scrubbed(data), most)


def _shortened(data: Any, most: int) -> Any:
    """Decoded JSON with at most so many rows in each list of records, and without big tables."""
    if isinstance(data, Mapping):
        # A card of Indeed's has many members, too, but not all of them are plain.
        table = len(data) >= MANY and not any(isinstance(value, Mapping | list) for value in data.values())
        return {} if table else {key: _shortened(value, most) for key, value in data.items()}
    if isinstance(data, list):
        rows = data[:most] if any(isinstance(part, Mapping | list) for part in data) else data
        return [_shortened(part, most) for part in rows]
    return data


def _html(text: str, most: int | None) -> str:
    root = Selector(text=_UNHEARD_OF.sub("", text), type="html").root
    for element in list(root.iter()):
        if element is not root and _is_dress(element):
            element.drop_tree()
        elif element.tag == "script":
            _keep_data(element, most)
        else:
            _clean(element, most)
    if most is not None:
        _cut_rows(root, most)
    return "<!DOCTYPE html>" + masked(etree.tostring(root, encoding="unicode", method="html"))


def _is_dress(element: Any) -> bool:
    """True for what holds no data, or a person's."""
    if not isinstance(element.tag, str):  # a comment; some sites hide data in one within <code>
        return element.getparent() is None or element.getparent().tag != "code"
    if element.tag == "link":
        return element.get("rel") not in _LINKS
    names = " ".join(element.get(name, "") for name in _NAMING).lower()
    return element.tag in _DRESS or _PERSONAL.search(names) is not None


def _keep_data(script: Any, most: int | None) -> None:
    """Leaves nothing of a script but the data in it."""
    text = script.text or ""
    if "json" in script.get("type", "").lower():
        script.text = _embedded(text, most)
    elif islands := list(_islands(_UNDEFINED.sub(r"\1null", text), most)):
        script.text = ";\n".join(islands)
    else:
        script.drop_tree()


def _embedded(text: str, most: int | None) -> str:
    try:
        return as_script(_data(json.loads(text, strict=False), most))
    except (ValueError, RecursionError):
        return masked_members(text)


def _islands(text: str, most: int | None) -> Iterator[str]:
    """The data that a script assigns to names or hands to functions, each with its name."""
    at = 0
    while head := _ISLAND.search(text, at):
        try:
            data, at = _DECODER.raw_decode(text, head.end())
        except (ValueError, RecursionError):
            at = head.end()
        else:
            if at - head.end() >= SMALLEST:
                yield f"{head[1]} {as_script(_data(data, most))}{')' * head[1].endswith('(')}"


def as_json(data: Any, indent: int | None = None) -> str:
    """Data as JSON without a sign that neither UTF-8 nor markup can hold."""
    text = json.dumps(data, ensure_ascii=False, indent=indent)
    return _UNFIT.sub(lambda sign: f"\\u{ord(sign[0]):04x}", text)


def as_script(data: Any) -> str:
    """The same, unable to end the script around it."""
    return as_json(data).replace("<", "\\u003c")


def _clean(element: Any, most: int | None) -> None:
    for name, value in element.attrib.items():
        if name in {"style", "srcset", "nonce", "data-cfemail"} or name.startswith("on"):
            del element.attrib[name]
        elif is_private(name.removeprefix("data-")) or value.startswith("data:"):
            element.set(name, "")
        elif value.startswith(("{", "[")):
            element.set(name, _UNHEARD_OF.sub("", _embedded(value, most).replace("\\u003c", "<")))
    if is_private(element.get("name") or element.get("property") or ""):
        for name in {"content", "value"} & set(element.attrib):
            element.set(name, "")


def _cut_rows(root: Any, most: int) -> None:
    sizes = _sizes(root)
    for parent in list(root.iter()):
        rows: Counter[tuple[str, str | None]] = Counter()
        for child in list(parent):
            if isinstance(child.tag, str) and sizes[child] >= ROW:
                rows[child.tag, child.get("class")] += 1
                if rows[child.tag, child.get("class")] > most:
                    child.drop_tree()


def _sizes(root: Any) -> dict[Any, int]:
    """About how many characters each element has, with all that is in it."""
    sizes: dict[Any, int] = {}
    for element in reversed(list(root.iter())):
        own = len(element.text or "") + len(element.tail or "") + sum(map(len, element.attrib.values())) + 10
        sizes[element] = own + sum(sizes[child] for child in element)
    return sizes
