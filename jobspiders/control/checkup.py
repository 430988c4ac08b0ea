"""Finds out what `health` judges: asks the database and Redis, each for a few seconds at most."""

from __future__ import annotations

import asyncio

from sqlalchemy import Engine

from jobspiders.config import Config
from jobspiders.control.health import Findings
from jobspiders.errors import BadConfig, FrontierAway, StoreAway
from jobspiders.frontier.scripts import answering, connect
from jobspiders.store.db import now
from jobspiders.store.schedules import scheduler_records, schedules

PATIENCE = 3.0  # seconds that Redis may take


def examine(config: Config, engine: Engine) -> Findings:
    """How it stands at this moment; what does not answer is a finding, not an error."""
    redis = None if config.redis_url is None else _redis(config.redis_url)
    has_redis = config.redis_url is not None
    try:
        moment = now(engine)
        known = [schedule for schedule in schedules(engine) if schedule.enabled]
        silent = tuple(record.silent for record in scheduler_records(engine))
    except StoreAway as away:
        return Findings(database=str(away), has_redis=has_redis, redis=redis)
    ticks = [schedule.next_run_at for schedule in known if schedule.next_run_at and schedule.overlap == "skip"]
    overdue = max(0.0, (moment - min(ticks)).total_seconds()) if ticks else 0.0
    return Findings(has_redis=has_redis, redis=redis, schedulers=silent, schedules=len(known), overdue=overdue)


def _redis(url: str) -> str | None:
    async def asked() -> None:
        client = connect(url)
        try:
            with answering():
                await asyncio.wait_for(client.time(), PATIENCE)
        finally:
            await client.aclose()

    try:
        asyncio.run(asked())
    except (FrontierAway, BadConfig) as error:
        return str(error)
    except TimeoutError:
        return f"it does not answer within {PATIENCE:g} s"
    return None
