"""The one tagger of a process: loaded in the background, reading one text at a time."""

import logging
from collections.abc import Callable

from anyio import CapacityLimiter, to_thread

from model.errors import EmptyText, NianbaoError
from model.extract import extract
from model.report import to_json
from model.tagger import Reader
from service.problems import Problem

_PROBE = "2023年政府信息公开工作年度报告"
_log = logging.getLogger("uvicorn.error")  # the log that a person who starts the service sees


class Engine:
    """Ready once the model has answered. One text at a time, since ONNX Runtime uses every core for one."""

    def __init__(self, load: Callable[[], Reader]):
        self._load = load
        self._tagger: Reader | None = None
        self._turn = CapacityLimiter(1)

    @property
    def ready(self) -> bool:
        return self._tagger is not None

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

    async def read(self, text: str) -> dict:
        """The report of a text in its JSON form, read in a thread so that the event loop goes on answering."""
        self.demand_ready()
        try:
            return await to_thread.run_sync(self._read, text, limiter=self._turn)
        except EmptyText as error:
            raise Problem("empty_text", "Send the text of one report.") from error

    def demand_ready(self) -> None:
        if not self.ready:
            raise Problem("not_ready", "Ask again in a few seconds; if that does not help, see the service's log.")

    def _read(self, text: str) -> dict:
        return to_json(extract(text, self._tagger))
