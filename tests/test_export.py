"""Exported weights: they say what torch says, and weights for other labels are refused by name."""

import json
import re
from types import SimpleNamespace

import numpy as np
import pytest
import torch

from model.errors import WeightsError
from model.labels import LABELS_VERSION, TAGS
from model.tagger import Tagger
from model.windows import OVERLAP, SIZE
from training import export as module
from training.export import LossyExport, export, export_checked
from training.synthesis.compose import compose
from training.train import from_scratch
from training.vocabulary import save_vocabulary

TEXT = compose(3, layout="pipes").text.replace("\r", "")[:1000]


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory):
    """(model, folder) of a tiny model that is sure of something: its head is scaled up."""
    torch.manual_seed(1)
    folder = tmp_path_factory.mktemp("checkpoint")
    model, vocabulary = from_scratch([compose(3)], layers=1, width=64)
    with torch.no_grad():
        model.classifier.weight *= 20
    model.eval().save_pretrained(folder)
    save_vocabulary(vocabulary, folder)
    return model, folder


@pytest.fixture(scope="module")
def weights(checkpoint, tmp_path_factory):
    folder = tmp_path_factory.mktemp("weights")
    export(checkpoint[1], folder, temperature=2.0, version="7")
    return folder


def expected(model, tagger, text, temperature):
    """Torch's probabilities of a text that fits into one window."""
    ids = torch.as_tensor(tagger.alphabet.frame(tagger.alphabet.encode(text)[None]))
    with torch.no_grad():
        logits = model(ids, attention_mask=torch.ones_like(ids)).logits
    return torch.softmax(logits / temperature, -1)[0, 1:-1].numpy()


def test_probabilities_are_as_many_as_characters_and_tags_and_sum_to_one(weights):
    probabilities = Tagger.load(weights).probabilities(TEXT)
    assert probabilities.shape == (len(TEXT), len(TAGS))
    assert np.allclose(probabilities.sum(-1), 1, atol=1e-4)


@pytest.mark.parametrize("length", [1, 40, SIZE - 2])
def test_int8_probabilities_are_close_to_those_of_torch(checkpoint, weights, length):
    tagger = Tagger.load(weights)
    exact = expected(checkpoint[0], tagger, TEXT[:length], temperature=2.0)
    assert exact.max() > 0.05  # a model that is sure of nothing would be close to anything
    assert np.abs(tagger.probabilities(TEXT[:length]) - exact).max() < 0.03


def test_the_temperature_is_part_of_the_graph(checkpoint, weights):
    tagger = Tagger.load(weights)
    cold = expected(checkpoint[0], tagger, TEXT[:200], temperature=1.0)
    assert tagger.probabilities(TEXT[:200]).max() < cold.max()


def test_windows_meet_without_a_trace(weights):
    """What stands far from the seams is read as in a window of its own."""
    tagger = Tagger.load(weights)
    whole, alone = tagger.probabilities(TEXT), tagger.probabilities(TEXT[: SIZE - 2])
    kept = SIZE - 2 - OVERLAP // 2
    assert np.allclose(whole[:kept], alone[:kept], atol=0.02)


def test_reading_is_repeatable(weights):
    tagger = Tagger.load(weights)
    assert tagger.spans(TEXT) == tagger.spans(TEXT)
    assert tagger.spans("") == []


def test_name_and_version_are_kept(weights):
    info = Tagger.load(weights).info
    assert (info.name, info.version, info.labels_version) == ("nianbao", "7", LABELS_VERSION)


def copy(weights, folder, **changes):
    """The weights with other settings beside them."""
    settings = json.loads((weights / "tagger.json").read_text("utf-8"))
    (folder / "tagger.json").write_text(json.dumps({**settings, **changes}), "utf-8")
    (folder / "model.onnx").write_bytes((weights / "model.onnx").read_bytes())
    return folder


def test_weights_for_other_labels_are_refused_by_name(weights, tmp_path):
    labels = [*TAGS[:-2], "B-fact.telegrams", "I-fact.telegrams"]
    folder = copy(weights, tmp_path, labels_version="0", labels=labels)
    with pytest.raises(WeightsError, match=re.escape(str(folder / "tagger.json"))) as refusal:
        Tagger.load(folder)
    assert "B-fact.telegrams" in str(refusal.value)
    assert "retrain" in str(refusal.value)


def test_the_same_labels_in_another_order_are_refused(weights, tmp_path):
    with pytest.raises(WeightsError, match="another order"):
        Tagger.load(copy(weights, tmp_path, labels_version="0", labels=list(TAGS)[::-1]))


@pytest.mark.parametrize("missing", ["model.onnx", "tagger.json"])
def test_an_incomplete_folder_is_refused(weights, tmp_path, missing):
    (copy(weights, tmp_path) / missing).unlink()
    with pytest.raises(WeightsError, match="is missing"):
        Tagger.load(tmp_path)


def test_weights_that_quantising_spoils_are_not_written(checkpoint, tmp_path, monkeypatch):
    scores = iter([0.95, 0.9])
    monkeypatch.setattr(module, "evaluate", lambda *given: SimpleNamespace(micro_f1=next(scores)))
    with pytest.raises(LossyExport, match=r"int8 has F1 0\.9000 against 0\.9500"):
        export_checked(checkpoint[1], tmp_path / "weights", [tmp_path])
    assert not (tmp_path / "weights").exists()


def test_weights_that_stay_as_good_are_written(checkpoint, tmp_path, monkeypatch):
    monkeypatch.setattr(module, "evaluate", lambda *given: SimpleNamespace(micro_f1=0.95))
    assert export_checked(checkpoint[1], tmp_path / "weights", [tmp_path]) == {str(tmp_path): (0.95, 0.95)}
    assert Tagger.load(tmp_path / "weights").info.labels_version == LABELS_VERSION
