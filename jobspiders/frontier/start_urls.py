"""Messages that anybody pushes to `<board>:start_urls`, in the form that scrapy-redis knows, as requests.

A message is a URL, or JSON with `url` and optionally `method` and `meta`; its other keys are form data: the query of a
GET, the body of a POST. The answer goes to the board's `parse`.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import Any
from urllib.parse import urlsplit

from scrapy import FormRequest, Request, Spider

SCALARS = str | int | float


def read(message: str, spider: Spider) -> Request:
    """The request that `message` asks for. Raises ValueError, which says why it is refused."""
    wish = _wish(message.strip())
    url, method, meta = wish.pop("url", None), wish.pop("method", "GET"), wish.pop("meta", {})
    if not isinstance(url, str) or not isinstance(method, str) or not isinstance(meta, Mapping):
        raise ValueError("url and method are text, meta is an object")
    refuse_other_hosts(url, hosts(spider))
    form = {name: _form_value(name, value) for name, value in wish.items()}
    callback = getattr(spider, "parse", None)
    return FormRequest(url, method=method.upper(), formdata=form, meta=dict(meta), callback=callback, dont_filter=True)


def hosts(spider: Spider) -> Collection[str] | None:
    """The domains that may be crawled: those that a board declares, or any spider's allowed_domains; None for any."""
    declared: Collection[str] | None = getattr(spider, "hosts", None)
    return declared if declared is not None else getattr(spider, "allowed_domains", None)


def refuse_other_hosts(url: str, allowed: Collection[str] | None) -> None:
    """Raises ValueError for a URL that is not on one of the `allowed` domains (None: any), or not http(s) at all."""
    address = urlsplit(url)
    host = address.hostname or ""
    if address.scheme not in {"http", "https"} or not host:
        raise ValueError(f"{url[:200]!r} is no http(s) URL")
    if allowed is not None and not any(host == domain or host.endswith(f".{domain}") for domain in allowed):
        raise ValueError(f"{host} is none of the board's hosts ({', '.join(allowed) or 'it declares none'})")


def _wish(message: str) -> dict[str, Any]:
    if not message.startswith("{"):
        return {"url": message}
    wish = json.loads(message)
    assert isinstance(wish, dict)
    return wish


def _form_value(name: str, value: Any) -> str | list[str]:
    if isinstance(value, SCALARS):
        return str(value)
    if isinstance(value, list) and all(isinstance(part, SCALARS) for part in value):
        return [str(part) for part in value]
    raise ValueError(f"{name}={value!r} cannot be sent in a form")
