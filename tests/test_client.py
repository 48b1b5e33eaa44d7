"""The client: what it asks, what it tries again and what it raises, alone and against the service."""

import ast
import asyncio
import inspect
import json
import socket
import sqlite3
import sys
import threading
import time
from contextlib import aclosing, closing, contextmanager

import httpx2
import pytest
import uvicorn
from stand_ins import ROOT

from service.app import create_app
from service.client import AsyncClient, Client, Refused, Unreachable
from service.settings import Settings

REPORT = {"status": "ok", "year": 2023}
TEXT = "青禾县水务局2023年政府信息公开工作年度报告"
PROBLEM = {"type": "urn:x", "title": "没有", "status": 404, "detail": "查无此项", "code": "not_found"}


def scripted(*answers, **options):
    """A client to which the answers are given one by one, the last again and again; what it sent, and its pauses.
    An answer is a response, or an error to raise."""
    sent, pauses = [], []

    def answer(request):
        found = answers[min(len(sent), len(answers) - 1)]
        sent.append(request)
        if isinstance(found, Exception):
            raise found
        return httpx2.Response(**found)

    client = Client("http://service.test", transport=httpx2.MockTransport(answer), **options)
    client.sleep = pauses.append
    return client, sent, pauses


def ok(value=REPORT):
    return {"status_code": 200, "json": value}


class Body:
    """Chunks of an answer, and the error with which they break off."""

    def __init__(self, *chunks, error):
        self.chunks, self.error = chunks, error

    def __iter__(self):
        yield from self.chunks
        raise self.error


def cut(*chunks, error):
    return {"status_code": 200, "content": Body(*chunks, error=error)}


def problem(status, code, **headers):
    content = json.dumps(PROBLEM | {"status": status, "code": code}).encode()
    return {
        "status_code": status, "content": content, "headers": {"Content-Type": "application/problem+json"} | headers
    }  # fmt: skip


