"""When a request is done: the hook into Scrapy's engine, on each path that a request can take through it."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from fleet import HERE, ROOT

from jobspiders.frontier.done import watch

# What happens to a request and in which order: `done` once, behind all else.
PATHS = {
    "success": ["enqueued", "child done", "item", "item", "done"],
    "async callback": ["item", "done"],
    "nothing": ["done"],
    "callback raises": ["spider error", "done"],
    "generator raises midway": ["spider error", "item", "done"],
    "async generator raises midway": ["spider error", "item", "done"],
    "download error": ["done"],
    "errback": ["item", "done"],
    "errback raises": ["spider error", "done"],
    "redirect": ["enqueued", "done", "item", "item", "done"],
    "retry": ["enqueued", "done", "done"],
    "ignored": ["done"],
    "response from a middleware": ["item", "item", "done"],
    "request from a middleware": ["enqueued", "done", "item", "item", "child done"],
    "middleware raises": ["done"],
    "dropped item": ["done"],
    "pipeline error": ["item error", "done"],
    "spider middleware raises": ["spider error", "done"],
    "status 404": ["done"],
    "child that cannot be enqueued": ["done"],
    "inline download": ["item", "done"],
    "inline download of itself": ["item", "done"],
    "item from start": ["item"],
}


@pytest.fixture(scope="module")
def events(request):
    from fleet import Board

    board = Board(10, 0.0)
    argv = [sys.executable, str(HERE / "paths.py"), board.url]
    ran = subprocess.run(argv, capture_output=True, text=True, timeout=60, env={"PYTHONPATH": str(ROOT)}, check=False)
    board.close()
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


@pytest.mark.parametrize("path", PATHS)
def test_a_request_is_done_once_after_all_that_came_of_it(events, path):
    assert events[path] == PATHS[path]


def test_no_path_was_forgotten(events):
    assert events.keys() == PATHS.keys()


def test_another_scrapy_is_refused():
    class Engine:
        scraper = object()
        _slot = object()

    class Crawler:
        engine = Engine()

    with pytest.raises(RuntimeError, match=r"use Scrapy 2\.19"):
        watch(Crawler(), print)
