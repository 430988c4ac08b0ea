"""The launcher `scrapyd`: a run is a job of a scrapyd, which keeps its process and its log."""

from __future__ import annotations

import base64
import http.client
import json
import re
from typing import Any
from urllib.parse import quote, unquote, urlencode, urlsplit

from sqlalchemy import Engine

from jobspiders.config import mask
from jobspiders.control.launchers import hand_on, run_settings
from jobspiders.errors import LauncherAway
from jobspiders.store.runs import Run

PATIENCE = 10.0  # seconds that scrapyd may take to answer; the first call of a new egg lists its spiders
# scrapyd answers "ok" to a job with a slash in its id, and has one slot less from then on.
JOB_ID = re.compile(r"[A-Za-z0-9_-]{1,80}")


class Scrapyd:
    """Starts and ends jobs of `project` in the scrapyd at `url`; a name and a password may stand in the URL."""

    name = "scrapyd"

    def __init__(self, engine: Engine, url: str, project: str) -> None:
        self._engine = engine
        self._url = urlsplit(url)
        self._project = project

    def start(self, run: Run) -> None:
        """A job that waits in scrapyd for a free slot. Its id is the run's."""
        if not JOB_ID.fullmatch(run.run_id):
            raise LauncherAway(f"{run.run_id!r} cannot be the id of a job.")
        settings = [("setting", f"{name}={value}") for name, value in run_settings(run).items()]
        words = [(name, str(value)) for name, value in run.search.items()]
        asked = [("spider", run.site_name), ("jobid", run.run_id), *settings, *words]
        hand_on(self._engine, run, lambda: self._post("schedule.json", asked))

    def cancel(self, run: Run, *, force: bool) -> bool:
        """SIGTERM, or SIGKILL: a callback that never returns notices nothing else."""
        if run.task_id is None or not JOB_ID.fullmatch(run.task_id):
            return False
        answer = self._post("cancel.json", [("job", run.task_id), ("signal", "KILL" if force else "TERM")])
        return force and answer["prevstate"] == "running"

    def is_gone(self, run: Run) -> bool:  # noqa: ARG002 - scrapyd's processes are not ours to see
        """Never known from here."""
        return False

    def has_lost(self, run: Run) -> bool:
        """True when the job neither waits nor runs. (A run that has begun may have outlived a scrapyd that was
        restarted and knows nothing of it: only its silence tells that it is gone.)
        """
        jobs = self._call("GET", f"listjobs.json?{urlencode({'project': self._project})}")
        return not any(job["id"] == run.task_id for state in ("pending", "running") for job in jobs[state])

    def free(self, run: Run) -> None:
        """A process that hangs keeps a slot of scrapyd."""
        self.cancel(run, force=True)

    def log_of(self, run: Run) -> str | None:
        """Where scrapyd shows the job's log."""
        if run.task_id is None:
            return None
        host = self._url.netloc.rpartition("@")[2]
        path = "/".join(map(quote, ("logs", self._project, run.site_name, f"{run.task_id}.log")))
        return f"{self._url.scheme}://{host}{self._url.path.rstrip('/')}/{path}"

    def tend(self) -> None:
        """Its own poller does."""

    def close(self) -> None:
        """Nothing lives in this process."""

    def _post(self, name: str, words: list[tuple[str, str]]) -> dict[str, Any]:
        return self._call("POST", name, urlencode([("project", self._project), *words]))

    def _call(self, method: str, path: str, body: str | None = None) -> dict[str, Any]:
        """What scrapyd answers. It says "error" with status 200, too. Raises LauncherAway."""
        kind = http.client.HTTPSConnection if self._url.scheme == "https" else http.client.HTTPConnection
        connection = kind(self._url.hostname or "", self._url.port, timeout=PATIENCE)
        headers = {"Content-Type": "application/x-www-form-urlencoded", **self._authorization()}
        try:
            connection.request(method, f"{self._url.path.rstrip('/')}/{path}", body, headers)
            answer = json.loads(connection.getresponse().read())
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise LauncherAway(
                f"{mask(self._url.geturl())} does not answer: {error or type(error).__name__}"
            ) from error
        finally:
            connection.close()
        if not isinstance(answer, dict) or answer.get("status") != "ok":
            says = answer.get("message") if isinstance(answer, dict) else answer
            raise LauncherAway(f"{mask(self._url.geturl())} refuses {path.partition('?')[0]}: {says}")
        return answer

    def _authorization(self) -> dict[str, str]:
        if self._url.username is None:
            return {}
        word = f"{unquote(self._url.username)}:{unquote(self._url.password or '')}"
        return {"Authorization": f"Basic {base64.b64encode(word.encode()).decode()}"}
