"""A line passes on everything until it is told otherwise."""

import contextlib
import socket
import threading

import pytest

from jobspiders.chaos.line import Line


@pytest.fixture
def echo():
    """A server that answers what it is told, and remembers it."""
    told = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve():
            with contextlib.suppress(OSError):
                while True:
                    client, _ = server.accept()
                    threading.Thread(target=answer, args=(client,), daemon=True).start()

        def answer(client):
            with client, contextlib.suppress(OSError):
                while data := client.recv(100):
                    told.append(data)
                    client.sendall(data)

        threading.Thread(target=serve, daemon=True).start()
        yield server.getsockname()[1], told
        server.shutdown(socket.SHUT_RDWR)


@pytest.fixture
def line(echo):
    with Line("127.0.0.1", echo[0]).served() as line:
        yield line


@pytest.fixture
def call(line):
    with contextlib.ExitStack() as calls:
        yield lambda: calls.enter_context(socket.create_connection(("127.0.0.1", line.port), timeout=5))


def asked(client, words):
    try:
        client.sendall(words)
        return client.recv(100)
    except ConnectionError:
        return b""


def test_it_passes_on(call):
    client = call()
    assert asked(client, b"one") == b"one"
    assert asked(client, b"two") == b"two"


def test_a_cut_ends_what_is_there_and_takes_the_next(line, call):
    client = call()
    assert asked(client, b"one") == b"one"
    line.cut()
    assert asked(client, b"two") == b""
    assert asked(call(), b"three") == b"three"


def test_a_deaf_line_delivers_what_is_asked_and_loses_the_answer(line, call, echo):
    client = call()
    assert asked(client, b"one") == b"one"
    line.cut(deaf=True)
    assert asked(client, b"two") == b""
    assert echo[1] == [b"one", b"two"]
    assert asked(call(), b"three") == b"three"


def test_a_line_that_is_down_takes_nobody_until_it_is_up(line, call):
    client = call()
    line.down()
    assert asked(client, b"one") == b""
    assert asked(call(), b"one") == b""
    line.up()
    assert asked(call(), b"two") == b"two"


def test_a_server_that_is_away_ends_the_call():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with Line("127.0.0.1", port).served() as line, socket.create_connection(("127.0.0.1", line.port)) as client:
        assert asked(client, b"one") == b""
