"""Which printed value stands in which official cell, and when a cell is left empty."""

import time

import pytest
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

from model.form import APPEALS, APPLICANTS, APPLICATIONS, OUTCOME_ROWS, OUTCOMES, OVERDUE_ROWS
from model.labels import cell_label
from model.spans import Span
from model.tables import rebuild
from training.synthesis.pieces import join

NEW = "applications.new_applications"
LICENCES = "proactive_disclosure.administrative_licenses"
RULES = "proactive_disclosure.regulations"
PENALTIES = "proactive_disclosure.administrative_penalties"
FEES = "proactive_disclosure.administrative_fees"


def pieces(label, *printed, between=" | "):
    """A row of cells with what stands between them."""
    return [piece for cell in printed for piece in ((cell, label), (between, None))]


def read(*rows, scores=None, in_force=None):
    """The tables of a text made of these rows, which goes on behind them; `scores` are those of its spans in order."""
    text, spans = join([*(piece for row in rows for piece in [*row, ("\n", None)]), ("五、存在的主要问题", None)])
    if scores:
        spans = [span._replace(score=score) for span, score in zip(spans, scores, strict=True)]
    return rebuild(text, spans, in_force)


def values(tables, pointer):
    return {p.removeprefix(pointer + "/"): r.value for p, r in tables.cells.items() if p.startswith(pointer + "/")}


def said(tables):
    """Its warnings, but that of the rows which the few of a test leave out."""
    return [warning for warning in tables.warnings if warning.code != "rows_missing"]


def codes(tables):
    return [warning.code for warning in said(tables)]


def new(tables):
    """The seven values of the first row of table three."""
    found = values(tables, "/applications/new_applications")
    return tuple(found.get(column) for column in APPLICANTS)


def test_a_row_with_as_many_values_as_columns_is_read_in_order():
    tables = read(pieces(NEW, "6", "0", "1", "0", "0", "1,362", "9"))
    assert new(tables) == (6, 0, 1, 0, 0, 1362, 9)
    assert not codes(tables)
    assert not any(reading.inferred for reading in tables.cells.values())


def test_a_value_is_what_is_printed_even_where_it_breaks_the_identity():
    assert new(read(pieces(NEW, "6", "0", "0", "0", "0", "0", "7"))) == (6, 0, 0, 0, 0, 0, 7)


def test_values_that_break_the_identity_and_that_the_model_doubts_are_not_read():
    row = pieces(NEW, "6", "0", "0", "0", "0", "0", "7")
    tables = read(row, scores=[0.9] * 6 + [0.4])
    assert new(tables) == (None,) * 7
    assert codes(tables) == ["unreadable_row"]
    assert new(read(row, scores=[0.9] * 6 + [0.6])) == (6, 0, 0, 0, 0, 0, 7)


@pytest.mark.parametrize("between", [" | ", "|", "\t"])
def test_a_number_printed_by_itself_is_never_split(between):
    tables = read(pieces(NEW, "11", "0", "0", "0", "0", "2", between=between))
    assert new(tables) == (None,) * 7
    assert codes(tables) == ["unreadable_row"]


def test_a_number_shared_by_two_rows_belongs_to_the_one_that_holds_most_of_it():
    other = "applications.results.denied.state_secret"
    row = pieces(NEW, "1", "0", "0", "0", "0", "0")
    tables = read([*row, ("5,", other), ("012", NEW), (" | ", None)])
    assert new(tables) == (1, 0, 0, 0, 0, 0, 5012)
    assert not values(tables, "/applications/results/denied/state_secret")


def test_zeros_of_which_one_is_missing_are_no_total():
    assert new(read(pieces(NEW, "0", "0", "0", between=" "))) == (None,) * 7


@pytest.mark.parametrize(("dash", "value"), [("——", 5), ("--", 5), ("-", -5), (" -", -5)])
def test_a_long_dash_is_no_minus(dash, value):
    row = [("行政处罚" + dash, None), ("5", PENALTIES), ("|", None)]
    tables = read(row, in_force="2021")
    assert values(tables, "/proactive_disclosure/administrative_penalties") == {"decisions": value}


def test_evidence_points_at_the_digits():
    text, spans = join([("一、本年新收 ", None), *pieces(NEW, "12", "0", "0", "0", "0", "0", "12")])
    reading = rebuild(text, spans).cells["/applications/new_applications/natural_person"]
    assert text[reading.start : reading.end] == "12"


