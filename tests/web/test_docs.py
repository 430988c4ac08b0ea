"""The documentation page shows every operation, with nothing but what this server has."""

from __future__ import annotations

import httpx
from playwright.sync_api import expect, sync_playwright


def test_docs_show_every_operation_without_the_network(small: httpx.Client, chromium: str) -> None:
    operations = sum(len(methods) for methods in small.get("/openapi.json").json()["paths"].values())
    asked: list[str] = []
    wrong: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium)
        page = browser.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto(f"{small.base_url}/docs")
        expect(page.locator("details")).to_have_count(operations, timeout=20_000)
        scrape = page.locator("details", has_text="POST/jobs/scrape ").first
        scrape.locator("summary").click()
        for words in ("search_term", "curl -X POST", "409: Board busy", "Answer 202"):
            expect(scrape).to_contain_text(words)
        browser.close()
    assert wrong == []
    assert [url for url in asked if not url.startswith(str(small.base_url))] == []
