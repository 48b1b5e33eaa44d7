"""Asks the service from Python: `Client`, and `AsyncClient` with the same methods to await.

    with Client("http://127.0.0.1:8000") as client:
        report = client.extract(text)
        for outcome in client.read_all([("a", text), ("b", another)]):
            print(outcome["id"], outcome["status"])

This file needs httpx2 and nothing else of the project, so it can be copied to where it is used. Answers are dicts and
lists as the service's /docs describe them. Where the connection fails, or the answer is 502, 503 or 504, a request is
repeated after a pause: extraction changes nothing, and a job has a key that makes it the same job however often posted.

Each method is written once, as a generator that touches no network: it yields steps and is sent what came of them. A
step is a request to send, a stream whose next part is wanted, seconds to pause, or `_Give`. The clients differ only in
how they take a step.
"""

import asyncio
import json
import random
import time
from collections.abc import AsyncIterator, Callable, Generator, Iterable, Iterator
from contextlib import aclosing, closing
from dataclasses import dataclass
from functools import partial, wraps
from itertools import count
from pathlib import Path
from typing import Any, TypeVar
from uuid import uuid4

import httpx2

T = TypeVar("T")
Steps = Generator[Any, Any, T]  # how a method is written: Client returns the T, AsyncClient's T is awaited
Item = str | tuple[str, str]  # a text, or a pair (id, text)

_LOST = (httpx2.TimeoutException, httpx2.NetworkError, httpx2.RemoteProtocolError, httpx2.ProxyError)
_PASSING = (502, 503, 504)
_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 30  # seconds
_WAIT = 30  # seconds that the service may hold back its answer while a job is unfinished


class Refused(Exception):
    """The service said no: `code` tells programs why, `title` and `detail` people. The code is None where something
    other than the service answered. `retry_after`: seconds it asked to wait, 0 where it did not."""

    def __init__(self, status: int, code: str | None, title: str, detail: str, retry_after: int = 0):
        super().__init__(status, code, title, detail, retry_after)
        self.status, self.code, self.title, self.detail, self.retry_after = status, code, title, detail, retry_after

    def __str__(self) -> str:
        return f"{self.status} {self.code}: {self.title}. {self.detail}"


class Unreachable(Exception):
    """No try was answered by the service."""


class _Left(BaseException):
    """Thrown into the steps when whoever iterates leaves before the end. GeneratorExit would let them take no more."""


@dataclass(frozen=True)
class _Give:
    """The step that hands a value to the caller."""

    value: Any


def _driven(driver: str) -> Callable:
    """Makes a method of a generator of steps, which stays at hand as `.steps` for other methods."""

    def made(steps: Callable[..., Steps]) -> Callable:
        @wraps(steps)
        def method(self, *args, **kwargs):
            return getattr(self, driver)(steps(self, *args, **kwargs))

        method.steps = steps
        return method

    return made


_returns, _iterates = _driven("_run"), _driven("_each")


