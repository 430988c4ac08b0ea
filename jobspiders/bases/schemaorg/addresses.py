"""Which address is a job's own, and the id that follows from it.

`identifier` is no id: of eight publishers looked at, four put the employer's number, its name or a street number there.
"""

from __future__ import annotations

import hashlib
import re
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from scrapy.http import TextResponse

from jobspiders.bases.markup import is_markup

_TRACKING = re.compile(r"(?:utm_\w+|gclid|fbclid|msclkid|mc_[ce]id)(?:=|$)", re.IGNORECASE)


def plain(address: str) -> str:
    """What two spellings of an address share: no scheme, "www.", last slash, tracking or fragment, parameters in order.

    Raises ValueError for what is no address.
    """
    parts = urlsplit(untracked(address))
    query = urlencode(sorted(parse_qsl(parts.query, keep_blank_values=True)))
    port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    return f"{host_of(address)}{port}{parts.path.rstrip('/')}" + (f"?{query}" if query else "")


def untracked(address: str) -> str:
    """The address without a fragment, and without parameters that tell where a visitor came from."""
    parts = urlsplit(address)
    kept = [part for part in parts.query.split("&") if part and not _TRACKING.match(part)]
    return parts._replace(query="&".join(kept), fragment="").geturl()


def joined(page: str, link: str | None) -> str | None:
    """The address that a link on a page leads to, without tracking and fragment; None for none."""
    try:
        return untracked(urljoin(page, link.strip())) if link else None
    except ValueError:
        return None


def host_of(address: str) -> str:
    """The host in lower case without "www."; empty where there is none. Raises ValueError for what is no address."""
    return (urlsplit(address).hostname or "").removeprefix("www.")


def job_id(address: str, pattern: str | None) -> str:
    """The id of the job at `address`: its host, and what the group of `pattern` finds, or else a hash of the address.

    Raises ValueError for what is no address.
    """
    found = re.search(pattern, address) if pattern else None
    own = found[1] if found and found.re.groups and found[1] else None
    return f"{host_of(address)}:{own or hashlib.blake2b(plain(address).encode(), digest_size=9).hexdigest()}"


def own_address(response: TextResponse) -> str:
    """The page's address: its canonical link where that can be one, or else the address that answered.

    A canonical link to another host, to a list above the page, or without the parameters that make the page is a
    template's slip.
    """
    said = response.css("link[rel=canonical]::attr(href)").get() if is_markup(response) else None
    canonical = joined(response.url, said or response.url) or response.url
    try:
        strange = host_of(canonical) != host_of(response.url) or leads_up(response.url, canonical)
        dropped = not urlsplit(canonical).query and "?" in plain(response.url)
        same_path = urlsplit(canonical).path == urlsplit(response.url).path
        return untracked(response.url) if strange or (dropped and same_path) else canonical
    except ValueError:
        return response.url


def leads_up(page: str, target: str) -> bool:
    """True when `target` is the home page, or a list that `page` lies below."""
    below, above = (urlsplit(address).path.strip("/").split("/") for address in (page, target))
    return above != below and (above == [""] or above == below[: len(above)])
