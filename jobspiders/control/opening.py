"""Opens a desk with the launchers that the configuration allows."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Engine

from jobspiders.config import Config
from jobspiders.control.desk import Desk
from jobspiders.control.launchers import Launcher
from jobspiders.control.local import Local
from jobspiders.control.manners import Manners
from jobspiders.control.scrapyd import Scrapyd
from jobspiders.control.workers import Workers
from jobspiders.store.manners import stored_manners


def open_desk(config: Config, engine: Engine, handed_on: Mapping[str, str] | None = None) -> Desk:
    """A desk over an open store. `handed_on` are Scrapy settings (`-s` of a command) for the runs of child processes.

    A wish that names no launcher goes to the frontier if there is one, else to scrapyd if there is one.
    """

    def slots() -> int:
        return 1 if config.scrape_mode == "sequential" else Manners.of(stored_manners(engine)).workers

    launchers: list[Launcher] = []
    if config.redis_url:
        launchers.append(Workers(engine, config.redis_url, config.redis_prefix))
    if config.scrapyd_url:
        launchers.append(Scrapyd(engine, config.scrapyd_url, config.scrapyd_project))
    launchers.append(Local(config, engine, handed_on or {}, slots))
    return Desk(config, engine, {launcher.name: launcher for launcher in launchers})
