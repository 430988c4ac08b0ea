"""`python -m jobspiders COMMAND` (or `jobspiders COMMAND`): `scrapy COMMAND` from any folder, without a scrapy.cfg."""

from __future__ import annotations

import os

from scrapy.cmdline import execute


def main() -> None:
    """Run Scrapy's command line with this project's settings."""
    os.environ.setdefault("SCRAPY_SETTINGS_MODULE", "jobspiders.settings")
    execute()


if __name__ == "__main__":
    main()
