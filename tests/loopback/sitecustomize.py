"""Refuses the outer network to the tests and to every Python process that they start.

Python imports a module of this name at its start when it is on the path (`tests/processes.py` puts it there). An audit
hook sees every connection and look-up of the process, whichever library makes it, and cannot be taken off again.
"""

from __future__ import annotations

import ipaddress
import sys

NEVER = (".invalid", ".test")  # names that exist nowhere (RFC 6761): a look-up of one fails without the network


def refuse_outer_network(event: str, arguments: tuple[object, ...]) -> None:
    """The audit hook. Raises PermissionError for what would leave this machine."""
    if event == "socket.getaddrinfo":
        host = arguments[0]
    elif event in {"socket.connect", "socket.sendto"} and isinstance(arguments[1], tuple):
        host = arguments[1][0]
    else:
        return
    host = host.decode() if isinstance(host, bytes) else host
    if host and host != "localhost" and not str(host).endswith(NEVER) and not _is_loopback(str(host)):
        raise PermissionError(f"a test asks for {host}: tests stay on this machine")


def _is_loopback(host: str) -> bool:
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


sys.addaudithook(refuse_outer_network)
