"""The one tagger of a process: loaded in the background, reading one text at a time."""

import asyncio
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass

from anyio import to_thread

from model.errors import EmptyText, NianbaoError
from model.extract import extract
from model.report import ModelInfo, to_json
from model.tagger import Reader
from service.problems import Problem, trace

_PROBE = "2023年政府信息公开工作年度报告"
_SOON = {"Retry-After": "2"}
_log = logging.getLogger("uvicorn.error")  # the log that a person who starts the service sees


@dataclass(frozen=True)
class Answer:
    """A report in its JSON form, the seconds it `waited` for its turn and those that reading `took`."""

    report: dict
    waited: float
    took: float


class Engine:
    """Ready once the model has answered. One text at a time, since its windows keep every core busy; `max_waiting`
    others may wait for their turn, and none longer than `time_limit` seconds, its own reading included.

    `turn` is held while a text is read, also by one whose client was told that the time is over: reading in a thread
    cannot be broken off. `observe` hears the length and the answer of every text. `waiting`: texts in the queue.
    """

    def __init__(
        self, load: Callable[[], Reader], max_waiting: int, time_limit: float, observe: Callable[[int, Answer], None]
    ):
        self._load, self._observe = load, observe
        self._tagger: Reader | None = None
        self._max_waiting, self._time_limit = max_waiting, time_limit
        self._begun: set[asyncio.Task] = set()
        self.turn, self.waiting = asyncio.Lock(), 0

    @property
    def model(self) -> ModelInfo | None:
        return self._tagger and self._tagger.info

    async def start(self) -> None:
        """Loads the model and has it answer once. A failure is logged and leaves the engine not ready."""
        try:
            self._tagger = await to_thread.run_sync(self._loaded, abandon_on_cancel=True)
        except NianbaoError as error:
            _log.error("%s", error)
        except Exception:
            _log.exception("the model could not be loaded; the service stays up and answers 503")

    def _loaded(self) -> Reader:
        tagger = self._load()
        extract(_PROBE, tagger)
        return tagger

    async def read(self, text: str) -> Answer:
        """The report of a text, or a refusal: at once where too many wait, and when the time limit is over."""
        self.demand_ready()
        if self.waiting >= self._max_waiting:
            raise Problem("busy", f"{self.waiting} texts are waiting; ask again after Retry-After seconds.", _SOON)
        try:
            async with asyncio.timeout(self._time_limit):
                waited = await self._in_turn()
                return await self._awaited(self._begin(text, waited))
        except TimeoutError:
            detail = f"{self._time_limit} seconds are over; send a shorter text, or a job."
            raise Problem("timed_out", detail) from None

    async def _in_turn(self) -> float:
        """Takes the turn, and says how many seconds that took."""
        arrived = time.perf_counter()
        self.waiting += 1
        try:
            await self.turn.acquire()
        finally:
            self.waiting -= 1
        return time.perf_counter() - arrived

    async def _awaited(self, reading: asyncio.Task[Answer]) -> Answer:
        """The answer; who stops waiting leaves the reading to itself."""
        try:
            return await asyncio.shield(reading)
        except asyncio.CancelledError:
            reading.add_done_callback(_log_failure)
            raise

    def _begin(self, text: str, waited: float) -> asyncio.Task[Answer]:
        """Reads on even where nobody waits for the answer any more; the turn ends with the reading."""
        reading = asyncio.create_task(self.read_now(text, waited))
        self._begun.add(reading)  # a task that nothing refers to may vanish
        reading.add_done_callback(self._end)
        return reading

    def _end(self, reading: asyncio.Task) -> None:
        self._begun.discard(reading)
        self.turn.release()

    async def read_now(self, text: str, waited: float = 0) -> Answer:
        """The report of a text however long it takes, for who holds the turn; read in a thread, so that the event loop
        goes on answering."""
        self.demand_ready()
        begun = time.perf_counter()
        try:
            report = await to_thread.run_sync(lambda: to_json(extract(text, self._tagger)))
        except EmptyText as error:
            raise Problem("empty_text", "Send the text of one report.") from error
        answer = Answer(report, waited, time.perf_counter() - begun)
        self._observe(len(text), answer)
        return answer

    def demand_ready(self) -> None:
        if self._tagger is None:
            detail = "Ask again in a few seconds; if that does not help, see the service's log."
            raise Problem("not_ready", detail, _SOON)


def _log_failure(reading: asyncio.Task) -> None:
    """Says what went wrong with a text that nobody waits for any more, without the text."""
    error = None if reading.cancelled() else reading.exception()
    if error and not isinstance(error, Problem):
        _log.error("a text could not be read: %s", trace(error))
