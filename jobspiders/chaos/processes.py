"""Processes that do not outlive the trial, whatever ends it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

HERE = Path(__file__).parents[2]  # where the package is found, whatever the current folder
# Linux ends a process with the one that started it, if it asked for that; elsewhere only `finally` does.
TIED = """
import ctypes, os, sys
if sys.platform == "linux":
    ctypes.CDLL(None).prctl(1, 9)
os.execvp(sys.argv[1], sys.argv[1:])
"""


def spawn(argv: Sequence[str], log: Path, environ: Mapping[str, str] | None = None) -> subprocess.Popen[bytes]:
    """A process whose output goes to the end of `log`. To be called from the main thread, which lives longest."""
    with log.open("ab") as out:
        return subprocess.Popen(  # noqa: S603 - our own programs
            [sys.executable, "-ISc", TIED, *argv],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            cwd=HERE,
            env=environ,
            process_group=0,  # Ctrl-C is for the trial, which ends them itself
        )
