"""When figures add up, when they do not, and who is to blame."""

import pytest

from model.checks import Told, evaluate
from model.form import APPEALS, APPLICANTS, APPLICATIONS, IDENTITIES, OUTCOMES

ZEROS = {f"/applications/{row.key}/{column}": 0 for row in APPLICATIONS for column in APPLICANTS} | {
    f"/appeals/{group}/{outcome}": 0 for group in APPEALS for outcome in OUTCOMES
}
NEW = "/applications/new_applications/"
DIRECT, AFTER = "/appeals/litigation_direct/total", "/appeals/litigation_after_reconsideration/total"
SURE = dict.fromkeys(ZEROS, 0.99)


def check(rule, cells, scores=SURE, narrative=(), form=None):
    return [one for one in evaluate(cells, scores, narrative, form) if one.rule == rule]


def statuses(rule, cells, **others):
    return [one.status for one in check(rule, cells, **others)]


def test_every_identity_of_the_form_is_evaluated_once():
    checks = evaluate(ZEROS, SURE, [])
    assert [one.rule for one in checks[: len(IDENTITIES)]] == [identity.rule for identity in IDENTITIES]
    assert {one.status for one in checks[: len(IDENTITIES)]} == {"pass"}
    assert [one.rule for one in checks[len(IDENTITIES) :]] == [
        "narrative.applications_received",
        "narrative.reconsiderations",
        "narrative.litigations",
    ]


def test_a_broken_sum_reports_both_figures():
    cells = ZEROS | {NEW + "natural_person": 6, NEW + "total": 7}
    failed = [one for one in check("applications.row_total", cells) if one.status == "fail"]
    assert [(one.expected, one.actual, one.cells[-1]) for one in failed] == [(6, 7, NEW + "total")]


def test_a_blank_cell_leaves_the_identity_open():
    cells = ZEROS | {NEW + "other": None}
    first = check("applications.row_total", cells)[0]
    assert (first.status, first.expected, first.actual, first.suspect) == ("not_assessable", None, None, None)
    del cells[NEW + "other"]
    assert check("applications.row_total", cells)[0].status == "not_assessable"


@pytest.mark.parametrize(("score", "suspect"), [(0.9, "source"), (0.89, "extraction")])
def test_a_surely_read_broken_sum_is_the_sources_own(score, suspect):
    cells = ZEROS | {NEW + "total": 7}
    assert check("applications.row_total", cells, SURE | {NEW + "total": score})[0].suspect == suspect


def test_new_and_carried_over_equal_closed_and_carried_on():
    cells = ZEROS | {
        NEW + "total": 5,
        "/applications/carried_over_from_previous_year/total": 2,
        "/applications/results/total/total": 6,
        "/applications/carried_over_to_next_year/total": 1,
    }
    assert statuses("applications.balance", cells) == ["pass"] * 7
    assert statuses("applications.balance", cells | {NEW + "total": 6}) == ["pass"] * 6 + ["fail"]


def test_the_single_row_of_form_2019_needs_no_other():
    only_2021 = ("/applications/results/other/correction_overdue/", "/applications/results/other/fee_overdue/")
    cells = {pointer: value for pointer, value in ZEROS.items() if not pointer.startswith(only_2021)}
    assert statuses("applications.results_total", cells, form="2019") == ["pass"] * 7
    assert statuses("applications.results_total", cells, form="2021") == ["not_assessable"] * 7
    cells = {pointer: value for pointer, value in cells.items() if "/results/other/" not in pointer}
    assert statuses("applications.results_total", cells) == ["not_assessable"] * 7


def test_the_largest_count_of_the_narrative_is_held_against_the_table():
    told = [Told("applications_received", value) for value in (3, 16, 9)]
    rule = "narrative.applications_received"
    assert statuses(rule, ZEROS | {NEW + "total": 16}, narrative=told) == ["pass"]
    failed = check(rule, ZEROS | {NEW + "total": 15}, narrative=told)[0]
    assert (failed.status, failed.expected, failed.actual, failed.suspect) == ("fail", 16, 15, "source")


@pytest.mark.parametrize("total", [22, 20])
def test_a_part_is_not_held_against_the_table(total):
    told = [Told("applications_received", 15), Told("applications_received", total, whole=False)]
    cells = ZEROS | {NEW + "total": 22}
    assert statuses("narrative.applications_received", cells, narrative=told) == ["not_assessable"]


def test_a_total_of_one_channel_is_still_the_total():
    told = [Told("applications_received", 22), Told("applications_received", 22, whole=False)]
    assert statuses("narrative.applications_received", ZEROS | {NEW + "total": 22}, narrative=told) == ["pass"]


def test_litigations_of_the_narrative_are_both_kinds_of_the_table():
    cells = ZEROS | {DIRECT: 2, AFTER: 3}
    assert statuses("narrative.litigations", cells, narrative=[Told("litigations", 5)]) == ["pass"]
    apart = [Told("litigations", 2), Told("litigations", 3)]
    assert statuses("narrative.litigations", cells, narrative=apart) == ["pass"]


def test_a_silent_narrative_is_not_assessed():
    assert statuses("narrative.reconsiderations", ZEROS) == ["not_assessable"]
    assert statuses("narrative.reconsiderations", {}, narrative=[Told("reconsiderations", 0)]) == ["not_assessable"]


@pytest.mark.parametrize(("kind", "told", "cells", "sides"), [
    ("applications_received", (16, 9, 7), {NEW + "total": 9}, (16, 9)),
    ("reconsiderations", (5, 0), {"/appeals/reconsideration/total": 0}, (5, 0)),
    ("litigations", (3, 0), {DIRECT: 0, AFTER: 0}, (3, 0)),
    ("litigations", (2,), {DIRECT: 2, AFTER: 2}, (2, 4)),
])  # fmt: skip
def test_a_part_that_is_told_does_not_excuse_the_total(kind, told, cells, sides):
    (failed,) = check(f"narrative.{kind}", ZEROS | cells, narrative=[Told(kind, value) for value in told])
    assert (failed.status, failed.expected, failed.actual) == ("fail", *sides)
