"""The parts that an ablation takes out are there to be taken out."""

import pytest

from training.ablate import READ, TRAINED, table
from training.scores import BRIEF, COMPARED, Rate, Scores
from training.synthesis.compose import compose


@pytest.mark.parametrize("change", READ.values(), ids=READ)
def test_what_is_replaced_exists(change):
    with change():
        pass


@pytest.mark.parametrize("manner", [manner for manner, _ in TRAINED.values()], ids=TRAINED)
def test_reports_can_be_composed_in_that_manner(manner):
    assert compose(1, **manner).spans


def test_the_table_has_a_row_for_each_change():
    scores = Scores(1, dict.fromkeys(COMPARED, Rate(hits=1)), (1, 2), (3, 4))
    drawn = table({"all": scores, "less": scores})
    assert (drawn.row_count, len(drawn.columns)) == (2, 1 + len(BRIEF))
