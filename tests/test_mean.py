"""The mean of networks: between them, number by number."""

import pytest
import torch

from model.errors import WeightsError
from training.mean import mean
from training.synthesis.compose import compose
from training.train import from_pretrained, from_scratch
from training.vocabulary import save_vocabulary


@pytest.fixture
def checkpoint(tmp_path):
    def made(seed, name):
        torch.manual_seed(seed)
        model, vocabulary = from_scratch([compose(3)], layers=1, width=64)
        model.save_pretrained(tmp_path / name)
        save_vocabulary(vocabulary, tmp_path / name)
        return tmp_path / name

    return made


def test_every_parameter_is_the_mean_of_both(checkpoint, tmp_path):
    folders = checkpoint(1, "one"), checkpoint(2, "other")
    mean(folders, tmp_path / "mean")
    one, other, mixed = (from_pretrained(folder)[0].state_dict() for folder in (*folders, tmp_path / "mean"))
    for name in mixed:
        assert torch.allclose(mixed[name].float(), (one[name].float() + other[name].float()) / 2, atol=1e-6), name


def test_networks_of_different_vocabularies_have_no_mean(checkpoint, tmp_path):
    folders = checkpoint(1, "one"), checkpoint(1, "other")
    save_vocabulary({**from_pretrained(folders[1])[1], "[NEW]": 5}, folders[1])
    with pytest.raises(WeightsError, match="vocabularies differ"):
        mean(folders, tmp_path / "mean")
