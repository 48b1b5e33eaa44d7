"""What several tests share."""

import pytest
from hypothesis import settings
from stand_ins import ROOT, SilentTagger

from model.tagger import WEIGHTS, Tagger

settings.register_profile("nianbao", deadline=None)  # rules are tested here, not the speed of the machine
settings.load_profile("nianbao")


@pytest.fixture
def silent():
    return SilentTagger()


@pytest.fixture(scope="session")
def shipped():
    """The shipped model, loaded once."""
    if not (WEIGHTS / "model.onnx").exists():
        pytest.skip("model/weights is missing")
    return Tagger.load()


@pytest.fixture(scope="session")
def encoder():
    """A small untrained network for tagging; whoever changes it changes a copy."""
    import torch

    from training.synthesis.compose import compose
    from training.train import from_scratch

    torch.manual_seed(2)
    model, _ = from_scratch([compose(3)], layers=2, width=128)
    for parameter in model.parameters():  # fresh biases are zero, and would hide a mistake
        torch.nn.init.normal_(parameter, std=0.1)
    return model.eval()


@pytest.fixture(scope="session")
def example_text():
    return (ROOT / "service" / "example.txt").read_text("utf-8")
