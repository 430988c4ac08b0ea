"""The environment of the Python processes that tests start (this package, nothing of the operator's, no network), and
settings as their commands take them.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

from jobspiders.config import Config
from jobspiders.control import launchers

ROOT = Path(__file__).parent.parent
LOOPBACK = Path(__file__).with_name("loopback")


def setting_words(given: Mapping[str, Any], **settings: Any) -> list[str]:
    """Scrapy settings as a command takes them: `-s name=value`."""
    return launchers.setting_words({**given, **settings})


def environment(**variables: str) -> dict[str, str]:
    """The variables of a new process: those of this one without our configuration, and `variables`."""
    ours = {item.name.upper() for item in fields(Config)}
    kept = {name: value for name, value in os.environ.items() if name not in ours}
    path = os.pathsep.join([str(LOOPBACK), str(ROOT)])
    return kept | {"SCRAPY_SETTINGS_MODULE": "jobspiders.settings", "PYTHONPATH": path, **variables}
