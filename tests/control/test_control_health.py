"""How it all is: a table."""

from __future__ import annotations

import pytest

from jobspiders.control.health import Findings, judge


@pytest.mark.parametrize(
    ("found", "status", "database", "redis", "scheduler"),
    [
        (Findings(), "ok", "ok", "not used", "not used: there are no schedules"),
        (Findings(schedulers=(2.0,), schedules=3), "ok", "ok", "not used", "ok"),
        (Findings(schedulers=(99.0, 2.0), schedules=3), "ok", "ok", "not used", "ok"),
        (Findings(schedulers=(99.0,), schedules=3), "degraded", "ok", "not used", "down: no scheduler runs"),
        (Findings(schedules=3), "degraded", "ok", "not used", "down: no scheduler runs"),
        (Findings(schedulers=(1.0,), schedules=3, overdue=90), "degraded", "ok", "not used", "degraded: a tick waits"),
        (Findings(has_redis=True), "ok", "ok", "ok", "not used"),
        (Findings(has_redis=True, redis="refused"), "degraded", "ok", "down: refused", "not used"),
        (Findings(database="no route", has_redis=True), "down", "down: no route", "ok", "down: it has no database"),
    ],
)
def test_health(found: Findings, status: str, database: str, redis: str, scheduler: str) -> None:
    health = judge(found)
    assert health.status == status
    for name, said in (("database", database), ("redis", redis), ("scheduler", scheduler)):
        assert health.parts[name].startswith(said), name
