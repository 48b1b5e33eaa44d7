"""The fused attention says what transformers' own code says."""

import copy

import pytest
import torch

from training.attention import FusedSelfAttention, fuse
from training.synthesis.compose import compose
from training.train import from_scratch


@pytest.fixture(scope="module")
def trained():
    torch.manual_seed(2)
    model, _ = from_scratch([compose(3)], layers=2, width=128)
    for parameter in model.parameters():  # fresh biases are zero, and would hide a mistake
        torch.nn.init.normal_(parameter, std=0.1)
    return model.eval()


@pytest.mark.parametrize("shape", [(1, 1), (2, 17), (3, 256)])
def test_a_fused_model_says_what_it_said_before(trained, shape):
    ids = torch.randint(5, trained.config.vocab_size, shape, generator=torch.Generator().manual_seed(3))
    with torch.no_grad():
        before, after = trained(ids).logits, fuse(copy.deepcopy(trained))(ids).logits
    assert torch.allclose(before, after, atol=1e-4)
    assert before.std() > 0.1


def test_every_self_attention_is_fused(trained):
    fused = fuse(copy.deepcopy(trained))
    assert sum(isinstance(module, FusedSelfAttention) for module in fused.modules()) == 2


def test_a_model_without_rotary_positions_stays_as_it_is():
    model = torch.nn.Sequential(torch.nn.Linear(2, 2))
    assert [name for name, _ in fuse(model).named_modules()] == ["", "0"]
