"""HTTP → model. Routes stay thin: unpack, call, answer; `service.problems` turns what goes wrong into an answer."""

import asyncio
import json
from contextlib import asynccontextmanager

from fastapi import Depends, FastAPI

from model.report import SCHEMA_VERSION
from model.tagger import WEIGHTS, Reader, Tagger
from service import access, heap, problems, runner
from service.engine import Engine
from service.head import Headed
from service.jobs import Jobs
from service.meter import Meter
from service.observation import Observed
from service.routes import checks, contract, extraction, jobs, probes
from service.settings import Settings

EXAMPLE = extraction.EXAMPLE
EXAMPLE_REPORT = EXAMPLE.with_suffix(".json")


def create_app(settings: Settings | None = None, tagger: Reader | None = None) -> FastAPI:
    """The service. `settings` None reads the environment, `tagger` None loads the weights the settings name."""
    settings = settings or Settings.from_environment()
    store, meter = Jobs(settings.jobs), Meter(lambda: engine.waiting)
    engine = Engine(
        lambda: tagger or Tagger.load(settings.weights or WEIGHTS), settings.max_waiting, settings.time_limit,
        meter.reading,
    )  # fmt: skip
    app = FastAPI(
        title="nianbao",
        version=SCHEMA_VERSION,
        description="Reads an annual report on government information disclosure (政府信息公开工作年度报告).",
        lifespan=_life(engine, store, meter),
    )
    problems.install(app, meter.failure)
    app.include_router(probes.router(engine, meter))
    for routes in (
        extraction.router(engine, settings, meter), jobs.router(store, settings), checks.router(),
        contract.router(engine, settings),
    ):  # fmt: skip
        app.include_router(routes, dependencies=[Depends(access.demanded(settings.api_key))])
    app.add_middleware(Headed)
    app.add_middleware(Observed, meter=meter, model_version=lambda: engine.model.version if engine.model else "none")
    _show_answer(app)
    return app


def _life(engine: Engine, store: Jobs, meter: Meter):
    """The life of the app: the model loads while the first requests are answered with 503; then jobs are read. At the
    end, the text in hand is finished."""

    @asynccontextmanager
    async def lifespan(app: FastAPI):
        heap.share()
        stopping = asyncio.Event()
        loading = asyncio.create_task(engine.start())
        running = asyncio.create_task(runner.run(store, engine, meter.failure, stopping))
        yield
        stopping.set()
        loading.cancel()
        await asyncio.gather(running, loading, return_exceptions=True)

    return lifespan


def _show_answer(app: FastAPI) -> None:
    """Puts the example's report into the OpenAPI page. FastAPI drops every null from what it is told about a route,
    and a report without its nulls is none, so the example is laid in afterwards. The parts that `include` may leave
    out are not promised."""
    report = app.openapi()["components"]["schemas"]["Report"]
    report["required"] = [key for key in report["required"] if key not in extraction.PARTS]
    answer = app.openapi()["paths"]["/v1/extract"]["post"]["responses"]["200"]["content"]["application/json"]
    answer["example"] = json.loads(EXAMPLE_REPORT.read_text("utf-8"))
