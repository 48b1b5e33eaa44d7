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
def example_text():
    return (ROOT / "service" / "example.txt").read_text("utf-8")
