"""One class per failure. A docstring says who raises it and what happens next.

Every message is one line that tells what is wrong and what to do, fit to be shown as it is.
"""


class JobspidersError(Exception):
    """The root of them all: what a command catches to print one line and exit with 2."""


class BadConfig(JobspidersError):
    """Raised by `config.read` for a variable of the environment that cannot be used; nothing starts."""


class BadSearch(JobspidersError):
    """Raised by `Search.read` for a search argument that cannot be meant; no request is sent."""


class BoardMisdeclared(JobspidersError):
    """Raised when a board is built whose declarations contradict each other; the other boards go on."""


class BadBoard(JobspidersError):
    """Raised by `boardfile` for a new board that cannot be written as it was asked for; nothing is written."""


class UnknownBoard(JobspidersError):
    """Raised by `registry.board` for a name that no board has."""


class Unreadable(JobspidersError):
    """Raised by a base when a page holds nothing that it can read: neither jobs nor the statement of none."""


class Garbled(Unreadable):
    """Raised instead when the answer is no page at all: neither markup nor JSON."""


class StoreAway(JobspidersError):
    """Raised by the store when the database does not answer; the caller waits and tries again."""


class TooSlow(JobspidersError):
    """Raised by the store for a search that would take longer than whoever asks may wait; a narrower one is quicker."""


class FrontierAway(JobspidersError):
    """Raised by the frontier when Redis does not answer; the worker waits and tries again, its requests are safe."""


class RunInTheWay(JobspidersError):
    """Raised when a worker comes to a board whose run of another search is going on, or for a run that is somebody
    else's by now; it ends.
    """


class UnknownRun(JobspidersError):
    """Raised by the control plane for a run's id that is not stored."""


class BoardBusy(JobspidersError):
    """Raised when a run of a board is queued while another one waits or goes on; `run_id` is that other one."""

    def __init__(self, site_name: str, run_id: str) -> None:
        super().__init__(f"{site_name} has a run that has not ended: {run_id}. Wait for it, or cancel it.")
        self.run_id = run_id


class BadSchedule(JobspidersError):
    """Raised for a schedule, or for manners of a run, that cannot be meant; nothing is stored."""


class LauncherAway(JobspidersError):
    """Raised by a launcher that cannot start or end a run now, as when scrapyd does not answer; tried again later."""


class NoBrowser(JobspidersError):
    """Raised by `crawl` when no browser is found or it does not start; the crawl of that board ends."""
