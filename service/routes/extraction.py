"""Texts in, reports out: one at a time, or a few together."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse
from starlette.requests import ClientDisconnect

from model.report import Report
from service import problems
from service.body import read_json, read_text
from service.engine import Answer, Engine
from service.items import item, name, outcome
from service.meter import Meter
from service.problems import Problem, ProblemDetails
from service.settings import Settings

EXAMPLE = Path(__file__).parents[1] / "example.txt"
MOST_ITEMS = 100  # of a batch
MOST_BYTES_OF_BATCH = 32_000_000
_READING = ("internal_error", "not_ready", "busy", "timed_out")
_BODY = ("wrong_encoding", "text_too_long", "unsupported_media_type", "invalid_json", "invalid_request", "unauthorized")
# The parts of a report that a client can leave out; the official tables and what identifies the report always come.
Part = Literal["contact", "sections", "facts", "checks", "evidence", "warnings"]
PARTS = Part.__args__


@dataclass(frozen=True)
class ItemOutcome:
    """One item of a batch or job: `report` where status is 200, else `problem`."""

    id: str | None
    status: int
    report: Report | None = None
    problem: ProblemDetails | None = None


@dataclass(frozen=True)
class Batch:
    """The outcomes of a batch, in the order of its items."""

    items: list[ItemOutcome]


def router(engine: Engine, settings: Settings, meter: Meter) -> APIRouter:
    routes = APIRouter(tags=["extraction"])
    bodies = _bodies(settings.max_characters)

    async def read(request: Request, text: str) -> Answer:
        answer = await engine.read(text)
        timing = request.state.timing
        timing["queue"] = timing.get("queue", 0) + answer.waited
        timing["model"] = timing.get("model", 0) + answer.took
        return answer

    async def read_item(request: Request, value: object) -> Answer:
        return await read(request, item(value, settings.max_characters).text)

    @routes.post(
        "/v1/extract",
        response_model=Report,
        responses=problems.documented(*_BODY, "empty_text", *_READING),
        openapi_extra={"requestBody": {"required": True, "content": bodies}},
    )
    async def extract(
        request: Request, include: Annotated[str | None, Query(description=_INCLUDE)] = None
    ) -> JSONResponse:
        """Reads one report. Offsets count Unicode code points of the text as posted, end exclusive."""
        left_out = _left_out(include)
        answer = await read(request, await read_text(request, settings.max_characters))
        return JSONResponse({key: value for key, value in answer.report.items() if key not in left_out})

    @routes.post(
        "/v1/extract/batch",
        response_model=Batch,
        responses=problems.documented(*_BODY, "not_ready"),
        openapi_extra={"requestBody": {"required": True, "content": _BATCH}},
    )
    async def batch(request: Request) -> JSONResponse:
        """Reads a few texts, each answered by itself: a bad one spoils nothing."""
        engine.demand_ready()
        answered = []
        for value in _items(await read_json(request, MOST_BYTES_OF_BATCH)):
            if await request.is_disconnected():
                raise ClientDisconnect  # nobody waits for the rest
            answered.append({"id": name(value)} | await outcome(read_item(request, value), meter.failure))
        return JSONResponse({"items": answered})

    return routes


_INCLUDE = f"Only these parts, divided by commas: {', '.join(PARTS)}. All of them unless given."


def _left_out(include: str | None) -> set[str]:
    if include is None:
        return set()
    wanted = {part for part in include.split(",") if part}
    if not wanted <= set(PARTS):
        raise Problem("invalid_request", _INCLUDE)
    return set(PARTS) - wanted


def _items(body: object) -> list:
    items = body.get("items") if isinstance(body, dict) and set(body) == {"items"} else None
    if not isinstance(items, list) or len(items) > MOST_ITEMS:
        raise Problem("invalid_request", f'Send {{"items": [{{"id": …, "text": …}}]}} with at most {MOST_ITEMS} items.')
    return items


def _object(required: list[str], **properties: dict) -> dict:
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _bodies(max_characters: int) -> dict:
    text, example = {"type": "string", "maxLength": max_characters}, EXAMPLE.read_text("utf-8")
    file = {"type": "string", "contentMediaType": "text/plain"}
    return {
        "text/plain": {"schema": text, "example": example},
        "application/json": {"schema": _object(["text"], text=text), "example": {"text": example}},
        "multipart/form-data": {"schema": _object(["file"], file=file)},
    }


_ITEM = _object(["text"], id={"type": "string", "maxLength": 200}, text={"type": "string"})
_BATCH = {
    "application/json": {"schema": _object(["items"], items={"type": "array", "items": _ITEM, "maxItems": MOST_ITEMS})}
}
