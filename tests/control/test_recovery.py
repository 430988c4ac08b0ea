"""What is to be done about a run that has not ended: a table."""

from __future__ import annotations

import pytest

from jobspiders.control.recovery import Facts, Step, step
from jobspiders.store.dispatch import Sign
from jobspiders.store.runs import Run, Status


def sign(status: Status, silence: float = 0, age: float = 0, asked: float | None = None, **more: object) -> Sign:
    given = {"launcher": "local", "managed": True} | more
    return Sign(Run(run_id="r", site_name="glints", status=status, **given), silence, age, asked)


def queued(**more: object) -> Sign:
    return sign(Status.QUEUED, **more)


def running(**more: object) -> Sign:
    return sign(Status.RUNNING, **more)


@pytest.mark.parametrize(
    ("seen", "is_gone", "watched", "expected"),
    [
        (queued(age=1), False, 99, Step.LAUNCH),
        (queued(age=9999), False, 99, Step.LAUNCH),  # it waits for room on this host
        (queued(age=599, launcher="scrapyd"), False, 99, Step.LAUNCH),
        (queued(age=601, launcher="scrapyd"), False, 99, Step.GIVE_UP),
        (queued(managed=False, age=9999), False, 99, Step.NOTHING),
        # somebody has taken it, and is about to start it
        (queued(host="h", silence=10), False, 99, Step.NOTHING),
        (queued(host="h", silence=16), False, 99, Step.GIVE_BACK),
        (queued(host="h", silence=16), False, 10, Step.NOTHING),
        (queued(host="h", silence=1), True, 1, Step.GIVE_BACK),
        # it waits in scrapyd or in the frontier
        (queued(host="h", task_id="t", silence=59, launcher="scrapyd"), False, 99, Step.NOTHING),
        (queued(host="h", task_id="t", silence=61, launcher="scrapyd"), False, 99, Step.ASK),
        (running(silence=59), False, 999, Step.NOTHING),
        (running(silence=61), False, 999, Step.BURY),
        (running(silence=61, managed=False, launcher=None), False, 999, Step.BURY),
        # the database was away, and with it all heartbeats
        (running(silence=999), False, 5, Step.NOTHING),
        (running(silence=999), False, 61, Step.BURY),
        # its process is seen to be gone; but whoever started it may be about to say how it ended
        (running(silence=1), True, 99, Step.NOTHING),
        (running(silence=4), True, 0, Step.BURY),
        (running(asked=5), False, 99, Step.NOTHING),
        (running(asked=9), False, 99, Step.PRESS),
        (running(asked=25, silence=5), False, 99, Step.PRESS),
        (running(asked=25, silence=21), False, 99, Step.BURY),
        (running(asked=1, silence=21), False, 99, Step.NOTHING),
    ],
)
def test_steps(seen: Sign, is_gone: bool, watched: float, expected: Step) -> None:
    assert step(Facts(seen, is_gone, watched)) is expected
