"""The recipe goes on from earlier weights, keeps finished stages, and its card tells every run."""

import json

import pytest
from typer.testing import CliRunner

from model.tagger import Tagger
from nianbao import app
from training import recipe
from training.export import export
from training.gold import write
from training.synthesis.compose import compose
from training.train import from_scratch
from training.vocabulary import save_vocabulary


@pytest.fixture
def weights(tmp_path):
    """Exported weights of a tiny model; how they were made is told in one sentence."""
    folder = tmp_path / "weights"
    model, vocabulary = from_scratch([compose(3)], layers=1, width=64)
    model.classifier.bias.data.normal_()  # as after training: an export stores parameters that are alike once
    for name, parameter in model.named_parameters():
        if name.endswith(("bias", "LayerNorm.weight")):
            parameter.data.normal_()
    model.save_pretrained(tmp_path / "checkpoint")
    save_vocabulary(vocabulary, tmp_path / "checkpoint")
    export(tmp_path / "checkpoint", folder)
    (folder / "metrics.json").write_text(json.dumps({"corpus": "12", "runs": ["0.1: from nothing."]}), "utf-8")
    return folder


@pytest.fixture
def gold(tmp_path):
    write(tmp_path / "gold", compose(1, layout="pipes"))
    return tmp_path / "gold"


def test_new_weights_go_on_from_earlier_ones_and_the_card_tells_both_runs(weights, gold, tmp_path, monkeypatch):
    work, output = tmp_path / "work", tmp_path / "output"
    monkeypatch.setattr(recipe, "_CALIBRATING", 1)
    made = {"version": "0.2", "init_from": weights, "reports": 2, "train_minutes": 1 / 60}
    metrics = recipe.run(None, work, output, gold, **made)
    assert metrics["corpus"] == "12"
    assert [told.split()[0] for told in metrics["runs"]] == ["0.1:", "0.2:"]
    assert all(told in (output / "README.md").read_text("utf-8") for told in metrics["runs"])
    assert Tagger.load(output).info.version == "0.2"

    monkeypatch.setattr(recipe, "train", lambda *_, **__: pytest.fail("a finished stage is kept"))
    assert recipe.run(None, work, output, gold, **made)["runs"] == metrics["runs"]


@pytest.mark.parametrize("given", [[], ["corpus.txt", "--init-from", "weights"]])
def test_a_recipe_has_one_beginning(given):
    done = CliRunner().invoke(app, ["recipe", "--version", "1", *given])
    assert done.exit_code == 2
    assert "give one" in done.output
