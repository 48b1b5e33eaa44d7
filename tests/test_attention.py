"""The fused attention says what transformers' own code says."""

import copy

import pytest
import torch

from training.attention import FusedSelfAttention, fuse


@pytest.mark.parametrize("shape", [(1, 1), (2, 17), (3, 256)])
def test_a_fused_model_says_what_it_said_before(encoder, shape):
    ids = torch.randint(5, encoder.config.vocab_size, shape, generator=torch.Generator().manual_seed(3))
    with torch.no_grad():
        before, after = encoder(ids).logits, fuse(copy.deepcopy(encoder))(ids).logits
    assert torch.allclose(before, after, atol=1e-4)
    assert before.std() > 0.1


def test_every_self_attention_is_fused(encoder):
    fused = fuse(copy.deepcopy(encoder))
    assert sum(isinstance(module, FusedSelfAttention) for module in fused.modules()) == 2


def test_a_model_without_rotary_positions_stays_as_it_is():
    model = torch.nn.Sequential(torch.nn.Linear(2, 2))
    assert [name for name, _ in fuse(model).named_modules()] == ["", "0"]
