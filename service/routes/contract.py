"""What a client can rely on: the schema, the labels, the limits, the versions."""

from dataclasses import dataclass

from fastapi import APIRouter

from model.labels import LABELS, LABELS_VERSION
from model.report import SCHEMA_VERSION, ModelInfo
from service import problems
from service.engine import Engine
from service.routes import extraction, jobs
from service.schema import report_schema
from service.settings import Settings


@dataclass(frozen=True)
class Labels:
    """What the model can say of a stretch of text. `labels_version` changes whenever `labels` do."""

    labels_version: str
    labels: list[str]


@dataclass(frozen=True)
class Limits:
    """The most that is taken: characters a text, items a batch or job, texts waiting; `seconds` a text may take."""

    characters: int
    batch_items: int
    batch_bytes: int
    job_items: int
    job_bytes: int
    waiting: int
    seconds: int


@dataclass(frozen=True)
class Info:
    """The model that answers, None while it loads, and the limits of this service."""

    schema_version: str
    model: ModelInfo | None
    limits: Limits


def router(engine: Engine, settings: Settings) -> APIRouter:
    routes = APIRouter(tags=["contract"], responses=problems.documented("unauthorized"))
    limits = Limits(
        settings.max_characters, extraction.MOST_ITEMS, extraction.MOST_BYTES_OF_BATCH, jobs.MOST_ITEMS,
        jobs.MOST_BYTES, settings.max_waiting, settings.time_limit,
    )  # fmt: skip

    @routes.get("/v1/schema")
    async def schema() -> dict:
        """The JSON Schema of a report."""
        return report_schema()

    @routes.get("/v1/labels")
    async def labels() -> Labels:
        """The labels that the model gives to stretches of text."""
        return Labels(LABELS_VERSION, list(LABELS))

    @routes.get("/v1/info")
    async def info() -> Info:
        """The model and the limits of this service."""
        return Info(SCHEMA_VERSION, engine.model, limits)

    return routes
