"""Only for `scrapyd-deploy`, which builds its egg through this file; everything is declared in pyproject.toml."""

from setuptools import setup

setup()