def test_client_imports_nothing_of_the_project():
    found = set()
    for node in ast.walk(ast.parse((ROOT / "service" / "client.py").read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0
            found.add(node.module.split(".")[0])
    assert found - sys.stdlib_module_names == {"httpx2"}


def test_both_clients_have_the_same_methods():
    def public(kind):
        return {name for name, _ in inspect.getmembers(kind, callable) if not name.startswith("_")}

    assert public(AsyncClient) == public(Client)


def test_text_goes_as_it_is_and_the_report_comes_as_a_dict():
    client, sent, _ = scripted(ok())
    assert client.extract("１２条\r\n\u2028𠮷", include=["facts", "checks"]) == REPORT
    assert json.loads(sent[0].content) == {"text": "１２条\r\n\u2028𠮷"}
    assert dict(sent[0].url.params) == {"include": "facts,checks"}


def test_key_is_sent_only_where_there_is_one():
    for options, key in (({"api_key": "k"}, b"k"), ({"api_key": "钥"}, "钥".encode()), ({}, None)):
        client, sent, _ = scripted(ok(), **options)
        client.info()
        assert dict(sent[0].headers.raw).get(b"X-Api-Key") == key


@pytest.mark.parametrize(
    "trouble",
    [
        httpx2.ConnectError("no"), httpx2.ReadError("cut"), httpx2.ReadTimeout("late"), {"status_code": 502},
        problem(503, "busy"), problem(504, "timed_out"),
    ],
)  # fmt: skip
def test_passing_trouble_is_tried_again(trouble):
    client, sent, pauses = scripted(trouble, trouble, ok())
    assert client.extract(TEXT) == REPORT
    assert (len(sent), len(pauses)) == (3, 2)
    assert len({request.content for request in sent}) == 1


def test_a_service_that_is_not_there_is_unreachable():
    client, sent, _ = scripted(httpx2.ConnectError("no"), tries=3)
    with pytest.raises(Unreachable, match=r"http://service\.test.*3 tries.*no"):
        client.info()
    assert len(sent) == 3


def test_a_service_that_stays_busy_has_refused():
    client, sent, _ = scripted(problem(503, "busy"))
    with pytest.raises(Refused) as caught:
        client.info()
    assert (caught.value.status, caught.value.code, len(sent)) == (503, "busy", 5)


def test_pauses_double_up_to_a_limit_and_vary_by_half():
    client, _, pauses = scripted(httpx2.ConnectError("no"), tries=10)
    with pytest.raises(Unreachable):
        client.info()
    longest = [0.5, 1, 2, 4, 8, 16, 30, 30, 30]
    assert all(most / 2 <= pause <= most for pause, most in zip(pauses, longest, strict=True))


def test_retry_after_is_the_least_pause():
    client, _, pauses = scripted(problem(503, "busy", **{"Retry-After": "7"}), {"status_code": 503}, ok())
    client.info()
    assert 7 <= pauses[0] <= 7.5
    assert pauses[1] <= 1


@pytest.mark.parametrize("status", [400, 401, 404, 409, 413, 415, 422, 500])
def test_a_lasting_refusal_is_raised_with_what_it_says(status):
    client, sent, pauses = scripted(problem(status, "some_code"))
    with pytest.raises(Refused, match=rf"{status} some_code: 没有\. 查无此项"):
        client.extract(TEXT)
    assert (len(sent), pauses) == (1, [])


def test_each_try_of_a_job_carries_the_same_key():
    client, sent, _ = scripted(httpx2.ReadTimeout("late"), ok({"id": "7"}))
    client.submit([TEXT])
    client.submit([TEXT])
    client.submit([TEXT], idempotency_key="mine")
    first, again, other, given = (request.headers["Idempotency-Key"] for request in sent)
    assert first == again != other
    assert given == "mine"


def test_results_are_cut_at_line_feeds_only():
    outcomes = [{"number": 0, "text": "一\u2028二\x85三"}, {"number": 1, "text": "四"}]
    body = b"".join(json.dumps(one, ensure_ascii=False).encode() + b"\n" for one in outcomes)
    client, _, _ = scripted({"status_code": 200, "content": body})
    assert list(client.results("7")) == outcomes


@pytest.mark.parametrize(
    "error", [httpx2.ReadTimeout("late"), httpx2.ReadError("cut"), httpx2.RemoteProtocolError("incomplete")]
)
def test_results_that_break_off_go_on_where_they_broke(error):
    lines = [b'{"number": 0}\n', b'{"number": 1}\n', b'{"number": 2}\n']
    whole = {"status_code": 200, "content": b"".join(lines)}
    client, sent, pauses = scripted(cut(lines[0], lines[1][:4], error=error), cut(*lines[:2], error=error), whole)
    assert [one["number"] for one in client.results("7")] == [0, 1, 2]
    assert (len(sent), len(pauses)) == (3, 2)


def test_results_that_break_off_at_each_try_are_unreachable():
    client, sent, _ = scripted(cut(b'{"number": 0}\n', error=httpx2.ReadError("cut")), tries=3)
    outcomes = client.results("7")
    assert next(outcomes) == {"number": 0}
    with pytest.raises(Unreachable, match=r"3 tries.*cut"):
        next(outcomes)
    assert len(sent) == 3


@pytest.mark.parametrize(
    "trouble",
    [cut(b'{"number": 0}\n', error=httpx2.ReadError("cut")), httpx2.ConnectError("no"), httpx2.ProxyError("no")],
)
@pytest.mark.parametrize("status", ["waiting", "finished"])
def test_a_job_out_of_reach_is_kept_and_the_error_says_where(status, trouble):
    client, sent, _ = scripted(ok({"id": "7", "status": status}), trouble)
    with pytest.raises(Unreachable, match=r"http://service\.test/v1/jobs/7$"):
        list(client.read_all([TEXT]))
    assert "DELETE" not in {request.method for request in sent}


def test_a_job_behind_a_gateway_that_cannot_reach_the_service_is_kept():
    client, sent, _ = scripted(ok({"id": "7", "status": "running"}), {"status_code": 502})
    with pytest.raises(Unreachable, match=r"502.*http://service\.test/v1/jobs/7$"):
        list(client.read_all([TEXT]))
    assert "DELETE" not in {request.method for request in sent}


def test_a_job_whose_results_are_refused_is_deleted():
    client, sent, _ = scripted(ok({"id": "7", "status": "finished"}), problem(401, "unauthorized"))
    with pytest.raises(Refused):
        list(client.read_all([TEXT]))
    assert sent[-1].method == "DELETE"


def test_a_batch_may_take_as_long_as_all_its_texts():
    client, sent, _ = scripted(ok({"items": []}), timeout=7)
    client.extract_batch([TEXT] * 3)
    assert sent[0].extensions["timeout"]["read"] == 21


def test_an_answer_that_is_not_taken_is_closed():
    passing = [Body(b"", error=httpx2.ReadError("never read")) for _ in "12"]
    whole = {"status_code": 200, "content": b'{"number": 0}\n'}
    client, _, _ = scripted(*({"status_code": 503, "content": body} for body in passing), whole)
    assert list(client.results("7")) == [{"number": 0}]


def test_a_job_that_a_lost_try_has_deleted_is_deleted():
    client, sent, _ = scripted(httpx2.ReadTimeout("late"), problem(404, "not_found"))
    client.delete("7")
    assert [request.method for request in sent] == ["DELETE", "DELETE"]


@pytest.mark.parametrize("answers", [[problem(404, "not_found")], [{"status_code": 502}, problem(401, "unauthorized")]])
def test_other_refusals_to_delete_are_raised(answers):
    client, _, _ = scripted(*answers)
    with pytest.raises(Refused, match=r"not_found|unauthorized"):
        client.delete("7")


def test_reading_all_does_not_mind_that_the_job_is_gone():
    body = {"status_code": 200, "content": b'{"number": 0}\n'}
    client, _, _ = scripted(ok({"id": "7", "status": "finished"}), body, problem(404, "not_found"))
    assert list(client.read_all([TEXT])) == [{"number": 0}]


def awaited(*answers):
    """An asynchronous client to which the answers are given, and what it sent."""
    patient = AsyncClient("http://service.test")
    patient._client, sent, _ = scripted(*answers)
    return patient, sent


async def timed_out(reading):
    await asyncio.wait_for(reading, 0.05)


async def cancelled(reading):
    task = asyncio.create_task(reading)
    await asyncio.sleep(0.05)
    task.cancel()
    await task


@pytest.mark.parametrize(("leave", "raised"), [(timed_out, TimeoutError), (cancelled, asyncio.CancelledError)])
@pytest.mark.parametrize("last", [ok({"id": "7", "status": "finished"}), problem(404, "not_found")])
def test_who_leaves_while_an_outcome_is_awaited_is_let_go_and_the_job_deleted(leave, raised, last):
    body = {"status_code": 200, "content": b'{"number": 0}\n'}
    patient, sent = awaited(ok({"id": "7", "status": "waiting"}), {"status_code": 502}, last, body)
    patient._client.sleep = lambda _: time.sleep(0.3)

    async def reading():
        async for _ in patient.read_all([TEXT]):
            pass

    with pytest.raises(raised):
        asyncio.run(leave(reading()))
    assert [request.method for request in sent].index("DELETE") == len(sent) - 1


def test_closing_an_asynchronous_reading_has_deleted_the_job():
    body = {"status_code": 200, "content": b'{"number": 0}\n{"number": 1}\n'}
    patient, sent = awaited(ok({"id": "7", "status": "finished"}), body, {"status_code": 204})

    async def reading():
        async with aclosing(patient.read_all([TEXT])) as outcomes:
            assert await anext(outcomes) == {"number": 0}
        return [request.method for request in sent]

    assert asyncio.run(reading()) == ["POST", "GET", "DELETE"]


@pytest.mark.parametrize("leave_after", [None, 1])
def test_reading_all_posts_waits_fetches_and_deletes(leave_after):
    states = [ok({"id": "7", "status": status}) for status in ("waiting", "running", "finished")]
    body = {"status_code": 200, "content": b'{"number": 0}\n{"number": 1}\n'}
    client, sent, pauses = scripted(*states, body, {"status_code": 204})
    outcomes = client.read_all([TEXT])
    assert next(outcomes) == {"number": 0}
    outcomes.close() if leave_after else list(outcomes)
    assert [f"{request.method} {request.url.path}" for request in sent] == [
        "POST /v1/jobs", "GET /v1/jobs/7", "GET /v1/jobs/7", "GET /v1/jobs/7/results", "DELETE /v1/jobs/7"
    ]  # fmt: skip
    assert pauses == []  # the service waits, not the client


@contextmanager
def served(app):
    """The address of the app, which a thread serves."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
        thread = threading.Thread(target=server.run, args=([listening],))
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(10)


ITEMS = [("a", TEXT), ("b", ""), ("c", "𠮷\u2028\x85")]


def use(url, path):
    path.write_bytes(TEXT.encode("gb18030"))
    with Client(url, api_key="k") as client:
        report = client.extract(TEXT)
        assert client.extract_file(path) == report
        assert client.extract_batch([TEXT])[0]["report"] == report
        assert client.validate(report)["valid"]
        assert client.compare({"year": year} for year in (2023, 2022))["years"] == [2022, 2023]
        job = client.submit(ITEMS, idempotency_key="mine")
        assert client.submit(ITEMS, idempotency_key="mine")["id"] == job["id"]
        assert client.job(job["id"], wait=30)["status"] == "finished"
        outcomes = list(client.results(job["id"]))
        assert [(one["id"], one["status"]) for one in outcomes] == [("a", 200), ("b", 422), ("c", 200)]
        client.delete(job["id"])
        with pytest.raises(Refused, match="not_found"):
            client.job(job["id"])
        assert list(client.read_all(ITEMS)) == outcomes


async def use_async(url):
    async with AsyncClient(url, api_key="k") as client:
        reports = await asyncio.gather(*(client.extract(TEXT) for _ in range(3)))
        assert reports[0] == reports[1] == reports[2]
        assert [one["status"] async for one in client.read_all(ITEMS)] == [200, 422, 200]
    async with AsyncClient(url) as stranger:
        with pytest.raises(Refused, match="unauthorized"):
            await stranger.info()


def test_client_and_service_understand_each_other(silent, tmp_path):
    with served(create_app(Settings(api_key="k", jobs=tmp_path / "jobs.sqlite3"), silent)) as url:
        use(url, tmp_path / "年报.txt")
        asyncio.run(use_async(url))
    with closing(sqlite3.connect(tmp_path / "jobs.sqlite3")) as db:
        assert db.execute("SELECT count(*) FROM jobs").fetchone() == (0,)