class _Methods:
    """What both clients do. `sleep` makes the pauses and may be replaced."""

    def __init__(self, base_url: str, api_key: str | None = None, tries: int = 5, timeout: float = 60, transport=None):
        """`tries` counts the first one. `timeout`: seconds of silence after which a try is lost. `transport`: one of
        httpx2's, in place of the network."""
        headers = {"X-Api-Key": api_key} if api_key else {}
        self._http = self._connect(base_url=base_url, headers=headers, timeout=timeout, transport=transport)
        self._tries, self._timeout = tries, timeout

    @_returns
    def extract(self, text: str, include: Iterable[str] | None = None) -> Steps[dict]:
        """The report of a text. `include`: the only parts wanted beside the tables, such as ["facts", "checks"]."""
        params = None if include is None else {"include": ",".join(include)}
        return (yield from self._posted("/v1/extract", {"text": text}, params=params))

    @_returns
    def extract_file(self, path: str | Path) -> Steps[dict]:
        """The report of a text file, whose encoding the service recognises. The file's name is not sent."""
        files = {"file": ("report", Path(path).read_bytes())}
        return (yield from self._asked("POST", "/v1/extract", files=files)).json()

    @_returns
    def extract_batch(self, items: Iterable[Item]) -> Steps[list[dict]]:
        """Outcomes in the order of the items: id, status, and report or problem. `info` says how many are taken."""
        return (yield from self._posted("/v1/extract/batch", {"items": [_item(item) for item in items]}))["items"]

    @_returns
    def submit(self, items: Iterable[Item], idempotency_key: str | None = None) -> Steps[dict]:
        """A job, read in the background. The same key with the same items is the same job; None makes a new one."""
        lines = b"".join(_as_json(_item(item)) + b"\n" for item in items)
        headers = {"Content-Type": "application/x-ndjson", "Idempotency-Key": idempotency_key or uuid4().hex}
        return (yield from self._asked("POST", "/v1/jobs", content=lines, headers=headers)).json()

    @_returns
    def job(self, id: str, wait: float = 0) -> Steps[dict]:
        """How far a job is, told when it is finished or after `wait` seconds (at most 60)."""
        options = {"params": {"wait": wait}, "timeout": self._timeout + wait}
        return (yield from self._asked("GET", f"/v1/jobs/{id}", **options)).json()

    @_iterates
    def results(self, id: str) -> Steps[None]:
        """The outcomes of a finished job in the order of its items: number, id, status, and report or problem."""
        request, given = self._http.build_request("GET", f"/v1/jobs/{id}/results"), 0

        def rest(attempt: int) -> Steps[None]:
            """Those that no earlier try gave: a finished job has the same lines each time."""
            nonlocal given
            stream, seen, tail = self._stream(request), 0, b""
            _accepted((yield stream))
            while (chunk := (yield stream)) is not None:
                *lines, tail = (tail + chunk).split(b"\n")  # httpx2's lines would also end at a U+2028 within a text
                for seen, line in enumerate(lines, seen + 1):
                    if seen > given:
                        given = seen
                        yield _Give(json.loads(line))
            if tail:
                raise httpx2.RemoteProtocolError("the last line broke off")

        yield from self._tried(rest)

    @_returns
    def delete(self, id: str) -> Steps[None]:
        """Forgets a job with its results; what is not read yet is not read any more."""
        request = self._http.build_request("DELETE", f"/v1/jobs/{id}")

        def once(attempt: int) -> Steps[None]:
            response = yield request
            if not (attempt and response.status_code == 404):  # then an earlier try did it, and its answer was lost
                _accepted(response)

        yield from self._tried(once)

    @_iterates
    def read_all(self, items: Iterable[Item]) -> Steps[None]:
        """The outcomes of a job that is made for the items, and deleted in the end, also where the caller leaves early
        (of an AsyncClient: by contextlib.aclosing). What must outlive this process takes submit and results."""
        job = yield from self.submit.steps(self, items)
        try:
            while job["status"] != "finished":
                job = yield from self.job.steps(self, job["id"], _WAIT)
            yield from self.results.steps(self, job["id"])
        finally:
            yield from self.delete.steps(self, job["id"])

    @_returns
    def validate(self, report: dict) -> Steps[dict]:
        """Whether the report has the right shape, and every identity of the form whose cells are there."""
        return (yield from self._posted("/v1/validate", report))

    @_returns
    def compare(self, reports: Iterable[dict]) -> Steps[dict]:
        """What follows from year to year in the reports of one agency."""
        return (yield from self._posted("/v1/compare", {"reports": list(reports)}))

    @_returns
    def info(self) -> Steps[dict]:
        """The model that answers, None while it loads, and the limits of the service."""
        return (yield from self._asked("GET", "/v1/info")).json()

    def _posted(self, path: str, value: object, **options) -> Steps[Any]:
        options |= {"content": _as_json(value), "headers": {"Content-Type": "application/json"}}
        return (yield from self._asked("POST", path, **options)).json()

    def _asked(self, method: str, path: str, **options) -> Steps[httpx2.Response]:
        request = self._http.build_request(method, path, **options)

        def once(attempt: int) -> Steps[httpx2.Response]:
            return _accepted((yield request))

        return (yield from self._tried(once))

    def _tried(self, once: Callable[[int], Steps[T]]) -> Steps[T]:
        """What `once` returns, begun again after a pause while tries are left and the trouble may pass."""
        for attempt in count():
            last = attempt + 1 >= self._tries
            try:
                return (yield from once(attempt))
            except Refused as refused:
                if refused.status not in _PASSING or (last and refused.code):
                    raise
                trouble, asked = refused, refused.retry_after
            except _LOST as error:
                trouble, asked = error, 0
            if last:
                raise Unreachable(f"{self._http.base_url}: {attempt + 1} tries, the last: {trouble!r}") from trouble
            yield asked + _backoff(attempt)


