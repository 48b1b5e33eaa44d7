"""The comparison of sizes, with one tiny size that is trained for four steps."""

import json

import pytest

from training import sizes
from training.synthesis.compose import synthesize


@pytest.fixture(scope="module")
def compared(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sizes")
    (folder / "corpus.txt").write_text("中华人民共和国政府信息公开条例。" * 40, "utf-8")
    synthesize(folder, 0, 2)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sizes, "SIZES", ((1, 64),))
        patch.setattr(sizes, "REPORTS", 3)
        patch.setattr(sizes, "TIMED", 2)
        compare = lambda: sizes.compare(folder / "corpus.txt", folder / "test", folder / "work", 4)  # noqa: E731
        yield compare(), compare, patch, folder / "work" / "4"


def test_every_size_is_trained_with_and_without_pretraining(compared):
    points, *_ = compared
    assert [(point.layers, point.width, point.pretrained) for point in points] == [(1, 64, True), (1, 64, False)]
    assert all(point.scores.reports == 2 and point.reports_per_second > 0 for point in points)


def test_both_are_fine_tuned_for_as_many_steps(compared):
    steps = lambda network, stage: json.loads((compared[3] / network / stage / "training.json").read_text())["steps"]  # noqa: E731
    assert [steps(network, "encoder") for network in ("1x64", "1x64-scratch")] == [1, 0]
    assert [steps(network, "trained") for network in ("1x64", "1x64-scratch")] == [4, 4]


def test_finished_networks_are_kept(compared):
    _, compare, patch, _ = compared
    for name in ("synthesize", "pretrain", "train"):
        patch.setattr(sizes, name, None)
    assert len(compare()) == 2


def test_the_table_has_a_row_for_each_network(compared):
    assert sizes.table(compared[0]).row_count == 2
