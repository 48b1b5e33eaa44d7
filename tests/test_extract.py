"""From tagged text to the report: the same tables however they were copied, and evidence that is the posted text."""

from hashlib import sha256
from random import Random

import pytest
from stand_ins import GoldTagger, SilentTagger

from model.errors import EmptyText
from model.extract import assemble, extract
from model.form import APPEALS, FORM_2021, FORMS, OUTCOMES, SECTIONS
from model.report import cells_of, to_json
from model.tables import cell_value
from model.view import view
from training.synthesis.compose import compose
from training.synthesis.layouts import LAYOUTS, SHOWING
from training.synthesis.pieces import join
from training.synthesis.tables import figure, fill, grids

GLUED = ("glued", "half_glued")
NARRATIVE = [
    ("清河县水务局", "agency"), ("2022", "year"), ("年年报\n", None), ("一、总体情况", "heading.overview"),
    ("\n全年公开", None), ("35条", "fact.disclosures"), ("。\n", None),
]  # fmt: skip


def written(values):
    """The values that can be read: blanks, and words such as 无, are null."""
    read = {p: cell_value(p, figure(v)) for p, v in values.items() if v is not None}
    return {pointer: value for pointer, value in read.items() if value is not None}


def serialised(layout, form, style, seed):
    """(posted text, spans, values) of one and the same report, its tables in that layout."""
    rng = Random(seed)
    values = fill(form, rng, style)
    tables = zip(("proactive_disclosure", "applications", "appeals"), grids(form, values, rng), strict=True)
    pieces = list(NARRATIVE)
    for kind, grid in tables:
        pieces += [("\n" + SECTIONS[kind], f"heading.{kind}"), ("\n", None), *LAYOUTS[layout](grid, rng), ("\n", None)]
    return *join(pieces), values


def read(posted, spans):
    return to_json(extract(posted, GoldTagger({posted: spans})))


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
@pytest.mark.parametrize("style", ["small", "distinct", "large"])
@pytest.mark.parametrize("layout", [name for name in LAYOUTS if name not in (*GLUED, "pdf_columns")])
def test_every_cell_is_what_was_written(layout, style, form):
    posted, spans, values = serialised(layout, form, style, seed=5)
    said = read(posted, spans)
    unread = [one["pointer"] + "/" for one in said["warnings"] if one["code"] == "unreadable_row"]
    torn = tuple(unread) if layout == "pdf_interleaved" else ()  # out of which a value fell
    assert cells_of(said) == {p: value for p, value in written(values).items() if not p.startswith(torn)}
    assert len(torn) <= 1
    assert said["form"] == form.version


@pytest.mark.parametrize("style", ["blank_zeros", "totals_only"])
@pytest.mark.parametrize("layout", [name for name in SHOWING if not name.startswith("cell_lines")])
def test_separators_tell_which_cell_is_blank(layout, style):
    for seed in range(4):
        posted, spans, values = serialised(layout, FORM_2021, style, seed)
        assert cells_of(read(posted, spans)) == written(values)


@pytest.mark.parametrize("style", ["small", "distinct", "zeros"])
def test_the_same_report_reads_the_same_in_every_layout_that_shows_its_cells(style):
    said = [read(*serialised(layout, FORM_2021, style, seed=8)[:2]) for layout in SHOWING]
    for key in ("proactive_disclosure", "applications", "appeals", "checks", "form", "status", "year", "agency"):
        assert all(one[key] == said[0][key] for one in said), key


@pytest.mark.parametrize("seed", range(4))
def test_glued_digits_are_read_right_or_not_at_all(seed):
    posted, spans, values = serialised("glued", FORM_2021, "small", seed)
    said = read(posted, spans)
    true = written(values)
    assert all(true[pointer] == value for pointer, value in cells_of(said).items())
    assert any(place["inferred"] for place in said["evidence"].values())


@pytest.mark.parametrize("layout", LAYOUTS)
def test_evidence_is_the_posted_text(layout):
    for seed in range(3):
        report = compose(seed, layout=layout)
        said = read(report.text, report.spans)
        for place in [*said["evidence"].values(), *said["facts"]]:
            assert report.text[place["start"] : place["end"]] == place["text"]
        for pointer, value in cells_of(said).items():
            printed = said["evidence"][pointer]["text"]
            assert cell_value(pointer, printed) == value
        assert set(said["evidence"]) == set(cells_of(said))


