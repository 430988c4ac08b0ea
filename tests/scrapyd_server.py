"""Starts a real scrapyd in a folder of its own, on a free port of loopback, with this project deployed as an egg."""

from __future__ import annotations

import base64
import contextlib
import http.client
import json
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from processes import ROOT, environment
from servers import free_port

PATIENCE = 60.0
USER, PASSWORD = "jobs", "s3cr3t"
CONF = """[scrapyd]
bind_address = 127.0.0.1
http_port = {port}
username = {user}
password = {password}
poll_interval = 0.5
max_proc = 2
jobstorage = scrapyd.jobstorage.SqliteJobStorage
"""
# The project as somebody has it who has not changed it: what the egg is made of.
PROJECT = ("jobspiders", "setup.py", "pyproject.toml", "README.md")


@dataclass(slots=True)
class ScrapydServer:
    """A scrapyd that can be stopped and started again. `url` has the name and the password in it."""

    folder: Path
    port: int
    variables: dict[str, str]
    process: subprocess.Popen[bytes] | None = field(default=None)

    @property
    def url(self) -> str:
        return f"http://{USER}:{PASSWORD}@127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it and come back when it answers."""
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-W", "ignore", "-m", "scrapyd"],
                cwd=self.folder,
                stdout=log,
                stderr=log,
                env=environment(**self.variables),
            )
        until = time.monotonic() + PATIENCE
        while True:
            try:
                self.call("GET", "daemonstatus.json")
            except OSError:
                assert self.process.poll() is None, (self.folder / "log").read_text()[-2000:]
                assert time.monotonic() < until, "scrapyd does not answer"
                time.sleep(0.1)
            else:
                return

    def stop(self) -> None:
        """End it as an administrator would. Its jobs live on."""
        if self.process:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(PATIENCE)
            self.process = None

    def deploy(self) -> str:
        """Deploy this project with scrapyd-deploy; what that said."""
        copy = self.folder / "project"
        copy.mkdir()
        for name in PROJECT:
            source = ROOT / name
            if source.is_dir():
                shutil.copytree(source, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(source, copy / name)
        address = f"url = http://127.0.0.1:{self.port}/\nusername = {USER}\npassword = {PASSWORD}\nproject = jobspiders"
        (copy / "scrapy.cfg").write_text(f"[settings]\ndefault = jobspiders.settings\n\n[deploy]\n{address}\n")
        done = subprocess.run(
            [str(Path(sys.executable).with_name("scrapyd-deploy")), "--version", "r1"],
            check=False, cwd=copy, env=environment(), capture_output=True, text=True, timeout=110,
        )  # fmt: skip
        return done.stdout + done.stderr

    def call(self, method: str, path: str, **words: str | list[str]) -> dict[str, Any]:
        """What scrapyd answers, as `curl -d` would get it."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        with contextlib.closing(connection):
            token = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
            headers = {"Authorization": f"Basic {token}", "Content-Type": "application/x-www-form-urlencoded"}
            connection.request(method, f"/{path}", urlencode(words, doseq=True) if words else None, headers)
            return json.loads(connection.getresponse().read())


@contextlib.contextmanager
def scrapyd(folder: Path, **variables: str) -> Iterator[ScrapydServer]:
    """A scrapyd whose jobs have these environment variables."""
    port = free_port()
    (folder / "scrapyd.conf").write_text(CONF.format(port=port, user=USER, password=PASSWORD))
    server = ScrapydServer(folder, port, variables)
    try:
        server.start()
        yield server
    finally:
        server.stop()
