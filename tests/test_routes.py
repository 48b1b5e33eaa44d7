"""Every address beside the reading of one text: batches, jobs, checks, the contract, keys, and what is observed."""

import asyncio
import gc
import json
import logging
import sqlite3
import threading
import time
from contextlib import closing

import pytest
from fastapi.testclient import TestClient
from jsonschema import Draft202012Validator
from stand_ins import BrokenTagger, SilentTagger, WaitingTagger
from starlette.requests import ClientDisconnect, Request

from service.app import EXAMPLE_REPORT, create_app
from service.jobs import Entry, Jobs
from service.meter import Meter
from service.observation import Observed
from service.routes import jobs as routed
from service.routes.extraction import PARTS
from service.schema import report_schema
from service.settings import Settings

TEXT = "青禾县水务局2023年政府信息公开工作年度报告"
SECRET = "不可回显的内容"
REPORT = json.loads(EXAMPLE_REPORT.read_text("utf-8"))
NDJSON = {"Content-Type": "application/x-ndjson"}


@pytest.fixture
def settings(tmp_path):
    return Settings(max_characters=100, jobs=tmp_path / "jobs.sqlite3")


@pytest.fixture
def client(settings, silent):
    with ready(settings, silent) as client:
        yield client


def ready(settings, tagger):
    """A client of an app whose model has answered, once entered."""

    class Ready(TestClient):
        def __enter__(self):
            entered = super().__enter__()
            while entered.get("/readyz").status_code != 200:
                time.sleep(0.01)
            return entered

    return Ready(create_app(settings, tagger), raise_server_exceptions=False)


def assert_problem(response, status, code):
    assert (response.status_code, response.json()["code"]) == (status, code)
    assert response.headers["content-type"] == "application/problem+json"
    assert SECRET not in response.text


# ---- one text


def test_a_file_can_be_uploaded(client):
    expected = client.post("/v1/extract", json={"text": TEXT}).json()
    for data in (TEXT.encode(), TEXT.encode("gb18030"), TEXT.encode("utf-16")):
        assert client.post("/v1/extract", files={"file": ("年报.txt", data, "text/plain")}).json() == expected


@pytest.mark.parametrize(
    "files",
    [
        {"other": ("a.txt", SECRET.encode(), "text/plain")},
        [("file", ("a.txt", b"1", "text/plain")), ("file", ("b.txt", b"2", "text/plain"))],
    ],
)
def test_an_upload_is_one_part_of_that_name(client, files):
    assert_problem(client.post("/v1/extract", files=files), 422, "invalid_request")


def test_an_upload_that_is_too_long_is_refused(client):
    assert_problem(client.post("/v1/extract", files={"file": ("a.txt", b"0" * 5000)}), 413, "text_too_long")


def test_an_upload_in_an_unknown_charset_is_refused(client):
    files = {"file": ("a.txt", SECRET.encode("big5", "replace"), "text/plain; charset=big5")}
    assert_problem(client.post("/v1/extract", files=files), 415, "unsupported_media_type")


def test_a_body_that_is_no_form_is_refused(client):
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    assert_problem(client.post("/v1/extract", content=SECRET.encode(), headers=headers), 422, "invalid_request")


@pytest.mark.parametrize("charset", ["gb18030", "utf-16"])
def test_a_charset_nobody_declared_is_recognised(client, charset):
    expected = client.post("/v1/extract", json={"text": TEXT}).json()
    headers = {"Content-Type": "text/plain"}
    assert client.post("/v1/extract", content=TEXT.encode(charset), headers=headers).json() == expected


def test_utf_8_that_is_declared_as_gbk_is_refused(client):
    headers = {"Content-Type": "text/plain; charset=gbk"}
    assert_problem(client.post("/v1/extract", content=SECRET.encode(), headers=headers), 400, "wrong_encoding")


