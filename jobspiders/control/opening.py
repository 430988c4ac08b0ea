"""Opens a desk with the launchers that the configuration allows."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Engine

from jobspiders.config import Config
from jobspiders.control.crew import Crew
from jobspiders.control.desk import Desk, manners_of
from jobspiders.control.launchers import Launcher
from jobspiders.control.local import Local
from jobspiders.control.scrapyd import Scrapyd


def open_desk(
    config: Config, engine: Engine, handed_on: Mapping[str, str] | None = None, *, keeps_workers: bool = True
) -> Desk:
    """A desk over an open store. `handed_on` are Scrapy settings (`-s` of a command) for its child processes.

    A wish that names no launcher goes to the frontier if there is one, else to scrapyd if there is one. Over a frontier
    a desk that is tended keeps as many worker processes as the live settings want, if it `keeps_workers`.
    """

    def wanted() -> int:
        return manners_of(config, engine).workers

    def slots() -> int:
        return 1 if config.scrape_mode == "sequential" else wanted()

    launchers: list[Launcher] = []
    if config.redis_url:
        from jobspiders.control.workers import Workers  # no other needs redis-py

        crew = Crew(config, handed_on or {}, wanted) if keeps_workers else None
        launchers.append(Workers(engine, config.redis_url, config.redis_prefix, crew))
    if config.scrapyd_url:
        launchers.append(Scrapyd(engine, config.scrapyd_url, config.scrapyd_project))
    launchers.append(Local(config, engine, handed_on or {}, slots))
    return Desk(config, engine, {launcher.name: launcher for launcher in launchers})
