"""The README says what is so: its table of boards comes from the boards, its commands and fields exist.

`python tests/test_readme.py` writes the table anew.
"""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from jobspiders.registry import boards
from jobspiders.store.query import StoredJob

README = Path(__file__).parent.parent / "README.md"
TABLE = re.compile(r"(<!-- boards.*?-->\n).*?(<!-- /boards -->)", re.DOTALL)
HEADING = "| board | what | requests a minute | walls | robots.txt | terms |\n|---|---|---|---|---|---|\n"


def table():
    rows = [
        (f"`{board.name}`", board.title, f"{board.rate.per_minute:g}", board.walls, board.robots, board.terms)
        for board in boards().values()
    ]
    return HEADING + "".join(f"| {' | '.join(row)} |\n" for row in rows)


def text():
    return README.read_text(encoding="utf-8")


def test_the_boards_are_those_that_there_are():
    assert TABLE.search(text())[0] == TABLE.sub(lambda found: found[1] + table() + found[2], TABLE.search(text())[0])


def test_the_fields_are_those_that_there_are():
    record = text().partition("## A job's record")[2].partition("\n## ")[0]
    named = {name for name in re.findall(r"`([a-z_]+)`", record) if "_" in name or name in {"title", "url", "country"}}
    known = {item.name for item in fields(StoredJob)} | {"job_changes", "at_least"}
    assert named - known == set()
    unsaid = {"seen_at", "unread", "card_hash", "first_run_id", "last_run_id"}
    for item in fields(StoredJob):
        if item.name not in unsaid and not item.name.endswith("_text") and not item.name.startswith("company_"):
            assert f"`{item.name}`" in record


@pytest.mark.parametrize("name", sorted(set(re.findall(r"scrapy ([a-z]+)", README.read_text(encoding="utf-8")))))
def test_the_commands_are_those_that_there_are(name):
    assert (README.parent / "jobspiders" / "commands" / f"{name}.py").exists() or name in {"demo", "crawl", "project"}


if __name__ == "__main__":
    README.write_text(TABLE.sub(lambda found: found[1] + table() + found[2], text()), encoding="utf-8")
