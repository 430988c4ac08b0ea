"""`scrapy serve`: the API, the live page and the schedules, in one process."""

from __future__ import annotations

import argparse
import logging
import sys
from dataclasses import replace

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from scrapy.utils.conf import arglist_to_dict

from jobspiders import logs
from jobspiders.commands.crawl import configured, refuse
from jobspiders.config import SCRAPE_MODES
from jobspiders.errors import JobspidersError

logger = logging.getLogger(__name__)


class Command(ScrapyCommand):
    """`serve`. Ends on SIGTERM or Ctrl-C within 10 seconds, with exit code 0; 2: wrong arguments, or nothing to do
    with the port or the database.
    """

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        """The arguments."""
        return "[options]"

    def short_desc(self) -> str:
        """One line for `scrapy -h`."""
        return "Serve the HTTP API and the live page, and crawl boards on their schedules"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Where, and how."""
        super().add_options(parser)
        parser.add_argument(
            "--host", default="127.0.0.1", help="address to listen on; any but loopback needs API_TOKEN"
        )
        parser.add_argument("--port", type=int, default=8000, help="8000")
        parser.add_argument("--mode", choices=SCRAPE_MODES, help="one board after another, or each on its own clock")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Serve until told to end."""
        if args:
            raise UsageError
        assert self.settings is not None
        from jobspiders.control.loop import Loop
        from jobspiders.control.opening import open_desk
        from jobspiders.store.db import connect
        from jobspiders.web.parts import Parts
        from jobspiders.web.server import bind, serve

        logs.install(self.settings)
        try:
            config = configured(self.settings)
            config = replace(config, scrape_mode=opts.mode or config.scrape_mode)
            with bind(opts.host, opts.port, config.api_token) as listening:
                engine = connect(config.database_url)
                desk = open_desk(config, engine, arglist_to_dict(opts.set))
                host, port = listening.getsockname()[:2]
                print(f"jobspiders: http://{f'[{host}]' if ':' in host else host}:{port}/", file=sys.stderr, flush=True)
                serve(Parts(config, engine, desk, Loop(config, engine, desk, _tell)), listening)
        except JobspidersError as error:
            self.exitcode = refuse("serve", error)


def _tell(line: str) -> None:
    if sys.stderr.isatty():
        print(line, file=sys.stderr, flush=True)
    else:
        logger.info(line, extra={"event": "schedule"})
