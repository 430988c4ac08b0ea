"""The live page in a real browser, on a real server in an empty folder, over boards that are played."""

from __future__ import annotations

import contextlib
import json
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import browsers
import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright
from processes import environment, setting_words
from servers import free_port

from jobspiders.items import Job
from jobspiders.simboards.launch import Simboards, launch
from jobspiders.store.db import connect
from jobspiders.store.jobs import save

JOBS = 30  # on each board
TOKEN = "a token that is long enough"
KNOWN = f"sessionStorage.setItem('jobspiders-token', {json.dumps(TOKEN)})"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
HOSTILE = "<img src=x onerror=alert(1)>"


@dataclass
class Site:
    """`scrapy serve` in a folder, with a token; its runs ask replicas of the boards."""

    folder: Path
    boards: Simboards
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def start(self) -> None:
        """Comes back when it answers."""
        words = setting_words(self._settings())
        command = [sys.executable, "-m", "scrapy", "serve", "--port", str(self.port), *words]
        with (self.folder / "serve.log").open("ab") as log:
            variables = environment(API_TOKEN=TOKEN)
            self.process = subprocess.Popen(command, cwd=self.folder, env=variables, stdout=log, stderr=log)
        until = time.monotonic() + 60
        while not self._answers():
            assert self.process.poll() is None, (self.folder / "serve.log").read_text()
            assert time.monotonic() < until, (self.folder / "serve.log").read_text()
            time.sleep(0.05)

    def end(self, how: signal.Signals = signal.SIGTERM) -> None:
        assert self.process
        self.process.send_signal(how)
        self.process.wait(15)

    def get(self, path: str) -> Any:
        """What the API answers."""
        asked = urllib.request.Request(self.url + path, headers={"Authorization": f"Bearer {TOKEN}"})
        with urllib.request.urlopen(asked) as answer:
            return json.load(answer)

    def _settings(self) -> dict[str, object]:
        calm = {"DOWNLOAD_DELAY": 0, "AUTOTHROTTLE_ENABLED": 0, "CONCURRENT_REQUESTS_PER_DOMAIN": 2}
        return {**self.boards.settings, **calm}

    def _answers(self) -> bool:
        try:
            urllib.request.urlopen(self.url, timeout=5).close()
        except OSError:
            return False
        return True


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with launch(JOBS, latency=0.3) as played:
        site = Site(tmp_path_factory.mktemp("serve"), played)
        site.start()
        yield site
        site.end()


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    expect.set_options(timeout=20_000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser, site: Site) -> Iterator[Page]:
    """The page, live, at which nothing may go wrong in silence and nothing may come from elsewhere."""
    with looked_at(browser) as (page, wrong):
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.add_init_script(KNOWN)
        page.goto(site.url)
        expect(page.locator("#line")).to_have_text("live")
        yield page
        assert wrong == []
        assert [url for url in asked if not url.startswith(site.url)] == []


@contextlib.contextmanager
def looked_at(browser: Browser, **options: Any) -> Iterator[tuple[Page, list[str]]]:
    """A new page, and what its console and its scripts complain of, but for refusals, which it shows itself."""
    page, wrong = browser.new_page(**options), []

    def note(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and "the server responded with a status of 4" not in message.text:
            wrong.append(message.text)

    page.on("console", note)
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
    before = int(figure(page, "Jobs in 24 hours").inner_text())
    start(page, "jobstreet", Jobs_at_most="15")
    row = run_of(page, "jobstreet").first
    expect(row).to_have_attribute("data-status", "running")
    expect(page.locator("#workers tbody tr")).to_have_count(1)
    expect(page).to_have_title("1 going on – jobspiders")
    expect(row).to_have_attribute("data-status", "succeeded", timeout=20_000)
    assert row.locator("td").nth(3).inner_text() == "15"
    expect(page.get_by_role("status")).to_have_text("jobstreet: succeeded, 15 new jobs, 0 changed")
    expect(figure(page, "Jobs in 24 hours")).to_have_text(str(before + 15))
    expect(figure(page, "Runs that succeeded")).to_have_text("100 %")
    expect(page.locator("#jobs-list li", has_text="jobstreet")).to_have_count(15)
    expect(page.locator("#workers tbody tr")).to_have_count(0)
    row.get_by_role("button", name="jobstreet").click()
    expect(page.get_by_role("dialog")).to_contain_text("15 found: 15 new")
    expect(page.get_by_label("Log")).to_contain_text("INFO jobstreet: complete")
    assert page.evaluate("window.same"), "without a reload"


def test_the_page_is_light_on_the_way(page):
    came = page.evaluate("performance.getEntries().map(({name, encodedBodySize}) => [name, encodedBodySize])")
    files = {name: size for name, size in came if name == page.url or "/static/" in name}
    assert len(files) > 15
    assert 0 < sum(files.values()) < 40_000


def test_jobs_are_searched_and_boards_words_stay_words(page, site):
    job = Job("lokerid", "hostile/1", "javascript:alert(2)", f"{HOSTILE} welder", description_text=HOSTILE)
    engine = connect(f"sqlite:///{site.folder / 'jobs.db'}")
    save(engine, [job], None, datetime.now(UTC))
    engine.dispose()
    jobs = page.locator("#jobs-list li")
    page.get_by_label("Words").fill("onerror WELDER")
    expect(jobs).to_have_count(1)
    expect(jobs).to_contain_text(HOSTILE)
    assert jobs.get_by_role("link").count() == 0, "javascript: is no address"
    jobs.get_by_role("button").click()
    expect(page.get_by_label("Description")).to_have_text(HOSTILE)
    page.keyboard.press("Escape")
    assert page.locator("#jobs-list img, #detail-dialog img").count() == 0
    page.get_by_label("Words").fill("no such word anywhere")
    expect(page.get_by_text("No stored job is like that.")).to_be_visible()


def test_a_schedule_is_made_changed_switched_off_and_removed(page, site):
    schedule = page.get_by_role("button", name="Schedule lokerid", exact=True)
    row = page.locator("#boards tbody tr").filter(has=schedule)
    schedule.click()
    page.get_by_label("minutes", exact=True).fill("90")
    page.get_by_label("Enabled", exact=True).uncheck()
    page.get_by_text("What to search").click()
    page.get_by_role("dialog").get_by_label("Words").fill("perawat")
    page.get_by_role("button", name="Save").click()
    expect(row).to_contain_text("every 90 min")
    expect(row).to_contain_text("off")
    (made,) = site.get("schedules")
    assert (made["interval_minutes"], made["payload"], made["enabled"]) == (90, {"search_term": "perawat"}, False)

    schedule.click()
    page.get_by_label("cron expression").fill("every day")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("dialog").get_by_role("alert")).to_contain_text("every day")
    page.get_by_label("cron expression").fill("0 6 * * 1-5")
    page.get_by_label("Time zone").fill("Asia/Jakarta")
    page.get_by_role("button", name="Save").click()
    expect(row).to_contain_text("0 6 * * 1-5 · Asia/Jakarta")
    switch = row.get_by_role("switch")
    switch.check()
    expect(row).to_contain_text(re.compile(r"next in \d+ h"))
    (changed,) = site.get("schedules")
    assert (changed["cron"], changed["interval_minutes"], changed["enabled"]) == ("0 6 * * 1-5", None, True)
    assert changed["payload"] == {"search_term": "perawat"}, "what was not touched stays"

    schedule.click()
    page.get_by_role("button", name="Remove").click()
    expect(switch).to_have_count(0)
    assert site.get("schedules") == []


