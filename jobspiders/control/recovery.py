"""Which runs are dead, and what is to be done about those that wait or are to end: pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from jobspiders.store.dispatch import Sign
from jobspiders.store.runs import Status

SILENCE = 60.0  # seconds without a heartbeat after which a run is dead; one comes every 5
NOTED = 3.0  # seconds in which whoever started a process notes that it has ended
UNTAKEN = 15.0  # seconds after which a run that was taken, but not handed on, is given back
HANDED = 60.0  # seconds after which it is asked whether a run that was handed on still waits
GIVE_UP = 600.0  # seconds after which a run that no launcher takes is given up
PATIENCE = 8.0  # seconds that a run which was asked to end has to do so by itself
ENDS = 20.0  # seconds after which a run that was asked to end, and says nothing, is taken to have ended


class Step(StrEnum):
    """What is to be done about a run that has not ended."""

    NOTHING = "nothing"
    LAUNCH = "launch"  # hand it to its launcher
    GIVE_BACK = "give back"  # whoever took it is gone
    PRESS = "press"  # it does not end: by force
    ASK = "ask"  # ask the launcher if it still has it
    GIVE_UP = "give up"  # no launcher took it for too long
    BURY = "bury"  # it is dead


@dataclass(frozen=True, slots=True)
class Facts:
    """A run's sign of life, and what the one who looks knows: whether the process is gone for sure, and for how many
    seconds it has looked without a break - before that, silence is no evidence, for the database may have been away.
    """

    sign: Sign
    is_gone: bool
    watched: float


def step(facts: Facts) -> Step:
    """What is to be done about this run."""
    sign, run = facts.sign, facts.sign.run
    if run.status is Status.QUEUED:
        return _waiting(facts)
    silence = min(sign.silence, facts.watched)
    if facts.is_gone and sign.silence > NOTED:
        return Step.BURY
    if silence > SILENCE or (sign.asked is not None and silence > ENDS and sign.asked > ENDS):
        return Step.BURY
    return Step.PRESS if sign.asked is not None and sign.asked > PATIENCE else Step.NOTHING


def _waiting(facts: Facts) -> Step:
    sign, run = facts.sign, facts.sign.run
    if not run.managed:
        return Step.NOTHING
    if run.task_id is not None:
        return Step.ASK if sign.silence > HANDED else Step.NOTHING
    if run.host is not None:
        return Step.GIVE_BACK if facts.is_gone or min(sign.silence, facts.watched) > UNTAKEN else Step.NOTHING
    if sign.age > GIVE_UP and run.launcher != "local":  # a local run waits for room as long as it takes
        return Step.GIVE_UP
    return Step.LAUNCH
