"""Layouts and noise keep spans exact."""

import re
from collections import Counter
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.form import FORMS
from model.spans import Span
from model.tables import cell_value, rebuild
from model.view import view
from training.synthesis import noise
from training.synthesis.cells import repeated
from training.synthesis.layouts import LAYOUTS, SHOWING, _double_bars, _named_rows
from training.synthesis.pieces import join
from training.synthesis.tables import STYLES, Cell, Grid, figure, fill, grids

SEEDS = range(15)
BLANK = re.compile(r"[|│\t\n<]")  # `<` begins the tag that closes a cell of markup
GLUED = ("glued", "half_glued")


def _tables(seed: int) -> tuple[Grid, Grid, Grid]:
    rng = Random(seed)
    form = rng.choice(list(FORMS.values()))
    return grids(form, fill(form, rng, rng.choice(list(STYLES))), rng)


def _expected(grid: Grid) -> list[tuple[str, str]]:
    return [(cell.label, figure(cell.text)) for row in grid for cell in row if cell.label]


def _report(seed: int, layout: str) -> tuple[str, list[Span]]:
    pieces = [("一、总体情况", "heading.overview"), ("\n统计期限自", None)]
    pieces += [("2022年1月1日起至2022年12月31日", "period"), ("止。我局主动公开信息，按规定办理申请。\n", None)]
    for grid in _tables(seed):
        pieces += [*LAYOUTS[layout](grid, Random(seed)), ("\n", None)]
    return join(pieces)


@pytest.mark.parametrize("layout", SHOWING)
def test_a_layout_with_separators_shows_every_cell_of_every_row_in_order(layout):
    for seed in SEEDS:
        for grid in _tables(seed):
            text, spans = join(LAYOUTS[layout](grid, Random(seed)))
            read = [(span.label, text[span.start : span.end]) for span in spans]
            assert [(label, "" if BLANK.fullmatch(string) else string) for label, string in read] == _expected(grid)


@pytest.mark.parametrize("layout", SHOWING)
@pytest.mark.parametrize("version", FORMS)
def test_a_perfect_reader_gives_what_a_layout_with_separators_prints(version, layout):
    for seed in range(5):
        values = fill(FORMS[version], Random(seed), "distinct")
        tables = grids(FORMS[version], values, Random(seed))
        text, spans = join([piece for grid in tables for piece in LAYOUTS[layout](grid, Random(seed))])
        seen = view(text)
        read = rebuild(seen.text, seen.locate(spans), version).cells
        asked = {pointer: cell_value(pointer, figure(value)) for pointer, value in values.items() if value is not None}
        assert {pointer: reading.value for pointer, reading in read.items()} == {
            pointer: value for pointer, value in asked.items() if value is not None
        }


@pytest.mark.parametrize("layout", SHOWING)
@pytest.mark.parametrize("style", STYLES)
def test_a_perfect_reader_of_blank_cells_gives_no_other_value_and_loses_few(style, layout):
    given = printed = 0
    for seed in range(4):
        version = ("2019", "2021")[seed % 2]
        values = fill(FORMS[version], Random(seed), style)
        tables = grids(FORMS[version], values, Random(seed))
        text, spans = join([piece for grid in tables for piece in LAYOUTS[layout](grid, Random(seed))])
        seen = view(text)
        read = {at: reading.value for at, reading in rebuild(seen.text, seen.locate(spans), version).cells.items()}
        asked = {at: cell_value(at, figure(value)) for at, value in values.items() if value is not None}
        assert read.items() <= asked.items()
        given, printed = given + len(read), printed + sum(value is not None for value in asked.values())
    assert given > 0.97 * printed


def test_a_merged_cell_that_is_repeated_is_labelled_once():
    grid = [[Cell("行政许可"), Cell("12", "proactive_disclosure.administrative_licenses", colspan=3)]]
    rows = {tuple((cell.text, bool(cell.label)) for cell in repeated(grid, values)[0]) for values in (True, False)}
    assert rows == {
        (("行政许可", False), ("12", True), ("12", False), ("12", False)),
        (("行政许可", False), ("12", True), ("", False), ("", False)),
    }


@pytest.mark.parametrize("layout", [name for name in LAYOUTS if name not in (*SHOWING, *GLUED, "pdf_columns")])
def test_a_layout_without_separators_keeps_each_printed_value(layout):
    for seed in SEEDS:
        for grid in _tables(seed):
            text, spans = join(LAYOUTS[layout](grid, Random(seed)))
            read = Counter((span.label, text[span.start : span.end]) for span in spans)
            assert read == Counter(pair for pair in _expected(grid) if pair[1])


def test_a_row_printed_column_by_column_with_others_is_not_labelled_at_all():
    left_out = 0
    for seed in SEEDS:
        for grid in _tables(seed):
            text, spans = join(LAYOUTS["pdf_columns"](grid, Random(seed)))
            read = Counter((span.label, text[span.start : span.end]) for span in spans)
            printed = Counter(pair for pair in _expected(grid) if pair[1])
            labels = {label for label, _ in read}
            assert read == Counter({pair: count for pair, count in printed.items() if pair[0] in labels})
            left_out += len({label for label, _ in printed} - labels)
    assert left_out > 100