def test_blank_cell_is_not_zero():
    row = [("6", NEW), (" |", None), *[("|", NEW)] * 5, (" ", None), ("6", NEW)]
    tables = read(row)
    assert new(tables) == (6, None, None, None, None, None, 6)
    assert not codes(tables)


@pytest.mark.parametrize("rule", ["|---|---|---|---|---|", "| --- | --- | --- | --- | --- |", "|:--|:--|:--|:--|:--|"])
def test_the_rule_below_the_headings_of_a_table_is_no_row(rule):
    tagged = [piece for part in rule.split("|")[1:-1] for piece in [("|", None), (part, "appeals")]]
    groups = ("14", "5", "3", "2", "24"), ("4", "0", "1", "0", "5"), ("6", "2", "0", "3", "11")
    rows = [row for group in groups for row in ([*tagged, ("|", None)], [("| ", None), *pieces("appeals", *group)])]
    assert [reading.value for reading in read(*rows).cells.values()] == [
        int(cell) for group in groups for cell in group
    ]


def test_a_span_of_two_separators_is_two_blank_cells():
    row = [("6 |", None), ("||", NEW), *pieces(NEW, "0", "0", "0", "0", "0")]
    assert new(read(row)) == (None, None, 0, 0, 0, 0, 0)


@pytest.mark.parametrize("word", ["无", "/", "-"])
def test_a_word_in_a_cell_is_null_with_a_warning(word):
    tables = read(pieces(NEW, "6", word, "0", "0", "0", "0", "6"))
    assert new(tables) == (6, None, 0, 0, 0, 0, 6)
    assert [(w.code, w.pointer) for w in said(tables)] == [
        ("not_a_number", "/applications/new_applications/commercial_enterprise")
    ]


def test_a_value_that_fell_out_of_its_row_keeps_its_column():
    other = "applications.results.granted"
    row = [*pieces(NEW, "6", "0"), *pieces(other, "4"), *pieces(NEW, "0", "0", "0", "1", "7")]
    assert new(read(row)) == (6, 0, 0, 0, 0, 1, 7)


def test_glued_digits_are_split_only_when_one_reading_is_left():
    tables = read(pieces(NEW, "31520000317"))
    assert new(tables) == (315, 2, 0, 0, 0, 0, 317)
    assert all(reading.inferred for reading in tables.cells.values())
    tables = read(pieces(NEW, "270020130"))
    assert new(tables) == (None, None, 0, None, None, 1, 30)
    assert codes(tables) == ["unreadable_row"]


def test_glued_digits_are_found_in_the_text():
    text, spans = join([("数量", None), ("31520000317", NEW)])
    cells = rebuild(text, spans).cells
    found = [text[cells[p].start : cells[p].end] for p in (f"/applications/new_applications/{c}" for c in APPLICANTS)]
    assert found == ["315", "2", "0", "0", "0", "0", "317"]


def test_a_blank_inside_glued_digits_is_a_border():
    assert new(read([("230 000023", NEW)])) == (23, 0, 0, 0, 0, 0, 23)
    assert new(read(pieces(NEW, "23", "0", "00", "0", "023", between=" "))) == (23, 0, 0, 0, 0, 0, 23)


def test_glued_digits_tagged_in_parts_are_one_run():
    row = [("315", NEW), ("20000", NEW), ("317", NEW)]
    assert new(read(row)) == (315, 2, 0, 0, 0, 0, 317)


def test_columns_choose_where_the_row_leaves_several_readings():
    rows = [
        pieces("applications.carried_over_from_previous_year", *"0000000"),
        pieces("applications.results.total", "27", "0", "0", "2", "0", "1", "30"),
        pieces("applications.carried_over_to_next_year", *"0000000"),
    ]
    tables = read(pieces(NEW, "270020130"), *rows)
    assert new(tables) == (27, 0, 0, 2, 0, 1, 30)
    assert not codes(tables)


def test_unseen_blanks_leave_what_every_placement_shares():
    tables = read(pieces(NEW, "3", "3", between=" "))
    assert new(tables) == (None,) * 6 + (3,)
    assert codes(tables) == ["unreadable_row"]


def test_a_visible_blank_counts_as_a_column_of_a_glued_row():
    row = [("6 ", None), ("12", NEW), ("|", NEW), ("|", None), ("0003", NEW)]
    assert new(read(row)) == (1, 2, None, 0, 0, 0, 3)


