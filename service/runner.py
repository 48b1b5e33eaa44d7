"""Reads the texts of jobs, one after the other, in whatever process has the time."""

import asyncio
import logging

from anyio import to_thread

from service.engine import Engine
from service.items import outcome, refusal
from service.jobs import MOST_TRIES, Claimed, Jobs
from service.problems import internal

_IDLE = 0.5  # seconds between two looks for work
_log = logging.getLogger("uvicorn.error")


async def run(jobs: Jobs, engine: Engine, stopping: asyncio.Event) -> None:
    """Reads what waits until `stopping` is set; the text in hand is finished."""
    while not stopping.is_set():
        try:
            busy = engine.model is not None and await _read_next(jobs, engine)
        except Exception:
            _log.exception("a job could not go on; its file is %s", jobs.path)
            busy = False
        if not busy:
            await _pause(stopping)


async def _read_next(jobs: Jobs, engine: Engine) -> bool:
    """Reads one item; False where none waits."""
    claimed = await to_thread.run_sync(jobs.claim)
    if claimed is None:
        return False
    found = await _outcome(claimed, engine)
    await to_thread.run_sync(jobs.answer, claimed, found)
    return True


async def _outcome(claimed: Claimed, engine: Engine) -> dict:
    if claimed.tries > MOST_TRIES:
        return refusal(internal())
    return await outcome(engine.read_in_turn(claimed.text))


async def _pause(stopping: asyncio.Event) -> None:
    try:
        await asyncio.wait_for(stopping.wait(), _IDLE)
    except TimeoutError:
        return
