"""How it all is, for people, for whoever restarts what is ill, and for Prometheus."""

from __future__ import annotations

from fastapi import APIRouter, Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest

from jobspiders.web import answers, looking, metrics
from jobspiders.web.parts import Given
from jobspiders.web.refusals import problems

router = APIRouter(tags=["health"], responses=problems(401, 403))


@router.get("/health", responses={503: {"model": answers.Health, "description": "Down"}})
@router.get("/jobs/health", responses={503: {"model": answers.Health, "description": "Down"}})
def health(given: Given, response: Response) -> answers.Health:
    """What works and what does not. 503 when nothing can be read or stored; runs that wait leave it at 200."""
    said = looking.health(given)
    response.status_code = 503 if said.status == "down" else 200
    return said


@router.get("/metrics", response_class=Response, responses={200: {"content": {"text/plain": {}}}})
def prometheus(given: Given) -> Response:
    """Everything that can be counted, in Prometheus' text format."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(metrics.Metrics(given))
    return Response(generate_latest(registry) + generate_latest(given.requests), media_type=CONTENT_TYPE_LATEST)
