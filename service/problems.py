"""Refusals of the service, as application/problem+json (RFC 9457) with a named code. The text is never echoed."""

from dataclasses import asdict, dataclass

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from pydantic import TypeAdapter
from starlette.exceptions import HTTPException

MEDIA_TYPE = "application/problem+json"

# Each code with its status and title; the detail says what to do.
CODES = {
    "invalid_json": (400, "The body is not JSON"),
    "wrong_encoding": (400, "The body is not in the charset it declares"),
    "not_found": (404, "There is nothing at this address"),
    "method_not_allowed": (405, "This address does not answer to that method"),
    "text_too_long": (413, "The text is too long"),
    "unsupported_media_type": (415, "The body is of a type that is not read"),
    "empty_text": (422, "The text is empty"),
    "invalid_request": (422, "The JSON body has the wrong shape"),
    "internal_error": (500, "The service failed"),
    "not_ready": (503, "The model is not loaded yet"),
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

    def __init__(self, code: str, detail: str):
        super().__init__(detail)
        status, title = CODES[code]
        self.details = ProblemDetails(f"urn:nianbao:problem:{code}", title, status, detail, code)


def response(problem: Problem, headers: dict[str, str] | None = None) -> JSONResponse:
    """The problem as it goes over the wire."""
    details = problem.details
    return JSONResponse(asdict(details), status_code=details.status, media_type=MEDIA_TYPE, headers=headers)


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


def install(app: FastAPI) -> None:
    """Every failure of `app` answers as a problem, also those that no route of ours raised."""

    @app.exception_handler(Problem)
    async def refused(request: Request, problem: Problem) -> JSONResponse:
        return response(problem)

    @app.exception_handler(HTTPException)
    async def not_routed(request: Request, error: HTTPException) -> JSONResponse:
        code = {404: "not_found", 405: "method_not_allowed"}.get(error.status_code, "internal_error")
        return response(Problem(code, "The addresses and their methods are listed at /docs."), error.headers)

    @app.exception_handler(Exception)
    async def failed(request: Request, error: Exception) -> JSONResponse:
        return response(Problem("internal_error", "The cause is in the service's log; the same text may fail again."))
