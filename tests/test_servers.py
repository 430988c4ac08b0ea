"""The servers that other tests start: real, restartable, and gone with whoever started them."""

from __future__ import annotations

import contextlib
import socket
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest
from servers import Server, postgres, redis, valkey

KEEP = """
import sys
sys.path.insert(0, sys.argv[1])
from servers import postgres, valkey
with postgres() as one, valkey() as other:
    print(one.port, one.folder, other.port, other.folder, flush=True)
    input()
"""


def answers(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
        return True
    return False


def ask(server: Server, command: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", server.port), 5) as line:
        line.sendall(command + b"\r\n")
        return line.recv(100)


def test_postgres_keeps_its_data_over_a_restart_and_a_power_cut() -> None:
    with postgres("max_connections=7") as server:
        for end in (server.stop, server.kill):
            with psycopg.connect(server.url) as connection:
                connection.execute("CREATE TABLE IF NOT EXISTS kept (x int)")
                connection.execute("INSERT INTO kept VALUES (1)")
                assert connection.execute("SHOW max_connections").fetchone() == ("7",)
            end()
            assert not answers(server.port)
            server.start()
        with psycopg.connect(server.url) as connection:
            assert connection.execute("SELECT count(*) FROM kept").fetchone() == (2,)
    assert not server.folder.exists()


@pytest.mark.parametrize("kind", [valkey, redis])
def test_queue_servers_forget_unless_told_otherwise(kind) -> None:
    for options, kept in [((), b"$-1"), (("--appendonly", "yes"), b"$1")]:
        with kind(*options) as server:
            assert ask(server, b"SET k v") == b"+OK\r\n"
            server.stop()
            server.start()
            assert ask(server, b"GET k").startswith(kept)


def test_nothing_is_left_of_servers_whose_owner_was_killed() -> None:
    program = [sys.executable, "-c", KEEP, str(Path(__file__).parent)]
    with subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as owner:
        assert owner.stdout
        one, one_folder, other, other_folder = owner.stdout.readline().split()
        assert answers(int(one))
        assert answers(int(other))
        owner.kill()
    until = time.monotonic() + 10
    while time.monotonic() < until and (Path(one_folder).exists() or Path(other_folder).exists() or answers(int(one))):
        time.sleep(0.05)
    assert not answers(int(one))
    assert not answers(int(other))
    assert not Path(one_folder).exists()
    assert not Path(other_folder).exists()
