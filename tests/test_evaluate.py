"""What is counted as right: spans strictly, cells and facts of the rebuilt report, optional facts not at all."""

import json

import pytest
from stand_ins import GoldTagger, SilentTagger

from model.errors import AnnotationError
from model.spans import Span
from training.evaluate import documents, evaluate
from training.gold import Annotated, read, write
from training.scores import Rate
from training.synthesis.compose import compose, synthesize
from training.synthesis.pieces import join

TEXT = "全年公开信息35条，培训2次。"
SPANS = [Span(6, 9, "fact.disclosures"), Span(12, 14, "fact.events")]


class FixedTagger(SilentTagger):
    """Says the same of every text."""

    def __init__(self, *said):
        self.said = list(said)

    def spans(self, text):
        return self.said


@pytest.fixture
def annotated(tmp_path):
    write(tmp_path, Annotated("a", TEXT, SPANS))
    return tmp_path


def fact(value, kind="disclosures", **more):
    return {"kind": kind, "value": value, "channel": None, "text": str(value), **more}


def pair(folder, facts, text=TEXT, **report):
    """A text with its gold report beside it."""
    (folder / "b.txt").write_text(text, "utf-8")
    (folder / "b.json").write_text(json.dumps({"facts": facts, **report}), "utf-8")
    return folder


def test_rates_are_hits_of_what_was_said_and_of_what_was_there():
    rate = Rate(hits=6, extra=2, missed=6)
    assert (rate.precision, rate.recall, rate.f1) == (0.75, 0.5, 0.6)


def test_nothing_to_find_and_nothing_found_is_perfect():
    assert (Rate().precision, Rate().recall, Rate().f1) == (1.0, 1.0, 1.0)


def test_nothing_right_is_zero():
    assert Rate(extra=3).f1 == Rate(missed=3).f1 == Rate(extra=1, missed=1).f1 == 0.0


def test_rates_add_up():
    assert Rate(1, 2, 3) + Rate(4, 5, 6) == Rate(5, 7, 9)


@pytest.mark.parametrize(
    ("said", "hits"),
    [
        (SPANS, 2),
        (SPANS[:1], 1),
        ([Span(7, 9, "fact.disclosures"), SPANS[1]], 1),
        ([Span(5, 9, "fact.disclosures"), SPANS[1]], 1),
        ([Span(6, 8, "fact.disclosures"), SPANS[1]], 1),
        ([Span(6, 9, "fact.disclosures@website"), SPANS[1]], 1),
        ([Span(6, 7, "fact.disclosures"), Span(7, 9, "fact.disclosures"), SPANS[1]], 1),
    ],
    ids=["right", "one missing", "begins late", "begins early", "ends early", "other channel", "in two parts"],
)
def test_a_span_counts_where_beginning_end_and_label_are_right(annotated, said, hits):
    precision, recall, _, support = evaluate(annotated, FixedTagger(*said)).labels["micro"]
    assert (precision, recall, support) == (pytest.approx(hits / len(said)), hits / 2, 2)


def test_each_label_has_its_own_score(annotated):
    labels = evaluate(annotated, FixedTagger(SPANS[0])).labels
    assert labels["fact.disclosures"] == (1.0, 1.0, 1.0, 1)
    assert labels["fact.events"] == (0.0, 0.0, 0.0, 1)


def test_a_silent_tagger_misses_all(annotated):
    scores = evaluate(annotated, SilentTagger())
    assert scores.micro_f1 == 0.0
    assert scores.rates["facts"] == Rate(missed=2)


@pytest.mark.parametrize(
    ("facts", "rate"),
    [
        ([fact(35), fact(2, "events")], Rate(hits=2)),
        ([fact(35, optional=True), fact(2, "events")], Rate(hits=1)),
        ([fact(35), fact(2, "events"), fact(7, optional=True)], Rate(hits=2)),
        ([fact(35), fact(35), fact(2, "events")], Rate(hits=2, missed=1)),
        ([fact(35)], Rate(hits=1, extra=1)),
        ([fact(36), fact(2, "events")], Rate(hits=1, extra=1, missed=1)),
        ([], Rate(extra=2)),
    ],
    ids=["all", "optional and said", "optional and not said", "stated twice", "one too many", "another value", "none"],
)
def test_an_optional_fact_is_neither_demanded_nor_punished(tmp_path, facts, rate):
    assert evaluate(pair(tmp_path, facts), FixedTagger(*SPANS)).rates["facts"] == rate


