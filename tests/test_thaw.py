"""Exported weights can be trained on: thawed, they are the model that was exported."""

import pytest
import torch
from transformers import BertConfig, BertForTokenClassification

from model.errors import WeightsError
from model.labels import TAGS
from training.export import export
from training.gold import write
from training.synthesis.compose import compose
from training.thaw import thaw
from training.train import from_scratch, train
from training.vocabulary import load_vocabulary, save_vocabulary

HEAD = {"num_labels": len(TAGS)}


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory):
    """(model, folder) of a tiny model of two layers. No two of its parameters are alike, as after training: a mix-up
    would show, and an export stores those that are alike once."""
    torch.manual_seed(1)
    folder = tmp_path_factory.mktemp("checkpoint")
    model, vocabulary = from_scratch([compose(3)], layers=2, width=128)
    with torch.no_grad():
        for parameter in filter(lambda parameter: parameter.requires_grad, model.parameters()):
            parameter += 0.1 * torch.randn_like(parameter)
    model.eval().save_pretrained(folder)
    save_vocabulary(vocabulary, folder)
    return model, folder


@pytest.fixture(scope="module", params=[False, True], ids=["fp32", "int8"])
def weights(request, checkpoint, tmp_path_factory):
    """(folder of exported weights, the most that one of their numbers may be off)."""
    folder = tmp_path_factory.mktemp("weights")
    export(checkpoint[1], folder, quantize=request.param, temperature=2.0)
    return folder, 0.01 if request.param else 0


def test_every_parameter_comes_back(checkpoint, weights):
    model, vocabulary = thaw(weights[0], **HEAD)
    thawed, trained = model.state_dict(), checkpoint[0].state_dict()
    assert vocabulary == load_vocabulary(checkpoint[1])
    assert thawed.keys() == trained.keys()
    for name, parameter in trained.items():
        assert (thawed[name] - parameter).abs().max() <= weights[1], name


def test_training_goes_on_from_exported_weights(weights, tmp_path):
    write(tmp_path, compose(1, layout="pipes"))
    done = train(tmp_path, tmp_path / "trained", init_from=weights[0], minutes=1 / 60, batch=2)
    assert done["steps"] > 0
    assert done["start"] == weights[0].name


def test_a_network_of_another_kind_is_refused_by_name(checkpoint, tmp_path):
    size = {"hidden_size": 64, "num_hidden_layers": 1, "num_attention_heads": 1, "intermediate_size": 128}
    vocabulary = load_vocabulary(checkpoint[1])
    config = BertConfig(vocab_size=len(vocabulary), num_labels=len(TAGS), **size)
    BertForTokenClassification(config).save_pretrained(tmp_path / "bert")
    save_vocabulary(vocabulary, tmp_path / "bert")
    export(tmp_path / "bert", tmp_path / "weights")
    with pytest.raises(WeightsError, match=r"weights: no RoFormer"):
        thaw(tmp_path / "weights", **HEAD)