PAPER = [name for name in LAYOUTS if name.startswith("pdf")]


def _applications(seed: int) -> Grid:
    return grids(FORMS["2021"], fill(FORMS["2021"], Random(seed), "distinct"), Random(seed))[1]


def test_a_group_heading_is_printed_around_the_middle_of_its_rows_as_often_as_at_the_first():
    first = middle = 0
    for seed in range(60):
        lines = join(LAYOUTS["pdf"](_applications(seed), Random(seed)))[0].split("\n")
        begins, above = (_line_with(lines, row) for row in ("不予公", "国家秘密"))
        first, middle = first + (begins is not None and begins == above), middle + (begins is None or begins > above)
    assert min(first, middle) > 18


def _line_with(lines: list[str], words: str) -> int | None:
    return next((at for at, line in enumerate(lines) if words in line), None)


def test_column_headings_broken_side_by_side_are_read_across():
    grids_drawn, across = (_tables(seed)[2] for seed in SEEDS), 0
    grid = next(grid for grid in grids_drawn if {"结果维持", "结果纠正"} <= {cell.text for row in grid for cell in row})
    for seed in range(40):
        text = join(LAYOUTS["pdf_wrapped"](grid, Random(seed)))[0]
        across += bool(re.search(r"结果 +结果", text) and re.search(r"维持 +纠正", text))
    assert 8 < across < 32


def test_a_table_ends_pages_with_ascending_numbers_form_feeds_and_repeated_headings():
    numbered = fed = again = heads = 0
    for layout in PAPER:
        for seed in range(20):
            text, spans = join(LAYOUTS[layout](_applications(seed), Random(seed)))
            pages = [int(page) for page in re.findall(r"(?m)^[-—－第] ?(\d+) ?[-—－页]$", text)]
            assert pages == list(range(min(pages, default=1), min(pages, default=1) + len(pages)))
            assert not any("\f" in text[span.start : span.end] for span in spans)
            numbered, fed, again = numbered + bool(pages), fed + ("\f" in text), again + ("\n续表\n" in text)
            heads += text.count("申请人情况") > 1
    assert min(numbered, fed) > 20
    assert min(again, heads) > 5


def test_page_numbers_ascend_over_the_whole_report():
    for seed in range(40):
        text, spans = _report(seed, "pdf")
        damaged, moved = noise.paged(text, spans, Random(seed))
        before = len(re.findall(noise._PAGE_NUMBER, text))
        style = re.compile(r"(?m)^(?:第 ?|[-—－] ?|P(?:age|\.) )?(\d+)(?: ?[-—－]|[ ，]?(?:页|/).*)?$")
        alone = re.findall(r"(?m)^\d+$", text)  # values that stand on a line of their own
        pages = [int(page[1]) for page in style.finditer(damaged) if page[0] not in alone]
        assert pages == list(range(pages[0], pages[0] + before)) if before else not pages
        assert [damaged[a.start : a.end] for a in moved] == [text[a.start : a.end] for a in spans]


def _row(label: str, *printed: str) -> Grid:
    return [[Cell("本年新收"), *(Cell(text, label) for text in printed)]]


def test_of_two_bars_behind_a_blank_cell_the_first_is_its_own():
    text, spans = join(_double_bars(_row("applications.new_applications", "13", "", "23"), ""))
    assert text == "||本年新收||13||||23||\n"
    assert [(span.start, span.end) for span in spans] == [(8, 10), (12, 13), (14, 16)]


def test_a_number_that_holds_the_separator_is_quoted():
    grid = _row("applications.new_applications", "1,362", "0", "1，004", "")
    written = {join(LAYOUTS["csv"](grid, Random(seed)))[0] for seed in range(30)}
    assert written == {
        '本年新收,"1,362",0,"1，004",\n', '"本年新收","1,362","0","1，004",""\n',
        "本年新收;1,362;0;1，004;\n", '"本年新收";"1,362";"0";"1，004";""\n',
    }  # fmt: skip


def test_a_value_is_named_by_the_heading_of_its_column():
    licences, applications, appeals = _tables(1)
    text = join(LAYOUTS["named_values"](appeals, Random(2)))[0]
    named = [row for grid in (licences, applications, appeals) for row in _named_rows(grid)]
    assert [len(values) for _, values in named[-3:]] == [5, 5, 5]
    assert [headings[0] for headings, _ in named[-3:]] == ["行政复议", "行政诉讼", "行政诉讼"]
    assert all(len(values) == 7 and headings for headings, values in named[-20:-3])
    assert re.match(r"行政复议\n\s*(结果)?维持\W*\d", text)


