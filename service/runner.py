"""Reads the texts of jobs, one after the other, in whatever process has the time."""

import asyncio
import logging
from collections.abc import Callable

from anyio import to_thread

from service.engine import Answer, Engine
from service.items import outcome
from service.jobs import MOST_TRIES, Claimed, Jobs
from service.problems import internal

_IDLE = 0.5  # seconds between two looks for work
_log = logging.getLogger("uvicorn.error")


async def run(jobs: Jobs, engine: Engine, count: Callable[[str], None], stopping: asyncio.Event) -> None:
    """Reads what waits until `stopping` is set; the text in hand is finished. `count` hears the code of a failure."""
    while not stopping.is_set():
        try:
            busy = engine.model is not None and await _read_next(jobs, engine, count)
        except Exception:
            _log.exception("a job could not go on; its file is %s", jobs.path)
            busy = False
        if not busy:
            await _pause(stopping)


async def _read_next(jobs: Jobs, engine: Engine, count: Callable[[str], None]) -> bool:
    """Reads one item; False where none waits. The turn comes before the claim: a lease does not run in the queue."""
    if not await to_thread.run_sync(jobs.waiting):
        return False
    async with engine.turn:
        claimed = await to_thread.run_sync(jobs.claim)
        if claimed is None:
            return False
        found = await outcome(_read(claimed, engine), count)
    await to_thread.run_sync(jobs.answer, claimed, found)
    return True


async def _read(claimed: Claimed, engine: Engine) -> Answer:
    if claimed.tries > MOST_TRIES:
        raise internal()
    return await engine.read_now(claimed.text)


async def _pause(stopping: asyncio.Event) -> None:
    try:
        await asyncio.wait_for(stopping.wait(), _IDLE)
    except TimeoutError:
        return
