"""Whatever is sent, the service answers or refuses by name; whatever is tagged, the answer points into the text."""

import json
import time
from contextlib import contextmanager
from hashlib import sha256
from random import Random

import pytest
from bad_inputs import BATCH, CASES, EXTRACT, JSON, KEY_SECRET, SECRET
from fastapi.testclient import TestClient
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from stand_ins import SilentTagger

from model.errors import NianbaoError
from model.extract import extract
from model.labels import LABELS
from model.report import to_json
from model.spans import Span
from service.app import create_app
from service.problems import CODES
from service.schema import report_schema
from service.settings import Settings
from service.validation import MOST_FAULTS

SMALL = 3_000  # characters: so many the shipped model reads at once
SCHEMA = Draft202012Validator(report_schema())
FRAGMENTS = (
    "<table>", "<tr>", "<td>", "</td>", "</table>", "<p>", "</p>", "<br>", "<!--", "-->", "<![", "<!", "</",
    "<script>", "&#", "&lt", "&nbsp;", "&#x41;", "|", "||\n", "\t", "\n", "\r\n", " ", "\u3000", "\u200b", "\ufeff",
    "\x0b", "\0", "0", "00", "123", "1,234", "12.5", "-3", "20231231", "2023年", "20②3年", "二〇二三年",
    "0000年1-12月", "2023年1月1日至12月31日", "2月30日", "一", "十", "万", "亿", "余", "一、总体情况\n",
    "二、主动公开政府信息情况\n", "四、结转下年度继续办理", "行政许可", "（七）总计", "35条", "约", "以上", "，",
    "。", "：", "无", "其中", "元", "/", "a@b.cn", "\U0001f600", "e\u0301", "\u202e", "٣", "Ⅷ",
)  # fmt: skip
ODD_TEXTS = st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=20), max_size=40).map("".join)


class RandomTagger(SilentTagger):
    """Tags stretches of a text at random, as no model would."""

    def __init__(self, seed):
        self.rng = Random(seed)

    def spans(self, text):
        draw, spans, start = self.rng, [], 0
        labels = draw.sample(LABELS, draw.choice((1, 3, len(LABELS))))
        while (start := start + draw.choice((0, 0, 0, 1, 4, 20))) < len(text):
            end = min(len(text), start + draw.choice((1, 1, 2, 4, 8, 15, 60)))
            spans.append(Span(start, end, draw.choice(labels), draw.random()))
            start = end
        return spans


@contextmanager
def serving(tagger, jobs):
    """A client of an app whose model has answered."""
    with TestClient(create_app(Settings(jobs=jobs), tagger), raise_server_exceptions=False) as client:
        while client.get("/readyz").status_code != 200:
            time.sleep(0.01)
        yield client


@pytest.fixture(scope="module")
def quiet(tmp_path_factory):
    with serving(SilentTagger(), tmp_path_factory.mktemp("quiet") / "jobs.sqlite3") as client:
        yield client


@pytest.fixture(scope="module")
def real(shipped, tmp_path_factory):
    with serving(shipped, tmp_path_factory.mktemp("real") / "jobs.sqlite3") as client:
        yield client


def assert_sound(report, posted):
    """A report as its schema has it, of this text, in whose sections and places the text stands."""
    SCHEMA.validate(report)
    assert report["text_sha256"] == sha256(posted.encode()).hexdigest()
    for place in [*report["evidence"].values(), *report["facts"]]:
        assert posted[place["start"] : place["end"]] == place["text"] != ""
    edges = [0, *(section["end"] for section in report["sections"])]
    assert edges == [*(section["start"] for section in report["sections"]), len(posted)]