def test_a_wrong_channel_is_wrong_only_where_channels_count(tmp_path):
    gold = pair(tmp_path, [fact(35, channel="website"), fact(2, "events")])
    rates = evaluate(gold, FixedTagger(*SPANS)).rates
    assert rates["facts"].f1 == 1.0
    assert rates["facts_with_channel"] == Rate(hits=1, extra=1, missed=1)


def test_fields_are_compared_where_the_gold_has_them(tmp_path):
    text, spans = join([("清河县水务局", "agency"), ("2022", "year"), ("年年报", None)])
    gold = pair(tmp_path, [], text, agency="清河县 水务局", year=2021)
    assert evaluate(gold, FixedTagger(*spans)).fields == (1, 2)


def test_another_agency_that_the_gold_accepts_is_right(tmp_path):
    text, spans = join([("清河县", "agency"), ("2022", "year"), ("年年报", None)])
    gold = pair(tmp_path, [], text, agency="清河县人民政府", agency_also=["清河县"])
    assert evaluate(gold, FixedTagger(*spans)).fields == (1, 1)


def test_a_report_without_its_text_is_refused(tmp_path):
    (tmp_path / "b.json").write_text('{"facts": []}', "utf-8")
    with pytest.raises(AnnotationError, match=r"b\.json: no text beside it"):
        evaluate(tmp_path, SilentTagger())


def test_a_text_keeps_its_line_ends(tmp_path):
    (tmp_path / "b.txt").write_bytes("公开\r\n35条".encode())
    (tmp_path / "b.json").write_text("{}", "utf-8")
    assert documents(tmp_path)[0].text == "公开\r\n35条"


@pytest.mark.parametrize("broken", ["{", "[]", '"spans"'])
def test_a_broken_file_is_refused_by_its_name(tmp_path, broken):
    pair(tmp_path, [])
    (tmp_path / "a.json").write_text(broken, "utf-8")
    with pytest.raises(AnnotationError, match=r"a\.json: "):
        evaluate(tmp_path, SilentTagger())


def test_both_kinds_of_gold_may_stand_in_one_folder(annotated):
    assert [one.spans is None for one in documents(pair(annotated, []))] == [False, True]


def test_an_empty_folder_is_refused(tmp_path):
    with pytest.raises(AnnotationError, match="holds no"):
        evaluate(tmp_path, SilentTagger())


def test_a_perfect_tagger_scores_one(tmp_path):
    synthesize(tmp_path, train=0, test=6, seed=7)
    reports = read(tmp_path / "test")
    scores = evaluate(tmp_path / "test", GoldTagger({report.text: report.spans for report in reports}))
    assert scores.reports == 6
    assert scores.micro_f1 == 1.0
    assert all(row[:3] == (1.0, 1.0, 1.0) for row in scores.labels.values())
    assert scores.rates["facts"].f1 == scores.rates["contact"].f1 == 1.0
    assert scores.fields[0] == scores.fields[1]


def test_a_perfect_tagger_gets_every_cell_that_is_shown(tmp_path):
    reports = [compose(seed, layout="pipes") for seed in range(40, 46)]
    for report in reports:
        write(tmp_path, report)
    scores = evaluate(tmp_path, GoldTagger({report.text: report.spans for report in reports}))
    assert scores.rates["cells"].f1 == scores.rates["nonzero_cells"].f1 == 1.0
    assert scores.exact[0] == scores.exact[1] > 0


def test_scores_are_plain_data_and_a_table(annotated):
    scores = evaluate(annotated, FixedTagger(*SPANS))
    assert json.loads(json.dumps(scores.to_json()))["labels"]["micro"]["f1"] == 1.0
    assert scores.table().row_count > len(scores.labels)
