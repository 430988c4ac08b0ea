"""What the routes work with: the parts of the server, made once and handed to each route."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import BoundedSemaphore
from typing import Annotated

from fastapi import Depends
from prometheus_client import CollectorRegistry
from sqlalchemy import Engine
from starlette.requests import HTTPConnection

from jobspiders.config import Config
from jobspiders.control.desk import Desk
from jobspiders.control.loop import Loop

AT_ONCE = 4  # requests that may wait for a run


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of one server."""

    config: Config
    engine: Engine
    desk: Desk
    loop: Loop
    requests: CollectorRegistry = field(default_factory=CollectorRegistry)  # how long they took
    waiting: BoundedSemaphore = field(default_factory=lambda: BoundedSemaphore(AT_ONCE))


def parts(connection: HTTPConnection) -> Parts:
    """The parts of the server that got this request."""
    given = connection.app.state.parts
    assert isinstance(given, Parts)
    return given


Given = Annotated[Parts, Depends(parts)]