@pytest.mark.parametrize("posted", ["", " \n\t", "\u3000\u00a0", "\ufeff\r\n", "<p>&nbsp;</p>"])
def test_empty_text_is_refused(posted):
    with pytest.raises(EmptyText, match="empty"):
        extract(posted, SilentTagger())


def test_a_text_without_anything_is_no_report():
    said = to_json(extract("今天天气很好。", SilentTagger()))
    assert said["status"] == "not_a_report"
    assert (said["agency"], said["year"], said["form"], said["period"]) == (None, None, None, None)
    assert {warning["code"] for warning in said["warnings"]} == {"section_missing", "table_missing"}


def test_a_missing_section_or_table_makes_a_report_partial():
    said = read(*serialised("pipes", FORM_2021, "small", seed=1)[:2])
    assert said["status"] == "partial"
    assert [w["code"] for w in said["warnings"]].count("section_missing") == 2  # problems and other matters


def test_a_table_of_blank_cells_was_found():
    posted, spans, _ = serialised("pipes", FORM_2021, "small", seed=1)
    appeals = [span for span in spans if span.label == "appeals"]
    blank = [span for span in spans if span.label != "appeals"]
    for span in appeals:  # the separator behind a blank cell is its tag
        posted = posted[: span.start] + " " * (span.end - span.start) + posted[span.end :]
        blank.append(span._replace(start=span.end + 1, end=span.end + 2))
    absent = {warning["pointer"] for warning in read(posted, blank)["warnings"] if warning["code"] == "table_missing"}
    assert absent == set()
    assert {"/appeals"} == {
        warning["pointer"]
        for warning in read(posted, [span for span in blank if span.label != "appeals"])["warnings"]
        if warning["code"] == "table_missing"
    }


def test_a_report_with_all_its_sections_and_tables_is_ok():
    posted, spans, _ = serialised("pipes", FORM_2021, "small", seed=1)
    problems, other = ("五、问题", "heading.problems"), ("六、其他", "heading.other_matters")
    tail, after = join([problems, ("\n无。\n", None), other, ("\n", None)])
    spans = [*spans, *(s._replace(start=s.start + len(posted), end=s.end + len(posted)) for s in after)]
    assert read(posted + tail, spans)["status"] == "ok"


WRITINGS = {
    "line ends of two characters": lambda text: text.replace("\n", "\r\n"),
    "a byte-order mark": lambda text: "\ufeff" + text,
    "full width": lambda text: text.translate({c: c + 0xFEE0 for c in range(0x21, 0x7F)}),
    "zero-width characters": lambda text: text.replace("\n", "\u200b\n"),
    "characters beyond the basic plane": lambda text: "\U00020000\U0001f600" + text.replace("年报", "年报\U0002a700"),
}


@pytest.mark.parametrize("write", WRITINGS.values(), ids=WRITINGS)
@pytest.mark.parametrize("layout", ["pipes", "tabs", "cell_lines", "pdf"])
def test_how_characters_are_written_changes_no_figure(layout, write):
    rng = Random(3)
    grid = grids(FORM_2021, fill(FORM_2021, Random(3), "distinct"), rng)
    pieces = [*NARRATIVE, *(piece for table in grid for piece in [*LAYOUTS[layout](table, rng), ("\n", None)])]
    plain, spans = join(pieces)
    other, moved = join([_inside(write, text, label) if label else (write(text), None) for text, label in pieces])
    before, after = read(plain, spans), read(other, moved)
    assert cells_of(after) == cells_of(before)
    assert [fact["value"] for fact in after["facts"]] == [35]
    for place in [*after["evidence"].values(), *after["facts"]]:
        assert other[place["start"] : place["end"]] == place["text"]
    assert after["text_sha256"] == sha256(other.encode()).hexdigest()


def _inside(write, text, label):
    """A labelled piece written another way, without what would be put before the text."""
    return write(text).lstrip("\ufeff\U00020000\U0001f600"), label


def test_assembling_is_pure():
    report = compose(2, layout="pipes")
    seen = view(report.text)
    spans = seen.locate(report.spans)
    given = list(spans)
    assert assemble(report.text, seen, spans, SilentTagger.info) == assemble(
        report.text, seen, given, SilentTagger.info
    )
    assert spans == given == seen.locate(report.spans)


def test_every_appeal_has_its_outcome():
    posted, spans, values = serialised("pipes", FORM_2021, "distinct", seed=9)
    said = read(posted, spans)["appeals"]
    assert {f"/appeals/{g}/{o}": said[g][o] for g in APPEALS for o in OUTCOMES} == {
        pointer: value for pointer, value in written(values).items() if pointer.startswith("/appeals")
    }
