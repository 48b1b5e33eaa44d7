"""Whole synthetic reports: repeatable, exactly annotated, and of agencies that never stand on both sides."""

import re
from random import Random

import pytest
from narrators import narrators, told

from model.spans import to_tags
from model.text import normalise
from model.view import view
from training.gold import read
from training.synthesis import compose as composing
from training.synthesis.compose import compose, synthesize
from training.synthesis.headings import UNOFFICIAL
from training.synthesis.layouts import LAYOUTS
from training.synthesis.pieces import join
from training.synthesis.words import invent

SEEDS = range(12)
OLD = [seed for seed in range(1500) if invent(Random(seed)).year < 2019]


def squeezed(text):
    """Without what the view leaves out or shortens."""
    return re.sub(r"[\s\u200b-\u200f\u2060\ufeff]", "", normalise(text))


@pytest.mark.parametrize("unseen", [False, True])
def test_the_same_seed_gives_the_same_report(unseen):
    assert compose(5, unseen) == compose(5, unseen)
    assert compose(5, unseen).text != compose(6, unseen).text


@pytest.mark.parametrize("unseen", [False, True])
def test_spans_are_found_again_in_the_view_with_their_text(unseen):
    lost = total = 0
    for seed in SEEDS:
        report = compose(seed, unseen)
        seen = view(report.text)
        located = seen.locate(report.spans)
        to_tags(located, len(seen.text))  # raises where two of them meet
        lost, total = lost + len(report.spans) - len(located), total + len(report.spans)
        printed = [squeezed(report.text[s.start : s.end]) for s in report.spans]
        read = [squeezed(seen.text[s.start : s.end]) for s in located]
        assert [p for p in read if p not in "|"] == [p for p in printed if p not in "|<"]
    assert lost <= 0.01 * total


@pytest.mark.parametrize("seed", SEEDS)
def test_spans_are_in_order_and_begin_and_end_with_print(seed):
    report = compose(seed)
    assert report.spans == sorted(report.spans)
    for span in report.spans:
        printed = report.text[span.start : span.end]
        assert printed in ("|", "\t", "\n", "<") or printed == printed.strip(), (span, printed)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_report_can_be_asked_for_in_any_layout(layout):
    assert any(span.label == "appeals" for seed in range(9) for span in compose(seed, layout=layout).spans)


def test_reports_differ_in_length_and_layout():
    lengths = {len(compose(seed).text) // 500 for seed in SEEDS}
    assert len(lengths) > 4


@pytest.fixture
def written(tmp_path, monkeypatch):
    """A few reports of either side, where every third agency of the test seeds is also one of the train seeds."""
    real, first = composing._agency, 10_000_001
    monkeypatch.setattr(composing, "_agency", lambda seed: real(1 if seed >= first and seed % 3 == 0 else seed))
    synthesize(tmp_path, train=4, test=4, seed=1)
    return tmp_path


def test_no_agency_stands_on_both_sides(written):
    numbers = [int(report.id.split("-")[1]) for report in read(written / "test")]
    assert len(numbers) == 4
    assert all(number % 3 for number in numbers)


def test_test_reports_do_not_depend_on_the_number_of_train_reports(written, tmp_path_factory):
    other = tmp_path_factory.mktemp("other")
    synthesize(other, train=1, test=4, seed=1)
    assert read(other / "test") == read(written / "test")


def test_agencies_to_do_without_are_passed_over(tmp_path):
    synthesize(tmp_path, train=3, test=0, seed=1, without={composing._agency(2)})
    assert [report.id for report in read(tmp_path / "train")] == ["train-1", "train-3", "train-4"]


def test_what_is_written_is_what_was_composed(written):
    files = sorted((written / "train").glob("*.json"))
    assert [path.stem for path in files] == [f"train-{seed}" for seed in range(1, 5)]
    made = compose(1)
    assert read(written / "train")[0] == made


def test_agencies_are_compared_by_the_name_that_the_report_prints():
    for seed in SEEDS:
        report = compose(seed, layout="pipes")
        printed = ["".join(report.text[s.start : s.end].split()) for s in report.spans if s.label == "agency"]
        assert set(printed) <= {composing._agency(seed)}


def test_an_old_report_keeps_the_labels_of_official_headings_and_has_none_for_its_own():
    for _, _, marked in told(lambda tell, rng: composing._sections(tell, [[], [], []], rng), OLD):
        heads = {said for said, label in marked if label.startswith("heading.")}
        assert heads
        assert not any(words in head for head in heads for words in UNOFFICIAL["fees"] + UNOFFICIAL["staff"])


def test_sections_before_the_form_are_often_those_of_the_old_plan():
    texts = [text for _, text, _ in told(lambda tell, rng: composing._sections(tell, [[], [], []], rng), OLD)]
    own = [text for text in texts if any(words in text for words in UNOFFICIAL["fees"] + UNOFFICIAL["staff"])]
    assert 0.3 < len(own) / len(texts) < 0.9


def test_a_seventh_section_is_rare_and_follows_the_sixth():
    plans = [[kind for kind, _ in composing._plan(tell, [[], [], []], rng)] for tell, rng in narrators(range(300))]
    seventh = [plan for plan in plans if "further" in plan]
    assert 0 < len(seventh) < 0.08 * len(plans)
    assert all(plan[-2:] == ["other_matters", "further"] for plan in seventh)


def test_what_is_told_beside_a_table_stands_before_or_behind_it():
    table = [("行政许可\t", None), ("17", "proactive_disclosure.administrative_licenses")]
    before = behind = remarks = 0
    for tell, rng in narrators(range(600)):
        text = join(composing._tabled(tell, "disclosures", table, rng))[0]
        above, _, below = text.partition("行政许可\t17\n")
        before, behind = before + bool(above.strip()), behind + bool(below.strip())
        remarks += "注：" in below
    assert 0.08 < before / 600 < 0.22
    assert 0.08 < behind / 600 < 0.26
    assert remarks


def test_a_missing_table_has_no_remark():
    for tell, rng in narrators(range(100)):
        assert "注：" not in join(composing._tabled(tell, "disclosures", [], rng))[0]
