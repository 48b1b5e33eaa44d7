"""Refusals of the service, as application/problem+json (RFC 9457) with a named code. The text is never echoed."""

import traceback
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import TypeAdapter
from starlette.exceptions import HTTPException
from starlette.routing import Match

MEDIA_TYPE = "application/problem+json"

# Each code with its status and title; the detail says what to do.
CODES = {
    "invalid_json": (400, "The body is not JSON"),
    "wrong_encoding": (400, "The body is not in the charset it declares"),
    "unauthorized": (401, "The key is missing or wrong"),
    "not_found": (404, "There is nothing at this address"),
    "method_not_allowed": (405, "This address does not answer to that method"),
    "unfinished": (409, "The job is not finished"),
    "key_reused": (409, "The Idempotency-Key belongs to another body"),
    "not_comparable": (422, "The reports are not several years of one agency"),
    "text_too_long": (413, "The text is too long"),
    "unsupported_media_type": (415, "The body is of a type that is not read"),
    "empty_text": (422, "The text is empty"),
    "invalid_request": (422, "The request has the wrong shape"),
    "internal_error": (500, "The service failed"),
    "not_ready": (503, "The model is not loaded yet"),
    "busy": (503, "Too many texts are waiting"),
    "timed_out": (504, "The text was not read in time"),
}


@dataclass(frozen=True)
class ProblemDetails:
    """What a refusal says: `code` for programs, `title` and `detail` for people."""

    type: str
    title: str
    status: int
    detail: str
    code: str


class Problem(Exception):
    """A refusal, raised anywhere below a route; `detail` names the remedy."""

    def __init__(self, code: str, detail: str, headers: Mapping[str, str] | None = None):
        super().__init__(detail)
        status, title = CODES[code]
        self.headers = headers
        self.details = ProblemDetails(f"urn:nianbao:problem:{code}", title, status, detail, code)


def response(problem: Problem) -> JSONResponse:
    """The problem as it goes over the wire."""
    details = problem.details
    return JSONResponse(asdict(details), status_code=details.status, media_type=MEDIA_TYPE, headers=problem.headers)


def documented(*codes: str) -> dict[int, dict]:
    """The OpenAPI entries of a route that may refuse with `codes`."""
    schema = TypeAdapter(ProblemDetails).json_schema()
    by_status: dict[int, list[str]] = {}
    for code in codes:
        by_status.setdefault(CODES[code][0], []).append(code)
    return {
        status: {
            "description": " or ".join(f"`{c}`: {CODES[c][1]}" for c in named),
            "content": {MEDIA_TYPE: {"schema": schema}},
        }
        for status, named in by_status.items()
    }


def internal() -> Problem:
    """What a client is told of a failure nobody foresaw."""
    return Problem("internal_error", "The cause is in the service's log; the same text may fail again.")


def trace(error: Exception) -> str:
    """Type and place of a failure, for the log. Its message is left out: it may quote the text."""
    return f"{type(error).__name__}\n{''.join(traceback.format_tb(error.__traceback__))}"


def install(app: FastAPI, count: Callable[[str], None]) -> None:
    """Every refusal of `app` answers as a problem, also those that no route of ours raised; `count` hears its code."""

    def answer(problem: Problem) -> JSONResponse:
        count(problem.details.code)
        return response(problem)

    @app.exception_handler(Problem)
    async def refused(request: Request, problem: Problem) -> JSONResponse:
        return answer(problem)

    @app.exception_handler(RequestValidationError)
    async def misshapen(request: Request, error: RequestValidationError) -> JSONResponse:
        places = ", ".join(".".join(map(str, one["loc"])) for one in error.errors())
        return answer(Problem("invalid_request", f"Out of shape: {places}; see /docs."))

    @app.exception_handler(HTTPException)
    async def not_routed(request: Request, error: HTTPException) -> JSONResponse:
        code = {404: "not_found", 405: "method_not_allowed"}.get(error.status_code, "internal_error")
        headers = {"Allow": _allowed(request)} if code == "method_not_allowed" else error.headers
        return answer(Problem(code, "The addresses and their methods are listed at /docs.", headers))


def _allowed(request: Request) -> str:
    """The methods to which an address answers; the framework names those of one route only."""

    def answered(method: str) -> bool:
        scope = dict(request.scope) | {"method": method}
        return any(route.matches(scope)[0] == Match.FULL for route in request.app.routes)

    methods = [method for method in ("DELETE", "GET", "POST") if answered(method)]
    return ", ".join(sorted([*methods, "HEAD"] if "GET" in methods else methods))