def test_settings_are_changed_and_a_dead_letter_is_tried_again(page, site):
    for label, value in (("Workers", "3"), ("Retries", "0"), ("Back-off", "1.5")):
        page.get_by_role("spinbutton", name=label).fill(value)
    page.get_by_role("button", name="Set", exact=True).click()
    expect(page.get_by_role("status")).to_have_text("Saved, for runs that start from now on")
    assert site.get("settings") == {"workers": 3, "max_retries": 0, "retry_backoff_factor": 1.5}
    site.boards.set_fault("lokerid:503:status=502:path=/page/2")
    start(page, "lokerid")
    letter = page.locator("#letters-list li")
    expect(letter).to_contain_text("lokerid · the board's server failed (502) · 1 attempt")
    expect(run_of(page, "lokerid").first).to_contain_text("truncated")
    site.boards.clear_faults()
    letter.get_by_role("button").click()
    expect(letter).to_have_count(0)
    expect(page.get_by_text("None: no request was given up on.")).to_be_visible()
    expect(run_of(page, "lokerid").first).to_contain_text("dead letters")


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
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert focused() == "Run glints"
    tab_to("Cancel the run of glints")
    page.keyboard.press("Enter")
    expect(row).to_have_attribute("data-status", "cancelled", timeout=15_000)


def obstacles(page: Page, where: str) -> list[tuple[str, str]]:
    """Which of axe's rules are broken there, each with the first element that does so."""
    found = page.evaluate(f"rules => axe.run({where}, {{runOnly: rules}})", RULES)
    return [(rule["id"], rule["nodes"][0]["html"]) for rule in found["violations"]]


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (360, "dark")])
def test_nobody_is_kept_out(browser, site, width, scheme):
    try:
        source = browsers.axe()
    except browsers.NoRegistry as away:
        pytest.skip(f"no axe-core: {away}")
    with looked_at(browser, viewport={"width": width, "height": 800}, color_scheme=scheme) as (page, wrong):
        page.add_init_script(KNOWN)
        page.goto(site.url)
        expect(page.locator("#line")).to_have_text("live")
        assert page.evaluate("document.documentElement.scrollWidth") == width, "nothing to scroll sideways for"
        page.evaluate(f"{source};0")
        assert obstacles(page, "document") == []
        page.get_by_role("button", name="Schedule glints").click()
        assert obstacles(page, "'#schedule-dialog'") == []
        assert wrong == []


def test_a_token_is_asked_for_and_a_lost_line_comes_back(browser, site):
    with looked_at(browser) as (page, wrong):
        page.goto(site.url)
        token = page.get_by_role("textbox", name="Token")
        for said in ("not the token", TOKEN):
            token.fill(said)
            token.press("Enter")
            if said != TOKEN:
                expect(page.get_by_text("That is not this server's token.")).to_be_visible()
        expect(page.locator("#line")).to_have_text("live")
        assert page.evaluate("localStorage.length") == 0, "it goes with the tab"
        assert wrong == []
        site.end(signal.SIGKILL)
        expect(page.get_by_text("What you see is how things stood")).to_be_visible()
        site.start()
        page.get_by_role("button", name="Try now").click()
        expect(page.get_by_role("status")).to_have_text("Connected again.")
        expect(page.locator("#lost")).to_be_hidden()
