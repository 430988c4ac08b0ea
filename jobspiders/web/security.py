"""Who may ask: the token, or on loopback without one this machine's own pages only; and no body above 64 kB.

One ASGI layer around the whole server, so that no route can be forgotten.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import ipaddress
from typing import NamedTuple
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from jobspiders.errors import BadConfig
from jobspiders.web.refusals import body

LARGEST = 64 * 1024  # bytes of a body
PROTOCOL = "jobspiders"  # what the WebSocket speaks
BEARER = "bearer."  # before the token, in base64url, as a second protocol: a browser can't send a header there
READING = {"GET", "HEAD"}
PAGES, FILES = ("/", "/docs"), "/static/"


class Refusal(NamedTuple):
    """Why a request is not passed on."""

    status: int
    error: str
    detail: str


UNAUTHORIZED = Refusal(401, "unauthorized", "give the token: Authorization: Bearer …")
OTHER_HOST = Refusal(403, "forbidden", "without a token this server answers to localhost and 127.0.0.1 only.")
OTHER_ORIGIN = Refusal(403, "forbidden", "without a token this server answers to its own pages only.")
TOO_LARGE = Refusal(413, "too_large", f"the body may have {LARGEST // 1024} kB.")


def check_address(host: str, token: str | None) -> None:
    """Raises BadConfig when others could reach the server and there is no token."""
    if token is None and not is_loopback(host):
        raise BadConfig(f"--host {host}: others can reach it, so set API_TOKEN first, or leave it at 127.0.0.1.")


def is_loopback(host: str) -> bool:
    """True for this machine's address to itself."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class Gate:
    """ASGI: passes on what may pass, and answers the rest by itself."""

    def __init__(self, app: ASGIApp, token: str | None) -> None:
        self.app, self.token = app, token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, or one WebSocket."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        refusal = self._refusal(scope, headers)
        if refusal is None and scope["type"] == "http":
            messages = await _read(receive)
            if messages is not None:
                await self.app(scope, _again(messages, receive), send)
                return
            refusal = TOO_LARGE
        if refusal is None:
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008, "reason": refusal.detail})
        else:
            asks = {"WWW-Authenticate": "Bearer"} if refusal.status == 401 else None
            await body(*refusal, headers=asks)(scope, receive, send)

    def _refusal(self, scope: Scope, headers: Headers) -> Refusal | None:
        if self.token is not None:
            is_open = scope["type"] == "http" and is_page(scope["path"])
            return None if is_open or is_token(said_token(headers), self.token) else UNAUTHORIZED
        host = headers.get("host", "")
        if not is_loopback(host_of(f"//{host}") or ""):
            return OTHER_HOST
        is_reading = scope["type"] == "http" and scope["method"] in READING
        origin = headers.get("origin")
        is_ours = origin is None or origin.partition("://")[2].lower() == host.lower()
        return None if is_reading or is_ours else OTHER_ORIGIN


def is_page(path: str) -> bool:
    """True for the live page and its files, which hold no data and have to be there before the token is asked for."""
    return path in PAGES or path.startswith(FILES)


def host_of(url: str) -> str | None:
    """The name of the host in a URL, None when there is none that could be meant."""
    try:
        return urlsplit(url).hostname
    except ValueError:
        return None


def said_token(headers: Headers) -> str:
    """The token that a request has: in its header, or as a WebSocket's second protocol."""
    scheme, _, token = headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return token.strip()
    for protocol in headers.get("sec-websocket-protocol", "").split(","):
        if protocol.strip().startswith(BEARER):
            return _decoded(protocol.strip().removeprefix(BEARER))
    return ""


def is_token(said: str, token: str) -> bool:
    """True when they are the same; how long it takes does not tell how near they are."""
    return hmac.compare_digest(said.encode("utf-8", "surrogateescape"), token.encode())


def _decoded(text: str) -> str:
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return ""


async def _read(receive: Receive) -> list[Message] | None:
    """The messages of a request's body, None when it is too large."""
    messages, size, more = [], 0, True
    while more:
        message = await receive()
        messages.append(message)
        size += len(message.get("body", b""))
        if size > LARGEST:
            return None
        more = message["type"] == "http.request" and message.get("more_body", False)
    return messages


def _again(messages: list[Message], receive: Receive) -> Receive:
    """A `receive` that gives these messages first."""
    left = iter(messages)

    async def next_message() -> Message:
        return next(left, None) or await receive()

    return next_message
