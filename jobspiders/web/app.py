"""The server's app: the routes, the gate before them, the files of the live page."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

from fastapi import Depends, FastAPI
from fastapi.security import HTTPBearer
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.staticfiles import StaticFiles

from jobspiders import __version__
from jobspiders.web import live, looking, metrics, refusals
from jobspiders.web.layers import Headers, Timing
from jobspiders.web.parts import Parts
from jobspiders.web.routes import boards, health, jobs, queue, runs, schedules, workers
from jobspiders.web.security import FILES, Gate

ROUTERS = (
    health.router,
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
ABOUT = """Crawls job boards and serves what was found. Refusals all look alike: `{"error": …, "detail": …}`.

Unless the server is bound to loopback each request needs `Authorization: Bearer <API_TOKEN>`. `WS /jobs/status` sends a
snapshot of runs, queues and workers each second; a browser gives the token there as a second protocol,
`new WebSocket(url, ["jobspiders", "bearer." + base64url(token)])`."""
STATIC = Path(__file__).with_name("static")
PAGES = {"/": "index.html", "/docs": "docs.html"}


def make_app(parts: Parts) -> FastAPI:
    """The app over these parts."""
    app = FastAPI(title="jobspiders", version=__version__, description=ABOUT, docs_url=None, redoc_url=None)
    watch = looking.Watch(parts)
    app.state.parts, app.state.live = parts, live.Live(lambda: watch.snapshot().model_dump_json())
    refusals.install(app)
    for router in ROUTERS:
        app.include_router(router, dependencies=[Depends(HTTPBearer(auto_error=False))])  # the gate decides; this tells
    app.include_router(live.router)
    for path, name in PAGES.items():
        app.add_route(path, _page(name), include_in_schema=False)
    app.mount(FILES.rstrip("/"), GZipMiddleware(StaticFiles(directory=STATIC)))
    app.add_middleware(Gate, token=parts.config.api_token)
    app.add_middleware(Timing, times=metrics.request_times(parts.requests))
    app.add_middleware(Headers)
    return app


def _page(name: str) -> Callable[[Request], Awaitable[Response]]:
    async def answer(_request: Request) -> Response:
        return FileResponse(STATIC / name)

    return answer