def test_small_tables_begin_anew_with_each_group_and_part_the_appeals():
    drawn = [
        [join(LAYOUTS["small_markdown"](grid, Random(seed)))[0] for grid in _tables(seed)[1:]] for seed in range(20)
    ]
    group = re.compile(r"无法提供\**\n+\|.*(自然人|数据1).*\n[|: -]+\n\|.*本机关不掌握")
    assert sum(group.search(applications) is not None for applications, _ in drawn) > 15
    for _, appeals in drawn:
        assert len(re.findall(r"(?m)^[|: -]*-[|: -]*$", appeals)) == 3
    unnamed = sum(re.search(r"直接起诉）\**\n+\| [结维]", appeals) is not None for _, appeals in drawn)
    assert 4 < unnamed < 16


def test_a_torn_label_stands_above_the_values_of_its_row():
    torn = 0
    for seed in range(20):
        text, spans = join(LAYOUTS["torn_markdown"](_applications(seed), Random(seed)))
        at = next(span.start for span in spans if span.label.endswith("requires_creation"))
        torn += text[:at].endswith("\n| ")
        assert "现成" in text[:at]
    assert 4 < torn < 18


def test_a_row_is_broken_amid_its_values():
    grid = _row("applications.new_applications", *"1234567")
    broken = {join(LAYOUTS["broken_rows"](grid, Random(seed)))[0].replace("  ", " ") for seed in range(600)}
    assert {"本年新收 1 2 3\n4 5 6\n7\n", "本年新收 1 2 3 4 5 6\n7\n"} <= broken
    assert any(re.fullmatch(r"本年新收 1 2 3\n4 5 6\n[^\n]*\d[^\n]*\n\f?7\n", text) for text in broken)


@pytest.mark.parametrize("layout", GLUED)
def test_glued_digits_of_a_row_read_as_the_row_without_its_gaps(layout):
    for seed in SEEDS:
        for grid in _tables(seed):
            text, spans = join(LAYOUTS[layout](grid, Random(seed)))
            rows: dict[str, str] = {}
            for span in spans:
                rows[span.label] = rows.get(span.label, "") + text[span.start : span.end]
            expected: dict[str, str] = {}
            for label, printed in _expected(grid):
                expected[label] = expected.get(label, "") + printed
            assert rows == {label: digits for label, digits in expected.items() if digits}


def test_glued_digits_are_one_span():
    grid = _tables(2)[2]
    spans = join(LAYOUTS["glued"](grid, Random(2)))[1]
    cells = [cell for cell in grid[-1] if cell.text]
    assert all(cell.text.isdigit() for cell in cells)
    assert len(spans) == 1


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_view_of_a_layout_holds_the_same_values(layout):
    for seed in SEEDS:
        for grid in _tables(seed):
            text, spans = join(LAYOUTS[layout](grid, Random(seed)))
            seen = view(text)
            printed = [text[span.start : span.end] for span in spans]
            located = [seen.text[span.start : span.end] for span in seen.locate(spans)]
            assert [_digits(each) for each in located if _digits(each)] == [_digits(p) for p in printed if _digits(p)]


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


@pytest.mark.parametrize("damage", noise.NOISES, ids=lambda damage: damage.__name__)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_noise_changes_no_labelled_figure(layout, damage):
    for seed in range(3):
        text, spans = _report(seed, layout)
        damaged, moved = damage(text, spans, Random(seed))
        before = [(span.label, _digits(text[span.start : span.end])) for span in spans]
        after = [(span.label, _digits(damaged[span.start : span.end])) for span in moved]
        if damage in (noise.duplicates_dropped, noise.cut_off):
            assert not Counter(after) - Counter(before)
        elif damage is noise.row_repeated:
            assert not Counter(before) - Counter(after)
        else:
            assert after == before


@pytest.mark.parametrize("layout", LAYOUTS)
def test_noise_leaves_blank_cells_on_their_separators(layout):
    for seed in SEEDS:
        text, spans = noise.apply(*_report(seed, layout), Random(seed))
        empty = [text[span.start : span.end] for span in spans if not text[span.start : span.end].strip("|│\t\n<")]
        assert all(BLANK.fullmatch(string) for string in empty)
        assert all(0 <= span.start < span.end <= len(text) for span in spans)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from(sorted(LAYOUTS)))
def test_lines_and_text_are_inverse(seed, layout):
    text, spans = _report(seed, layout)
    assert noise.text_of(noise.lines_of(text, spans)) == (text, sorted(spans))


def test_an_edit_inside_a_span_stretches_it_and_one_across_its_edge_drops_it():
    spans = [Span(2, 5, "agency")]
    assert noise.rewrite("某市安定区", [Span(2, 5, "agency")], [(3, 3, "(dìng)")])[1] == [Span(2, 11, "agency")]
    assert noise.rewrite("某市安定区", spans, [(0, 1, "")])[1] == [Span(1, 4, "agency")]
    assert noise.rewrite("某市安定区", spans, [(5, 5, "。")])[1] == spans
    assert noise.rewrite("某市安定区", spans, [(1, 3, "")])[1] == []


def test_two_numbers_never_run_together_when_blanks_are_dropped():
    text, spans = join([("行政许可 ", None), ("44", "appeals"), (" ", None), ("5", "appeals"), (" 3 4", None)])
    for seed in SEEDS:
        assert re.findall(r"\d+", noise.blanks(text, spans, Random(seed))[0]) == ["44", "5", "3", "4"]