def test_parts_that_are_not_asked_for_are_left_out(client):
    whole = client.post("/v1/extract", json={"text": TEXT}).json()
    some = client.post("/v1/extract?include=facts,evidence", json={"text": TEXT}).json()
    assert set(whole) - set(some) == set(PARTS) - {"facts", "evidence"}
    assert some == {key: whole[key] for key in some}
    assert_problem(client.post("/v1/extract?include=everything", json={"text": TEXT}), 422, "invalid_request")


# ---- batches


def test_a_bad_item_spoils_nothing(client):
    items = [
        {"id": "a", "text": TEXT},
        {"id": "b", "text": " "},
        {"id": "c"},
        SECRET,
        {"text": "年" * 101},
        {"text": TEXT},
    ]
    answered = client.post("/v1/extract/batch", json={"items": items}).json()["items"]
    assert [(one["id"], one["status"]) for one in answered] == [
        ("a", 200), ("b", 422), ("c", 422), (None, 422), (None, 413), (None, 200)
    ]  # fmt: skip
    assert [one["problem"]["code"] for one in answered[1:5]] == [
        "empty_text", "invalid_request", "invalid_request", "text_too_long"
    ]  # fmt: skip
    check = Draft202012Validator(report_schema())
    assert all(check.is_valid(one["report"]) for one in (answered[0], answered[5]))


def test_an_item_that_breaks_the_model_costs_only_itself(settings):
    with ready(settings, BrokenTagger(SECRET)) as client:
        items = [{"text": SECRET}, {"text": TEXT}]
        answered = client.post("/v1/extract/batch", json={"items": items})
        assert [one["status"] for one in answered.json()["items"]] == [500, 200]
        assert SECRET not in answered.text


@pytest.mark.parametrize("body", [[], {}, {"items": {}}, {"items": [{"text": TEXT}] * 101}, {"items": [], "more": 1}])
def test_a_batch_of_another_shape_is_refused(client, body):
    assert_problem(client.post("/v1/extract/batch", json=body), 422, "invalid_request")


# ---- jobs


def lines(*items):
    return "\n".join(item if isinstance(item, str) else json.dumps(item) for item in items).encode()


def finished(client, job):
    state = client.get(f"/v1/jobs/{job['id']}?wait=10").json()
    assert state["status"] == "finished"
    return state


def test_a_job_is_taken_read_and_fetched(client):
    response = client.post(
        "/v1/jobs", content=lines({"id": "a", "text": TEXT}, "{" + SECRET, "", {"text": " "}), headers=NDJSON
    )
    assert response.status_code == 202
    assert response.headers["location"] == f"/v1/jobs/{response.json()['id']}"
    state = finished(client, response.json())
    assert (state["items"], state["done"], state["failed"]) == (3, 1, 2)
    results = client.get(response.headers["location"] + "/results")
    assert results.headers["content-type"].startswith("application/x-ndjson")
    told = [json.loads(line) for line in results.text.splitlines()]
    assert [(one["number"], one["id"], one["status"]) for one in told] == [
        (0, "a", 200),
        (1, None, 400),
        (2, None, 422),
    ]
    assert told[0]["report"] == client.post("/v1/extract", json={"text": TEXT}).json()
    assert SECRET not in results.text


def test_a_job_that_is_posted_again_is_the_same_job(client):
    posted = [
        client.post("/v1/jobs", content=lines({"text": TEXT}), headers=NDJSON | {"Idempotency-Key": "k"}).json()["id"]
        for _ in range(3)
    ]
    assert len(set(posted)) == 1
    other = client.post("/v1/jobs", content=lines({"text": "别的"}), headers=NDJSON | {"Idempotency-Key": "k"})
    assert_problem(other, 409, "key_reused")


