"""Where the browser is found, and what is said when there is none."""

from __future__ import annotations

import subprocess
import sys

import pytest
from processes import ROOT, environment

from jobspiders.crawl.chromium import NOT_FOUND, find_browser
from jobspiders.errors import NoBrowser


@pytest.mark.parametrize(
    ("configured", "there", "found"),
    [
        ("/opt/own", {"/opt/own", "chromium"}, "/opt/own"),
        ("chrome-beta", {"chrome-beta", "chromium"}, "chrome-beta"),
        (None, {"google-chrome", "chromium"}, "chromium"),
        ("", {"google-chrome"}, "google-chrome"),
        (None, {"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"}, "Google Chrome"),
        (None, {"firefox"}, None),
    ],
)
def test_where_a_browser_is_found(configured, there, found):
    path = find_browser(configured, lambda name: f"/there/{name}" if name in there else None)
    assert path == found or path.endswith(found)


def test_a_configured_browser_that_is_not_there_is_not_replaced_in_silence():
    with pytest.raises(NoBrowser, match="CHROMIUM_PATH='/opt/own' is no program"):
        find_browser("/opt/own", lambda name: name if name == "chromium" else None)


@pytest.mark.parametrize(
    ("environ", "says"),
    [
        ({}, NOT_FOUND),
        ({"CHROMIUM_PATH": "/nowhere/chromium"}, "CHROMIUM_PATH='/nowhere/chromium' is no program that can be run."),
        ({"CHROMIUM_PATH": "/bin/false"}, "the browser /bin/false did not start: "),
    ],
    ids=["none", "not there", "does not start"],
)
def test_without_a_browser_a_crawl_says_so_in_one_line(environ, says, tmp_path):
    nothing = {"PATH": str(tmp_path), "PLAYWRIGHT_BROWSERS_PATH": str(tmp_path)}
    variables = environment(DATABASE_URL=f"sqlite:///{tmp_path}/j", **nothing, **environ)
    command = [sys.executable, "-m", "scrapy", "crawl", "naukri", "-s", "LOG_LEVEL=ERROR", "-s", "ROBOTSTXT_OBEY=0"]
    done = subprocess.run(command, env=variables, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    (line,) = [line for line in done.stderr.splitlines() if "ERROR" in line]
    assert says in line
    assert "Traceback" not in done.stderr
