import subprocess
import sys

import pytest
from processes import environment


@pytest.fixture(scope="session")
def scrapy():
    """Runs a command in a folder of its own, as a person would: `scrapy("jobs", "--limit", "3", cwd=...)`."""

    def run(*arguments, cwd, **variables):
        return subprocess.run(
            [sys.executable, "-m", "scrapy", *map(str, arguments)],
            check=False, cwd=cwd, env=environment(**variables), capture_output=True, text=True, timeout=110,
        )  # fmt: skip

    return run


@pytest.fixture(scope="session")
def demo(scrapy, tmp_path_factory):
    """A folder in which `scrapy demo` has run, and what it said."""
    folder = tmp_path_factory.mktemp("demo")
    return folder, scrapy("demo", "--jobs", 110, cwd=folder)
