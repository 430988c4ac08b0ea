"""The environment of the Python processes that tests start: this package, nothing of the operator's, no network."""

from __future__ import annotations

import os
from dataclasses import fields
from pathlib import Path

from jobspiders.config import Config

ROOT = Path(__file__).parent.parent
LOOPBACK = Path(__file__).with_name("loopback")


def environment(**variables: str) -> dict[str, str]:
    """The variables of a new process: those of this one without our configuration, and `variables`."""
    ours = {item.name.upper() for item in fields(Config)}
    kept = {name: value for name, value in os.environ.items() if name not in ours}
    path = os.pathsep.join([str(LOOPBACK), str(ROOT)])
    return kept | {"SCRAPY_SETTINGS_MODULE": "jobspiders.settings", "PYTHONPATH": path, **variables}
