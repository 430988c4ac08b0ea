"""Where the browser program of this machine is."""

from __future__ import annotations

import shutil
from collections.abc import Callable

from jobspiders.errors import NoBrowser

SYSTEM = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chromium-headless-shell",
    "chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
)
NOT_FOUND = (
    "no browser was found: install Chromium or Chrome, or run `playwright install chromium`, or set CHROMIUM_PATH"
)


def find_browser(configured: str | None, which: Callable[[str], str | None] = shutil.which) -> str | None:
    """The path of the browser to run: the `configured` one, else the system's; None leaves it to Playwright's own.

    Raises NoBrowser for a configured one that is no program.
    """
    if configured:
        if found := which(configured):
            return found
        raise NoBrowser(f"CHROMIUM_PATH={configured!r} is no program that can be run.")
    return next(filter(None, map(which, SYSTEM)), None)


def is_there(configured: str | None) -> bool:
    """Whether a browser is found, Playwright's own included; none is started. Raises NoBrowser as `find_browser`.

    To be asked where no event loop runs.
    """
    if find_browser(configured):
        return True
    from playwright.sync_api import sync_playwright  # only for who has no browser but Playwright's own

    with sync_playwright() as driver:
        return shutil.which(driver.chromium.executable_path) is not None
