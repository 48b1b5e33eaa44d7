"""A broken annotation is refused by name: the file, the span and what to do."""

import json
import re

import pytest
from stand_ins import ROOT

from model.errors import AnnotationError
from model.labels import KINDS, LABELS
from model.spans import Span, to_tags
from model.view import view
from training import gold
from training.evaluate import documents
from training.gold import Annotated, read, read_one
from training.synthesis.compose import compose

TEXT = "公开信息35条，其中动态12条。"
COUNT, PART = [4, 7, "fact.disclosures"], [12, 15, "fact.disclosures"]


def write(folder, spans, **changes):
    path = folder / "0042.json"
    path.write_text(json.dumps({"id": "0042", "text": TEXT, "spans": spans, **changes}), "utf-8")
    return path


def test_a_sound_file_is_read(tmp_path):
    spans = [Span(4, 7, "fact.disclosures"), Span(12, 15, "fact.disclosures")]
    assert read_one(write(tmp_path, [COUNT, PART])) == Annotated("0042", TEXT, spans)


def test_reports_are_read_in_the_order_of_their_names(tmp_path):
    for name in "ba":
        (tmp_path / f"{name}.json").write_text(json.dumps({"id": name, "text": TEXT, "spans": []}), "utf-8")
    assert [report.id for report in read(tmp_path)] == ["a", "b"]


@pytest.mark.parametrize(
    ("spans", "place", "remedy"),
    [
        ([[4, 7, "fact.disclosure"]], "span 0: [4, 7] fact.disclosure", "no label; see"),
        ([COUNT, [12, 12, "fact.disclosures"]], "span 1: [12, 12]", "empty"),
        ([COUNT, [15, 12, "fact.disclosures"]], "span 1: [15, 12]", "empty"),
        ([[-1, 7, "fact.disclosures"]], "span 0: [-1, 7]", "leaves the text of 16 characters"),
        ([COUNT, [12, 17, "fact.disclosures"]], "span 1: [12, 17]", "leaves the text of 16 characters"),
        ([[4, 13, "fact.disclosures"], PART], "span 0: [4, 13]", "let none overlap"),
        ([PART, COUNT], "span 0: [12, 15]", "sort the spans"),
        ([["4", "7", "fact.disclosures"]], "span 0", "whole numbers"),
        ([[4.5, 7, "fact.disclosures"]], "span 0", "whole numbers"),
        ([COUNT, [None, 15, "fact.disclosures"]], "span 1", "whole numbers"),
    ],
)  # fmt: skip
def test_a_broken_span_is_refused_with_file_span_and_remedy(tmp_path, spans, place, remedy):
    path = write(tmp_path, spans)
    with pytest.raises(AnnotationError, match=re.escape(f"{path} {place}")) as refusal:
        read(tmp_path)
    assert remedy in str(refusal.value)


@pytest.mark.parametrize(
    "content",
    [
        "{", "[]", '"text"', '{"id": "1", "text": "公开"}', '{"text": "公开", "spans": []}', '{"id": "1", "spans": []}',
        '{"id": "1", "text": "公开", "spans": [[0, 2]]}', '{"id": "1", "text": "公开", "spans": [5]}',
        '{"id": "1", "text": 35, "spans": []}',
    ],
)  # fmt: skip
def test_a_file_that_is_no_annotated_report_says_what_it_needs(tmp_path, content):
    (tmp_path / "0042.json").write_text(content, "utf-8")
    with pytest.raises(AnnotationError, match=re.escape("0042.json: not an annotated report")) as refusal:
        read(tmp_path)
    assert "it needs id, text and spans [start, end, label]" in str(refusal.value)


def test_what_is_written_is_read_again(tmp_path):
    reports = [compose(seed) for seed in range(3)]
    for report in reports:
        gold.write(tmp_path / "deep", report)
    assert read(tmp_path / "deep") == reports


def test_bytes_that_are_not_utf_8_are_refused(tmp_path):
    (tmp_path / "0042.json").write_bytes('{"id": "1", "text": "公开", "spans": []}'.encode("gbk"))
    with pytest.raises(AnnotationError, match=r"0042\.json"):
        read(tmp_path)


def test_an_empty_folder_is_refused(tmp_path):
    with pytest.raises(AnnotationError, match="holds no annotated reports"):
        read(tmp_path)


def test_the_example_of_the_guideline_is_sound(tmp_path):
    (block,) = re.findall(r"```json\n(.*?)```", (ROOT / "annotations/README.md").read_text("utf-8"), re.DOTALL)
    (tmp_path / "example.json").write_text(block, "utf-8")
    example = read_one(tmp_path / "example.json")
    printed = [example.text[span.start : span.end] for span in example.spans]
    assert printed == ["清禾县林业局", "2023", "一、总体情况", "186条", "12"]


def test_every_label_that_the_guideline_names_exists():
    guideline = (ROOT / "annotations/README.md").read_text("utf-8")
    named = set(re.findall(r"`((?:fact|heading|contact|applications)\.[a-z_.@]+)`", guideline))
    assert named <= set(LABELS)
    assert all(f"`{kind}`" in guideline for kind in KINDS)
    assert all(f"`{channel}`" in guideline for channels in KINDS.values() for channel in channels)


@pytest.fixture(scope="module")
def sides():
    """The annotated reports of this repository, {"train": …, "test": …}."""
    folders = {part: ROOT / "annotations" / part for part in ("train", "test")}
    if not all(folder.is_dir() for folder in folders.values()):
        pytest.skip("annotations/train or annotations/test is missing")
    return {part: read(folder) for part, folder in folders.items()}


def test_every_annotated_report_is_sound_and_found_again_in_its_view(sides):
    for report in (report for reports in sides.values() for report in reports):
        seen = view(report.text)
        to_tags(seen.locate(report.spans), len(seen.text))


def test_the_made_up_pages_are_sound():
    assert len(read(ROOT / "annotations/pages")) == 36


@pytest.mark.parametrize(("folder", "count"), [("passages", 443), ("narratives", 600)])
def test_the_facts_of_made_up_texts_stand_there(folder, count):
    facts = [(one.text, fact) for one in documents(ROOT / "annotations" / folder) for fact in one.report["facts"]]
    assert len(facts) == count
    for text, fact in facts:
        assert text[fact["start"] : fact["end"]] == fact["text"]


def test_no_agency_stands_on_both_sides(sides):
    train, test = (
        {report.text[s.start : s.end] for report in reports for s in report.spans if s.label == "agency"}
        for reports in sides.values()
    )
    assert not train & test
