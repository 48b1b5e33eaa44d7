"""The service: every answer, and every refusal by its code and without the text."""

import asyncio
import json
import threading
import time

import pytest
from fastapi.testclient import TestClient
from jsonschema import Draft202012Validator
from stand_ins import BrokenTagger, WaitingTagger

from model.labels import LABELS, LABELS_VERSION
from service.app import EXAMPLE_REPORT, create_app
from service.encoding import CHARSETS
from service.schema import report_schema
from service.settings import Settings, SettingsError

TEXT = "青禾县水务局2023年政府信息公开工作年度报告\r\n\u3000\u3000𠮷祥镇公开信息１２条。\r\n"
SECRET = "不可回显的内容"
PLAIN = {"Content-Type": "text/plain; charset=utf-8"}


@pytest.fixture(scope="module", autouse=True)
def _away_from_the_jobs_of_whoever_runs_this(tmp_path_factory):
    """Settings that name no file of jobs mean one in the working folder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path_factory.mktemp("service"))
        yield


def wait_until_ready(client):
    for _ in range(500):
        if client.get("/readyz").status_code == 200:
            return client
        time.sleep(0.01)
    raise AssertionError("the service did not become ready")


@pytest.fixture
def client(silent):
    with TestClient(create_app(Settings(max_characters=100), silent)) as client:
        yield wait_until_ready(client)


@pytest.fixture(scope="module")
def real(shipped):
    with TestClient(create_app(Settings(), shipped)) as client:
        yield wait_until_ready(client)


def assert_problem(response, status, code):
    assert (response.status_code, response.json()["code"]) == (status, code)
    assert response.headers["content-type"] == "application/problem+json"
    assert set(response.json()) == {"type", "title", "status", "detail", "code"}
    assert response.json()["status"] == status
    assert SECRET not in response.text


def test_plain_text_is_read(client):
    response = client.post("/v1/extract", content=TEXT.encode(), headers=PLAIN)
    assert response.status_code == 200
    Draft202012Validator(report_schema()).validate(response.json())


def test_json_and_plain_text_give_the_same_report(client):
    plain = client.post("/v1/extract", content=TEXT.encode(), headers=PLAIN)
    assert client.post("/v1/extract", json={"text": TEXT}).json() == plain.json()


@pytest.mark.parametrize("charset", ["UTF-8", "gb18030", "GBK", "utf-16", "utf-16le"])
def test_declared_charset_is_honoured(client, charset):
    text = TEXT.replace("𠮷", "吉")  # GBK lacks the character
    expected = client.post("/v1/extract", json={"text": text}).json()
    headers = {"Content-Type": f'text/plain; charset="{charset}"'}
    assert client.post("/v1/extract", content=text.encode(charset), headers=headers).json() == expected


def test_charset_is_utf_8_unless_declared(client):
    expected = client.post("/v1/extract", json={"text": TEXT}).json()
    response = client.post("/v1/extract", content=TEXT.encode(), headers={"Content-Type": "text/plain"})
    assert response.json() == expected


def test_every_charset_has_a_codec():
    assert all("青".encode(codec).decode(codec) == "青" for codec in CHARSETS.values())


@pytest.mark.parametrize("text", ["", " \r\n\t\u3000"])
def test_empty_text_is_refused(client, text):
    assert_problem(client.post("/v1/extract", json={"text": text}), 422, "empty_text")
    assert_problem(client.post("/v1/extract", content=text.encode(), headers=PLAIN), 422, "empty_text")


def test_text_of_just_the_limit_is_read(client):
    assert client.post("/v1/extract", json={"text": "𠮷" * 100}).status_code == 200


def test_text_too_long_is_refused(client):
    text = SECRET + "年" * 100
    assert_problem(client.post("/v1/extract", json={"text": text}), 413, "text_too_long")
    assert_problem(client.post("/v1/extract", content=text.encode(), headers=PLAIN), 413, "text_too_long")


def test_endless_body_is_refused_while_it_arrives(silent):
    taken, sent = [], []

    async def receive():
        taken.append(1)
        return {"type": "http.request", "body": b"0" * 1000, "more_body": True}

    async def send(message):
        sent.append(message)

    scope = {"type": "http", "method": "POST", "path": "/v1/extract", "query_string": b""}
    headers = [(b"content-type", b"text/plain")]
    asyncio.run(create_app(Settings(max_characters=100), silent)(scope | {"headers": headers}, receive, send))
    assert sent[0]["status"] == 413
    assert len(taken) == 2  # 1,424 bytes are taken for a hundred characters


@pytest.mark.parametrize(
    "headers",
    [
        {"Content-Type": "application/pdf"},
        {"Content-Type": "application/x-www-form-urlencoded"},
        {"Content-Type": "application/x-ndjson"},
        {"Content-Type": "text/plain; charset=big5"},
        {"Content-Type": "text/plain", "Content-Encoding": "gzip"},
        {},
    ],
)
def test_unread_media_type_is_refused(client, headers):
    response = client.post("/v1/extract", content=SECRET.encode(), headers=headers)
    assert_problem(response, 415, "unsupported_media_type")


@pytest.mark.parametrize("charset", ["utf-8", "gb18030", "utf-16le"])
def test_bytes_of_another_charset_are_refused(client, charset):
    response = client.post(
        "/v1/extract", content=SECRET.encode() + b"\xff\xff", headers={"Content-Type": f"text/plain; charset={charset}"}
    )
    assert_problem(response, 400, "wrong_encoding")


@pytest.mark.parametrize(("written", "declared"), [
    ("utf-8", "gbk"), ("utf-8", "utf-16"), ("utf-8", "utf-16le"), ("utf-8", "utf-16be"),
    ("gb18030", "utf-16le"), ("gb18030", "utf-16be"), ("utf-16le", "utf-16be"), ("utf-16be", "utf-16le"),
])  # fmt: skip
def test_what_is_declared_wrongly_is_refused(client, written, declared):
    text = "青禾县水务局2023年政府信息公开工作年度报告\n公开信息12条。\n"
    headers = {"Content-Type": f"text/plain; charset={declared}"}
    assert_problem(client.post("/v1/extract", content=text.encode(written), headers=headers), 400, "wrong_encoding")


def test_half_a_surrogate_pair_is_refused(client):
    body = b'{"text": "' + SECRET.encode() + b'\\ud83d"}'
    response = client.post("/v1/extract", content=body, headers={"Content-Type": "application/json"})
    assert_problem(response, 400, "wrong_encoding")


@pytest.mark.parametrize("body", ["", f'{{"text": "{SECRET}', "[" * 1000])
def test_what_is_no_json_is_refused(client, body):
    response = client.post("/v1/extract", content=body.encode(), headers={"Content-Type": "application/json"})
    assert_problem(response, 400, "invalid_json")


@pytest.mark.parametrize("body", [SECRET, [SECRET], {}, {"text": None}, {"text": [SECRET]}, {"text": "", SECRET: 1}])
def test_json_of_another_shape_is_refused(client, body):
    assert_problem(client.post("/v1/extract", json=body), 422, "invalid_request")


def test_unknown_address_and_method_are_problems(client):
    assert_problem(client.get("/v1/nothing"), 404, "not_found")
    response = client.get("/v1/extract")
    assert_problem(response, 405, "method_not_allowed")
    assert response.headers["allow"] == "POST"
    assert client.put("/v1/jobs/x").headers["allow"] == "DELETE, GET, HEAD"


@pytest.mark.parametrize("address", ["/livez", "/readyz", "/version", "/metrics", "/v1/info", "/v1/schema"])
def test_head_is_answered_where_get_is(client, address):
    assert client.head(address).status_code == 200


def test_unforeseen_failure_is_a_problem():
    with TestClient(create_app(Settings(), BrokenTagger(SECRET)), raise_server_exceptions=False) as client:
        wait_until_ready(client)
        assert_problem(client.post("/v1/extract", json={"text": SECRET}), 500, "internal_error")


def test_service_is_alive_but_not_ready_until_the_model_answers():
    tagger = WaitingTagger()
    with TestClient(create_app(Settings(), tagger)) as client:
        assert client.get("/livez").json() == {"status": "alive"}
        assert_problem(client.get("/readyz"), 503, "not_ready")
        assert_problem(client.post("/v1/extract", json={"text": SECRET}), 503, "not_ready")
        tagger.go.set()
        wait_until_ready(client)
        assert client.post("/v1/extract", json={"text": TEXT}).status_code == 200


def test_service_answers_while_a_text_is_read(silent):
    tagger = WaitingTagger()
    tagger.go.set()
    with TestClient(create_app(Settings(), tagger)) as client:
        wait_until_ready(client)
        tagger.go.clear()
        answers = []
        reading = threading.Thread(target=lambda: answers.append(client.post("/v1/extract", json={"text": TEXT})))
        reading.start()
        assert client.get("/livez").status_code == 200
        assert answers == []
        tagger.go.set()
        reading.join(10)
        assert answers[0].status_code == 200


def test_missing_weights_leave_the_service_up_and_not_ready(tmp_path, caplog):
    with TestClient(create_app(Settings(weights=tmp_path))) as client:
        while str(tmp_path) not in caplog.text:
            time.sleep(0.01)
        assert client.get("/livez").status_code == 200
        assert_problem(client.get("/readyz"), 503, "not_ready")


def test_schema_is_published_and_closed(client):
    schema = client.get("/v1/schema").json()
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    report = client.post("/v1/extract", json={"text": TEXT}).json()
    check = Draft202012Validator(schema)
    assert check.is_valid(report)
    assert not check.is_valid(report | {"surprise": 1})
    assert not check.is_valid({key: value for key, value in report.items() if key != "facts"})
    assert not check.is_valid(report | {"contact": report["contact"] | {"pager": []}})


def test_labels_are_published(client):
    assert client.get("/v1/labels").json() == {"labels_version": LABELS_VERSION, "labels": list(LABELS)}


def test_openapi_shows_the_example(client, example_text):
    operation = client.get("/openapi.json").json()["paths"]["/v1/extract"]["post"]
    assert operation["requestBody"]["content"]["text/plain"]["example"] == example_text
    assert operation["requestBody"]["content"]["application/json"]["example"] == {"text": example_text}
    answer = operation["responses"]["200"]["content"]["application/json"]
    Draft202012Validator(report_schema()).validate(answer["example"])
    assert answer["schema"] == {"$ref": "#/components/schemas/Report"}
    assert set(operation["responses"]) == {"200", "400", "401", "413", "415", "422", "500", "503", "504"}


def test_environment_is_read_once_into_settings(tmp_path):
    assert Settings.from_environment({}) == Settings()
    environment = {
        "NIANBAO_MAX_CHARACTERS": "5000", "NIANBAO_WEIGHTS": str(tmp_path), "NIANBAO_API_KEY": "k",
        "NIANBAO_MAX_WAITING": "3", "NIANBAO_TIME_LIMIT": "9", "NIANBAO_JOBS": str(tmp_path / "jobs"),
    }  # fmt: skip
    assert Settings.from_environment(environment) == Settings(5000, tmp_path, "k", 3, 9, tmp_path / "jobs")


@pytest.mark.parametrize("written", ["many", "0", "-5", "1.5"])
def test_unusable_limit_is_refused_by_name(written):
    with pytest.raises(SettingsError, match="NIANBAO_MAX_CHARACTERS"):
        Settings.from_environment({"NIANBAO_MAX_CHARACTERS": written})


def test_shipped_model_answers_the_example_as_documented(real, example_text):
    report = real.post("/v1/extract", content=example_text.encode(), headers=PLAIN).json()
    documented = json.loads(EXAMPLE_REPORT.read_text("utf-8"))
    for key in set(report) - {"evidence", "facts"}:  # these two hold confidences, which vary between processors
        assert report[key] == documented[key], key
    assert [fact["text"] for fact in report["facts"]] == [fact["text"] for fact in documented["facts"]]


@pytest.mark.parametrize("change", [str, lambda text: "\ufeff" + text.replace("\n", "\r\n")], ids=["plain", "bom-crlf"])
def test_shipped_model_points_into_the_posted_text(real, example_text, change):
    posted = "𠮷" + change(example_text)
    report = real.post("/v1/extract", content=posted.encode(), headers=PLAIN).json()
    places = [*report["evidence"].values(), *report["facts"]]
    assert len(places) > 150
    assert all(posted[place["start"] : place["end"]] == place["text"] for place in places)