def test_a_row_that_cannot_be_read_stays_empty():
    tables = read(pieces(NEW, "5", "6", "7"))
    assert new(tables) == (None,) * 7
    assert [(w.code, w.pointer) for w in said(tables)] == [("unreadable_row", "/applications/new_applications")]


def test_a_stray_value_is_left_out_where_only_that_makes_the_row_add_up():
    scores = [0.99] * 7 + [0.5]
    tables = read(pieces(NEW, "21", "0", "0", "0", "0", "0", "21", "3"), scores=scores)
    assert new(tables) == (21, 0, 0, 0, 0, 0, 21)
    assert all(reading.inferred for reading in tables.cells.values())
    assert new(read(pieces(NEW, "21", "0", "0", "0", "0", "0", "21", "3"), scores=scores[::-1])) == (None,) * 7
    assert new(read(pieces(NEW, "1", "0", "1", "0", "0", "0", "0", "1"))) == (None,) * 7


def test_a_row_in_which_the_text_breaks_off_has_its_first_columns():
    whole = rebuild(*join(pieces(NEW, "5", "6", "7", between=" | ")))
    assert new(whole) == (5, 6, 7, None, None, None, None)
    assert new(rebuild(*join(pieces(NEW, "5", "6", "7", between=" ")))) == (None,) * 7


def test_an_empty_row_below_is_no_part_of_the_row():
    row = [*pieces(NEW, "6", "0", "0", "0", "0", "1", "7", between="|"), ("|\n", None), *[("|", NEW)] * 5]
    assert new(read(row)) == (6, 0, 0, 0, 0, 1, 7)


def lined(*cells, words="二、重复申请", row=NEW):
    """A row on one line, a bar behind each cell; those given as a pair with False are not tagged."""
    parts = [cell if isinstance(cell, tuple) else (cell, True) for cell in cells]
    printed = [((text or "|", row if tagged else None), ("|" if text else "", None)) for text, tagged in parts]
    return [(words + "|", None), *(piece for pair in printed for piece in pair)]


def test_a_blank_cell_beside_as_many_values_as_columns_is_padding():
    values = ("6", "0", "0", "0", "0", "1", "7")
    assert new(read(lined("", *values))) == (6, 0, 0, 0, 0, 1, 7)
    assert new(read(lined(*values[:3], "", *values[3:], ""))) == (6, 0, 0, 0, 0, 1, 7)


def test_a_blank_cell_is_no_padding_where_the_values_without_it_do_not_add_up():
    assert new(read(lined("", "6", "0", "0", "0", "1", "8", "3"))) == (None,) * 7


def test_a_last_value_that_is_the_sum_of_the_others_is_read_only_where_no_bar_is_left_over():
    """`label | 7 | 1 | 8 | ||||||`: a converter that drops blank cells pads the row behind its total."""
    row = lined("7", "1", "8", *[""] * 6)
    assert new(read(row)) == (None,) * 7
    assert codes(read(row)) == ["unreadable_row"]
    assert new(read(lined("7", "1", "8", *[""] * 4))) == (7, 1, 8, None, None, None, None)
    assert new(read(lined("7", "1", "9", *[""] * 6))) == (7, 1, 9, None, None, None, None)
    assert new(read(lined("0", "0", *[""] * 7))) == (0, 0, None, None, None, None, None)


def test_where_bars_part_the_cells_over_lines_the_line_break_before_a_value_is_no_cell():
    broken = [("规章 | ", None), ("\n", RULES), ("\t", None), *pieces(RULES, "5", "1", "7", between=" | \n\t")]
    assert list(values(read(broken, in_force="2021"), "/proactive_disclosure/regulations").values()) == [5, 1, 7]
    for row, found in (
        ([("5", RULES), (" | \n ", None), ("1", RULES), (" | \n", None), ("\n", RULES), ("|\n", None)], [5, 1]),
        ([("5", RULES), (" |\n", None), ("\n", RULES), ("|\n", None), ("7", RULES), ("|\n", None)], [5, 7]),
    ):
        assert list(values(read(row, in_force="2021"), "/proactive_disclosure/regulations").values()) == found
    stacked = [("\n", RULES), ("1", RULES), ("\n", None), ("7", RULES), ("\n", None)]
    assert list(values(read(stacked, in_force="2021"), "/proactive_disclosure/regulations").values()) == [1, 7]


