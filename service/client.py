"""Asks the service from Python: `Client`, and `AsyncClient`, whose methods are the same and are awaited.

    with Client("http://127.0.0.1:8000") as client:
        report = client.extract(text)
        for outcome in client.read_all([("a", text), ("b", another)]):
            print(outcome["id"], outcome["status"])

The file needs httpx2 and nothing else of this project, so it can be copied to where it is used. Answers are plain dicts
and lists, as the service's /docs describe them.

Everything is safe to repeat, so everything is repeated after a pause when the connection fails or the answer is 502, 503
or 504: reading a text changes nothing, and a job is posted under a key that makes it the same job each time.

Every method is written once, as a generator that touches no network: it yields steps (a request to send, a pause to
make, …) and is sent what came of them. The two clients differ in how they take a step.
"""

import asyncio
import json
import random
import time
from collections.abc import AsyncIterator, Callable, Generator, Iterable, Iterator
from dataclasses import dataclass
from functools import partial, wraps
from itertools import count
from pathlib import Path
from typing import Any, TypeVar
from uuid import uuid4

import httpx2

T = TypeVar("T")
Steps = Generator[Any, Any, T]  # what a method is written as; Client returns the T, AsyncClient's T is awaited

_LOST = (httpx2.TimeoutException, httpx2.NetworkError, httpx2.RemoteProtocolError, httpx2.ProxyError)
_PASSING = (502, 503, 504)
_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 30.0  # seconds
_WAIT = 30  # seconds that the service holds back its answer while a job is unfinished


class Refused(Exception):
    """The service said no. `code` names the reason for programs, `title` and `detail` for people; None and "" where
    something other than the service answered. `retry_after`: seconds that were asked for, 0 where none were."""

    def __init__(self, status: int, code: str | None, title: str, detail: str, retry_after: int = 0):
        super().__init__(status, code, title, detail, retry_after)
        self.status, self.code, self.title, self.detail, self.retry_after = status, code, title, detail, retry_after

    def __str__(self) -> str:
        return f"{self.status} {self.code or ''}: {self.title}. {self.detail}"


class Unreachable(Exception):
    """No try was answered by the service."""


class _Left(BaseException):
    """Thrown into the steps where whoever iterated has left before the end."""


@dataclass(frozen=True)
class _Open:
    """Send the request and leave the body to come: gives the response and its chunks."""

    request: httpx2.Request


@dataclass(frozen=True)
class _Chunk:
    """Gives the next bytes of an open response, None after the last."""

    chunks: Any


@dataclass(frozen=True)
class _Close:
    response: httpx2.Response


@dataclass(frozen=True)
class _Pause:
    seconds: float


@dataclass(frozen=True)
class _Give:
    """Hand the value to the caller."""

    value: Any


def _driven(driver: str) -> Callable:
    """Makes a method of a generator of steps, which stays at hand as `.steps` for other generators."""

    def made(steps: Callable[..., Steps]) -> Callable:
        @wraps(steps)
        def method(self, *args, **kwargs):
            return getattr(self, driver)(steps(self, *args, **kwargs))

        method.steps = steps
        return method

    return made


_answers, _iterates = _driven("_run"), _driven("_each")


class _Methods:
    """What both clients do. A text is posted alone or, where many are, as itself or as a pair (id, text)."""

    def __init__(self, base_url: str, api_key: str | None = None, tries: int = 5, timeout: float = 60, transport=None):
        """`tries` counts the first one. `timeout`: seconds of silence until a try is lost. `transport`: one of httpx2's,
        in place of the network."""
        headers = {"X-Api-Key": api_key} if api_key else {}
        self._http = self._made_by(base_url=base_url, headers=headers, timeout=timeout, transport=transport)
        self._tries, self._timeout = tries, timeout

    @_answers
    def extract(self, text: str, include: Iterable[str] | None = None) -> Steps[dict]:
        """The report of a text. `include`: the only parts to send beside the tables, such as ["facts", "checks"]."""
        params = None if include is None else {"include": include if isinstance(include, str) else ",".join(include)}
        return (yield from self._posted("/v1/extract", {"text": text}, params=params))

    @_answers
    def extract_file(self, path: str | Path) -> Steps[dict]:
        """The report of a text file, whose encoding the service recognises. Its name is not sent."""
        files = {"file": ("report", Path(path).read_bytes())}
        return (yield from self._asked("POST", "/v1/extract", files=files)).json()

    @_answers
    def extract_batch(self, items: Iterable[str | tuple[str, str]]) -> Steps[list[dict]]:
        """Each text's outcome, in their order: id, status, and report or problem. The service limits how many."""
        return (yield from self._posted("/v1/extract/batch", {"items": [*map(_item, items)]}))["items"]

    @_answers
    def submit(self, items: Iterable[str | tuple[str, str]], idempotency_key: str | None = None) -> Steps[dict]:
        """A job that reads the texts in the background. The same key with the same texts is the same job, also for
        another client; None makes a new job."""
        lines = b"".join(_as_json(_item(item)) + b"\n" for item in items)
        headers = {"Content-Type": "application/x-ndjson", "Idempotency-Key": idempotency_key or uuid4().hex}
        return (yield from self._asked("POST", "/v1/jobs", content=lines, headers=headers)).json()

    @_answers
    def job(self, id: str, wait: float = 0) -> Steps[dict]:
        """How far a job is: once it is finished, or after `wait` seconds (at most 60)."""
        options = {"params": {"wait": wait}, "timeout": self._timeout + wait}
        return (yield from self._asked("GET", f"/v1/jobs/{id}", **options)).json()

    @_iterates
    def results(self, id: str) -> Steps[None]:
        """The outcomes of a finished job, one after the other: number, id, status, and report or problem."""
        request = self._http.build_request("GET", f"/v1/jobs/{id}/results")
        given = 0

        def rest(attempt: int) -> Steps[None]:
            """The lines that no earlier try gave: a finished job has the same ones each time."""
            nonlocal given
            lines = _lines(request)
            for number, line in (yield from _numbered(lines)):
                if number >= given:
                    given += 1
                    yield _Give(json.loads(line))

        yield from self._tried(rest)
