"""The official forms as data: the counts that the official documents print."""

import re
from collections import Counter

import pytest

from model.form import (
    AMOUNTS,
    APPEALS,
    APPLICANTS,
    APPLICATIONS,
    ARTICLES,
    COLUMN_TITLES,
    FORM_2019,
    FORM_2021,
    FORMS,
    GROUPS,
    IDENTITIES,
    OUTCOME_ROWS,
    OUTCOMES,
    SECTIONS,
    form_in_force,
)


def test_form_2021_has_10_175_and_15_cells():
    assert sum(len(row.columns) for row in FORM_2021.disclosure) == 10
    assert len(APPLICATIONS) * len(APPLICANTS) == 175
    assert len(APPEALS) * len(OUTCOMES) == 15


def test_form_2019_has_22_cells_in_table_two():
    assert sum(len(row.columns) for row in FORM_2019.disclosure) == 22


def test_there_are_six_sections_and_25_rows():
    assert len(SECTIONS) == 6
    assert len(APPLICATIONS) == 25
    assert len(OUTCOME_ROWS) == 21


def test_the_identities_are_as_many_as_rows_columns_and_groups():
    assert Counter(identity.rule for identity in IDENTITIES) == {
        "applications.row_total": 25,
        "applications.results_total": 7,
        "applications.balance": 7,
        "appeals.total": 3,
    }


def test_every_identity_speaks_of_cells_of_the_form():
    cells = {f"/applications/{row.key}/{column}" for row in APPLICATIONS for column in APPLICANTS}
    cells |= {f"/appeals/{group}/{outcome}" for group in APPEALS for outcome in OUTCOMES}
    named = [pointer for identity in IDENTITIES for pointer in (*identity.parts, *identity.totals)]
    assert set(named) == cells
    assert all(len({*i.parts, *i.totals}) == len(i.parts) + len(i.totals) for i in IDENTITIES)


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_a_form_names_its_source_its_articles_and_its_columns(form):
    assert re.fullmatch(r"国办公开办函〔20\d\d〕\d+号", form.source)
    assert {row.key for row in form.disclosure} <= {key for keys in ARTICLES.values() for key in keys}
    assert {column for row in form.disclosure for column in row.columns} <= set(COLUMN_TITLES)


def test_amounts_are_columns():
    assert set(AMOUNTS) <= set(COLUMN_TITLES)


def test_a_group_heading_has_rows_below_it():
    assert all(any(row.key.startswith(group + "/") for row in APPLICATIONS) for group in GROUPS)


@pytest.mark.parametrize(
    ("year", "form"),
    [(2025, "2021"), (2021, "2021"), (2020, "2019"), (2019, "2019"), (2018, "pre-2019"), (None, None)],
)
def test_the_form_in_force(year, form):
    assert form_in_force(year) == form