def test_a_word_that_was_not_tagged_is_a_column_of_its_row():
    row = lined("4", ("未增未减", False), "9", words="行政许可", row=LICENCES)
    tables = read(row, in_force="2019")
    assert values(tables, "/proactive_disclosure/administrative_licenses") == {"items_last_year": 4, "decisions": 9}
    assert codes(tables) == ["not_a_number"]
    row = lined("4", ("一", False), "9", words="行政许可", row=LICENCES)
    assert not values(read(row, in_force="2019"), "/proactive_disclosure/administrative_licenses")


def test_padding_before_the_values_is_no_column_of_theirs():
    """`label||5|0|0|0|0|0|`: the label is two cells wide, and the total is blank."""
    padded = new(read(lined(("", False), "5", "0", "0", "0", "0", "0")))
    assert padded[0] is None
    assert padded[1] != 5


def test_a_text_that_breaks_off_behind_an_unseen_blank_has_no_columns():
    spans, text = [], "一、本年新收政府信息公开申请数量|"
    for printed in ("3", "", "0", "0", "3"):
        spans += [Span(len(text), len(text) + 1, NEW)] if printed else []
        text += printed + "|"
    assert "/applications/new_applications/commercial_enterprise" not in rebuild(text, spans).cells


def test_a_blank_cell_on_the_line_of_its_row_has_its_column_whether_or_not_it_was_tagged():
    tables = read(lined("5", "4", "", ("", False), "", "", ("", False)))
    assert new(tables) == (5, 4, None, None, None, None, None)
    assert not codes(tables)
    assert new(read(lined(("", False), "", "3", "", "", "", "3"))) == (None, None, 3, None, None, None, 3)


def test_a_number_that_was_not_tagged_is_not_found_on_the_line():
    assert new(read(lined("5", "4", ("1", False), "", "", "", ("", False)))) == (None,) * 7


@pytest.mark.parametrize("cells", [
    ["5", "4", "", "", ("", False)], ["5", "4", "", "", "", ("", False)], ["5", "4", *[("", False)] * 7],
])  # fmt: skip
def test_a_line_with_other_than_the_official_columns_is_not_filled_in(cells):
    assert new(read(lined(*cells))) == (None,) * 7


def test_two_numbers_in_one_cell_are_not_one():
    assert 52 not in new(read(lined("5 2", "", ("", False), "", "", "", "7")))


def test_a_line_without_words_does_not_say_where_its_row_begins():
    assert new(read(lined("5", "4", *[("", False)] * 5, words=""))) == (None,) * 7


def below(*cells, between="\n", label="二、重复申请", row=NEW, tagged=()):
    """A row with each cell on lines of its own; of the blank ones those whose numbers are in `tagged` are tagged."""
    printed = [((cell or between[0], row if cell or at in tagged else None), cell) for at, cell in enumerate(cells)]
    return [(label + between, None), *(one for piece, cell in printed for one in (piece, (between[not cell :], None)))]


@given(
    st.lists(st.none() | st.integers(1, 5000), min_size=6, max_size=6).filter(any),
    st.sampled_from(["\n", "\n\n", "\n  ", "\t\n", " \n", " |\n"]),
    st.sets(st.integers(0, 5)),
)
def test_blank_cells_below_one_another_are_counted_by_the_breaks(parts, between, tagged):
    first = next(at for at, part in enumerate(parts) if part is not None)
    told = between[0] != " " and tagged & set(range(first))
    assume(not first or None in parts[first:] or told)  # else it may be the label's own break
    cells = ["" if part is None else str(part) for part in (*parts, sum(filter(None, parts)))]
    tables = read(below(*cells, between=between, tagged=tagged))
    assert new(tables) == (*parts, sum(filter(None, parts)))
    assert not codes(tables)


def test_breaks_say_more_of_blank_cells_than_tags_do():
    row = below("", "6", "", "", "", "3", "9", between="\n\n", tagged=(0, 2, 3, 4))
    assert new(read(row)) == (None, 6, None, None, None, 3, 9)


