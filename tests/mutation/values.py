"""What stands in a spoilt page where something else is expected: wrong values, huge ones, nothing at all."""

from __future__ import annotations

from typing import Any

NOTHING = (
    *(b"", b" \n", b"null", b"true", b"0", b'""', b"{}", b"[]", b"[[]]", b"[{}]", b"\xef\xbb\xbf", b"\x00"),
    *(b"<", b"<html>", b"<!DOCTYPE html><html><head></head><body></body></html>", b'{"data":null}', b'{"jobs":[]}'),
)

WRONG: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1.5, 10**18, [], {}, [[]], ["a", 1], [None], {"a": {"b": [1]}}, {"id": None}),
    *("", " ", "null", "x", "0", "-1", "1,5", "٣", "₹", "Rp", "1e400", "Infinity", "A\nB", "<b>", "&#0;", "%zz", "{x}"),
    *("\x00", "\ud800", "\u202e\u200b", "http://[", "//", "javascript:alert(1)", "mailto:a@b.example"),
    *("2026-13-45", "0000-00-00", "31.12.2099", "9 years ago", "in 3 days", "$0 - $0", "USD 10 - 5 per month"),
)

HUGE_TEXTS = (
    *("x" * 200_000, " " * 200_000, "\n" * 100_000, "\\n" * 50_000, "é" * 90_000, "(" * 50_000, ";" * 50_000),
    *("9" * 100_000, "9 " * 50_000, "1-" * 50_000, "Rp 1.000 - " * 20_000, "2 days ago " * 20_000, "a, " * 50_000),
    *("<p>" * 30_000, "</p>" * 30_000, "<b><i>" * 5_000 + "x", "<" * 50_000, "&amp;" * 40_000, "&lt;b&gt;" * 20_000),
    *("[x](" * 30_000, "* " * 50_000, "> " * 50_000, "`" * 50_000, "| a " * 30_000, "- " * 50_000, "/ " * 50_000),
    *("https://x.example/" * 9_000, '{"blocks":[' * 9_000),
)
HUGE: tuple[Any, ...] = (
    *HUGE_TEXTS,
    *(10**30, 10**400, -(10**400), 1e308, float("inf"), float("nan")),
    *(["x"] * 20_000, [{"name": "x", "label": "y"}] * 5_000, {str(number): number for number in range(20_000)}),
)

# What a JSON encoder cannot write, or would take long over: each mark is replaced in the text.
RAW = {
    "\ue000lists": "[" * 50_000 + "]" * 50_000,
    "\ue000few lists": "[" * 400 + "]" * 400,
    "\ue000objects": '{"a":' * 900 + "1" + "}" * 900,
    "\ue000digits": "9" * 5_000,
    "\ue000exponent": "-1e999",
    "\ue000escape": "\\",
    "\ue000word": "undefined",
    "\ue000open": '{"a":[',
    "\ue000comma": "1,,2",
}

ENCODINGS = ("utf-16", "utf-32", "latin-1", "cp1252", "cp037", "shift_jis", "utf-7", "gb18030")
SIGNS = (b"<", b">", b'"', b"'", b"&", b"{", b"]", b",", b"\\", b"<!--")
