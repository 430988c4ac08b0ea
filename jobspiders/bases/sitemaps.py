"""Reading sitemaps: XML lists and indexes, RSS, plain text and robots.txt, gzipped or not. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from lxml import etree
from scrapy.utils.gz import gunzip

from jobspiders.bases.schemaorg.addresses import joined
from jobspiders.errors import Unreadable

# The protocol's own limits for one file; what is beyond them is not read, and said to be missing.
MOST_BYTES = 50 * 1024 * 1024
MOST_ENTRIES = 50_000

# What the last characters of a whole one hold: the end of its root, or an empty root.
_END = re.compile(rb"</(?:[\w-]+:)?(?:urlset|sitemapindex|rss|rdf)\s*>|/>\s*$", re.IGNORECASE)
_JOBS = re.compile(
    r"job|career|posting|position|vacan|opening|vacature|lowongan|karriere|stellen|emploi", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A page of a sitemap; `lastmod` is as published, and often only tells when the sitemap was made."""

    url: str
    lastmod: str | None = None


@dataclass(slots=True)
class Sitemap:
    """What a sitemap lists: pages, further sitemaps; `cut_off` when it lists more than may be read."""

    pages: list[Entry] = field(default_factory=list)
    children: list[str] = field(default_factory=list)
    cut_off: bool = False

    def likely(self) -> list[str]:
        """The further sitemaps whose addresses speak of jobs; all of them when none does."""
        return [url for url in self.children if _JOBS.search(url.rpartition("/")[2])] or self.children


def read_sitemap(body: bytes, url: str) -> Sitemap:
    """The sitemap in an answer's body. Raises Unreadable for a body that is none."""
    text = _unpacked(body, url)
    markup = text.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<"
    breaks_off = markup and not _END.search(text[-500:])
    sitemap = Sitemap(cut_off=breaks_off)
    for kind, address, lastmod in _xml(text) if markup else _lines(text):
        if len(sitemap.pages) + len(sitemap.children) >= MOST_ENTRIES:
            sitemap.cut_off = True
            break
        if kind == "nothing":
            raise Unreadable(f"{url} is no sitemap.")
        whole = joined(url, address)
        if whole and kind == "sitemap":
            sitemap.children.append(whole)
        elif whole:
            sitemap.pages.append(Entry(whole, lastmod))
    for listed in (sitemap.pages, sitemap.children) if breaks_off else ():
        del listed[-1:]  # half an address may be another page's
    return sitemap


def _unpacked(body: bytes, url: str) -> bytes:
    try:
        text = gunzip(body, max_size=MOST_BYTES) if body[:2] == b"\x1f\x8b" else body
    except (OSError, EOFError, ValueError) as error:
        raise Unreadable(f"{url} cannot be unpacked: {error}") from error
    if len(text) > MOST_BYTES:
        raise Unreadable(f"{url} has {len(text)} bytes; a sitemap has {MOST_BYTES} at most.")
    return text


def _lines(text: bytes) -> Iterator[tuple[str, str, str | None]]:
    """robots.txt, or addresses, one in a line."""
    lines = text.decode("utf-8", "replace").splitlines()
    for line in map(str.strip, lines):
        name, _, value = line.partition(":")
        if name.strip().lower() == "sitemap":
            yield "sitemap", value.strip(), None
        elif line.startswith(("http://", "https://")):
            yield "page", line, None
    if not any(re.match(r"\s*(?:user-agent|sitemap|https?)\s*:", line, re.IGNORECASE) for line in lines):
        yield "nothing", "", None


def _xml(text: bytes) -> Iterator[tuple[str, str, str | None]]:
    """The entries of a urlset, a sitemapindex or RSS, whatever their namespace; one is read at a time."""
    root = None
    reader = etree.iterparse(
        BytesIO(text), events=("start", "end"), recover=True, resolve_entities=False, no_network=True, huge_tree=True
    )
    for event, element in reader:
        if event == "start":
            if root is None and (root := _local(element)) not in {"urlset", "sitemapindex", "rss", "rdf"}:
                yield "nothing", "", None
            continue
        kind = _local(element)
        if kind in {"url", "sitemap", "item"}:
            said = {_local(child): (child.text or "").strip() for child in element}
            address = said.get("link" if kind == "item" else "loc")
            if address:
                yield kind, address, said.get("lastmod") or said.get("pubdate")
            _forget(element)
    if root is None:
        yield "nothing", "", None


def _local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def _forget(element: Any) -> None:
    """Gives back the memory of an element and of those before it: a sitemap may have fifty thousand."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