@pytest.mark.parametrize("row", [
    below("6", "", "2", "", "", "8"), below("6", "", "2", "", "", "", "1", "9"), below("", "6", "2", "", "", "1", "10"),
    below("6", "", "2", "", "", "1 1", "9"), [*below("6", "", "2"), *below("", "", "1", "9", label="续")],
])  # fmt: skip
def test_breaks_that_are_not_one_a_column_or_values_that_do_not_add_up_say_nothing(row):
    assert new(read(row))[:6] == (None,) * 6


def test_a_longer_break_behind_a_label_alone_is_no_blank_cell():
    text = "本年新收\n\n5\n0\n0\n0\n0\n5\n五、存在的主要问题"
    spans = [Span(at, at + 1, "applications.new_applications", 1.0) for at in range(6, 18, 2)]
    assert new(rebuild(text, spans))[:6] == (None,) * 6


def test_above_the_values_of_table_four_the_row_of_titles_may_end():
    cells = ("", "", "3", "", "3", *[""] * 5, "", "", "", "2", "2")
    for label in ("总计", "总计\n"):
        tables = read(below(*cells, label=label, row="appeals"))
        assert values(tables, "/appeals/reconsideration") == {"other": 3, "total": 3}
        assert values(tables, "/appeals/litigation_after_reconsideration") == {"pending": 2, "total": 2}
    assert new(read(below("6", "", "2", "", "", "1", "9", label="二、重复申请\n")))[2] is None


def test_a_repeated_row_is_read_once():
    row = pieces(NEW, "6", "0", "0", "0", "0", "1", "7")
    tables = read(row, row)
    assert new(tables) == (6, 0, 0, 0, 0, 1, 7)
    assert not codes(tables)
    assert new(read(pieces(NEW, "31520000317"), pieces(NEW, "31520000317"))) == (315, 2, 0, 0, 0, 0, 317)


def test_a_row_repeated_elsewhere_with_other_values_keeps_the_first_and_warns():
    tables = read(pieces(NEW, *"1000001"), [("字" * 200, None)], pieces(NEW, *"2000002"))
    assert new(tables) == (1, 0, 0, 0, 0, 0, 1)
    assert codes(tables) == ["repeated_row"]


def test_of_two_rows_side_by_side_nothing_says_which_is_meant():
    tables = read(pieces(NEW, *"1000001"), pieces(NEW, *"2000002"))
    assert new(tables) == (None,) * 7
    assert codes(tables) == ["unreadable_row"]


def test_an_incomplete_run_far_before_a_complete_one_is_passed_over():
    tables = read(pieces(NEW, *"100"), [("字" * 200, None)], pieces(NEW, *"2000002"))
    assert new(tables) == (2, 0, 0, 0, 0, 0, 2)


def test_a_partial_tag_grows_to_the_printed_number():
    text = "行政许可 | 13,210 |\n行政事业性收费 | 24252.311082 |"
    spans = [Span(8, 11, LICENCES), Span(text.index("311"), text.index("311") + 3, FEES)]
    tables = rebuild(text, spans)
    assert values(tables, "/proactive_disclosure/administrative_licenses") == {"decisions": 13210}
    assert values(tables, "/proactive_disclosure/administrative_fees") == {"amount_10k_cny": "24252.311082"}


@pytest.mark.parametrize("heading", ["2.没有现成信息", "2 .没有现成信息", "2. 没有现成信息", "2、没有现成信息"])
def test_a_partial_tag_does_not_take_the_number_of_the_next_heading(heading):
    tables = rebuild("数量7000007" + heading, [Span(2, 8, NEW)])
    assert new(tables) == (7, 0, 0, 0, 0, 0, 7)


def test_digits_glued_behind_a_thousand_are_read_not_at_all():
    tables = rebuild("数量1,5290000001,529", [Span(2, 18, NEW)])
    assert new(tables) == (None,) * 7
    assert codes(tables) == ["unreadable_row"]


def test_a_tag_does_not_grow_over_a_separator():
    tables = rebuild("12|34", [Span(3, 4, LICENCES)])
    assert values(tables, "/proactive_disclosure/administrative_licenses") == {"decisions": 34}


# Table two


def test_rows_of_a_printed_table_in_which_nothing_was_found_are_named():
    tables = read(*(pieces(cell_label("applications", row.key), *"0000000") for row in APPLICATIONS[:3]))
    (warning,) = tables.warnings
    assert (warning.code, warning.pointer) == ("rows_missing", "/applications")
    assert "results/partially_granted" in warning.message
    assert "results/granted" not in warning.message


