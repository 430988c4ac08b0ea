"""`scrapy chaos`, short: right workers stand it, wrong ones are noticed, and the user's servers are left as they were."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import psutil
import psycopg
import pytest
from processes import environment
from servers import valkey

from jobspiders.chaos import servers
from jobspiders.errors import BadConfig

MUTANTS = Path(__file__).parent.parent / "chaos"


def figures(done):
    """The line of JSON at the end."""
    (line,) = done.stdout.splitlines()
    return json.loads(line)


def test_on_servers_of_its_own_nothing_is_lost(scrapy, tmp_path):
    done = scrapy("chaos", "--jobs", 50, "--seconds", 7, "--seed", 4, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    found = figures(done)
    assert (found["command"], found["jobs"], found["ended"]) == ("chaos", 50, True)
    assert {name: found[name] for name in ("lost", "stored_twice", "rate_violations", "dead_letters")} == {
        "lost": 0, "stored_twice": 0, "rate_violations": 0, "dead_letters": 0,
    }  # fmt: skip
    assert sum(found["faults"].values()) >= 2
    assert found["database"] == "sqlite"
    assert "queue: a Redis of its own; store: one SQLite file" in done.stderr
    assert "50 jobs: 0 lost, 0 stored twice" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_workers_that_acknowledge_too_early_are_noticed(tmp_path):
    environ = environment(SCRAPY_SETTINGS_MODULE="early_ack", TMPDIR=str(tmp_path))
    environ["PYTHONPATH"] += os.pathsep + str(MUTANTS)
    for seed in ("5", "6", "7"):  # a kill may hit nothing, as between two pages
        done = subprocess.run(
            [sys.executable, "-m", "scrapy", "chaos", "--workers", "2", "--jobs", "60", "--seconds", "8", "--seed", seed],
            check=False, cwd=tmp_path, env=environ, capture_output=True, text=True, timeout=50,
        )  # fmt: skip
        if done.returncode:
            break
    assert done.returncode == 1, done.stderr
    assert figures(done)["lost"] > 0
    (folder,) = tmp_path.glob("jobspiders-chaos-*")
    assert f"are in {folder}" in done.stderr
    assert {"requests.json", "worker-1.log"} <= {path.name for path in folder.iterdir()}


def test_the_users_servers_are_left_as_they_were(scrapy, postgres_url, tmp_path):
    with valkey() as server:
        redis = psutil.Process(server.process.pid)
        keep(server.port, b"SET mine 1\r\n")
        done = scrapy(
            "chaos", "--workers", 2, "--jobs", 60, "--seconds", 9, "--seed", 8, "--redis", server.url, "--database", postgres_url,
            cwd=tmp_path,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        found = figures(done)
        assert (found["lost"], found["stored_twice"], found["database"]) == (0, 0, "postgresql")
        assert found["faults"].keys() & {"cut_database", "database_away"}
        assert redis.is_running()
        assert keep(server.port, b"KEYS *\r\n") == b"*1\r\n$4\r\nmine\r\n"
    with psycopg.connect(postgres_url) as connection:
        schemas = connection.execute("SELECT nspname FROM pg_namespace WHERE nspname LIKE '%chaos%'").fetchall()
        (jobs,) = connection.execute("SELECT count(*) FROM public.jobs").fetchone()
    assert (schemas, jobs) == ([], 0)


def keep(port, command):
    with socket.create_connection(("127.0.0.1", port), timeout=5) as client:
        client.sendall(command)
        return client.recv(1000)


@pytest.mark.parametrize(("how", "code", "left"), [(signal.SIGKILL, -9, 1), (signal.SIGTERM, 130, 0)])
def test_ended_it_takes_all_that_it_started_with_it(tmp_path, how, code, left):
    process = subprocess.Popen(
        [sys.executable, "-m", "scrapy", "chaos"],
        cwd=tmp_path, env=environment(TMPDIR=str(tmp_path)), stderr=subprocess.DEVNULL,
    )  # fmt: skip
    children, until = [], time.monotonic() + 30
    while len(children) < 5 and time.monotonic() < until:  # a Redis, a replica, three workers
        time.sleep(0.1)
        children = psutil.Process(process.pid).children(recursive=True)
    process.send_signal(how)
    assert process.wait(20) == code
    gone, alive = psutil.wait_procs(children, timeout=15)
    assert len(gone) >= 5
    assert not alive
    assert len(list(tmp_path.iterdir())) == left, "only a kill leaves its folder"


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["--redis", "redis://127.0.0.1:1/0"], 1, "Error 111 connecting to 127.0.0.1:1"),
        (["--redis", "nonsense"], 2, "--redis 'nonsense' is no URL"),
        (["--database", "sqlite:///x.db"], 2, "--database is for PostgreSQL"),
        (["--database", "nonsense"], 2, "--database 'nonsense' is no URL"),
        (["--database", "postgresql://me:secret@127.0.0.1:1/x"], 2, "refused"),
    ],
)
def test_what_cannot_be_had_is_one_line(scrapy, tmp_path, arguments, code, says):
    done = scrapy("chaos", *arguments, cwd=tmp_path)
    assert done.returncode == code, done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert says in done.stderr
    assert "secret" not in done.stderr


def test_without_a_redis_it_says_what_to_install(monkeypatch):
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(servers.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(BadConfig, match="install valkey-server or redis-server"):
        servers.find()
