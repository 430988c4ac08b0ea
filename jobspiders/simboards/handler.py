"""Sends what a crawl asks of a board to its replica on loopback, and gives the answer as if the board had given it.

Settings: `DOWNLOAD_HANDLERS` with this class for "http" and "https", and `SIMBOARDS_URL`. Not one byte leaves
loopback: a host that no simboard plays is refused, a proxy is passed over.
"""

from __future__ import annotations

import ipaddress
from urllib.parse import urldefrag, urlsplit

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured, NotSupported
from scrapy.http import Response
from scrapy.utils.httpobj import urlparse_cached

from jobspiders.simboards.boards import HOSTS


class SimboardHandler(HTTP11DownloadHandler):
    """Scrapy's own HTTP/1.1 handler with another address on the envelope."""

    lazy = False

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        url = urlsplit(crawler.settings.get("SIMBOARDS_URL") or "")
        if url.scheme != "http" or not _is_loopback(url.hostname):
            raise NotConfigured("SIMBOARDS_URL is not an http:// address on loopback.")
        self._netloc = url.netloc

    async def download_request(self, request: Request) -> Response:
        """The replica's answer under the address that was asked for. Raises NotSupported for any other host."""
        asked = urlparse_cached(request)
        if asked.hostname not in HOSTS:
            raise NotSupported(f"No simboard plays {asked.hostname!r}; played are {', '.join(HOSTS)}.")
        headers = request.headers.copy()
        headers[b"Host"] = asked.netloc.encode()
        meta = {name: value for name, value in request.meta.items() if name not in {"proxy", "bindaddress"}}
        here = asked._replace(scheme="http", netloc=self._netloc).geturl()
        sent = request.replace(url=here, headers=headers, meta=meta)
        response = await super().download_request(sent)
        request.meta["download_latency"] = sent.meta["download_latency"]
        return response.replace(url=urldefrag(request.url)[0])


def _is_loopback(host: str | None) -> bool:
    try:
        return ipaddress.ip_address(host or "").is_loopback
    except ValueError:
        return False
