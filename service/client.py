"""The service from Python: `Client`, and `AsyncClient` with the same methods to await.

    with Client("http://127.0.0.1:8000") as client:
        report = client.extract(text)
        for outcome in client.read_all([("a", text), ("b", another)]):
            print(outcome["id"], outcome["status"])

Needs httpx2 and nothing else of the project. Answers are dicts as the service's /docs describe them. What may pass (no
connection, 502, 503, 504) is tried again: extraction changes nothing, and a job's key makes it the same job each time.
"""

import asyncio
import json
import random
import time
from collections.abc import AsyncGenerator, Iterable, Iterator
from contextlib import closing
from functools import partial, wraps
from itertools import islice
from pathlib import Path
from uuid import uuid4

import httpx2

Item = str | tuple[str, str]  # a text, or (id, text)
_PASSING = (502, 503, 504)
_LOST = (httpx2.TimeoutException, httpx2.NetworkError, httpx2.RemoteProtocolError)
_LONGEST_PAUSE = 30  # seconds
_WAIT = 30  # seconds that the service holds back its answer while a job is unfinished


class Refused(Exception):
    """The service said no: `code` tells programs why, `detail` people what to do."""

    def __init__(self, status: int, code: str, title: str, detail: str):
        super().__init__(f"{status} {code}: {title}. {detail}")
        self.status, self.code, self.title, self.detail = status, code, title, detail


class Unreachable(Exception):
    """No try was answered by the service, or none to the end."""


class Client:
    """The service, asked by calls that return when it has answered. Threads may share one."""

    def __init__(self, base_url: str, api_key: str | None = None, tries: int = 5, timeout: float = 60, transport=None):
        """`tries` counts the first one; `timeout`: seconds of silence after which a try is lost."""
        headers = {"X-Api-Key": api_key.encode()} if api_key else {}
        self._http = httpx2.Client(base_url=base_url, headers=headers, timeout=timeout, transport=transport)
        self._tries, self._timeout, self.sleep = tries, timeout, time.sleep

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, *error) -> None:
        self._http.close()

    def extract(self, text: str, include: Iterable[str] | None = None) -> dict:
        """The report of a text. `include`: the only parts wanted beside the tables, such as ["facts", "checks"]."""
        params = {} if include is None else {"include": ",".join(include)}
        return self._asked("POST", "/v1/extract", json={"text": text}, params=params).json()

    def extract_file(self, path: str | Path) -> dict:
        """The report of a text file, whose encoding the service recognises."""
        return self._asked("POST", "/v1/extract", files={"file": ("report", Path(path).read_bytes())}).json()

    def extract_batch(self, items: Iterable[Item]) -> list[dict]:
        """Outcomes in the order of the items: id, status, and report or problem. `info` says how many are taken."""
        posted = [*map(_item, items)]
        timeout = self._timeout * max(1, len(posted))  # the answer comes when all are read
        return self._asked("POST", "/v1/extract/batch", json={"items": posted}, timeout=timeout).json()["items"]

    def submit(self, items: Iterable[Item], idempotency_key: str | None = None) -> dict:
        """A job, read in the background. The same key with the same items is the same job; None makes a new one."""
        lines = "".join(json.dumps(_item(item)) + "\n" for item in items).encode()
        headers = {"Content-Type": "application/x-ndjson", "Idempotency-Key": idempotency_key or uuid4().hex}
        return self._asked("POST", "/v1/jobs", content=lines, headers=headers).json()

    def job(self, id: str, wait: float = 0) -> dict:
        """How far a job is, told when it is finished or after `wait` seconds (at most 60)."""
        return self._asked("GET", f"/v1/jobs/{id}", params={"wait": wait}, timeout=60 + wait).json()

    def results(self, id: str) -> Iterator[dict]:
        """The outcomes of a finished job in the order of its items: number, id, status, and report or problem.
        Where they break off they are asked for again, and go on after the last that came."""
        come = 0
        for attempt in range(self._tries):
            if attempt:
                self.sleep(_pause(attempt, None))
            try:
                with closing(self._asked("GET", f"/v1/jobs/{id}/results", stream=True)) as response:
                    for line in islice(_lines(response.iter_bytes()), come, None):
                        come += 1
                        yield json.loads(line)
                return
            except _LOST as error:
                trouble = error
        raise self._unreachable(trouble) from trouble

    def delete(self, id: str, missing_ok: bool = False) -> None:
        """Forgets a job with its results; what is not read yet is not read any more. `missing_ok`: no such job will do,
        as it always does after a try that was lost, which may have deleted it."""
        response, lost = self._answered("DELETE", f"/v1/jobs/{id}")
        try:
            _accepted(response)
        except Refused as refusal:
            if refusal.code != "not_found" or not (missing_ok or lost):
                raise

    def read_all(self, items: Iterable[Item]) -> Iterator[dict]:
        """The outcomes of a job that is made for the items, and deleted in the end; but kept when the service gets out
        of reach: `Unreachable` then says at which address."""
        job, kept = self.submit(items), False
        try:
            while job["status"] != "finished":
                job = self.job(job["id"], _WAIT)
            yield from self.results(job["id"])
        except (Unreachable, httpx2.TransportError, Refused) as error:
            kept = not isinstance(error, Refused) or error.status in _PASSING
            if not kept:
                raise
            address = self._http.build_request("GET", f"/v1/jobs/{job['id']}").url
            raise Unreachable(f"{error}; the job is kept at {address}") from error
        finally:
            if not kept:
                self.delete(job["id"], missing_ok=True)

    def validate(self, report: dict) -> dict:
        """Whether the report has the right shape, and every identity of the form whose cells are there."""
        return self._asked("POST", "/v1/validate", json=report).json()

    def compare(self, reports: Iterable[dict]) -> dict:
        """What follows from year to year in the reports of one agency."""
        return self._asked("POST", "/v1/compare", json={"reports": list(reports)}).json()

    def info(self) -> dict:
        """The model that answers, None while it loads, and the limits of the service."""
        return self._asked("GET", "/v1/info").json()

    def _asked(self, method: str, path: str, stream: bool = False, **options) -> httpx2.Response:
        return _accepted(self._answered(method, path, stream, **options)[0])

    def _answered(self, method: str, path: str, stream: bool = False, **options) -> tuple[httpx2.Response, int]:
        """The answer, after as many tries as it takes and are left; and how many were lost before it."""
        request, response = self._http.build_request(method, path, **options), None
        for attempt in range(self._tries):
            if attempt:
                self.sleep(_pause(attempt, response))
            if response is not None:
                response.close()
            response, trouble = self._sent(request, stream)
            if response is not None and response.status_code not in _PASSING:
                break
        if response is None:
            raise self._unreachable(trouble) from trouble
        return response, attempt

    def _sent(self, request: httpx2.Request, stream: bool) -> tuple[httpx2.Response | None, Exception | None]:
        try:
            return self._http.send(request, stream=stream), None
        except _LOST as error:
            return None, error

    def _unreachable(self, trouble: Exception | None) -> Unreachable:
        return Unreachable(f"{self._http.base_url}: {self._tries} tries, the last: {trouble!r}")


