import gzip

import pytest

from jobspiders.bases import sitemaps
from jobspiders.bases.sitemaps import Entry, Sitemap, read_sitemap
from jobspiders.errors import Unreadable

URL = "https://acme.example/sitemap.xml"
SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
A, B = "https://acme.example/jobs/a", "https://acme.example/jobs/b?x=1&y=2"
PAGES = [Entry(A, "2026-01-02"), Entry(B)]
ROWS = f"<url><loc>\n {A} </loc><lastmod>2026-01-02</lastmod></url><url><loc>{B.replace('&', '&amp;')}</loc></url>"


@pytest.mark.parametrize(
    "text",
    [
        f'<?xml version="1.0"?><urlset {SPACE}>{ROWS}</urlset>',
        f"\ufeff\n<urlset>{ROWS}</urlset>\n",
        f'<urlset xmlns="https://www.sitemaps.org/schemas/sitemap/0.9">{ROWS}</urlset>',
        f'<sm:urlset xmlns:sm="x">{ROWS.replace("<url", "<sm:url").replace("</url", "</sm:url")}</sm:urlset>',
        f"<!-- made by x --><urlset {SPACE}>{ROWS}</urlset><!-- in 5 s -->",
        f'<urlset xmlns:i="y">{ROWS.replace("</loc></url>", "</loc><i:image><i:loc>x</i:loc></i:image></url>")}</urlset>',
        f"<urlset>{ROWS}<url></url><url><loc/></url><url><loc>http://[</loc></url></urlset>",
    ],
    ids=["plain", "byte order mark", "https", "prefix", "comments", "images", "empty rows"],
)
def test_lists(text):
    assert read_sitemap(text.encode(), URL) == Sitemap(PAGES)
    assert read_sitemap(gzip.compress(text.encode()), URL) == Sitemap(PAGES)


def test_relative_addresses_and_other_forms():
    assert read_sitemap(b"<urlset><url><loc>/jobs/a</loc></url></urlset>", URL).pages == [Entry(A)]
    rss = f"<rss><channel><link>x</link><item><link>{A}</link><pubDate>Mon</pubDate></item></channel></rss>"
    assert read_sitemap(rss.encode(), URL).pages == [Entry(A, "Mon")]
    assert read_sitemap(f"{A}\n\n{A}2\n".encode(), URL).pages == [Entry(A), Entry(f"{A}2")]
    assert read_sitemap(b"<urlset/>", URL) == Sitemap()


def test_indexes_and_robots():
    names = ["/sitemap-jobs.xml", "/sitemap-pages.xml", "/vacancies.xml.gz"]
    rows = "".join(f"<sitemap><loc>{name}</loc></sitemap>" for name in names)
    index = read_sitemap(f"<sitemapindex>{rows}</sitemapindex>".encode(), URL)
    assert index.children == [f"https://acme.example{name}" for name in names]
    assert index.likely() == [f"https://acme.example{names[0]}", f"https://acme.example{names[2]}"]
    robots = b"User-agent: *\r\nDisallow: /x\r\n sitemap : https://acme.example/s.xml\r\nSitemap:/t.xml\r\n"
    assert read_sitemap(robots, URL) == Sitemap(children=["https://acme.example/s.xml", "https://acme.example/t.xml"])
    assert Sitemap(children=["https://acme.example/jobs/pages.xml"]).likely() == ["https://acme.example/jobs/pages.xml"]
    assert read_sitemap(b"User-agent: *\nAllow: /\n", URL) == Sitemap()


@pytest.mark.parametrize(
    "body",
    [b"", b"<html><body>x</body></html>", b"<a>", b"\x1f\x8b\x08rubbish", b"just words", b"\x00\xff" * 50, b"<"],
)
def test_what_is_none(body):
    with pytest.raises(Unreadable):
        read_sitemap(body, URL)


def test_what_breaks_off_is_said_to():
    whole = f"<urlset>{ROWS}</urlset>".encode()
    assert read_sitemap(whole[:-9], URL).cut_off
    assert not read_sitemap(whole, URL).cut_off


def test_no_half_address_is_read():
    for whole in (
        f"<urlset>{ROWS}</urlset>",
        f"<urlset>{ROWS}</urlset>".replace("url>", "item>").replace("loc>", "link>"),
    ):
        pages = read_sitemap(whole.encode(), URL).pages
        for end in range(len("<urlset>"), len(whole) - len("</urlset>")):
            found = read_sitemap(whole[:end].encode(), URL)
            assert found.pages == pages[: len(found.pages)]
            assert found.cut_off


def test_limits(monkeypatch):
    monkeypatch.setattr(sitemaps, "MOST_ENTRIES", 1)
    found = read_sitemap(f"<urlset>{ROWS}</urlset>".encode(), URL)
    assert (found.pages, found.cut_off) == (PAGES[:1], True)
    monkeypatch.setattr(sitemaps, "MOST_BYTES", 50)
    for body in (b"<urlset>" + b" " * 99, gzip.compress(b"<urlset>" + b" " * 99)):
        with pytest.raises(Unreadable):
            read_sitemap(body, URL)


def test_entities_are_not_opened():
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY f SYSTEM "file:///etc/hostname">]>'
    found = read_sitemap(bomb + b"<urlset><url><loc>https://acme.example/&a;&f;</loc></url></urlset>", URL)
    assert all("aaaa" not in page.url for page in found.pages)
