"""Every refusal in one shape: `{"error": …, "detail": …}` with the HTTP status that fits."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse

from jobspiders import errors
from jobspiders.web.answers import Problem


class Refused(Exception):
    """Raised by a route for what it cannot answer; `detail` is one line for people."""

    def __init__(self, status: int, error: str, detail: str) -> None:
        super().__init__(detail)
        self.status, self.error, self.detail = status, error, detail


# The errors of the other rooms, whose message is fit to be shown, with the status that fits.
STATUSES: dict[type[errors.JobspidersError], tuple[int, str]] = {
    errors.UnknownBoard: (404, "unknown_board"),
    errors.UnknownRun: (404, "unknown_run"),
    errors.BoardBusy: (409, "board_busy"),
    errors.BadSearch: (422, "bad_search"),
    errors.BadSchedule: (422, "bad_schedule"),
    errors.BadConfig: (422, "bad_value"),
    errors.TooSlow: (422, "too_slow"),
    errors.StoreAway: (503, "database_away"),
    errors.FrontierAway: (503, "redis_away"),
    errors.LauncherAway: (503, "launcher_away"),
}
# What an HTTP status means where nobody said more.
CODES = {400: "malformed", 401: "unauthorized", 403: "forbidden", 404: "unknown_path", 405: "method_not_allowed"}

MEANING = {
    400: ("malformed", "There was an error parsing the body"),
    401: ("unauthorized", "give the token: Authorization: Bearer …"),
    403: ("forbidden", "this server answers pages of its own address only"),
    404: ("unknown_run", "no run has the id 'glints-20261122-085100-3fa9c1'."),
    409: ("board_busy", "glints has a run that has not ended: glints-20261122-085100-3fa9c1."),
    413: ("too_large", "the body may have 64 kB."),
    422: ("bad_search", "country='Indonesia': give the country's two letters (ISO 3166-1), for example ID, SG or US."),
    429: ("too_many", "four searches are being waited for; ask without mode=sync, or later."),
    503: ("database_away", "postgresql://jobs:***@db/jobs does not answer: connection refused"),
}
EVERYWHERE = (401, 403, 422, 503)


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """These refusals as OpenAPI has them, each with an example."""
    return {
        status: {
            "model": Problem,
            "description": MEANING[status][0].replace("_", " ").capitalize(),
            "content": {
                "application/json": {"example": {"error": MEANING[status][0], "detail": MEANING[status][1]}},
            },
        }
        for status in statuses
    }


def body(status: int, error: str, detail: str, headers: dict[str, str] | None = None) -> JSONResponse:
    """A refusal as a response."""
    return JSONResponse({"error": error, "detail": detail}, status, headers)


def install(app: FastAPI) -> None:
    """Make every error of a route a refusal in this shape."""
    app.add_exception_handler(Refused, _refused)
    app.add_exception_handler(errors.JobspidersError, _ours)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(500, _unexpected)


def _refused(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, Refused)
    return body(error.status, error.error, error.detail)


def _ours(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, errors.JobspidersError)
    status, code = STATUSES.get(type(error), (500, "internal"))
    return body(status, code, str(error))


def _invalid(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"][1:])
    # What was sent is not repeated: it may be large, or no text at all.
    return body(422, "invalid", f"{where}: {first['msg']}" if where else str(first["msg"]))


def _http(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    code = CODES.get(error.status_code, "refused")
    return body(error.status_code, code, str(error.detail), dict(error.headers or {}))


def _unexpected(_request: Request, _error: Exception) -> JSONResponse:
    return body(500, "internal", "a fault of ours; the log has more.")
