"""The live page in a real browser, on a real server in an empty folder, over boards that are played."""

from __future__ import annotations

import contextlib
import json
import re
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import browsers
import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from processes import environment
from servers import free_port

from jobspiders.simboards import handler
from jobspiders.simboards.launch import launch

HANDLER = f"{handler.__name__}.{handler.SimboardHandler.__name__}"
JOBS = 30  # on each board
TOKEN = "a token that is long enough"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
HOSTILE = "<img src=x onerror=alert(1)>"


@contextlib.contextmanager
def serve(folder: Path, port: int, boards: str, **variables: str) -> Iterator[subprocess.Popen[bytes]]:
    """`scrapy serve` in this folder, whose runs ask replicas; up when this comes back, gone afterwards."""
    played = {"http": HANDLER, "https": HANDLER}
    settings = {"SIMBOARDS_URL": boards, "DOWNLOAD_HANDLERS": json.dumps(played), "DOWNLOAD_DELAY": 0}
    settings |= {"AUTOTHROTTLE_ENABLED": 0, "CONCURRENT_REQUESTS_PER_DOMAIN": 4}
    words = [word for name, value in settings.items() for word in ("-s", f"{name}={value}")]
    command = [sys.executable, "-m", "scrapy", "serve", "--port", str(port), *words]
    with (folder / "serve.log").open("ab") as log:
        process = subprocess.Popen(command, cwd=folder, env=environment(**variables), stdout=log, stderr=log)
    try:
        until = time.monotonic() + 30
        while not answers(port):
            assert process.poll() is None, (folder / "serve.log").read_text()
            assert time.monotonic() < until, (folder / "serve.log").read_text()
            time.sleep(0.05)
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(15)


def answers(port: int) -> bool:
    try:
        urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5).close()
    except (urllib.error.URLError, OSError):
        return False
    return True


@pytest.fixture(scope="module")
def boards() -> Iterator[str]:
    with launch(JOBS, latency=0.1) as played:
        yield played.url


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("serve")


@pytest.fixture(scope="module")
def site(folder: Path, boards: str) -> Iterator[str]:
    port = free_port()
    with serve(folder, port, boards):
        yield f"http://127.0.0.1:{port}/"


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    """The page, live, at which nothing may go wrong in silence and nothing may come from elsewhere."""
    with looked_at(browser) as (page, wrong):
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(site)
        expect(page.locator("#line")).to_have_text("live")
        yield page
        assert wrong == []
        assert [url for url in asked if not url.startswith(site)] == []


