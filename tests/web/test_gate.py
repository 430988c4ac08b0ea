"""Who may ask: every route, with and without the token, from here and from elsewhere."""

from __future__ import annotations

import base64
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from fastapi.routing import APIRoute
from processes import environment
from sqlalchemy import Engine
from webserver import TOKEN, parts_for, serving
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect as listen

from jobspiders.config import Config
from jobspiders.errors import BadConfig
from jobspiders.store.db import connect
from jobspiders.web.app import make_app
from jobspiders.web.security import LARGEST, check_address, is_loopback


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("127.0.0.1", True), ("127.9.9.9", True), ("::1", True), ("localhost", True), ("LOCALHOST", True),
        ("0.0.0.0", False), ("::", False), ("", False), ("10.0.0.7", False), ("localhost.evil.example", False),
        ("127.0.0.1.evil.example", False), ("2130706433", False),
    ],
)  # fmt: skip
def test_loopback(host: str, expected: bool) -> None:
    assert is_loopback(host) is expected


def test_others_can_reach_it_only_with_a_token() -> None:
    check_address("127.0.0.1", None)
    check_address("0.0.0.0", TOKEN)
    with pytest.raises(BadConfig, match="set API_TOKEN first"):
        check_address("0.0.0.0", None)


def test_serve_refuses_to_start_without_one(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "scrapy", "serve", "--host", "0.0.0.0", "--port", "0"]
    ended = subprocess.run(
        command, check=False, cwd=tmp_path, env=environment(), capture_output=True, text=True, timeout=60
    )
    assert ended.returncode == 2
    assert ended.stderr.splitlines() == [
        "scrapy serve: --host 0.0.0.0: others can reach it, so set API_TOKEN first, or leave it at 127.0.0.1."
    ]


@pytest.fixture(scope="module")
def engine_of_all(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    engine = connect(f"sqlite:///{tmp_path_factory.mktemp('gate')}/jobs.db")
    yield engine
    engine.dispose()


@pytest.fixture(scope="module")
def locked(engine_of_all: Engine) -> Iterator[httpx.Client]:
    with serving(Config(api_token=TOKEN), engine_of_all) as client:
        yield client


@pytest.fixture(scope="module")
def unlocked(engine_of_all: Engine) -> Iterator[httpx.Client]:
    with serving(Config(), engine_of_all) as client:
        yield client


def operations(engine: Engine) -> list[tuple[str, str]]:
    paths = make_app(parts_for(Config(), engine)).openapi()["paths"]
    return [(method.upper(), path) for path, methods in paths.items() for method in methods]


def test_the_document_names_every_route(engine_of_all: Engine) -> None:
    app = make_app(parts_for(Config(), engine_of_all))
    assert len(operations(engine_of_all)) >= 30
    hidden = [route for route in app.routes if isinstance(route, APIRoute) and not route.include_in_schema]
    assert hidden == []


def test_no_route_answers_without_the_token(locked: httpx.Client, engine_of_all: Engine) -> None:
    for method, path in [*operations(engine_of_all), ("GET", "/openapi.json"), ("GET", "/nowhere"), ("POST", "/")]:
        if path == "/":
            continue
        for headers in ({}, {"Authorization": f"Bearer {TOKEN}x"}, {"Authorization": f"Basic {TOKEN}"}):
            answer = locked.request(method, path, headers=headers)
            assert answer.status_code == 401, (method, path, headers)
            assert answer.json()["error"] == "unauthorized"
            assert TOKEN not in answer.text


def test_every_route_answers_with_the_token(locked: httpx.Client, engine_of_all: Engine) -> None:
    for method, path in operations(engine_of_all):
        answer = locked.request(method, path, headers={"Authorization": f"Bearer {TOKEN}"})
        assert answer.status_code not in (401, 403), (method, path)
        assert answer.status_code < 500, (method, path, answer.text)


def test_the_page_is_there_before_the_token(locked: httpx.Client) -> None:
    for path in ("/", "/docs", "/static/docs.js"):
        answer = locked.get(path)
        assert answer.status_code == 200
        assert "default-src 'self'" in answer.headers["content-security-policy"]
    assert locked.get("/static/../../config.py").status_code in (401, 404)
    assert locked.get("/static/%2e%2e/app.py").status_code == 404


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example:80", "10.0.0.7", "[fe80::1]", "[", ""])
def test_a_name_that_was_rebound_is_no_way_in(unlocked: httpx.Client, host: str) -> None:
    answer = unlocked.get("/jobs", headers={"Host": host})
    assert answer.status_code in (400, 403)


def test_a_foreign_page_may_change_nothing(unlocked: httpx.Client, engine_of_all: Engine) -> None:
    foreign = {"Origin": "https://evil.example"}
    for method, path in operations(engine_of_all):
        answer = unlocked.request(method, path, headers=foreign)
        assert "access-control-allow-origin" not in answer.headers
        if method != "GET":
            assert answer.status_code == 403, (method, path)
    assert unlocked.post("/scheduler/run", headers={"Origin": "null"}).status_code == 403
    own = {"Origin": str(unlocked.base_url).rstrip("/")}
    assert unlocked.post("/scheduler/run", headers=own).status_code == 202


def test_a_body_is_bounded(unlocked: httpx.Client) -> None:
    kind = {"Content-Type": "application/json"}
    large = b'{"site_name": "' + b"x" * LARGEST + b'"}'
    assert unlocked.post("/jobs/scrape", content=large, headers=kind).status_code == 413
    pieces = (large[start : start + 5000] for start in range(0, len(large), 5000))
    answer = unlocked.post("/jobs/scrape", content=pieces, headers=kind)  # chunked: no length is said
    assert answer.status_code == 413
    assert answer.json()["error"] == "too_large"


def websocket(client: httpx.Client) -> str:
    return f"ws://127.0.0.1:{client.base_url.port}/jobs/status"


def test_a_websocket_needs_the_token(locked: httpx.Client) -> None:
    said = base64.urlsafe_b64encode(TOKEN.encode()).decode().rstrip("=")
    for protocols in (None, ["jobspiders"], ["jobspiders", "bearer.AAAA"], ["jobspiders", "bearer.*"]):
        with pytest.raises(InvalidStatus), listen(websocket(locked), subprotocols=protocols):
            pass
    with listen(websocket(locked), subprotocols=["jobspiders", f"bearer.{said}"]) as socket:
        assert socket.subprotocol == "jobspiders"
        assert "health" in socket.recv(timeout=10)
    with listen(websocket(locked), additional_headers={"Authorization": f"Bearer {TOKEN}"}) as socket:
        assert "health" in socket.recv(timeout=10)


def test_a_websocket_is_not_for_foreign_pages(unlocked: httpx.Client) -> None:
    with pytest.raises(InvalidStatus), listen(websocket(unlocked), origin="https://evil.example"):
        pass
    with listen(websocket(unlocked), origin=f"http://127.0.0.1:{unlocked.base_url.port}") as socket:
        assert "health" in socket.recv(timeout=10)
