"""docker/compose.yaml as a test reads it: its services with the variables filled in, as compose would."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

ROOT = Path(__file__).parents[2]
COMPOSE = ROOT / "docker" / "compose.yaml"
VARIABLE = re.compile(r"\$\{(\w+)(?::([-?])([^}]*))?\}")


class Missing(Exception):
    """A variable that must be given."""


def compose(**variables: str) -> dict[str, Any]:
    """The file with these variables. Raises Missing, as compose ends with an error."""
    return filled(YAML(typ="safe").load(COMPOSE.read_text("utf-8")), variables)


def filled(node: Any, variables: dict[str, str]) -> Any:
    if isinstance(node, dict):
        return {name: filled(value, variables) for name, value in node.items()}
    if isinstance(node, list):
        return [filled(value, variables) for value in node]
    return VARIABLE.sub(lambda found: value_of(found, variables), node) if isinstance(node, str) else node


def value_of(found: re.Match[str], variables: dict[str, str]) -> str:
    name, kind, rest = found.groups()
    if variables.get(name):
        return variables[name]
    if kind == "?":
        raise Missing(f"{name}: {rest}")
    return rest or ""
