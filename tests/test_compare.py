"""Several years of one agency: what is handed over must arrive."""

import pytest

from model.compare import RULES, Year, compare
from model.errors import NotComparable

NEXT, BEFORE = "/applications/carried_over_to_next_year/", "/applications/carried_over_from_previous_year/"
STOCK = "/proactive_disclosure/normative_documents/"


def year(number, cells=None, agency="青禾县水务局", scores=None):
    return Year(number, agency, cells or {}, scores or {})


def found(rule, *years):
    return [one for one in compare(years) if one.rule == rule and one.status != "not_assessable"]


def test_what_goes_to_next_year_arrives_there():
    (passed,) = found("compare.carried_over", year(2021, {NEXT + "total": 3}), year(2022, {BEFORE + "total": 3}))
    assert (passed.status, passed.expected, passed.actual, passed.years) == ("pass", 3, 3, (2021, 2022))
    assert passed.cells == [NEXT + "total", BEFORE + "total"]


def test_a_name_with_its_province_before_it_is_the_same_agency():
    assert compare([year(2021), year(2022, agency="上川市青禾县水务局")])
    with pytest.raises(NotComparable):
        compare([year(2021), year(2022, agency="大青禾县水务局")])


def test_what_is_lost_on_the_way_fails_with_both_figures():
    (failed,) = found("compare.carried_over", year(2021, {NEXT + "other": 3}), year(2022, {BEFORE + "other": 1}))
    assert (failed.status, failed.expected, failed.actual, failed.suspect) == ("fail", 3, 1, "source")


def test_a_figure_that_was_hardly_read_is_suspected_first():
    unsure = year(2021, {NEXT + "other": 3}, scores={NEXT + "other": 0.4})
    (failed,) = found("compare.carried_over", unsure, year(2022, {BEFORE + "other": 1}))
    assert failed.suspect == "extraction"


def test_what_is_in_force_follows_from_what_was():
    flow = {STOCK + "issued": 4, STOCK + "repealed": 2, STOCK + "in_force": 12}
    (passed,) = found("compare.in_force", year(2021, {STOCK + "in_force": 10}), year(2022, flow))
    assert (passed.status, passed.expected) == ("pass", 12)


def test_a_blank_cell_leaves_the_comparison_open():
    rules = {one.rule: one.status for one in compare([year(2021), year(2022)])}
    assert rules == {"compare.carried_over": "not_assessable", "compare.in_force": "not_assessable"}


@pytest.mark.parametrize(("before", "after", "jumps"), [(2, 40, 1), (40, 2, 1), (0, 10, 1), (0, 9, 0), (100, 900, 0)])
def test_a_figure_unlike_the_year_before_is_pointed_out(before, after, jumps):
    pointer = "/applications/new_applications/total"
    assert len(found("compare.jump", year(2021, {pointer: before}), year(2022, {pointer: after}))) == jumps


def test_years_are_compared_in_their_order_and_gaps_are_not_bridged():
    told = compare([year(2024), year(2021), year(2022)])
    assert {one.years for one in told} == {(2021, 2022)}


@pytest.mark.parametrize("years", [[year(2021), year(2021)], [year(2021), year(2022, agency="青禾县教育局")]])
def test_what_is_not_one_agency_year_by_year_is_refused(years):
    with pytest.raises(NotComparable):
        compare(years)


def test_every_rule_is_explained():
    cells = {NEXT + "total": 1, STOCK + "in_force": 1, "/applications/new_applications/total": 50}
    later = {"/applications/new_applications/total": 1}
    assert {one.rule for one in compare([year(2021, cells), year(2022, later)])} == set(RULES)