class AsyncClient:
    """The same for asyncio, each call in a thread of its own: the service reads one text at a time, threads are few.

    Who may leave `read_all` before its end does so in `contextlib.aclosing`, which waits until the job is deleted.
    """

    def __init__(self, *args, **kwargs):
        self._client = Client(*args, **kwargs)

    async def __aenter__(self) -> "AsyncClient":
        return self

    async def __aexit__(self, *error) -> None:
        self._client.__exit__(*error)

    def results(self, id: str) -> AsyncGenerator[dict, None]:
        return _in_threads(self._client.results(id))

    def read_all(self, items: Iterable[Item]) -> AsyncGenerator[dict, None]:
        return _in_threads(self._client.read_all(items))


def _awaited(method):
    @wraps(method)
    async def call(self, *args, **kwargs):
        return await asyncio.to_thread(method, self._client, *args, **kwargs)

    return call


for _name in ("extract", "extract_file", "extract_batch", "submit", "job", "delete", "validate", "compare", "info"):
    setattr(AsyncClient, _name, _awaited(getattr(Client, _name)))


async def _in_threads(outcomes: Iterator[dict]) -> AsyncGenerator[dict, None]:
    """Who leaves while an outcome is under way waits for it: a generator that runs cannot be closed."""
    # A future and no task: when a loop ends, it cancels every task.
    ask = partial(asyncio.get_running_loop().run_in_executor, None, next, outcomes, None)
    try:
        while (outcome := await asyncio.shield(running := ask())) is not None:
            yield outcome
    finally:
        await asyncio.wait([running])
        await asyncio.to_thread(outcomes.close)


def _item(item: Item) -> dict:
    return {"text": item} if isinstance(item, str) else dict(zip(("id", "text"), item, strict=True))


def _lines(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Cut at line feeds alone: a text may hold other characters that break lines."""
    rest = b""
    for chunk in chunks:
        *lines, rest = (rest + chunk).split(b"\n")
        yield from lines


def _accepted(response: httpx2.Response) -> httpx2.Response:
    """The response, unless it is a refusal, which is raised; whatever is no problem of ours came from elsewhere."""
    if response.is_success:
        return response
    response.read()
    ours = response.headers.get("content-type", "").startswith("application/problem+json")
    problem = response.json() if ours else {}
    said = (problem.get(key, default) for key, default in (("code", "none"), ("title", response.reason_phrase)))
    raise Refused(response.status_code, *said, problem.get("detail", "This was not the service's answer."))


def _pause(attempt: int, response: httpx2.Response | None) -> float:
    """Seconds: what the service asked for, and twice as many each time, less up to a half by chance."""
    asked = response.headers.get("retry-after", "") if response is not None else ""
    return (int(asked) if asked.isdecimal() else 0) + min(_LONGEST_PAUSE, 2 ** (attempt - 2)) * random.uniform(0.5, 1)
