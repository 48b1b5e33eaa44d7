"""The service against its own OpenAPI document: whatever is sent, every answer is one that the document promises."""

import time
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis import checks
from stand_ins import SilentTagger

from service.app import create_app
from service.settings import Settings

PROMISES = [
    checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
]
FOLDER = TemporaryDirectory()  # the tests are made from the document before any fixture is
APP = create_app(Settings(jobs=Path(FOLDER.name) / "jobs.sqlite3"), SilentTagger())
CONTRACT = schemathesis.openapi.from_asgi("/openapi.json", APP)


@pytest.fixture(scope="module", autouse=True)
def _ready():
    while CONTRACT["/readyz"]["GET"].Case().call().status_code != 200:
        time.sleep(0.01)


@schemathesis.serializer("application/x-ndjson")
def _as_lines(context, value):
    return {"data": str(value).encode()}


@CONTRACT.parametrize()
@settings(max_examples=10, suppress_health_check=list(HealthCheck))
def test_every_answer_is_as_promised(case):
    case.call_and_validate(checks=PROMISES)
