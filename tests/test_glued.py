"""How digits without separators are read, and when they are not."""

import time
from itertools import combinations, pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.glued import TooManyReadings, agreed, balances, candidates, cuts, placements, solve_rows, splits

COUNTS = st.one_of(st.just(0), st.integers(0, 9), st.integers(0, 3000))
PARTS = st.lists(COUNTS, min_size=6, max_size=6)


def total(parts):
    return (*parts, sum(parts))


def test_glued_digits_are_split_only_where_the_total_fits():
    assert splits(["31520000317"], 7) == [(315, 2, 0, 0, 0, 0, 317)]
    assert splits(["0000000"], 7) == [(0,) * 7]
    assert splits(["540000053"], 7) == []


def test_no_number_goes_on_beyond_a_printed_border():
    assert splits(["230", "000023"], 7) == [(23, 0, 0, 0, 0, 0, 23)]
    assert splits(["12", "3"], 2) == []


def test_a_visibly_blank_cell_takes_one_column():
    assert splits(["12", "", "0003"], 7) == [(1, 2, None, 0, 0, 0, 3)]
    assert splits(["0", ""], 2) == []


def test_three_groups_are_read_from_one_run():
    assert splits(["10203120001200000"], 5, groups=3) == [(1, 0, 2, 0, 3, 12, 0, 0, 0, 12, 0, 0, 0, 0, 0)]


@given(PARTS)
def test_the_printed_row_is_always_among_the_splits(parts):
    row = total(parts)
    assert row in splits(["".join(map(str, row))], 7, limit=10**6)


@given(PARTS, st.sets(st.integers(1, 6)))
def test_borders_leave_fewer_splits_and_never_lose_the_printed_row(parts, borders):
    row = total(parts)
    edges = [0, *sorted(borders), 7]
    fragments = ["".join(map(str, row[a:b])) for a, b in pairwise(edges)]
    found = splits(fragments, 7, limit=10**6)
    assert row in found
    assert {*found} <= {*splits(["".join(fragments)], 7, limit=10**6)}
    assert all(balances(one) for one in found)


@given(st.text("0123", min_size=1, max_size=9), st.sampled_from([(3, 1), (4, 1), (2, 2), (3, 2)]))
def test_every_cut_that_balances_is_a_split_and_no_other(digits, shape):
    columns, groups = shape
    chosen = combinations(range(1, len(digits)), columns * groups - 1)
    cut = ([digits[a:b] for a, b in pairwise([0, *inner, len(digits)])] for inner in chosen)
    rows = (tuple(map(int, parts)) for parts in cut if all(part == "0" or part[0] != "0" for part in parts))
    assert set(splits([digits], columns, groups=groups)) == {row for row in rows if balances(row, groups)}


def test_unseen_blanks_are_placed_where_the_row_balances():
    assert agreed(placements([3, 3], 7)) == (None,) * 6 + (3,)
    assert placements([5, 6, 7], 7) == []
    assert placements([4], 7) == []
    assert agreed(placements([0, 0, 0], 7)) == (None,) * 7
    assert placements([2, 1, 3], 4) == [(2, 1, None, 3), (2, None, 1, 3), (None, 2, 1, 3)]


def test_a_glued_reading_and_an_unseen_blank_are_both_considered():
    assert candidates(["21", "0", "0", "00", "0", "21"], 7) == [(21, 0, 0, 0, 0, 0, 21)]
    assert (None, 1, None, None, None, None, 1) in candidates(["1", "1"], 7)


@pytest.mark.parametrize(
    ("fragments", "values"),
    [
        (["000"], ("0", "0", "0")),
        (["007"], ("0", "0", "7")),
        (["100"], (None, None, None)),
        (["0", "0"], (None, None, None)),
        (["126025"], (None, None, None)),
        (["2648", "-18538"], ("2648", None, None)),
    ],
)
def test_without_an_identity_only_what_every_cut_shares_is_read(fragments, values):
    assert agreed(cuts(fragments, (False, True, False), (False, False, False))) == values


def test_a_fraction_belongs_to_the_amount():
    assert agreed(cuts(["0123.50"], (False, False), (False, True))) == ("0", "123.50")
    assert agreed(cuts(["13575394432.52"], (False, False), (False, True))) == (None, None)


def test_the_columns_choose_among_the_readings_of_a_row():
    rows = {"a": [(1, 12), (11, 2)], "b": [(2, 2)], "sum": [(13, 4)]}
    assert solve_rows(rows, [[("a", 1), ("b", 1), ("sum", -1)]])["a"] == [(11, 2)]


def test_two_rows_can_settle_each_other():
    rows = {"a": [(1, 2), (5, 5)], "b": [(9, 8), (3, 3)], "sum": [(10, 10), (7, 7)]}
    solved = solve_rows(rows, [[("a", 1), ("b", 1), ("sum", -1)]])
    assert solved == {"a": [(1, 2)], "b": [(9, 8)], "sum": [(10, 10)]}


def test_figures_that_break_the_identity_decide_nothing():
    rows = {"a": [(1, 2), (5, 5)], "sum": [(7, 7)]}
    assert solve_rows(rows, [[("a", 1), ("sum", -1)]]) == rows


def test_an_identity_with_a_missing_row_says_nothing():
    rows = {"a": [(1, 2), (5, 5)], "sum": [(5, 5)]}
    assert solve_rows(rows, [[("a", 1), ("b", 1), ("sum", -1)]]) == rows


@given(st.lists(st.lists(st.tuples(COUNTS, COUNTS), min_size=1, max_size=4), min_size=1, max_size=5))
def test_joint_readings_are_those_of_a_full_enumeration(rows):
    named = {str(at): list(dict.fromkeys(readings)) for at, readings in enumerate(rows)}
    named["sum"] = [tuple(map(sum, zip(*(readings[0] for readings in named.values()), strict=True)))]
    identity = [*((key, 1) for key in named if key != "sum"), ("sum", -1)]
    keys = [key for key in named if key != "sum"]
    joint = [
        choice
        for choice in product(*(named[key] for key in keys))
        if tuple(map(sum, zip(*choice, strict=True))) == named["sum"][0]
    ]
    solved = solve_rows(named, [identity])
    assert all(set(solved[key]) == {choice[at] for choice in joint} for at, key in enumerate(keys))


def test_work_on_thousands_of_digits_is_bounded():
    begun = time.perf_counter()
    assert splits(["9" * 5000], 7) == []
    assert splits(["0"] * 5000, 7) == []
    assert cuts(["1" * 5000], (False,) * 3, (False,) * 3) == []
    assert splits(["123456789" * 6], 7) == []
    with pytest.raises(TooManyReadings):
        splits(["1" * 60], 7, limit=10)
    assert time.perf_counter() - begun < 5


def test_work_on_rows_together_is_bounded():
    rows = {str(at): [(0, 2**at), (2**at, 0)] for at in range(22)}
    with pytest.raises(TooManyReadings):
        solve_rows(rows | {"sum": [(2**20 + 1, 2**21 + 2**20 - 2)]}, [[*((key, 1) for key in rows), ("sum", -1)]])


def test_zeros_that_fit_in_a_thousand_ways_are_not_all_listed():
    with pytest.raises(TooManyReadings):
        placements([0] * 7, 5, groups=3)