def test_a_single_row_of_other_outcomes_leaves_none_missing():
    single = [row.key for row in APPLICATIONS if row.key not in OVERDUE_ROWS]
    assert not read(*(pieces(cell_label("applications", key), *"0000000") for key in single)).warnings


def test_one_cell_in_the_row_of_licences_is_form_2021():
    tables = read(pieces(RULES, "1", "0", "9"), pieces(LICENCES, "1321"), pieces(FEES, "0.50"))
    assert tables.form == "2021"
    assert values(tables, "/proactive_disclosure/regulations") == {"issued": 1, "repealed": 0, "in_force": 9}
    assert values(tables, "/proactive_disclosure/administrative_licenses") == {"decisions": 1321}
    assert values(tables, "/proactive_disclosure/administrative_fees") == {"amount_10k_cny": "0.50"}


def test_three_cells_in_the_row_of_licences_are_form_2019():
    tables = read(pieces(LICENCES, "13", "-2", "847"), pieces(FEES, "3", "0"))
    assert tables.form == "2019"
    assert values(tables, "/proactive_disclosure/administrative_licenses") == {
        "items_last_year": 13,
        "change": -2,
        "decisions": 847,
    }
    assert values(tables, "/proactive_disclosure/administrative_fees") == {"items_last_year": 3, "change": 0}


@pytest.mark.parametrize("change", [
    [("减4", LICENCES)], [("减", LICENCES), ("4", LICENCES)], [("减", None), ("4", LICENCES)],
    [("减少", None), ("4", LICENCES)], [("减 ", None), ("4", LICENCES)],
])  # fmt: skip
def test_the_word_before_a_change_is_its_sign_whether_or_not_it_was_tagged(change):
    row = [("行政许可\n", None), ("6", LICENCES), ("\n", None), *change, ("\n", None), ("2", LICENCES)]
    assert values(read(row), "/proactive_disclosure/administrative_licenses")["change"] == -4


@pytest.mark.parametrize("before", ["本年增/减", "本年增、减", "未增未减", "未增未减\n", "比上年减少\n"])
def test_no_other_word_is_the_sign_of_a_number(before):
    row = [(before, None), *pieces(LICENCES, "6", "4", "2")]
    assert values(read(row), "/proactive_disclosure/administrative_licenses")["items_last_year"] == 6


def test_a_sign_in_words_between_glued_digits_is_not_lost():
    row = [("6减4", LICENCES), (" ", None), ("2", LICENCES)]
    assert not values(read(row, in_force="2019"), "/proactive_disclosure/administrative_licenses")
    assert new(read([("本年新增", None), ("31520000317", NEW)])) == (315, 2, 0, 0, 0, 0, 317)


def test_a_row_that_only_form_2019_has_tells_the_form():
    tables = read(pieces(LICENCES, "3960181"), pieces("proactive_disclosure.government_procurement", "2", "8243.46"))
    assert tables.form == "2019"
    assert values(tables, "/proactive_disclosure/government_procurement") == {"projects": 2, "amount": "8243.46"}
    assert values(tables, "/proactive_disclosure/administrative_licenses") == {}


def test_where_rows_contradict_each_other_the_form_in_force_holds():
    tables = read(pieces(LICENCES, "8"), _THREE, pieces(RULES, "1", "0", "9"), in_force="2021")
    assert tables.form == "2021"
    assert values(tables, "/proactive_disclosure/regulations") == {"issued": 1, "repealed": 0, "in_force": 9}
    assert not values(tables, "/proactive_disclosure/administrative_penalties")


def test_the_form_in_force_names_the_columns_where_the_table_does_not_tell():
    tables = read(pieces(RULES, "1", "0", "9"), in_force="2019")
    assert tables.form is None
    assert values(tables, "/proactive_disclosure/regulations") == {"made": 1, "disclosed": 0, "total_disclosed": 9}
    assert codes(read(pieces(RULES, "1", "0", "9"))) == ["unknown_row"]


def test_a_single_cell_in_a_report_older_than_form_2021_is_glued():
    tables = read(pieces(LICENCES, "3960181"), in_force="2019")
    assert tables.form is None
    assert not tables.cells


