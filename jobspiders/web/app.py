"""The server's app: the routes, the gate before them, the files of the live page."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.staticfiles import StaticFiles

from jobspiders import __version__
from jobspiders.web import refusals
from jobspiders.web.parts import Parts
from jobspiders.web.routes import boards, jobs, queue, runs, schedules, workers
from jobspiders.web.security import FILES, Gate

ROUTERS = (
    boards.router,
    runs.router,
    workers.router,
    workers.manners,
    queue.router,
    queue.dead,
    schedules.router,
    schedules.loop,
    jobs.router,
    jobs.one,  # the last below /jobs, for its path has room for all others
)
STATIC = Path(__file__).with_name("static")
PAGES = {"/": "index.html", "/docs": "docs.html"}


def make_app(parts: Parts) -> FastAPI:
    """The app over these parts."""
    app = FastAPI(title="jobspiders", version=__version__, docs_url=None, redoc_url=None)
    app.state.parts = parts
    refusals.install(app)
    for router in ROUTERS:
        app.include_router(router)
    for path, name in PAGES.items():
        app.add_route(path, _page(name))
    app.mount(FILES.rstrip("/"), StaticFiles(directory=STATIC))
    app.add_middleware(Gate, token=parts.config.api_token)
    return app


def _page(name: str) -> Callable[[Request], Awaitable[Response]]:
    async def answer(_request: Request) -> Response:
        return FileResponse(STATIC / name)

    return answer
