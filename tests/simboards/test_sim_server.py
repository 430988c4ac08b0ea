"""The served boards: started, switched, watched, and dead when their parent is."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from jobspiders.simboards.boards import BOARDS
from jobspiders.simboards.catalogue import catalogue
from jobspiders.simboards.launch import DidNotStart, launch

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def boards():
    with launch(jobs=30) as served:
        yield served


@pytest.fixture
def get(boards):
    boards.clear_faults()
    connections = []

    def fetch(host: str, path: str, method: str = "GET", body: str | None = None):
        connection = http.client.HTTPConnection(boards.url.removeprefix("http://"), timeout=30)
        connections.append(connection)
        connection.request(method, path, body, {"Host": host})
        return connection.getresponse()

    yield fetch
    for connection in connections:
        connection.close()


def test_boards_by_host(get):
    assert b"__remixContext" in get("www.loker.id", "/cari-lowongan-kerja").read()
    assert b"SEEK_REDUX_DATA" in get("my.jobstreet.com:443", "/jobs").read()
    assert get("www.ycombinator.com", "/jobs").headers["Content-Type"] == "text/html; charset=utf-8"
    assert get("glints.com", "/robots.txt").read() == b"User-agent: *\nAllow: /\n"
    refused = get("www.example.com", "/")
    assert (refused.status, refused.read()) == (421, b"No simboard plays 'www.example.com'.\n")


def test_only_loopback_is_bound(boards):
    assert boards.url.startswith("http://127.0.0.1:")


def test_the_query_reaches_the_board(get):
    found = json.loads(
        get("id.jobstreet.com", "/api/jobsearch/v5/search?pageSize=7&keywords=&where=Jakarta%20Raya").read()
    )
    assert found["searchParams"] == {"pagesize": "7", "keywords": "", "where": "Jakarta Raya"}
    page = get("www.loker.id", "/cari-lowongan-kerja?_data=routes%2F_lowongan")
    assert json.loads(page.read())["meta"]["current_page"] == 1


def test_every_visit_shows_other_tokens(get):
    bodies = [get("www.loker.id", "/cari-lowongan-kerja?_data").read() for _ in range(2)]
    views = [json.loads(body)["jobs"][0]["views_count"] for body in bodies]
    assert views[0] < views[1]
    tokens = [get("www.ycombinator.com", "/jobs").read() for _ in range(2)]
    assert tokens[0] != tokens[1]


def test_log(boards, get):
    before = time.monotonic()
    get("glints.com", "/id/lowongan-kerja?page=2").read()
    get("www.loker.id", "/nothing").read()
    rows = boards.log(before)
    assert [(row["board"], row["method"], row["path"], row["status"]) for row in rows] == [
        ("glints", "GET", "/id/lowongan-kerja?page=2", 200),
        ("lokerid", "GET", "/nothing", 404),
    ]
    assert before < rows[0]["at"] <= rows[1]["at"] < time.monotonic()
    assert boards.log(rows[0]["at"]) == rows[1:]
    assert boards.log()[-2:] == rows


def test_health(get):
    health = json.loads(get("", "/__sim__/health").read())
    assert health["boards"] == list(BOARDS)
    assert health["jobs"] == 30
    assert get("", "/__sim__/else").status == 404


def test_faults_are_changed_at_run_time(boards, get):
    boards.set_fault("glints:403:times=1", "lokerid:503")
    assert [get("glints.com", "/id/lowongan-kerja").status for _ in range(3)] == [403, 200, 200]
    assert get("www.loker.id", "/cari-lowongan-kerja").status == 503
    assert boards.faults() == [
        {"fault": "glints:403:times=1", "met": 3, "struck": 1},
        {"fault": "lokerid:503", "met": 1, "struck": 1},
    ]
    assert boards.log()[-1]["fault"] == "503"
    boards.set_fault("lokerid:429")
    assert get("www.loker.id", "/cari-lowongan-kerja").status == 429
    boards.clear_faults()
    assert boards.faults() == []
    assert get("www.loker.id", "/cari-lowongan-kerja").status == 200


def test_a_bad_fault_changes_nothing(boards):
    boards.set_fault("glints:403")
    with pytest.raises(ValueError, match="the kind is one of"):
        boards.set_fault("lokerid:503", "glints:wobble")
    assert [row["fault"] for row in boards.faults()] == ["glints:403"]


def test_slow(boards, get):
    boards.set_fault("glints:slow:seconds=0.3:times=1")
    times = []
    for _ in range(2):
        start = time.perf_counter()
        get("glints.com", "/id/lowongan-kerja").read()
        times.append(time.perf_counter() - start)
    assert times[0] > 0.3 > times[1]


def test_cut(boards, get):
    boards.set_fault("glints:cut:times=1")
    response = get("glints.com", "/id/lowongan-kerja")
    with pytest.raises(http.client.IncompleteRead) as cut:
        response.read()
    assert len(cut.value.partial) > 10_000
    assert cut.value.expected > 10_000
    assert get("glints.com", "/id/lowongan-kerja").read()


def test_reset(boards, get):
    boards.set_fault("glints:reset:times=1")
    with pytest.raises(ConnectionResetError):
        get("glints.com", "/id/lowongan-kerja")
    assert boards.log()[-1] | {"at": 0} == {
        "at": 0, "board": "glints", "method": "GET", "path": "/id/lowongan-kerja", "status": 0, "fault": "reset",
    }  # fmt: skip
    assert get("glints.com", "/id/lowongan-kerja").status == 200


def test_arguments_reach_the_boards(now):
    with launch(jobs=25, seed=3, latency=0.2, now=now, faults=["lokerid:403"]) as served:
        connection = http.client.HTTPConnection(served.url.removeprefix("http://"), timeout=30)
        with contextlib.closing(connection):
            start = time.perf_counter()
            connection.request("GET", "/api/jobsearch/v5/search?pageSize=100", headers={"Host": "id.jobstreet.com"})
            rows = json.loads(connection.getresponse().read())["data"]
            assert time.perf_counter() - start > 0.2
        assert {row["id"] for row in rows} == {job.id for job in catalogue("jobstreet", 25, seed=3, now=now)}
        assert [row["fault"] for row in served.faults()] == ["lokerid:403"]


def test_what_does_not_start(capfd):
    with pytest.raises(DidNotStart), launch(faults=["glints:wobble"]):
        pass
    assert "the kind is one of" in capfd.readouterr().err
    with pytest.raises(DidNotStart), launch(jobs=0):
        pass


def test_it_ends_with_its_context():
    with launch(jobs=5) as served:
        host = served.url.removeprefix("http://")
    connection = http.client.HTTPConnection(host, timeout=5)
    with contextlib.closing(connection), pytest.raises(ConnectionRefusedError):
        connection.request("GET", "/__sim__/health")


PARENT = """
import sys, time
from jobspiders.simboards.launch import launch
with launch(jobs=5) as served:
    print(served.url, flush=True)
    time.sleep(60)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no kill -9 here")
def test_it_dies_with_a_killed_parent():
    with subprocess.Popen([sys.executable, "-c", PARENT], cwd=ROOT, stdout=subprocess.PIPE, text=True) as parent:
        host = parent.stdout.readline().strip().removeprefix("http://")
        assert alive(host)
        os.kill(parent.pid, signal.SIGKILL)
    deadline = time.monotonic() + 10
    while alive(host) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not alive(host)


def alive(host: str) -> bool:
    connection = http.client.HTTPConnection(host, timeout=5)
    with contextlib.closing(connection):
        try:
            connection.request("GET", "/__sim__/health")
            return connection.getresponse().status == 200
        except OSError:
            return False
