"""The image: linted without a daemon, and made of nothing but what it needs."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCKERFILE = ROOT / "docker" / "Dockerfile"


def lint(text):
    """What hadolint finds wrong with a Dockerfile."""
    program = shutil.which("hadolint", path=str(Path(sys.executable).parent))
    assert program, "hadolint is not installed: pip install -r requirements-dev.txt"
    done = subprocess.run(
        [program, "--no-color", "-"], input=text, check=False, capture_output=True, text=True, timeout=60
    )
    return done.stdout.splitlines()


def test_the_linter_finds_nothing():
    assert lint(DOCKERFILE.read_text()) == []


@pytest.mark.parametrize(
    ("ours", "worse"),
    [
        ("USER 10001:10001\nENTRYPOINT", "ENTRYPOINT"),
        (" --no-install-recommends", ""),
        ("WORKDIR /data", "WORKDIR data"),
        ('ENTRYPOINT ["scrapy"]', "ENTRYPOINT scrapy"),
    ],
)
def test_the_linter_would_find_something(ours, worse):
    text = DOCKERFILE.read_text()
    assert ours in text
    worsened = text.replace(ours, worse)
    assert lint(worsened) or stages(worsened)["without-browser"] != stages(text)["without-browser"]


def stages(text):
    """The user with which each stage ends, by the stage's name; the last one is ''."""
    users, name = {}, ""
    for word, rest in re.findall(r"^(FROM|USER) (.+)$", text, re.MULTILINE):
        if word == "FROM":
            base, _, name = rest.partition(" AS ")
            users[name] = users.get(base, "0")
        else:
            users[name] = rest
    return users


def test_nothing_runs_as_root():
    users = stages(DOCKERFILE.read_text())
    assert users["without-browser"] == users["with-browser"] == "10001:10001"
    assert set(users) == {"build", "without-browser", "with-browser", ""}


def test_the_browser_is_asked_for():
    text = DOCKERFILE.read_text()
    assert "ARG BROWSER=without\n" in text
    assert text.rstrip().endswith("FROM ${BROWSER}-browser")
    assert "chromium" not in text.partition("AS with-browser")[0].partition("FROM")[2]


def test_what_is_copied_is_there_and_sent_and_nothing_else_is():
    copied = re.findall(r"^COPY (?!--from)(\S+) ", DOCKERFILE.read_text(), re.MULTILINE)
    rules = [line for line in (ROOT / ".dockerignore").read_text().splitlines() if not line.startswith("#")]
    assert rules[0] == "*"
    assert sorted(rule.removeprefix("!") for rule in rules if rule.startswith("!")) == sorted(copied)
    for name in copied:
        assert (ROOT / name).exists()


def test_the_python_is_one_that_the_package_is_made_for():
    (version,) = re.findall(r"^ARG PYTHON=(.+)$", DOCKERFILE.read_text(), re.MULTILINE)
    assert tuple(map(int, version.split("."))) >= (3, 11)
    assert json.loads(re.search(r"^ENTRYPOINT (.+)$", DOCKERFILE.read_text(), re.MULTILINE)[1]) == ["scrapy"]