def test_glued_disclosure_digits_are_read_only_where_nothing_else_is_possible():
    tables = read(pieces(RULES, "000"), pieces("proactive_disclosure.normative_documents", "693665"), in_force="2021")
    assert values(tables, "/proactive_disclosure/regulations") == {"issued": 0, "repealed": 0, "in_force": 0}
    assert values(tables, "/proactive_disclosure/normative_documents") == {}
    assert [w.pointer for w in said(tables)] == ["/proactive_disclosure/normative_documents"]
    assert not read(pieces(RULES, "100"), in_force="2021").cells


_THREE = pieces(PENALTIES, "1", "0", "5")  # form 2019


def test_a_blank_cell_of_table_two_that_was_not_tagged_is_seen_behind_the_first_value():
    tables = read(_THREE, lined("13", "-2", ("", False), row=LICENCES), lined("3", ("", False), row=FEES))
    assert values(tables, "/proactive_disclosure/administrative_licenses") == {"items_last_year": 13, "change": -2}
    assert values(tables, "/proactive_disclosure/administrative_fees") == {"items_last_year": 3}
    assert not codes(tables)


@pytest.mark.parametrize("cells", [
    [("", False), "13", ("", False)], ["", "13", ("", False)], ["13", ("", False)], ["13", *[("", False)] * 3],
    ["13", ("2", False), "7"],
])  # fmt: skip
def test_in_table_two_merged_cells_and_unread_values_are_no_blank_cells(cells):
    tables = read(_THREE, lined(*cells, row=LICENCES))
    assert not values(tables, "/proactive_disclosure/administrative_licenses")
    assert codes(tables) == ["unreadable_row"]


@pytest.mark.parametrize("gap", ["\n|\n", " | "])
def test_the_bar_that_closes_a_label_is_no_blank_cell(gap):
    bar = [("规章", None), ("\n", None), ("|", RULES), ("\n", None)]
    tables = read([*bar, *pieces(RULES, "1", "0", "9", between=gap)], in_force="2021")
    assert values(tables, "/proactive_disclosure/regulations") == {"issued": 1, "repealed": 0, "in_force": 9}


def test_a_blank_cell_behind_the_bar_of_the_label_stays_one():
    tables = read([("规章 |", None), ("|", RULES), (" ", None), *pieces(RULES, "0", "9")], in_force="2021")
    assert values(tables, "/proactive_disclosure/regulations") == {"repealed": 0, "in_force": 9}


def test_without_the_form_a_blank_cell_of_table_two_may_be_that_of_a_wider_row():
    tables = read(lined("681", ("", False), ("", False), row=LICENCES), in_force="2019")
    assert not tables.cells
    assert codes(tables) == ["unreadable_row"]


def test_a_value_of_table_two_that_fell_out_of_its_row_has_no_column():
    fallen = [*pieces(RULES, "2916", "1442"), ("规章", None), *pieces(RULES, "50")]
    tables = read(fallen, in_force="2021")
    assert not tables.cells
    assert codes(tables) == ["unreadable_row"]
    assert len(read([*pieces(RULES, "0", "0"), ("规章", None), *pieces(RULES, "0")], in_force="2021").cells) == 3
    named = [
        ("制发", None),
        *pieces(RULES, "3"),
        ("废止", None),
        *pieces(RULES, "1"),
        ("有效", None),
        *pieces(RULES, "9"),
    ]
    assert len(read(named, in_force="2021").cells) == 3


def test_yuan_in_a_column_of_ten_thousands_is_kept_with_a_warning():
    tables = read([("1200", FEES), ("元", None)], in_force="2021")
    assert values(tables, "/proactive_disclosure/administrative_fees") == {"amount_10k_cny": "1200"}
    assert codes(tables) == ["unit_in_cell"]
    assert codes(read([("1200", FEES), ("万元", None)], in_force="2021")) == []


# Table four


def test_fifteen_cells_are_three_groups():
    tables = read(pieces("appeals", *"100120000050005"))
    assert values(tables, "/appeals/reconsideration") == dict(zip(OUTCOMES, (1, 0, 0, 1, 2), strict=True))
    after = values(tables, "/appeals/litigation_after_reconsideration")
    assert after == dict(zip(OUTCOMES, (5, 0, 0, 0, 5), strict=True))


def test_glued_appeals_are_split_by_their_three_totals():
    tables = read(pieces("appeals", "10203120001200000"))
    assert values(tables, "/appeals/litigation_direct") == dict(zip(OUTCOMES, (12, 0, 0, 0, 12), strict=True))


