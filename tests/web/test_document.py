"""The OpenAPI document is whole, and the server is what it says: requests made from it find no fault of ours.

A few hundred requests by default; `SCHEMATHESIS_CASES=100` makes that many an operation, a few thousand in all.
"""

from __future__ import annotations

import os
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from sqlalchemy import create_engine
from webserver import parts_for

from jobspiders.config import Config
from jobspiders.web.app import make_app

CASES = int(os.environ.get("SCHEMATHESIS_CASES", "6"))
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


@pytest.fixture(scope="session")
def document(small: httpx.Client) -> dict[str, Any]:
    return small.get("/openapi.json").json()


def test_every_operation_is_described(document: dict[str, Any]) -> None:
    for path, methods in document["paths"].items():
        for method, said in methods.items():
            assert said["description"], (method, path)
            assert said["security"] == [{"HTTPBearer": []}], (method, path)
            assert {"401", "403"} <= set(said["responses"]), (method, path)
            for status, answer in said["responses"].items():
                if status >= "400" and path not in ("/health", "/jobs/health"):
                    content = answer["content"]["application/json"]
                    assert content["schema"]["$ref"].endswith("/Problem"), (method, path, status)
                    assert set(content["example"]) == {"error", "detail"}
                elif status < "300" and status != "204":
                    assert answer["content"], (method, path)


def test_every_schema_is_described(document: dict[str, Any]) -> None:
    bare = [name for name, schema in document["components"]["schemas"].items() if not schema.get("description")]
    assert bare == []


# The document needs no database.
described = schemathesis.openapi.from_dict(make_app(parts_for(Config(), create_engine("sqlite://"))).openapi())


@described.parametrize()
@settings(
    max_examples=CASES,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_no_request_finds_a_fault_of_ours(case: Any, small: httpx.Client) -> None:
    case.call_and_validate(base_url=str(small.base_url), checks=CHECKS, timeout=60)