class Client(_Methods):
    """The service, asked by calls that return when it has answered. Threads may share one."""

    _connect, sleep = httpx2.Client, staticmethod(time.sleep)

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, *error) -> None:
        self.close()

    def close(self) -> None:
        self._http.close()

    def _run(self, steps: Steps[T]) -> T:
        [value] = self._each(_giving(steps))
        return value

    def _each(self, steps: Steps[None]) -> Iterator[Any]:
        proceed = partial(next, steps)
        while True:
            try:
                step = proceed()
            except (StopIteration, _Left):
                return
            try:
                proceed = partial(steps.send, (yield step.value) if isinstance(step, _Give) else self._take(step))
            except BaseException as error:
                proceed = partial(steps.throw, _Left() if isinstance(error, GeneratorExit) else error)

    def _take(self, step: Any) -> Any:
        if isinstance(step, httpx2.Request):
            return self._http.send(step)
        return self.sleep(step) if isinstance(step, float) else next(step, None)

    def _stream(self, request: httpx2.Request) -> Iterator:
        """The response, which is read where it is a refusal, and then the chunks of its body."""
        with closing(self._http.send(request, stream=True)) as response:
            if not response.is_success:
                response.read()
            yield response
            yield from response.iter_bytes()


class AsyncClient(_Methods):
    """The service, asked by calls to await; `results` and `read_all` are for `async for`."""

    _connect, sleep = httpx2.AsyncClient, staticmethod(asyncio.sleep)

    async def __aenter__(self) -> "AsyncClient":
        return self

    async def __aexit__(self, *error) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        await self._http.aclose()

    async def _run(self, steps: Steps[T]) -> T:
        [value] = [value async for value in self._each(_giving(steps))]
        return value

    async def _each(self, steps: Steps[None]) -> AsyncIterator[Any]:
        proceed = partial(next, steps)
        while True:
            try:
                step = proceed()
            except (StopIteration, _Left):
                return
            try:
                proceed = partial(steps.send, (yield step.value) if isinstance(step, _Give) else await self._take(step))
            except BaseException as error:
                proceed = partial(steps.throw, _Left() if isinstance(error, GeneratorExit) else error)

    async def _take(self, step: Any) -> Any:
        if isinstance(step, httpx2.Request):
            return await self._http.send(step)
        return await (self.sleep(step) if isinstance(step, float) else anext(step, None))

    async def _stream(self, request: httpx2.Request) -> AsyncIterator:
        async with aclosing(await self._http.send(request, stream=True)) as response:
            if not response.is_success:
                await response.aread()
            yield response
            async for chunk in response.aiter_bytes():
                yield chunk


def _giving(steps: Steps[Any]) -> Steps[None]:
    """The same steps, whose result is handed to the caller."""
    yield _Give((yield from steps))


def _item(item: Item) -> dict:
    name, text = (None, item) if isinstance(item, str) else item
    return {"id": name, "text": text}


def _as_json(value: object) -> bytes:
    """In UTF-8. Half of a surrogate pair, which that lacks, becomes its JSON escape, so that the service can refuse the
    one text it stands in and read the others."""
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "backslashreplace")


def _accepted(response: httpx2.Response) -> httpx2.Response:
    """The response, unless it is a refusal, which is raised."""
    if response.is_success:
        return response
    ours = response.headers.get("content-type", "").startswith("application/problem+json")
    problem = response.json() if ours else {"code": None, "title": response.reason_phrase, "detail": ""}
    asked = response.headers.get("retry-after", "")  # a date, the other way to write it, is passed over
    wait = int(asked) if asked.isdecimal() else 0
    raise Refused(response.status_code, problem["code"], problem["title"], problem["detail"], wait)


def _backoff(attempt: int) -> float:
    """Seconds: twice as many each time, less up to a half by chance, so that many clients do not return as one."""
    return min(_LONGEST_PAUSE, _FIRST_PAUSE * 2**attempt) * random.uniform(0.5, 1)
