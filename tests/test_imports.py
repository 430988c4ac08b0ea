"""Who may import whom: the table of the design, held by walking every module's imports."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
from processes import environment

PACKAGE = Path(__file__).parent.parent / "jobspiders"

# A room (a folder or a module of the package): which other rooms it may import.
MAY_IMPORT = {
    "__init__": set(),
    "__main__": set(),
    "items": set(),
    "errors": set(),
    "config": {"errors"},
    "search": {"errors"},
    "settings": {"config", "errors"},
    "logs": {"config"},
    "registry": {"items", "errors"},
    "normalise": {"items"},
    "store": {"items", "config", "errors"},
    "bases": {"items", "errors", "search"},
    "spiders": {"bases", "items"},
    "frontier": {"items", "config", "errors", "store"},
    "crawl": {"items", "config", "errors", "store", "frontier"},
    "boardfile": {"bases", "errors"},
    "cases": {"crawl", "errors"},
    "pipelines": {"normalise", "store", "items", "errors"},
    "control": {"items", "config", "errors", "frontier", "registry", "search", "store"},
    "simboards": {"items"},
    "web": {"store", "control", "registry", "config", "errors", "search"},
    # It has a trial of everything together, as an operator would: from outside, with processes of its own.
    "chaos": {"config", "errors", "frontier", "simboards", "store"},
    "commands": {
        *("bases", "boardfile", "cases", "chaos", "config", "control", "crawl", "errors", "frontier", "items"),
        *("logs", "normalise", "registry", "search", "simboards", "store", "web"),
    },
}

# Libraries that a room must do without, for the reasons in the design.
MUST_NOT_USE = {
    "items": {"scrapy", "sqlalchemy", "redis", "os"},
    "search": {"scrapy", "sqlalchemy", "redis", "os"},
    "normalise": {"scrapy", "sqlalchemy", "redis", "os", "time", "twisted"},
    "store": {"scrapy", "twisted", "redis"},
    "bases": {"sqlalchemy", "psycopg", "redis", "os"},
    "chaos": {"scrapy", "twisted", "os"},
    "spiders": {"datetime", "time", "os", "redis", "psycopg", "sqlalchemy", "requests", "scrapy"},
    "registry": {"sqlalchemy", "redis"},
    "control": {"scrapy", "twisted"},
}

# What only some commands need, and some not on every machine. Scrapy imports every command at each start.
LATE = (
    "alembic",
    "fastapi",
    "playwright",
    "psycopg",
    "redis",
    "jobspiders.chaos",
    "jobspiders.simboards",
    "jobspiders.web",
)
LOADED = """
import sys
from scrapy.utils.misc import walk_modules_iter
assert list(walk_modules_iter("jobspiders.commands"))
print(*sys.modules, sep="\\n")
"""


def imports(path):
    """The modules that a file imports, anywhere in it, as dotted names."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute here"
            yield node.module
            if node.module == "jobspiders":
                yield from (f"jobspiders.{alias.name}" for alias in node.names)


def room(path):
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return parts[0]


MODULES = sorted(path for path in PACKAGE.rglob("*.py") if "templates" not in path.parts)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_room_imports_only_what_it_may(path):
    own = room(path)
    assert own in MAY_IMPORT, f"{own} is a new room: say here what it may import"
    for name in imports(path):
        parts = name.split(".")
        if parts[0] == "jobspiders":
            other = parts[1] if len(parts) > 1 else own
            if own == "spiders" and other == "spiders":
                pytest.fail(f"{path.name} imports another board")
            assert other in MAY_IMPORT[own] | {own} or name == "jobspiders.__version__", f"{own} must not import {name}"
        assert parts[0] not in MUST_NOT_USE.get(own, set()), f"{own} must not use {parts[0]}"


def test_only_config_reads_the_environment():
    readers = {room(path) for path in MODULES if re.search(r"\bos\.(environ|getenv)", path.read_text(encoding="utf-8"))}
    assert readers <= {"config", "__main__"}, "__main__ sets which settings Scrapy takes, and reads nothing"


def test_the_rooms_that_the_table_names_exist():
    rooms = {room(path) for path in MODULES}
    assert set(MAY_IMPORT) - rooms <= {"__main__"}


def test_a_command_loads_what_only_it_needs_when_it_runs():
    loaded = subprocess.check_output([sys.executable, "-c", LOADED], env=environment(), text=True, timeout=60).split()
    assert "jobspiders.commands.chaos" in loaded
    assert [name for name in LATE if name in loaded] == []