@contextlib.contextmanager
def looked_at(browser: Browser, **options: object) -> Iterator[tuple[Page, list[str]]]:
    """A new page, and what its console and its scripts complain of."""
    page, wrong = browser.new_page(**options), []
    page.on("console", lambda message: message.type in {"error", "warning"} and wrong.append(message.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("dialog", lambda dialog: (wrong.append(dialog.message), dialog.dismiss()))
    yield page, wrong
    page.close()


def start(page: Page, board: str, **fields: str) -> None:
    page.get_by_role("button", name=f"Run {board}", exact=True).click()
    for label, value in fields.items():
        page.get_by_label(label.replace("_", " ")).fill(value)
    page.get_by_role("button", name="Start the run").click()


def run_of(page: Page, board: str):
    """The rows of a board's runs, the latest first."""
    return page.locator("#runs tbody tr").filter(has=page.get_by_role("button", name=board, exact=True))


def figure(page: Page, name: str):
    return page.locator("#figures > div").filter(has_text=name).locator("dd > span").first


def test_a_run_is_started_and_moves_to_its_end_before_ones_eyes(page):
    page.evaluate("window.same = true")
    start(page, "ycombinator", Jobs_at_most="20")
    row = run_of(page, "ycombinator").first
    expect(row).to_have_attribute("data-status", "running")
    expect(page.locator("#workers tbody tr")).to_have_count(1)
    expect(page).to_have_title("1 going on – jobspiders")
    expect(row).to_have_attribute("data-status", "succeeded", timeout=20_000)
    assert row.locator("td").nth(3).inner_text() == "20"
    expect(page.get_by_role("status")).to_have_text("ycombinator: succeeded, 20 new jobs, 0 changed")
    expect(figure(page, "Jobs in 24 hours")).to_have_text("20")
    expect(figure(page, "Runs that succeeded")).to_have_text("100 %")
    expect(page.locator("#jobs-list li")).to_have_count(20)
    expect(page.locator("#workers tbody tr")).to_have_count(0)
    row.get_by_role("button", name="ycombinator").click()
    expect(page.get_by_role("dialog")).to_contain_text("20 found: 20 new")
    expect(page.get_by_label("Log")).to_contain_text("ycombinator")
    assert page.evaluate("window.same"), "without a reload"


def test_jobs_are_searched_and_boards_words_stay_words(page, folder, site):
    with sqlite3.connect(folder / "jobs.db") as file:
        (key,) = file.execute("SELECT source_id FROM jobs ORDER BY source_id LIMIT 1").fetchone()
        file.execute(
            "UPDATE jobs SET title = ?, url = 'javascript:alert(2)', description_text = ? WHERE source_id = ?",
            (HOSTILE, HOSTILE, key),
        )
    page.get_by_label("Words").fill("onerror")
    (row,) = [page.locator("#jobs-list li")]
    expect(row).to_have_count(1)
    expect(row).to_contain_text(HOSTILE)
    assert row.get_by_role("link").count() == 0, "javascript: is no address"
    row.get_by_role("button").click()
    expect(page.get_by_role("dialog")).to_contain_text(f"{HOSTILE}")
    page.keyboard.press("Escape")
    assert page.locator("#jobs-list img, #detail-dialog img").count() == 0
    page.get_by_label("Words").fill("no such word anywhere")
    expect(page.get_by_text("No job is like that.")).to_be_visible()


def test_a_schedule_is_made_changed_switched_off_and_removed(page, site):
    def stored():
        return json.load(urllib.request.urlopen(f"{site}schedules"))

    schedule = page.get_by_role("button", name="Schedule lokerid", exact=True)
    row = page.locator("#boards tbody tr").filter(has=schedule)
    schedule.click()
    page.get_by_label("minutes", exact=True).fill("90")
    page.get_by_text("What to search").click()
    page.get_by_label("Words").first.fill("perawat")
    page.get_by_role("button", name="Save").click()
    expect(row).to_contain_text("every 90 min")
    expect(row).to_contain_text(re.compile(r"next in \d+ min"))
    (made,) = stored()
    assert (made["interval_minutes"], made["payload"], made["enabled"]) == (90, {"search_term": "perawat"}, True)

    schedule.click()
    page.get_by_label("cron expression").fill("every day")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("dialog").get_by_role("alert")).to_contain_text("every day")
    page.get_by_label("cron expression").fill("0 6 * * 1-5")
    page.get_by_label("Time zone").fill("Asia/Jakarta")
    page.get_by_role("button", name="Save").click()
    expect(row).to_contain_text("0 6 * * 1-5 · Asia/Jakarta")
    switch = row.get_by_role("switch")
    switch.uncheck()
    expect(row).to_contain_text("off")
    (changed,) = stored()
    assert (changed["cron"], changed["interval_minutes"], changed["enabled"]) == ("0 6 * * 1-5", None, False)

    schedule.click()
    page.get_by_role("button", name="Remove").click()
    expect(switch).to_have_count(0)
    assert stored() == []


def test_the_keyboard_is_enough(page):
    def focused() -> str:
        return page.evaluate("document.activeElement.ariaLabel ?? document.activeElement.textContent.trim()")

    def tab_to(words: str) -> None:
        for _ in range(60):
            if focused() == words:
                return
            page.keyboard.press("Tab")
        raise AssertionError(f"no way to {words!r} by Tab, from {focused()!r}")

    page.keyboard.press("Tab")
    assert focused() == "Skip to the boards"
    page.keyboard.press("Enter")
    tab_to("Run glints")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.name") == "search_term"
    page.keyboard.press("Escape")
    assert focused() == "Run glints", "the way back is short"
    page.keyboard.press("Enter")
    page.keyboard.type("analis")
    page.keyboard.press("Enter")
    row = run_of(page, "glints").first
    expect(row).to_have_attribute("data-status", re.compile("queued|running"))
    assert focused() == "Run glints"
    tab_to("Cancel the run of glints")
    page.keyboard.press("Enter")
    expect(row).to_have_attribute("data-status", "cancelled", timeout=15_000)


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (360, "dark")])
def test_nobody_is_kept_out(browser, site, width, scheme):
    try:
        source = browsers.axe()
    except browsers.NoRegistry as away:
        pytest.skip(f"no axe-core: {away}")
    with looked_at(browser, viewport={"width": width, "height": 800}, color_scheme=scheme) as (page, wrong):
        page.goto(site)
        expect(page.locator("#line")).to_have_text("live")
        assert page.evaluate("document.documentElement.scrollWidth") == width, "nothing to scroll sideways for"
        page.evaluate(f"{source};0")
        for opener in (None, "Run glints", "Schedule glints"):
            if opener:
                page.get_by_role("button", name=opener, exact=True).click()
            found = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
            assert [(rule["id"], rule["nodes"][0]["html"]) for rule in found["violations"]] == []
            page.keyboard.press("Escape")
        assert wrong == []


def test_a_token_is_asked_for_and_a_lost_line_comes_back(browser, tmp_path, boards):
    port = free_port()
    with looked_at(browser) as (page, wrong):
        with serve(tmp_path, port, boards, API_TOKEN=TOKEN):
            page.goto(f"http://127.0.0.1:{port}/")
            token = page.get_by_label("Token")
            token.fill("not the token")
            token.press("Enter")
            expect(page.get_by_role("alert").filter(has_text="That is not this server's token.")).to_be_visible()
            token.fill(TOKEN)
            token.press("Enter")
            expect(page.locator("#line")).to_have_text("live")
            expect(page.locator("#boards tbody tr")).not_to_have_count(0)
            assert page.evaluate("localStorage.length") == 0, "it goes with the tab"
        expect(page.get_by_text("The connection to the server is lost.")).to_be_visible()
        with serve(tmp_path, port, boards, API_TOKEN=TOKEN):
            page.get_by_role("button", name="Try now").click()
            expect(page.locator("#line")).to_have_text("live")
            expect(page.locator("#lost")).to_be_hidden()
        assert [words for words in wrong if "401" not in words and "CONNECTION_REFUSED" not in words] == []
