"""HTTP → model. Routes stay thin: unpack, call, answer; `service.problems` turns what goes wrong into an answer."""

import json
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import anyio
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

from model.labels import LABELS, LABELS_VERSION
from model.report import SCHEMA_VERSION, Report
from model.tagger import WEIGHTS, Reader, Tagger
from service import problems
from service.body import read_text
from service.engine import Engine
from service.schema import report_schema
from service.settings import Settings

EXAMPLE = Path(__file__).parent / "example.txt"
EXAMPLE_REPORT = EXAMPLE.with_suffix(".json")
REFUSALS = (
    "invalid_json", "wrong_encoding", "text_too_long", "unsupported_media_type", "empty_text", "invalid_request",
    "internal_error", "not_ready",
)  # fmt: skip


@dataclass(frozen=True)
class Labels:
    """What the model can say of a stretch of text. `labels_version` changes whenever `labels` do."""

    labels_version: str
    labels: list[str]


@dataclass(frozen=True)
class State:
    """Answer of the probes."""

    status: str


def create_app(settings: Settings | None = None, tagger: Reader | None = None) -> FastAPI:
    """The service. `settings` None reads the environment, `tagger` None loads the weights the settings name."""
    settings = settings or Settings.from_environment()
    engine = Engine(lambda: tagger or Tagger.load(settings.weights or WEIGHTS))
    app = FastAPI(
        title="nianbao",
        version=SCHEMA_VERSION,
        description="Reads an annual report on government information disclosure (政府信息公开工作年度报告).",
        lifespan=_loading(engine),
    )
    problems.install(app)
    _add_extraction(app, engine, settings)
    _add_contract(app)
    _add_probes(app, engine)
    _show_answer(app)
    return app


def _loading(engine: Engine):
    """The life of the app: the model loads while the first requests are answered with 503."""

    @asynccontextmanager
    async def lifespan(app: FastAPI):
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(engine.start)
            yield
            tasks.cancel_scope.cancel()

    return lifespan


def _add_extraction(app: FastAPI, engine: Engine, settings: Settings) -> None:
    @app.post(
        "/v1/extract",
        response_model=Report,
        responses=problems.documented(*REFUSALS),
        openapi_extra={"requestBody": _request_body(settings.max_characters)},
    )
    async def extract(request: Request) -> JSONResponse:
        """Reads one report. Offsets count Unicode code points of the text as posted, end exclusive."""
        return JSONResponse(await engine.read(await read_text(request, settings.max_characters)))


def _request_body(max_characters: int) -> dict:
    text, example = {"type": "string", "maxLength": max_characters}, EXAMPLE.read_text("utf-8")
    envelope = {"type": "object", "properties": {"text": text}, "required": ["text"], "additionalProperties": False}
    content = {
        "text/plain": {"schema": text, "example": example},
        "application/json": {"schema": envelope, "example": {"text": example}},
    }
    return {"required": True, "content": content}


def _show_answer(app: FastAPI) -> None:
    """Puts the example's report into the OpenAPI page. FastAPI drops every null from what it is told about a route,
    and a report without its nulls is none, so the example is laid in afterwards."""
    answer = app.openapi()["paths"]["/v1/extract"]["post"]["responses"]["200"]["content"]["application/json"]
    answer["example"] = json.loads(EXAMPLE_REPORT.read_text("utf-8"))


def _add_contract(app: FastAPI) -> None:
    @app.get("/v1/schema")
    async def schema() -> dict:
        """The JSON Schema of a report."""
        return report_schema()

    @app.get("/v1/labels")
    async def labels() -> Labels:
        """The labels that the model gives to stretches of text."""
        return Labels(LABELS_VERSION, list(LABELS))


def _add_probes(app: FastAPI, engine: Engine) -> None:
    @app.get("/livez")
    async def livez() -> State:
        """Answers as soon as the process does."""
        return State("alive")

    @app.get("/readyz", responses=problems.documented("not_ready"))
    async def readyz() -> State:
        """Answers 200 once the model has answered, 503 before."""
        engine.demand_ready()
        return State("ready")