def assert_refusal(problem, status):
    assert set(problem) == {"type", "title", "status", "detail", "code"}
    assert problem["status"] == status == CODES[problem["code"]][0]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_bad_input_is_answered_or_refused_by_name(case, request):
    client = request.getfixturevalue("real" if case.text and len(case.text) <= SMALL else "quiet")
    headers = {name: value.encode("latin-1") for name, value in case.headers.items()}
    response = client.request(case.method, case.path, content=case.body, headers=headers)
    assert response.status_code == case.expected
    if response.status_code >= 400:
        assert response.headers["content-type"] == "application/problem+json"
        assert_refusal(response.json(), case.expected)
        assert SECRET not in response.text
        assert KEY_SECRET not in response.text
    elif case.text:
        assert_sound(response.json(), case.text)
        assert case.status in (None, response.json()["status"])


@pytest.mark.parametrize("case", [case for case in CASES if case.path == BATCH and case.expected == 200], ids=str)
def test_bad_items_of_a_batch_are_refused_one_by_one(case, quiet):
    for item in quiet.post(BATCH, content=case.body, headers=case.headers).json()["items"]:
        assert ("report" in item) == (item["status"] == 200)
        if "problem" in item:
            assert_refusal(item["problem"], item["status"])


def told(**said):
    """A report whose narrative and table differ."""
    return {"facts": [{"kind": "reconsiderations", "value": 3} | said], "appeals": {"reconsideration": {"total": 4}}}


REPORTS = (
    {}, {"": 1}, {"a/b~c": 1}, {"\ud83d": 1}, {"agency": "\ud83d"}, {"contact": {"phone": [1] * 5000}}, told(),
    {"facts": [{}] * 50_000}, told(confidence="x"), told(confidence=10**400), told(value=True), told(value=10**4000),
    told(value=1e400), {"evidence": {"/a": {"confidence": 10**400}, "x": 1}, "appeals": []},
    {"facts": [[[[[[[1]]]]]]]},
)  # fmt: skip


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: json.dumps(report)[:70])
def test_whatever_is_taken_for_a_report_is_checked(report, quiet):
    response = quiet.post("/v1/validate", content=json.dumps(report), headers=JSON)
    assert (response.status_code, response.json()["valid"]) == (200, False)
    assert len(response.json()["faults"]) <= MOST_FAULTS
    body = json.dumps({"reports": [{"agency": None} | report | {"year": 2023}]})
    assert quiet.post("/v1/compare", content=body, headers=JSON).status_code == 200


@pytest.mark.parametrize("path", ["/v1/validate", "/v1/compare"])
@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("null", 422), ("5", 422), (f'["{SECRET}"]', 422), (SECRET, 400), ('{"reports": [5]', 400), (b"\xff", 400),
        ('{"a":' * 90 + "1" + "}" * 90, 400), (b" " * 16_000_001, 413),
    ],
)  # fmt: skip
def test_what_cannot_be_a_report_is_refused(path, body, status, quiet):
    response = quiet.post(path, content=body, headers=JSON)
    assert SECRET not in response.text
    assert_refusal(response.json(), status)


@pytest.mark.parametrize("key", ["", "\xff", "k" * 9000, "key ", "KEY", "k\te\ty"], ids=ascii)
def test_a_key_that_is_not_the_key_is_refused(key, silent, tmp_path):
    with TestClient(create_app(Settings(api_key="key", jobs=tmp_path / "jobs"), silent)) as client:
        response = client.post(EXTRACT, json={"text": SECRET}, headers={"X-Api-Key": key.encode("latin-1")})
    assert_refusal(response.json(), 401)


@given(ODD_TEXTS)
def test_any_text_is_read_or_refused_by_name(text):
    assert_read_or_refused(text, SilentTagger())


@settings(max_examples=60)
@given(ODD_TEXTS, st.integers(0, 2**32))
def test_whatever_is_tagged_the_report_points_into_the_text(text, seed):
    assert_read_or_refused(text, RandomTagger(seed))


def assert_read_or_refused(text, tagger):
    try:
        report = to_json(extract(text, tagger))
    except NianbaoError:
        return
    assert_sound(report, text)