def test_too_few_appeals_stay_empty():
    tables = read(pieces("appeals", "1", "0", "0"))
    assert not tables.cells
    assert [w.pointer for w in said(tables)] == ["/appeals"]


# Whole tables

UNSHRUNK = (Phase.explicit, Phase.generate)  # making a failing table of 175 cells small takes minutes
COUNTS = st.one_of(st.just(0), st.just(0), st.integers(0, 9), st.integers(10, 5000))


@st.composite
def full_tables(draw):
    """Table three, filled so that every identity holds: {row key: seven values}."""
    people = len(APPLICANTS) - 1
    rows = {key: [draw(COUNTS) for _ in range(people)] for key in OUTCOME_ROWS}
    rows["results/total"] = [sum(column) for column in zip(*rows.values(), strict=True)]
    rows["carried_over_from_previous_year"] = [min(draw(COUNTS), total) for total in rows["results/total"]]
    rows["carried_over_to_next_year"] = [draw(COUNTS) for _ in range(people)]
    flows = zip(*list(rows.values())[-3:], strict=True)
    rows["new_applications"] = [closed - before + after for closed, before, after in flows]
    return {row.key: (*rows[row.key], sum(rows[row.key])) for row in APPLICATIONS}


def serialise(table, glued):
    """Pieces of the table; the rows named in `glued` are printed without separators."""
    lines = []
    for row in APPLICATIONS:
        label = "applications." + row.key.replace("/", ".")
        printed = [str(value) for value in table[row.key]]
        lines.append([(row.title, None), *pieces(label, *(["".join(printed)] if row.key in glued else printed))])
    return lines


@settings(max_examples=30, deadline=None, phases=UNSHRUNK)
@given(full_tables(), st.sets(st.sampled_from([row.key for row in APPLICATIONS])), st.booleans())
def test_a_table_glued_row_by_row_is_read_right_or_not_at_all(table, glued, everything):
    glued = {row.key for row in APPLICATIONS} if everything else glued
    tables = read(*serialise(table, glued))
    for key, row in table.items():
        found = values(tables, f"/applications/{key}")
        expected = dict(zip(APPLICANTS, row, strict=True))
        assert found.items() <= expected.items()
        assert found == expected or key in glued


@settings(max_examples=30, deadline=None, phases=UNSHRUNK)
@given(full_tables(), st.sampled_from([row.key for row in APPLICATIONS]))
def test_one_glued_row_of_twenty_digits_between_complete_ones_is_read_right(table, key):
    assume(len("".join(map(str, table[key]))) <= 20)
    found = values(read(*serialise(table, {key})), f"/applications/{key}")
    assert found == dict(zip(APPLICANTS, table[key], strict=True))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(COUNTS, min_size=4, max_size=4), min_size=3, max_size=3))
def test_glued_appeals_are_read_right_or_not_at_all(groups):
    printed = "".join(str(value) for parts in groups for value in (*parts, sum(parts)))
    tables = read(pieces("appeals", printed))
    for group, parts in zip(APPEALS, groups, strict=True):
        expected = dict(zip(OUTCOMES, (*parts, sum(parts)), strict=True))
        assert values(tables, f"/appeals/{group}").items() <= expected.items()


@settings(deadline=None)
@given(st.text(alphabet="0123456789,.-| \n无字", max_size=80), st.lists(st.integers(0, 3), max_size=40))
def test_no_spans_break_the_reader_and_every_value_is_printed_where_it_says(text, labels):
    spans = [Span(at, at + 1, (NEW, RULES, FEES, "appeals")[n]) for at, n in enumerate(labels) if at < len(text)]
    for reading in rebuild(text, spans, "2021").cells.values():
        printed = text[reading.start : reading.end].replace(",", "").replace(" ", "")
        assert float(printed) == float(reading.value)


def test_work_on_thousands_of_spans_and_digits_is_bounded():
    begun = time.perf_counter()
    read(pieces(NEW, "1" * 5000), pieces("appeals", "1" * 5000), pieces(RULES, "1" * 5000), in_force="2021")
    read(*(pieces("applications." + row.key.replace("/", "."), "1" * 40) for row in APPLICATIONS))
    read(pieces(NEW, *["0"] * 5000), pieces("appeals", *["12"] * 5000), [("|", RULES)] * 5000)
    assert time.perf_counter() - begun < 20