def test_a_job_that_came_before_is_found_however_many_wait(client, monkeypatch):
    posted = {"content": lines({"text": TEXT}), "headers": NDJSON | {"Idempotency-Key": "k"}}
    job = client.post("/v1/jobs", **posted).json()
    monkeypatch.setattr("service.routes.jobs.MOST_WAITING", 0)
    assert client.post("/v1/jobs", **posted).json()["id"] == job["id"]
    assert_problem(client.post("/v1/jobs", content=lines({"text": TEXT}), headers=NDJSON), 503, "busy")


def test_a_file_that_others_keep_is_busy_and_keeps_no_text_waiting(client, settings, monkeypatch):
    monkeypatch.setattr("service.jobs._PATIENCE", 0.05)
    client.post("/v1/jobs", content=lines(*[{"text": TEXT}] * 3), headers=NDJSON)
    with closing(sqlite3.connect(settings.jobs)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert_problem(client.post("/v1/jobs", content=lines({"text": TEXT}), headers=NDJSON), 503, "busy")
        assert client.post("/v1/extract", json={"text": TEXT}).status_code == 200


def test_results_of_a_job_that_is_deleted_meanwhile_break_off(settings):
    jobs = Jobs(settings.jobs)
    job = jobs.create(Entry(None, None, {"status": 422, "problem": {}}) for _ in range(250))
    sent = routed._lines(jobs, job)
    assert [next(sent) for _ in range(50)]
    jobs.delete(job.id)
    with pytest.raises(routed.Deleted, match="100 of 250"):
        list(sent)


def test_lines_are_in_utf_8(client):
    headers = {"Content-Type": "application/x-ndjson; charset=gb18030"}
    body = lines({"text": TEXT}).decode().encode("gb18030")
    assert_problem(client.post("/v1/jobs", content=body, headers=headers), 415, "unsupported_media_type")


def test_a_line_longer_than_any_text_is_refused_while_it_arrives(client):
    assert_problem(client.post("/v1/jobs", content=b"[" * 5000, headers=NDJSON), 413, "text_too_long")


def test_jobs_survive_a_restart(settings, silent):
    blocked = WaitingTagger()  # never answers, so that nothing is read before the restart
    with TestClient(create_app(settings, blocked)) as client:
        job = client.post("/v1/jobs", content=lines(*[{"text": TEXT}] * 3), headers=NDJSON).json()
        assert client.get(f"/v1/jobs/{job['id']}").json()["status"] == "waiting"
        blocked.go.set()
        blocked.go.clear()
    with ready(settings, silent) as client:
        assert finished(client, job)["done"] == 3


def test_an_item_that_takes_its_readers_down_is_given_up(settings, silent, monkeypatch):
    monkeypatch.setattr("service.jobs._LEASE", -1)
    jobs = Jobs(settings.jobs)
    with TestClient(create_app(settings, WaitingTagger())) as client:  # only to post
        job = client.post("/v1/jobs", content=lines({"text": TEXT}), headers=NDJSON).json()
        for _ in range(3):
            assert jobs.claim()  # and its reader died
    with ready(settings, silent) as client:
        assert finished(client, job)["failed"] == 1


def test_results_wait_for_the_end(settings):
    tagger = WaitingTagger()
    tagger.go.set()
    with ready(settings, tagger) as client:
        tagger.go.clear()
        job = client.post("/v1/jobs", content=lines({"text": TEXT}), headers=NDJSON).json()
        assert_problem(client.get(f"/v1/jobs/{job['id']}/results"), 409, "unfinished")
        tagger.go.set()
        finished(client, job)


def test_a_deleted_job_is_unknown(client):
    job = client.post("/v1/jobs", content=lines({"text": TEXT}), headers=NDJSON).json()
    assert client.delete(f"/v1/jobs/{job['id']}").status_code == 204
    for response in (
        client.get(f"/v1/jobs/{job['id']}"), client.get(f"/v1/jobs/{job['id']}/results"),
        client.delete(f"/v1/jobs/{job['id']}"),
    ):  # fmt: skip
        assert_problem(response, 404, "not_found")


@pytest.mark.parametrize(
    ("body", "status", "code"), [(b"", 422, "invalid_request"), (b"\n \n", 422, "invalid_request")]
)
def test_a_job_without_a_line_is_refused(client, body, status, code):
    assert_problem(client.post("/v1/jobs", content=body, headers=NDJSON), status, code)


def test_a_wait_that_is_no_time_is_refused(client):
    assert_problem(client.get("/v1/jobs/x?wait=long"), 422, "invalid_request")


# ---- too much, too long


def test_a_full_queue_refuses_at_once_and_says_when_to_come_back(settings):
    tagger = WaitingTagger()
    tagger.go.set()
    small = Settings(max_waiting=1, jobs=settings.jobs)
    with ready(small, tagger) as client:
        tagger.go.clear()
        asked = [
            threading.Thread(target=client.post, args=("/v1/extract",), kwargs={"json": {"text": TEXT}}) for _ in "12"
        ]
        for one in asked:
            one.start()
        while "nianbao_queue_length 1.0" not in client.get("/metrics").text:
            time.sleep(0.01)
        refused = client.post("/v1/extract", json={"text": SECRET})
        assert_problem(refused, 503, "busy")
        assert int(refused.headers["retry-after"]) > 0
        tagger.go.set()
        for one in asked:
            one.join(10)


def test_a_text_that_takes_too_long_is_given_up(settings):
    tagger = WaitingTagger()
    tagger.go.set()
    with ready(Settings(time_limit=1, jobs=settings.jobs), tagger) as client:
        tagger.go.clear()
        assert_problem(client.post("/v1/extract", json={"text": SECRET}), 504, "timed_out")
        tagger.go.set()
        assert client.post("/v1/extract", json={"text": TEXT}).status_code == 200


class CountingTagger(WaitingTagger):
    """Remembers the most texts that were read at one time."""

    now = most = 0

    def spans(self, text):
        self.now += 1
        self.most = max(self.most, self.now)
        try:
            return super().spans(text)
        finally:
            self.now -= 1


def test_a_text_that_was_given_up_keeps_its_turn(settings):
    tagger = CountingTagger()
    tagger.go.set()
    with ready(Settings(time_limit=1, jobs=settings.jobs), tagger) as client:
        tagger.go.clear()
        for _ in range(3):
            assert_problem(client.post("/v1/extract", json={"text": SECRET}), 504, "timed_out")
        assert (tagger.now, tagger.most) == (1, 1)
        tagger.go.set()
        assert client.post("/v1/extract", json={"text": TEXT}).status_code == 200


def test_no_item_is_leased_while_another_text_is_read(settings):
    tagger = WaitingTagger()
    tagger.go.set()
    with ready(settings, tagger) as client:
        tagger.go.clear()
        direct = threading.Thread(target=client.post, args=("/v1/extract",), kwargs={"json": {"text": TEXT}})
        direct.start()
        job = client.post("/v1/jobs", content=lines({"text": TEXT}), headers=NDJSON).json()
        assert client.get(f"/v1/jobs/{job['id']}?wait=1").json()["status"] == "waiting"
        tagger.go.set()
        direct.join(10)
        assert finished(client, job)["done"] == 1


# ---- checks


def test_an_edited_report_is_checked(client):
    response = client.post("/v1/validate", json=REPORT | {"year": "2023"})
    assert (response.status_code, response.json()["valid"]) == (200, False)
    assert response.json()["faults"][0]["pointer"] == "/year"
    assert_problem(client.post("/v1/validate", json=[SECRET]), 422, "invalid_request")


def test_years_are_compared(client):
    response = client.post("/v1/compare", json={"reports": [REPORT, REPORT | {"year": 2024}]})
    assert response.json()["years"] == [2023, 2024]
    told = {(one["rule"], one["status"]) for one in response.json()["comparisons"]}
    assert ("compare.carried_over", "pass") in told


@pytest.mark.parametrize("reports", [[REPORT, REPORT], [{}], [{"year": True}], [{"year": 2021, "agency": [SECRET]}]])
def test_what_cannot_be_compared_is_refused(client, reports):
    assert_problem(client.post("/v1/compare", json={"reports": reports}), 422, "not_comparable")


def test_the_checks_are_listed(client):
    rules = client.get("/v1/checks").json()
    assert {rule["rule"] for rule in rules} >= {"applications.balance", "compare.carried_over"}


# ---- contract and operation


def test_limits_and_versions_are_told(client, settings, silent):
    info = client.get("/v1/info").json()
    assert info["limits"]["characters"] == settings.max_characters
    assert info["model"]["version"] == client.get("/version").json()["model_version"] == silent.info.version


def test_without_the_key_nothing_is_read(settings, silent):
    with ready(Settings(jobs=settings.jobs, api_key="schlüssel"), silent) as client:
        for headers in ({}, {"X-Api-Key": "wrong"}):
            assert_problem(client.post("/v1/extract", json={"text": SECRET}, headers=headers), 401, "unauthorized")
            assert_problem(client.get("/v1/info", headers=headers), 401, "unauthorized")
        known = {"X-Api-Key": "schlüssel".encode()}
        assert client.post("/v1/extract", json={"text": TEXT}, headers=known).status_code == 200
        assert client.get("/livez").status_code == client.get("/metrics").status_code == 200


def test_every_answer_says_who_and_how_long(client, silent):
    response = client.post("/v1/extract", json={"text": TEXT}, headers={"X-Request-Id": "mine-1"})
    assert response.headers["x-request-id"] == "mine-1"
    assert response.headers["x-model-version"] == silent.info.version
    assert [part.split(";")[0] for part in response.headers["server-timing"].split(", ")] == ["queue", "model", "total"]


@pytest.mark.parametrize("given", ["", "with blank", "x" * 101, 'a"b'])
def test_an_id_that_could_spoil_the_log_is_replaced(client, given):
    assert client.get("/livez", headers={"X-Request-Id": given}).headers["x-request-id"] not in ("", given)


def test_the_log_has_a_line_a_request_and_never_the_text(client, caplog):
    with caplog.at_level(logging.INFO, "nianbao.access"):
        client.post("/v1/extract", json={"text": SECRET})
        client.get(f"/v1/{SECRET}")
    first, second = (json.loads(record.message) for record in caplog.records if record.name == "nianbao.access")
    assert (first["route"], first["status"], second["route"], second["status"]) == ("/v1/extract", 200, "unknown", 404)
    assert SECRET not in caplog.text


def test_what_happens_is_counted(client):
    client.post("/v1/extract", json={"text": TEXT})
    client.post("/v1/extract", json={"text": ""})
    told = client.get("/metrics").text
    assert 'nianbao_requests_total{method="POST",route="/v1/extract",status="200"} 1.0' in told
    assert 'nianbao_failures_total{code="empty_text"} 1.0' in told
    assert "nianbao_reading_seconds_count 1.0" in told
    assert f"nianbao_characters_sum {len(TEXT)}.0" in told


def test_items_of_batches_and_jobs_are_counted_too(settings):
    with ready(settings, BrokenTagger(SECRET)) as client:
        job = client.post("/v1/jobs", content=lines({"text": TEXT}, {"text": SECRET}), headers=NDJSON).json()
        finished(client, job)
        client.post("/v1/extract/batch", json={"items": [{"text": TEXT}, {"text": SECRET}, {"text": ""}]})
        told = client.get("/metrics").text
    assert "nianbao_reading_seconds_count 2.0" in told
    assert 'nianbao_failures_total{code="internal_error"} 2.0' in told
    assert 'nianbao_failures_total{code="empty_text"} 1.0' in told


def test_an_invented_method_makes_no_counter_of_its_own(client):
    client.request("SUMMON", "/v1/extract")
    told = client.get("/metrics").text
    assert "SUMMON" not in told
    assert 'method="other"' in told


def test_a_failure_is_answered_and_logged_like_everything_else_and_without_the_text(settings, caplog):
    with ready(settings, BrokenTagger(SECRET)) as client, caplog.at_level(logging.INFO):
        failed = client.post("/v1/extract", json={"text": SECRET}, headers={"X-Request-Id": "mine-2"})
        client.post("/v1/extract/batch", json={"items": [{"text": SECRET}]})
    assert_problem(failed, 500, "internal_error")
    assert failed.headers["x-request-id"] == "mine-2"
    assert {"x-model-version", "server-timing"} <= set(failed.headers)
    assert caplog.text.count("RuntimeError\n") == 2
    assert SECRET not in caplog.text


def test_a_failure_that_nobody_waits_for_is_logged_without_the_text(settings, caplog):
    class Late(WaitingTagger):
        def spans(self, text):
            super().spans(text)
            return BrokenTagger(SECRET).spans(text)

    tagger = Late()
    tagger.go.set()
    with ready(Settings(time_limit=1, jobs=settings.jobs), tagger) as client, caplog.at_level(logging.INFO):
        tagger.go.clear()
        assert_problem(client.post("/v1/extract", json={"text": SECRET}), 504, "timed_out")
        tagger.go.set()
        assert client.post("/v1/extract", json={"text": TEXT}).status_code == 200
        gc.collect()  # a failure that was not looked at is told of when it is thrown away
    assert caplog.text.count("RuntimeError\n") == 1
    assert SECRET not in caplog.text


def test_a_batch_that_nobody_waits_for_is_not_read_on(settings, monkeypatch):
    class Counted(SilentTagger):
        read = 0

        def spans(self, text):
            self.read += text == TEXT
            return []

    async def is_disconnected(request):
        return tagger.read == 2

    tagger = Counted()
    with ready(settings, tagger) as client:
        monkeypatch.setattr(Request, "is_disconnected", is_disconnected)
        client.post("/v1/extract/batch", json={"items": [{"text": TEXT}] * 5})
    assert tagger.read == 2


def test_a_client_that_hangs_up_is_no_failure(caplog):
    async def hung_up(*_):
        raise ClientDisconnect

    meter = Meter(lambda: 0)
    scope = {"type": "http", "method": "POST", "headers": []}
    with caplog.at_level(logging.INFO, "nianbao.access"):
        asyncio.run(Observed(hung_up, meter, lambda: "0")(scope, None, None))
    assert json.loads(caplog.records[0].message)["status"] == 499
    assert b"nianbao_failures_total{" not in meter.exposed()


def test_every_refusal_of_an_address_is_documented(client):
    paths = client.get("/openapi.json").json()["paths"]
    assert {"/v1/extract", "/v1/extract/batch", "/v1/jobs", "/v1/jobs/{job_id}", "/v1/jobs/{job_id}/results",
            "/v1/validate", "/v1/compare", "/v1/checks", "/v1/info", "/version", "/metrics"} <= set(paths)  # fmt: skip
    keyed = [operation for path, methods in paths.items() for operation in methods.values() if path.startswith("/v1/")]
    assert all("401" in operation["responses"] for operation in keyed)


def test_a_stopping_service_finishes_what_it_took(settings):
    tagger = WaitingTagger()
    tagger.go.set()
    with ready(settings, tagger) as client:
        tagger.go.clear()
        job = client.post("/v1/jobs", content=lines({"text": TEXT}), headers=NDJSON).json()
        while client.get(f"/v1/jobs/{job['id']}").json()["status"] != "running":
            time.sleep(0.01)
        threading.Timer(0.2, tagger.go.set).start()
    assert Jobs(settings.jobs).find(job["id"]).status == "finished"
