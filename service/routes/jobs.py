"""Many texts: posted at once, read in the background, fetched when done."""

import asyncio
import json
import tempfile
import time
from collections.abc import Iterator
from typing import Annotated, BinaryIO

from anyio import to_thread
from fastapi import APIRouter, Header, Query, Request, Response
from fastapi.responses import StreamingResponse

from model.errors import NianbaoError
from service import problems
from service.body import parsed, read_lines
from service.items import item, name, refusal
from service.jobs import Entry, Job, Jobs, KeyReused, Occupied
from service.problems import Problem
from service.settings import Settings

MOST_ITEMS = 10_000  # of one job
MOST_WAITING = 50_000  # items of all jobs together
MOST_BYTES = 256_000_000
LONGEST_WAIT = 60  # seconds
NDJSON = "application/x-ndjson"
_LOOK_AGAIN = 0.2  # seconds
_IN_MEMORY = 1_000_000  # bytes of a body; more of it goes to a temporary file
_EXAMPLE = '{"id": "a", "text": "…"}\n{"id": "b", "text": "…"}\n'


class Deleted(NianbaoError):
    """A job that went while its outcomes were on their way."""


def router(jobs: Jobs, settings: Settings) -> APIRouter:
    routes = APIRouter(tags=["jobs"])
    posted = {"required": True, "content": {NDJSON: {"schema": {"type": "string"}, "example": _EXAMPLE}}}

    @routes.post(
        "/v1/jobs",
        status_code=202,
        responses=problems.documented(
            "text_too_long", "unsupported_media_type", "invalid_request", "unauthorized", "key_reused", "busy"
        ),
        openapi_extra={"requestBody": posted},
    )
    async def create(
        request: Request,
        response: Response,
        idempotency_key: Annotated[str | None, Header(min_length=1, max_length=200)] = None,
    ) -> Job:
        """Takes one text a line. The same Idempotency-Key with the same body is the same job, however often posted."""
        if await to_thread.run_sync(_full, jobs, idempotency_key):
            raise _busy("Too many texts wait in jobs; ask again later.")
        with tempfile.SpooledTemporaryFile(_IN_MEMORY) as spool:
            await _spool(request, spool, settings.max_characters)
            entries = _entries(spool, settings.max_characters)
            try:
                job = await to_thread.run_sync(jobs.create, entries, idempotency_key)
            except KeyReused as error:
                raise Problem("key_reused", f"{error}.") from error
            except Occupied as error:
                raise _busy("Other jobs are being stored; ask again later.") from error
        response.headers["Location"] = f"/v1/jobs/{job.id}"
        return job

    @routes.get("/v1/jobs/{job_id}", responses=problems.documented("not_found", "invalid_request", "unauthorized"))
    async def state(job_id: str, wait: Annotated[float, Query(ge=0, le=LONGEST_WAIT)] = 0) -> Job:
        """How far a job is; with `wait`, answered when it is finished, or after so many seconds."""
        until = time.monotonic() + wait
        while (job := await _found(jobs, job_id)).status != "finished" and time.monotonic() < until:
            await asyncio.sleep(_LOOK_AGAIN)
        return job

    @routes.get(
        "/v1/jobs/{job_id}/results",
        response_class=StreamingResponse,
        responses={
            200: {"content": {NDJSON: {"schema": {"type": "string"}}}, "description": "One outcome a line."},
            **problems.documented("not_found", "unfinished", "unauthorized"),
        },
    )
    async def results(job_id: str) -> StreamingResponse:
        """The outcomes of a finished job, a line each, in its order: number, id, status, report or problem."""
        job = await _found(jobs, job_id)
        if job.status != "finished":
            raise Problem(
                "unfinished", f"Ask GET /v1/jobs/{{id}}?wait={LONGEST_WAIT} until it is.", {"Retry-After": "5"}
            )
        return StreamingResponse(_lines(jobs, job), media_type=NDJSON)

    @routes.delete("/v1/jobs/{job_id}", status_code=204, responses=problems.documented("not_found", "unauthorized"))
    async def delete(job_id: str) -> None:
        """Forgets a job with its results; what is not read yet is not read any more."""
        if not await to_thread.run_sync(jobs.delete, job_id):
            raise _unknown()

    return routes


async def _found(jobs: Jobs, job_id: str) -> Job:
    job = await to_thread.run_sync(jobs.find, job_id)
    if job is None:
        raise _unknown()
    return job


def _full(jobs: Jobs, key: str | None) -> bool:
    """Whether no further job is taken; one that came before, by its key, is."""
    return jobs.waiting() >= MOST_WAITING and not (key and jobs.knows(key))


def _busy(detail: str) -> Problem:
    return Problem("busy", detail, {"Retry-After": "60"})


def _lines(jobs: Jobs, job: Job) -> Iterator[str]:
    """The outcomes of a finished job. Where it is deleted meanwhile the answer breaks off: it must not look whole."""
    sent = 0
    for found in jobs.results(job.id):
        yield json.dumps(found, ensure_ascii=False) + "\n"
        sent += 1
    if sent < job.items:
        raise Deleted(f"job {job.id}: deleted after {sent} of {job.items} outcomes were sent")


def _unknown() -> Problem:
    return Problem("not_found", "There is no such job; it may have been deleted.")


async def _spool(request: Request, spool: BinaryIO, max_characters: int) -> None:
    """The body, line by line, into a file: a body that breaks off leaves no job."""
    count = 0
    async for line in read_lines(request, MOST_BYTES, max_characters):
        count += 1
        if count > MOST_ITEMS:
            raise Problem("text_too_long", f"At most {MOST_ITEMS:,} texts are taken; split the job.")
        spool.write(line + b"\n")
    if not count:
        raise Problem("invalid_request", "Send at least one line.")
    spool.seek(0)


def _entries(lines: Iterator[bytes], max_characters: int) -> Iterator[Entry]:
    """Each line as an entry; one that cannot be read carries its refusal."""
    for line in lines:
        value = None
        try:
            value = parsed(_text(line))
            asked = item(value, max_characters)
            yield Entry(asked.id, asked.text)
        except Problem as problem:
            yield Entry(name(value), None, refusal(problem))


def _text(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Problem("wrong_encoding", f"Byte {error.start} of the line is not UTF-8.") from None
