"""The swift parts train a model as torch's and transformers' own parts would."""

import copy

import pytest
import torch

from training.swift import Dropout, SelfAttention, hasten
from training.train import tagging_loss


def test_a_hastened_model_has_the_same_loss_and_gradients(encoder):
    ids = torch.randint(5, encoder.config.vocab_size, (2, 33))
    tags = torch.randint(0, encoder.config.num_labels, (2, 33))
    slow, swift = copy.deepcopy(encoder), hasten(copy.deepcopy(encoder))
    losses = [tagging_loss(each, ids, tags) for each in (slow, swift)]
    for loss in losses:
        loss.backward()
    assert torch.allclose(*losses, rtol=1e-4)
    theirs, ours = dict(slow.named_parameters()), dict(swift.named_parameters())
    assert theirs.keys() == ours.keys()
    learned = [name for name in ours if ours[name].requires_grad]
    assert all(torch.allclose(theirs[name].grad, ours[name].grad, atol=1e-3) for name in learned)


def test_every_part_is_exchanged(encoder):
    parts = list(hasten(copy.deepcopy(encoder)).modules())
    assert sum(isinstance(part, SelfAttention) for part in parts) == 2
    assert sum(isinstance(part, Dropout) for part in parts) == 6  # of the embeddings, two a layer, before the head
    assert not any(type(part) is torch.nn.Dropout for part in parts)


def test_a_hastened_model_is_saved_like_any_other(encoder, tmp_path):
    swift = hasten(copy.deepcopy(encoder))
    swift.save_pretrained(tmp_path)
    again, ids = type(encoder).from_pretrained(tmp_path).eval(), torch.arange(5, 25)[None]
    assert torch.allclose(again(ids).logits, swift(ids).logits, atol=1e-4)


@pytest.mark.parametrize("size", [1, 7, 8, 100_003])
def test_dropout_keeps_shape_and_mean_and_drops_its_share(size):
    torch.manual_seed(1)
    states = torch.ones(size)
    after = Dropout(0.1).train()(states)
    assert after.shape == states.shape
    assert set(after.tolist()) <= {0.0, after.max().item()}
    if size > 1000:
        assert abs((after == 0).float().mean() - 26 / 256) < 0.005
        assert abs(after.mean() - 1) < 0.01


def test_dropout_does_nothing_outside_of_training():
    states = torch.randn(3, 5)
    assert torch.equal(Dropout(0.5).eval()(states), states)
