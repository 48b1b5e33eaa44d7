"""For those who run the service: is it alive, is it ready, which version, how busy. No key is asked for."""

from dataclasses import dataclass

from fastapi import APIRouter, Response

from model.report import SCHEMA_VERSION
from service import problems
from service.engine import Engine
from service.meter import Meter


@dataclass(frozen=True)
class State:
    """Answer of the probes."""

    status: str


@dataclass(frozen=True)
class Version:
    """Of the contract, and of the weights that answer (None while they load)."""

    schema_version: str
    model_version: str | None


def router(engine: Engine, meter: Meter) -> APIRouter:
    routes = APIRouter(tags=["operation"])

    @routes.get("/livez")
    async def livez() -> State:
        """Answers as soon as the process does."""
        return State("alive")

    @routes.get("/readyz", responses=problems.documented("not_ready"))
    async def readyz() -> State:
        """Answers 200 once the model has answered, 503 before."""
        engine.demand_ready()
        return State("ready")

    @routes.get("/version")
    async def version() -> Version:
        """The versions of the contract and of the weights."""
        return Version(SCHEMA_VERSION, engine.model and engine.model.version)

    @routes.get("/metrics", response_class=Response, responses={200: {"content": {"text/plain": {}}}})
    async def metrics() -> Response:
        """Counters of this process in the format of Prometheus."""
        return Response(meter.exposed(), media_type=meter.media_type)

    return routes
