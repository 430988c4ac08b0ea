"""A page in the browser: what is kept of it, and what becomes of one that does not come as it should."""

from __future__ import annotations

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.async_api import Error as PlaywrightError
from scrapy.exceptions import CannotResolveHostError, DownloadFailedError, DownloadTimeoutError
from scrapy.http import HtmlResponse
from servers import free_port

from jobspiders.bases.documents import Generation, Page
from jobspiders.bases.rendered import answer
from jobspiders.crawl.rendering import failure
from jobspiders.crawl.visit import Answer, with_answers

DRAW = """<html><body><ul id="jobs"></ul><img src="/logo.png"><script>
  const popup = text => document.body.insertAdjacentHTML("beforeend", text);
  popup('<div class="stubborn">Sign in! <button onclick="this.clicked = true">Close</button></div>');
  popup('<div class="cookies" style="display:none">Cookies?</div>');
  setTimeout(() => document.querySelector(".cookies").style.display = "block", 150);
  fetch("/api/jobs?page=1").then(answer => answer.json()).then(told => {
    const waiting = setInterval(() => {
      if (document.querySelector(".stubborn, .cookies")) return;
      clearInterval(waiting);
      for (const {id, title} of told.jobs)
        document.getElementById("jobs").innerHTML += `<li id="${id}"><a>${title}</a></li>`;
    }, 20);
  });
</script></body></html>"""
QUIET = """<html><body><script>fetch("/api/jobs").then(answer => answer.text())</script></body></html>"""
BUSY = """<html><body><script>while (true) {}</script></body></html>"""
JOBS = {"jobs": [{"id": "7", "title": "Fitter </script><b>& Turner</b>"}, {"id": "8", "title": "Welder"}]}
PAGES = {
    "/list": (200, DRAW),
    "/quiet": (200, QUIET),
    "/busy": (200, BUSY),
    "/denied": (403, "<html><title>Access Denied</title></html>"),
    "/api/jobs": (200, json.dumps(JOBS)),
}


class Site(BaseHTTPRequestHandler):
    """Answers from PAGES; /slow does not answer, /gone hangs up, /moved sends to /list."""

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        self.server.asked.append((self.path, self.headers["User-Agent"], self.headers["Cookie"]))
        if path == "/slow":
            time.sleep(20)
        if path in {"/slow", "/gone"}:
            return
        if path == "/moved":
            self.send_response(302)
            self.send_header("Location", "/list")
            self.end_headers()
            return
        status, text = PAGES.get(path, (404, ""))
        self.send_response(status)
        self.send_header("Content-Type", "application/json" if path.startswith("/api") else "text/html; charset=utf-8")
        self.send_header("Set-Cookie", "visitor=1")
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_told: object) -> None:
        pass


@pytest.fixture
def site():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.daemon_threads, server.asked = True, []
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def base(site):
    return f"http://127.0.0.1:{site.server_address[1]}"


def test_pages_are_read_as_drawn(crawl, site):
    done = crawl("local", base=base(site), pages="/list,/moved,/quiet").read()
    assert done.process.wait() == 0
    (stats,) = done.stats
    assert stats["listing/generation/api"] == 3
    assert [job["title"] for job in done.jobs if job["source_id"] == "7"] == [JOBS["jobs"][0]["title"]] * 3
    assert {page["url"].rpartition("/")[2]: page["popups"] for page in done.pages} == {"list": [], "quiet": []}
    assert all(page["flags"] == ["rendered"] for page in done.pages)
    asked = [path for path, _, _ in site.asked]
    assert "/logo.png" not in asked
    assert asked.count("/api/jobs?page=1") == 2
    assert {agent for _, agent, _ in site.asked} == {"jobspiders/0.1.0"}
    assert "visitor=1" in {cookie for _, _, cookie in site.asked}


def test_pages_that_do_not_come_are_errors_that_scrapy_knows(crawl, site):
    port = site.server_address[1]
    crawls = [
        ("local", {"base": f"http://127.0.0.1:{port}", "pages": "/denied,/gone,/slow,/list"}),
        ("local", {"base": f"http://localhost:{port}", "pages": "/busy"}),  # another site has another process
        ("local", {"base": f"http://127.0.0.1:{free_port()}", "pages": "/list"}),
    ]
    done = crawl(*crawls, settings={"RETRY_ENABLED": False, "DOWNLOAD_TIMEOUT": 5}).read()
    assert done.process.wait() == 0
    assert [(page["url"].rpartition("/")[2], page["status"]) for page in done.pages] == [("denied", 403), ("list", 200)]
    assert len(done.jobs) == 2
    assert [failures(stats) for stats in done.stats] == [
        {"DownloadFailedError": 1, "DownloadTimeoutError": 1},
        {"DownloadTimeoutError": 1},
        {"DownloadConnectionRefusedError": 1},
    ]
    assert [stats["listing/failed"] for stats in done.stats] == [3, 1, 1]
    assert done.left() == []


def failures(stats):
    """How many downloads failed, by the error that Scrapy knows."""
    kind = "downloader/exception_type_count/scrapy.exceptions."
    return {name.removeprefix(kind): count for name, count in sorted(stats.items()) if name.startswith(kind)}


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("Page.goto: net::ERR_NAME_NOT_RESOLVED at https://x.test/\nCall log:", CannotResolveHostError),
        ("Page.goto: net::ERR_CONNECTION_TIMED_OUT at https://x.test/", DownloadTimeoutError),
        ("Page.goto: net::ERR_CONNECTION_RESET at https://x.test/", DownloadFailedError),
        ("Page.goto: Page crashed", DownloadFailedError),
    ],
)
def test_failures_of_the_browser_in_scrapys_words(said, kind):
    failed = failure("https://x.test/", PlaywrightError(said))
    assert type(failed) is kind
    assert str(failed) == f"https://x.test/: {said.splitlines()[0]}"


@pytest.mark.parametrize(
    "page",
    [
        "<html><head></head><body><p>x</p></body></html>",
        "<html><body><p>x</p></body><!-- end --></html>\n",
        "<p>x</p>",
        "",
    ],
)
@pytest.mark.parametrize(
    "text", ['{"a": "</script><script>alert(1)</script>"}', '{"a": "</body></html>"}', '{"a": "<!-- é & \\" -->"}']
)
def test_an_answer_is_found_as_it_came(page, text):
    told = [Answer("https://x.test/api/a?b=1&c='\"<", 200, text), Answer("https://x.test/api/a", 404, '{"no": 1}')]
    body = with_answers(page, told)
    response = HtmlResponse("https://x.test/", body=body.encode(), encoding="utf-8")
    found = Page(response)
    assert found.find(Generation("a", "a", css=answer("/api/a"))) == json.loads(text)["a"]
    assert found.find(Generation("a", css=answer("/api/a", 404))) == {"no": 1}
    assert found.find(Generation("b", css=answer("/api/b"))) is None
    assert len(response.css("script")) == 2
