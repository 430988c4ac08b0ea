"""Requests as JSON and back: data only, so that whoever can write to a queue cannot run code in a worker."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from typing import Any

from scrapy import Request, Spider

# Key of a request's meta: seconds for which a queue is not to hand it out, as before a retry. It is not kept.
DELAY = "frontier_delay"

_DEFAULTS: dict[str, Any] = {"method": "GET", "encoding": "utf-8", "priority": 0, "dont_filter": False}
_PLAIN = ("url", "method", "cookies", "meta", "cb_kwargs", "encoding", "priority", "dont_filter", "flags")
_KNOWN = {*_PLAIN, "callback", "errback", "headers", "body", "body64"}
_VERBATIM = "verbatim_url"  # Scrapy's word in a request's meta for a URL that is to stay as it is
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))  # json.dumps would make one each time


def dumps(request: Request, spider: Spider) -> str:
    """`request` as one line of JSON: callbacks by name, what is as by default left out.

    Raises ValueError for a callback that is no method of the spider, TypeError for meta that is not plain data.
    """
    record = {name: value for name in _PLAIN if (value := getattr(request, name)) and value != _DEFAULTS.get(name)}
    for name in ("callback", "errback"):
        if (method := getattr(request, name)) is not None:
            record[name] = _method_name(method, spider)
    if request.headers:
        record["headers"] = {
            _text(name): [_text(value) for value in values] for name, values in request.headers.items()
        }
    if request.body:
        record |= _body(request.body)
    return _ENCODER.encode(record)


def loads(text: str, spider: Spider) -> Request:
    """The request that `dumps` wrote. Raises ValueError, which says what is wrong, for anything else."""
    record = json.loads(text)
    if not isinstance(record, dict) or not isinstance(record.get("url"), str):
        raise ValueError(f"a request is a JSON object with a url, this is not: {text[:80]}")
    if unknown := record.keys() - _KNOWN:
        raise ValueError(f"a request has no {', '.join(sorted(unknown))}: {text[:80]}")
    for name in ("callback", "errback"):
        if name in record:
            record[name] = _method(record[name], spider)
    if "body64" in record:
        record["body"] = base64.b64decode(record.pop("body64"))
    return _request(record)


def _request(record: dict[str, Any]) -> Request:
    meta = record.pop("meta", None) or {}
    # The URL was made safe when the request was first made, and every request passes here: not again.
    request = Request(**record, meta={**meta, _VERBATIM: True})
    if _VERBATIM not in meta:
        del request.meta[_VERBATIM]
    return request


def _method_name(method: Callable[..., Any], spider: Spider) -> str:
    name: str = getattr(method, "__name__", "")
    if getattr(spider, name, None) == method:
        return name
    raise ValueError(f"{method!r} is no method of {spider.name}: only methods can be queued")


def _method(name: Any, spider: Spider) -> Callable[..., Any]:
    method = getattr(spider, str(name), None)
    if not callable(method):
        raise ValueError(f"{spider.name} has no method {name!r}")
    return method  # type: ignore[no-any-return]


def _text(value: bytes | str) -> str:
    # latin-1 keeps every byte of a header as it is.
    return value.decode("latin-1") if isinstance(value, bytes) else value


def _body(body: bytes) -> dict[str, str]:
    try:
        return {"body": body.decode("utf-8")}
    except UnicodeDecodeError:
        return {"body64": base64.b64encode(body).decode("ascii")}
