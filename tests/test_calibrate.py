"""The temperature: the surer a model is of what it does not know, the higher."""

import torch

from training.calibrate import temperature
from training.gold import write
from training.synthesis.compose import compose
from training.train import from_scratch
from training.vocabulary import save_vocabulary


def test_a_surer_model_is_cooled_more(tmp_path):
    report = compose(1, layout="pipes")
    write(tmp_path / "gold", report)
    torch.manual_seed(1)
    model, vocabulary = from_scratch([report], layers=1, width=64)
    found = []
    for number in range(2):
        with torch.no_grad():
            model.classifier.weight *= 4
        model.save_pretrained(tmp_path / str(number))
        save_vocabulary(vocabulary, tmp_path / str(number))
        found.append(temperature(tmp_path / str(number), tmp_path / "gold"))
    assert found[0] < found[1]
