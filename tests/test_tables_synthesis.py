"""The synthetic tables: identities, blanks, labels, and grids without holes."""

import re
from collections import Counter
from decimal import Decimal
from random import Random

import pytest

from model.form import APPLICATIONS, FORMS, IDENTITIES
from model.labels import CELLS
from model.tables import cell_value
from training.synthesis.tables import (
    NOTHING,
    STYLES,
    ZEROS,
    Grid,
    Values,
    _subtotalled,
    compared,
    figure,
    fill,
    grids,
)

SEEDS = range(15)
CASES = [(version, style) for version in FORMS for style in STYLES]


def _number(printed: str | None) -> Decimal:
    if printed is None or printed in (*NOTHING, *ZEROS):
        return Decimal(0)
    return Decimal(re.sub(r"[,， ]", "", figure(printed)).translate(str.maketrans("－−", "--")))


UNPRINTED = ("no_totals", "totals_only", "patchy")  # styles that leave parts of a sum unprinted


def _drawn(version: str, style: str, seed: int) -> tuple[Values, tuple[Grid, Grid, Grid]]:
    rng = Random(seed)
    values = fill(FORMS[version], rng, style)
    return values, grids(FORMS[version], values, rng)


@pytest.mark.parametrize(("version", "style"), [case for case in CASES if case[1] not in UNPRINTED])
def test_every_identity_holds(version, style):
    for seed in SEEDS:
        values = fill(FORMS[version], Random(seed), style)
        for identity in IDENTITIES:
            parts = [_number(values.get(pointer)) for pointer in identity.parts]
            totals = [_number(values.get(pointer)) for pointer in identity.totals]
            assert sum(parts) == sum(totals), (seed, identity)


@pytest.mark.parametrize("version", FORMS)
def test_totals_only_prints_the_totals_and_nothing_else_of_the_applicants(version):
    values = fill(FORMS[version], Random(1), "totals_only")
    people = {pointer: value for pointer, value in values.items() if not pointer.startswith("/proactive")}
    assert all((value is not None) == pointer.endswith("/total") for pointer, value in people.items())


def test_blank_zeros_never_hides_a_number():
    for seed in SEEDS:
        whole, blank = (fill(FORMS["2021"], Random(seed), style) for style in ("small", "blank_zeros"))
        hidden = {pointer for pointer in whole if blank[pointer] is None}
        assert {_number(whole[pointer]) for pointer in hidden} <= {0}
        assert all(blank[pointer] == whole[pointer] for pointer in whole if pointer not in hidden)


def test_form_2019_prints_one_row_of_other_handling():
    values = fill(FORMS["2019"], Random(3), "distinct")
    assert "/applications/results/other/other/total" in values
    assert not any("overdue" in pointer for pointer in values)


@pytest.mark.parametrize(("version", "style"), CASES)
def test_the_grids_hold_every_value_once_in_the_order_of_the_form(version, style):
    for seed in SEEDS:
        values, tables = _drawn(version, style, seed)
        printed = [(cell.label, cell.text) for grid in tables for row in grid for cell in row if cell.label]
        assert printed == [(_label(pointer), value or "") for pointer, value in _in_print_order(version, values)]
        assert {label for label, _ in printed} <= set(CELLS)


def _in_print_order(version: str, values: Values):
    """The values as the official tables print them; the appeals by group, the applications by the form's rows."""
    rows = [f"/proactive_disclosure/{row.key}/" for row in FORMS[version].disclosure]
    rows += [f"/applications/{row.key}/" for row in APPLICATIONS] + ["/appeals/"]
    return sorted(values.items(), key=lambda item: next(n for n, row in enumerate(rows) if item[0].startswith(row)))


def _label(pointer: str) -> str:
    table, *row = pointer.strip("/").split("/")[:-1]
    return "appeals" if table == "appeals" else ".".join([table, *row])


@pytest.mark.parametrize(("version", "style"), CASES)
def test_the_cells_of_a_grid_tile_a_rectangle(version, style):
    for seed in SEEDS:
        for grid, width in zip(_drawn(version, style, seed)[1], (4, 10, 15), strict=True):
            assert Counter(_places(grid)) == Counter((y, x) for y in range(len(grid)) for x in range(width))


def _places(grid: Grid):
    taken = set()
    for y, row in enumerate(grid):
        x = 0
        for cell in row:
            while (y, x) in taken:
                x += 1
            covered = [(y + dy, x + dx) for dy in range(cell.rowspan) for dx in range(cell.colspan)]
            taken.update(covered)
            yield from covered


def _labelled(grid: Grid) -> list[tuple[str, str]]:
    return [(cell.label, cell.text) for row in grid for cell in row if cell.label]


@pytest.mark.parametrize("version", FORMS)
def test_subtotals_are_rows_of_their_own_without_labels(version):
    body = _drawn(version, "distinct", 4)[1][1][3:]
    rows = _subtotalled(body)
    assert _labelled(rows) == _labelled(body)
    assert Counter(_places(rows)) == Counter((y, x) for y in range(len(rows)) for x in range(10))
    sums = [[int(cell.text) for cell in row[-7:]] for row in rows if not row[-1].label]
    assert len(sums) == len(rows) - len(body) > 2
    assert all(sum(row[:-1]) == row[-1] for row in sums)


def test_one_more_column_has_no_labels_and_leaves_no_holes():
    for seed in SEEDS:
        for grid, width in zip(_drawn("2021", "small", seed)[1][:2], (5, 11), strict=True):
            rows = compared(grid, Random(seed))
            assert _labelled(rows) == _labelled(grid)
            assert Counter(_places(rows)) == Counter((y, x) for y in range(len(grid)) for x in range(width))


@pytest.mark.parametrize(
    ("printed", "read"),
    [("22（其中修订 16 件）", "22"), ("1,362", "1,362"), ("-3", "-3"), ("24252.31元", "24252.31"), ("无", "无")],
)
def test_the_figure_is_the_number_without_what_follows_it(printed, read):
    assert figure(printed) == read


def test_a_zero_printed_as_a_numeral_is_still_a_zero():
    shown = Counter()
    for seed in range(300):
        values = fill(FORMS["2021"], Random(seed), "small")
        numerals = [pointer for pointer, value in values.items() if value in ZEROS]
        assert all(cell_value(pointer, values[pointer]) == 0 for pointer in numerals)
        shown[bool(numerals)] += 1
    assert 1 < shown[True] < 20


def test_the_same_seed_gives_the_same_tables():
    assert _drawn("2021", "small", 7) == _drawn("2021", "small", 7)
