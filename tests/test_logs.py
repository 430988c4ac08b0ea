"""Log lines: JSON off a terminal, words on one, secrets in neither."""

from __future__ import annotations

import json
import logging
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from processes import environment

from jobspiders.config import Config
from jobspiders.logs import JsonLines, TextLines, hidden, secrets_of

TOKEN = "a-token-that-is-long"
BRACE = '{"ts"'
SECRETS = frozenset({"s3cr3t/w"})


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("nothing to hide", "nothing to hide"),
        ("at postgresql://jobs:geheim@db/jobs now", "at postgresql://jobs:***@db/jobs now"),
        ("redis://:geheim@cache:6379/0", "redis://:***@cache:6379/0"),
        ("{'A': 'redis://u:x1@h/0', 'B': 'http://a:x2@h'}", "{'A': 'redis://u:***@h/0', 'B': 'http://a:***@h'}"),
        ("https://x.example/a: write to me@x.example", "https://x.example/a: write to me@x.example"),
        ("https://x.example:80/ and me@x.example", "https://x.example:80/ and me@x.example"),
        ("it is s3cr3t/w itself", "it is *** itself"),
    ],
)
def test_what_is_hidden(said: str, shown: str) -> None:
    assert hidden(said, SECRETS) == shown


def test_the_secrets_of_a_configuration() -> None:
    given = Config(database_url="postgresql://u:p%40ss1@h/d", redis_url="redis://:p2word@h/0", api_token=TOKEN)
    assert secrets_of(given) == {"p%40ss1", "p@ss1", "p2word", TOKEN}
    assert secrets_of(Config()) == frozenset()
    assert secrets_of(Config(database_url="postgresql:///d?host=h&password=p3")) == {"p3"}


def record(message: str, **extra: object) -> logging.LogRecord:
    made = logging.LogRecord("jobspiders.x", logging.INFO, "x.py", 1, message, None, None)
    made.__dict__.update(extra)
    return made


def test_a_line_is_an_object() -> None:
    line = JsonLines(SECRETS).format(record("a\nb", event="run_ended", status="failed", run_id="glints-1"))
    assert "\n" not in line
    told = json.loads(line)
    assert list(told) == ["ts", "level", "worker", "event", "run_id", "status", "logger", "message"]
    assert (told["level"], told["event"], told["message"]) == ("INFO", "run_ended", "a\nb")
    assert told["ts"].endswith("+00:00")


def test_a_traceback_is_hidden_as_well() -> None:
    try:
        raise ValueError("s3cr3t/w")
    except ValueError:
        made = logging.LogRecord("x", logging.ERROR, "x.py", 1, "it %s", ("s3cr3t/w",), sys.exc_info())
    for formatter in (JsonLines(SECRETS), TextLines(SECRETS, "%(message)s", "")):
        line = formatter.format(made)
        assert "ValueError: ***" in line
        assert "s3cr3t" not in line


def crawl(folder: Path, *words: str, **variables: str) -> list[str]:
    """The lines of a crawl that cannot reach its board, with secrets all over its settings."""
    command = [sys.executable, "-m", "scrapy", "crawl", "lokerid", "-s", "CLOSESPIDER_ERRORCOUNT=1", *words]
    secret = {"API_TOKEN": TOKEN}
    command += ["-s", "USER_AGENT=http://u:geheim2@proxy.example", "-s", "RETRY_TIMES=0", "-s", "DOWNLOAD_TIMEOUT=2"]
    done = subprocess.run(
        command, check=False, cwd=folder, env=environment(**secret, **variables), capture_output=True, text=True,
        timeout=100,
    )  # fmt: skip
    assert not any(word in done.stderr for word in ("geheim", TOKEN)), done.stderr
    return done.stderr.splitlines()


def test_a_crawl_writes_objects_and_one_summary_for_people(tmp_path: Path) -> None:
    lines = crawl(tmp_path)
    told = [json.loads(line) for line in lines if line.startswith(BRACE)]
    (end,) = [line for line in told if line["event"] == "run_ended"]
    assert (end["site_name"], end["status"], end["outcome"]) == ("lokerid", "failed", "failed")
    assert {line["run_id"] for line in told if "run_id" in line} == {end["run_id"]}
    assert any(
        "Overridden settings" in line["message"] and "http://u:***@proxy.example" in line["message"] for line in told
    )
    people = [line for line in lines if not line.startswith(BRACE)]
    assert people[0].startswith("lokerid: failed")


def test_text_and_files_when_they_are_asked_for(tmp_path: Path) -> None:
    assert not any(line.startswith(BRACE) for line in crawl(tmp_path, LOG_FORMAT="text"))
    lines = crawl(tmp_path, "-s", f"LOG_FILE={tmp_path / 'log'}")
    assert not any(line.startswith(BRACE) for line in lines)
    written = (tmp_path / "log").read_text()
    assert all(json.loads(line)["ts"] for line in written.splitlines())
    assert "geheim" not in written


def test_a_terminal_shows_words(tmp_path: Path) -> None:
    master, terminal = pty.openpty()
    command = [sys.executable, "-m", "scrapy", "crawl", "lokerid", "-s", "RETRY_TIMES=0", "-s", "LOG_LEVEL=INFO"]
    process = subprocess.Popen(command, cwd=tmp_path, env=environment(), stderr=terminal, stdout=terminal)
    os.close(terminal)
    shown = b""
    while True:
        try:
            piece = os.read(master, 65536)
        except OSError:  # the other side has gone
            break
        if not piece:
            break
        shown += piece
    process.wait(30)
    os.close(master)
    assert b"INFO: Spider opened" in shown
    assert b'{"ts"' not in shown
