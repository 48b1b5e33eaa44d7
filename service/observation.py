"""Around every request: an id, the time it took, one line in the log, and the counters. Never the text."""

import json
import logging
import re
import time
from collections.abc import Callable
from uuid import uuid4

from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service import problems
from service.meter import Meter

_ID = re.compile(r"[A-Za-z0-9._-]{1,100}")
_GONE = 499  # what a log says where the client hung up before the answer
log = logging.getLogger("nianbao.access")
_events = logging.getLogger("uvicorn.error")
# How `nianbao serve` logs: the lines of requests as they are on standard output, what else happens on standard error.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"bare": {"format": "%(message)s"}, "said": {"format": "%(levelname)s %(message)s"}},
    "handlers": {
        "requests": {"class": "logging.StreamHandler", "formatter": "bare", "stream": "ext://sys.stdout"},
        "events": {"class": "logging.StreamHandler", "formatter": "said", "stream": "ext://sys.stderr"},
    },
    "loggers": {
        "nianbao.access": {"handlers": ["requests"], "level": "INFO", "propagate": False},
        "uvicorn": {"handlers": ["events"], "level": "INFO", "propagate": False},
    },
}


class Observed:
    """Middleware. `model_version` says what answers: it is asked anew for each request, as the model loads late."""

    def __init__(self, app: ASGIApp, meter: Meter, model_version: Callable[[], str]):
        self.app, self.meter, self.model_version = app, meter, model_version

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        begun, status = time.perf_counter(), _GONE
        request_id = _request_id(scope)
        timing = scope.setdefault("state", {})["timing"] = {}  # routes add their parts, in seconds

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                parts = timing | {"total": time.perf_counter() - begun}
                timed = ", ".join(f"{name};dur={1000 * seconds:.1f}" for name, seconds in parts.items())
                said = {"x-request-id": request_id, "x-model-version": self.model_version(), "server-timing": timed}
                message["headers"] += [(name.encode(), value.encode()) for name, value in said.items()]
            await send(message)

        try:
            await self.app(scope, receive, sending)
        except ClientDisconnect:
            pass
        except Exception as error:
            _events.error("request %s failed: %s", request_id, problems.trace(error))
            self.meter.failure("internal_error")
            if status == _GONE:
                await problems.response(problems.internal())(scope, receive, sending)
        finally:
            route = getattr(scope.get("route"), "path", "unknown")
            seconds = time.perf_counter() - begun
            self.meter.request(scope["method"], route, status, seconds)
            line = {
                "id": request_id,
                "method": scope["method"],
                "route": route,
                "status": status,
                "seconds": round(seconds, 4),
            }
            log.info(json.dumps(line | {name: round(part, 4) for name, part in timing.items()}))


def _request_id(scope: Scope) -> str:
    """The client's own id where it is one that can be logged, else a new one."""
    given = dict(scope["headers"]).get(b"x-request-id", b"").decode("latin-1")
    return given if _ID.fullmatch(given) else uuid4().hex
