"""docker/compose.yaml without a daemon: the schema holds, nothing is given away, and every service's command starts.

The commands are read out of the file, so that it cannot drift, and run with the interpreter of these tests; `.ci/run` has
made that one's virtual environment from the requirements alone, as the image has its own.
"""

import contextlib
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest
from composed import COMPOSE, ROOT, Missing, compose
from processes import environment
from servers import Server, free_port, postgres, valkey

from jobspiders import config

GIVEN = {"POSTGRES_PASSWORD": "5ec4e7" * 6, "API_TOKEN": "70ce4" * 6}
COMMANDS = ROOT / "jobspiders" / "commands"


def check(path):
    """The exit code of the schema's check: 0 when the file is as compose wants it."""
    argv = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec", str(path)]
    return subprocess.run(argv, check=False, capture_output=True, timeout=60).returncode


def test_it_is_as_the_specification_wants_it():
    assert check(COMPOSE) == 0


@pytest.mark.parametrize(("ours", "worse"), [("command:", "comand:"), ("init: true", "init: [1]")])
def test_the_check_would_find_something(tmp_path, ours, worse):
    path = tmp_path / "compose.yaml"
    path.write_text(COMPOSE.read_text().replace(ours, worse))
    assert check(path) == 1


@pytest.mark.parametrize("name", GIVEN)
def test_a_password_must_be_given(name):
    with pytest.raises(Missing, match=name):
        compose(**GIVEN | {name: ""})


def test_no_secret_is_written_down_and_nothing_is_open_but_the_api_on_loopback():
    for line in COMPOSE.read_text().splitlines():
        if re.match(r"\s+\w*(PASSWORD|TOKEN|SECRET)\w*:", line):
            assert "${" in line
        assert not re.search(r"://[^:/@\s]*:[^$@]*@", line)
    published = {name: service["ports"] for name, service in compose(**GIVEN)["services"].items() if "ports" in service}
    assert published == {"serve": ["127.0.0.1:8000:8000"]}


def test_workers_can_be_many():
    worker = compose(**GIVEN)["services"]["worker"]
    assert "container_name" not in worker
    assert "ports" not in worker


def test_images_say_which_version():
    images = [service["image"] for service in compose(**GIVEN)["services"].values() if "build" not in service]
    assert all(re.search(r":\d+", image) for image in images)


def test_whatever_is_waited_for_can_say_that_it_is_healthy():
    services = compose(**GIVEN)["services"]
    for service in services.values():
        for name, wants in service.get("depends_on", {}).items():
            assert wants == {"condition": "service_healthy"}
            assert services[name]["healthcheck"]["test"]


def test_our_services_cannot_write_and_have_no_rights():
    for name in ("worker", "serve"):
        service = compose(**GIVEN)["services"][name]
        assert (service["read_only"], service["cap_drop"]) == (True, ["ALL"])
        assert service["security_opt"] == ["no-new-privileges:true"]
        assert int(service["stop_grace_period"].removesuffix("s")) >= 10


@pytest.fixture(scope="module")
def redis(tmp_path_factory):
    """Redis as the service starts it."""
    program, *options = compose(**GIVEN)["services"]["redis"]["command"]
    assert program == "valkey-server"
    with valkey(*options) as server:
        yield server


@pytest.fixture(scope="module")
def database():
    """PostgreSQL with the user and the database of the service."""
    given = compose(**GIVEN)["services"]["postgres"]["environment"]
    with postgres() as server:
        with psycopg.connect(server.url, autocommit=True) as connection:
            connection.execute(f"CREATE ROLE {given['POSTGRES_USER']} LOGIN PASSWORD '{given['POSTGRES_PASSWORD']}'")
            connection.execute(f"CREATE DATABASE {given['POSTGRES_DB']} OWNER {given['POSTGRES_USER']}")
        yield server


def test_redis_keeps_what_it_has_and_evicts_nothing(redis):
    with socket.create_connection(("127.0.0.1", redis.port), timeout=5) as client:
        for name, value in {"appendonly": "yes", "maxmemory-policy": "noeviction"}.items():
            client.sendall(f"CONFIG GET {name}\r\n".encode())
            assert value in client.recv(1000).decode().split()


@contextlib.contextmanager
def started(name, redis: Server, database: Server, folder: Path, **ports):
    """A service's command with its environment, its neighbours' addresses and the published port replaced."""
    service = compose(**GIVEN)["services"][name]
    near = {"redis:6379": f"127.0.0.1:{redis.port}", "postgres:5432": f"127.0.0.1:{database.port}"}
    words = [_replaced(word, near | ports) for word in service["command"]]
    given = {variable: _replaced(value, near) for variable, value in service["environment"].items()}
    config.read(given)
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "scrapy", *words], cwd=folder, env=environment(**given), stderr=log
        )
    try:
        yield process, given
    finally:
        process.kill()
        process.wait()


def _replaced(text, words):
    for old, new in words.items():
        text = text.replace(old, new)
    return text


def wait_for(condition, process, folder):
    until = time.monotonic() + 60
    while not condition():
        assert process.poll() is None, (folder / "log").read_text()
        assert time.monotonic() < until, (folder / "log").read_text()
        time.sleep(0.1)


def ends(process, folder):
    """The process ends within its time when it is told to, and well."""
    process.send_signal(signal.SIGTERM)
    assert process.wait(15) == 0, (folder / "log").read_text()


def test_the_worker_starts_serves_the_queue_and_ends(redis, database, tmp_path):
    with started("worker", redis, database, tmp_path) as (process, _):
        wait_for(lambda: asks_for(redis, "glints"), process, tmp_path)
        ends(process, tmp_path)


def asks_for(redis, board):
    """True when somebody reads the queue of that board."""
    with socket.create_connection(("127.0.0.1", redis.port), timeout=5) as client, contextlib.suppress(TimeoutError):
        client.sendall(b"MONITOR\r\n")
        client.settimeout(2)
        said = b""
        while f"{board}:start_urls".encode() not in said:
            said += client.recv(65536)
        return True
    return False


@pytest.mark.skipif(not (COMMANDS / "serve.py").exists(), reason="scrapy serve is not there yet")
def test_the_server_starts_is_healthy_and_ends(redis, database, tmp_path):
    port = str(free_port())
    with started("serve", redis, database, tmp_path, **{"8000": port}) as (process, given):
        kind, program, *arguments = compose(**GIVEN)["services"]["serve"]["healthcheck"]["test"]
        assert (kind, program) == ("CMD", "python")
        probe = [sys.executable, *(_replaced(word, {"8000": port}) for word in arguments)]

        def healthy():
            return subprocess.run(probe, check=False, env=environment(**given), capture_output=True).returncode == 0

        wait_for(healthy, process, tmp_path)
        ends(process, tmp_path)
