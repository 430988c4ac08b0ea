"""A job board that can be counted at: `python tinyboard.py JOBS LATENCY` serves it until its standard input ends.

/list/0 leads to 20 jobs and to /list/1, and so on; /job/N is a job. `?status=503`, `?sleep=0.5`, `?retry_after=2` and
`?to=/job/1` make a page behave. /log answers every request so far: [moment of the monotonic clock, path]. Raw asyncio, for
the site must never be the bottleneck of what it measures.
"""

from __future__ import annotations

import asyncio
import ctypes
import json
import sys
import time
from typing import ClassVar
from urllib.parse import parse_qsl

PER_LIST = 20
FILLER = "<p>" + "lorem ipsum dolor sit amet " * 140 + "</p>"
REASONS = {200: "OK", 302: "Found", 404: "Not Found", 429: "Too Many Requests", 503: "Service Unavailable"}


def length_of(head: bytes) -> int:
    lines = (line for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:"))
    return next((int(line[15:]) for line in lines), 0)


class Site(asyncio.Protocol):
    jobs = 100
    latency = 0.0
    log: ClassVar[list[tuple[float, str]]] = []

    def connection_made(self, transport: asyncio.Transport) -> None:
        self.transport, self.buffer = transport, b""

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        while b"\r\n\r\n" in self.buffer:
            head, _, rest = self.buffer.partition(b"\r\n\r\n")
            length = 0 if head.startswith(b"GET ") else length_of(head)
            if len(rest) < length:
                return
            self.buffer = rest[length:]
            self.answer(head.split(b" ", 2)[1].decode())

    def answer(self, target: str) -> None:
        path, _, words = target.partition("?")
        query = dict(parse_qsl(words)) if words else {}
        if path == "/log":
            self.send(200, json.dumps(Site.log))
            return
        Site.log.append((time.monotonic(), target))
        status, body, extra = self.page(path, query)
        delay = Site.latency + float(query.get("sleep", 0))
        if delay:
            asyncio.get_running_loop().call_later(delay, self.send, status, body, extra)
        else:
            self.send(status, body, extra)

    def page(self, path: str, query: dict[str, str]) -> tuple[int, str, str]:
        if "to" in query:
            return 302, "", f"Location: {query['to']}\r\n"
        status = int(query.get("status", 200))
        extra = f"Retry-After: {query['retry_after']}\r\n" if "retry_after" in query else ""
        _, kind, *rest = path.split("/")
        if kind == "job":
            return status, f"<html><h1>Job {rest[0]}</h1>{FILLER}</html>", extra
        if kind == "list":
            number = int(rest[0])
            first = number * PER_LIST
            links = [f"/job/{job}" for job in range(first, min(first + PER_LIST, Site.jobs))]
            links += [f"/list/{number + 1}"] if first + PER_LIST < Site.jobs else []
            return status, "<html>" + "".join(f'<a href="{link}">x</a>' for link in links) + "</html>", extra
        return 404, "", ""

    def send(self, status: int, body: str, extra: str = "") -> None:
        data = body.encode()
        head = f"HTTP/1.1 {status} {REASONS.get(status, 'X')}\r\nContent-Type: text/html\r\nContent-Length: {len(data)}\r\n{extra}\r\n"
        if not self.transport.is_closing():
            self.transport.write(head.encode() + data)


async def main() -> None:
    Site.jobs, Site.latency = int(sys.argv[1]), float(sys.argv[2])
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Site, "127.0.0.1", 0)
    print(json.dumps({"url": f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"}), flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    ctypes.CDLL(None).prctl(1, 9)
    asyncio.run(main())
