"""Reports from outside: what is out of shape is named, what can be checked is checked."""

import copy
import json

import pytest

from model.form import RULES
from service.app import EXAMPLE_REPORT
from service.validation import validate

EXAMPLE = json.loads(EXAMPLE_REPORT.read_text("utf-8"))


def edited(pointer, value):
    report = copy.deepcopy(EXAMPLE)
    *path, last = pointer.strip("/").split("/")
    place = report
    for step in path:
        place = place[step]
    place[last] = value
    return report


def faults(report):
    return [fault.pointer for fault in validate(report).faults]


def test_an_answer_of_this_service_is_valid():
    found = validate(EXAMPLE)
    assert (found.valid, found.faults) == (True, [])
    assert [(check.rule, check.status) for check in found.checks] == [
        (check["rule"], check["status"]) for check in EXAMPLE["checks"]
    ]


@pytest.mark.parametrize(
    ("pointer", "value"),
    [
        ("/year", "2023"), ("/applications/new_applications/total", "7"), ("/status", "fine"), ("/surprise", 1),
        ("/applications/new_applications/persons", 1), ("/facts", None), ("/contact/phone", "1"),
    ],
)  # fmt: skip
def test_what_the_schema_does_not_allow_is_named(pointer, value):
    assert faults(edited(pointer, value)) == [pointer]


def test_a_key_that_is_missing_is_named():
    report = edited("/year", 2023)
    del report["year"], report["applications"]["new_applications"]["total"]
    assert faults(report) == ["/year", "/applications/new_applications/total"]


def test_an_edited_figure_that_breaks_an_identity_fails_its_check():
    found = validate(edited("/applications/new_applications/natural_person", 6))
    failed = [check.rule for check in found.checks if check.status == "fail"]
    assert failed == ["applications.row_total", "applications.balance"]


def test_a_foreign_report_is_checked_as_far_as_it_goes():
    people = {"natural_person": 1, "commercial_enterprise": 0, "research_institution": 0, "social_organization": 0}
    row = {**people, "legal_service_provider": 0, "other": 0, "total": 2}
    checks = validate({"applications": {"new_applications": row}}).checks
    assert [(check.rule, check.suspect) for check in checks if check.status == "fail"] == [
        ("applications.row_total", "source")
    ]


@pytest.mark.parametrize("report", [{}, {"applications": 5}, {"facts": [1]}, {"evidence": [], "appeals": {"x": [1]}}])
def test_whatever_comes_is_answered(report):
    assert not validate(report).valid


def test_every_rule_that_is_evaluated_is_explained():
    assert {check["rule"] for check in EXAMPLE["checks"]} == set(RULES)
