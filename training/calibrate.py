"""Temperature scaling: the one number that makes the model's confidence mean what it says (Guo et al. 2017)."""

from pathlib import Path

import numpy as np
import torch
from transformers import AutoModelForTokenClassification

from model.spans import to_tags
from model.view import view
from model.windows import Alphabet, pieces
from training.gold import read
from training.vocabulary import load_vocabulary

_GRID = np.geomspace(0.5, 4.0, 43)


def temperature(checkpoint: Path, gold: Path) -> float:
    """The temperature at which the annotated reports of `gold` are likeliest under the model."""
    model = AutoModelForTokenClassification.from_pretrained(checkpoint).eval()
    alphabet = Alphabet(load_vocabulary(checkpoint))
    logits, tags = zip(*(_scored(model, alphabet, report) for report in read(gold)), strict=True)
    scores, truth = torch.cat(logits), torch.cat(tags)
    losses = [torch.nn.functional.cross_entropy(scores / t, truth).item() for t in _GRID]
    return round(float(_GRID[int(np.argmin(losses))]), 3)


@torch.no_grad()
def _scored(model, alphabet: Alphabet, report) -> tuple[torch.Tensor, torch.Tensor]:
    """Logits, shape (characters, tags), and gold tags of the characters about which anything can be said: those that
    are tagged, or that the model would tag."""
    seen = view(report.text)
    ids, truth = alphabet.encode(seen.text), torch.as_tensor(to_tags(seen.locate(report.spans), len(seen.text)))
    parts = []
    for start, end, first, last in pieces(len(seen.text)):
        window = torch.as_tensor(alphabet.frame(ids[None, start:end]))
        scores = model(window, attention_mask=torch.ones_like(window)).logits[0, 1:-1]
        parts.append(scores[first - start : last - start])
    logits = torch.cat(parts)
    telling = (truth > 0) | (logits.argmax(-1) > 0)
    return logits[telling], truth[telling]
