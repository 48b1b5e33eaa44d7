"""Masked-language-model pretraining: a corpus of plain text in, an encoder that knows the language out."""

import json
import lzma
from pathlib import Path

import numpy as np
import torch
from transformers import RoFormerConfig, RoFormerForMaskedLM

from model.text import normalise
from model.view import view
from model.windows import Alphabet
from training import loop
from training.gold import read
from training.vocabulary import SPECIALS, characters, load_vocabulary, save_vocabulary

PADDING, MASK = SPECIALS.index("[PAD]"), SPECIALS.index("[MASK]")

BATCH, LENGTH = 32, 128  # windows, tokens of each
HIDDEN = 0.15  # share of the characters


def shape(vocabulary: list[str], layers: int = 4, width: int = 256) -> RoFormerConfig:
    """BERT with rotary positions: learned absolute positions hold a model from scratch back."""
    return RoFormerConfig(
        vocab_size=len(vocabulary), embedding_size=width, hidden_size=width, num_hidden_layers=layers,
        num_attention_heads=width // 64, intermediate_size=2 * width, max_position_embeddings=512, type_vocab_size=1,
        hidden_dropout_prob=0.1, attention_probs_dropout_prob=0.0, pad_token_id=PADDING,
    )  # fmt: skip


def read_corpus(path: Path) -> str:
    """The corpus as one normalised string; `.xz` is unpacked on the way."""
    opener = lzma.open if path.suffix == ".xz" else open
    with opener(path, "rt", encoding="utf-8") as file:
        return normalise(file.read())


def mask_spans(ids: np.ndarray, rng: np.random.Generator, vocabulary_size: int):
    """Hide runs of one to six characters, HIDDEN of all; returns (inputs, hidden as booleans), both like `ids`."""
    starts = rng.random(ids.shape) < HIDDEN / 2.6
    hidden, lengths = starts.copy(), np.minimum(rng.geometric(0.38, ids.shape), 6)
    for step in range(1, 6):
        hidden[:, step:] |= (starts & (lengths > step))[:, :-step]
    fate = rng.random(ids.shape)
    inputs = np.where(hidden & (fate < 0.8), MASK, ids)
    return np.where(hidden & (fate >= 0.9), rng.integers(len(SPECIALS), vocabulary_size, ids.shape), inputs), hidden


def batches(texts: list[np.ndarray], alphabet: Alphabet, rng: np.random.Generator):
    """Endless (inputs, targets, hidden) of shape (BATCH, LENGTH): windows cut anywhere, as many of each of `texts`."""
    share = BATCH // len(texts)
    while True:
        window = alphabet.frame(np.concatenate([_windows(ids, share, LENGTH - 2, rng) for ids in texts]))
        inputs, hidden = mask_spans(window, rng, len(alphabet.ids))
        yield inputs, window, hidden


def _windows(ids: np.ndarray, count: int, length: int, rng: np.random.Generator) -> np.ndarray:
    starts = rng.integers(0, len(ids) - length, count, endpoint=True)
    return ids[starts[:, None] + np.arange(length)]


def masked_loss(model: RoFormerForMaskedLM, inputs: torch.Tensor, targets: torch.Tensor, hidden: torch.Tensor):
    """Cross entropy over the hidden characters alone: the vocabulary is scored there and nowhere else."""
    states = model.roformer(inputs, attention_mask=torch.ones_like(inputs)).last_hidden_state
    return torch.nn.functional.cross_entropy(model.cls(states[hidden]), targets[hidden])


def pretrain(
    corpus: Path, output: Path, *, reports: Path | None = None, init_from: Path | None = None, minutes: float = 45,
    steps: int | None = None, layers: int = 4, width: int = 256, peak: float = 1e-3, seed: int = 20210930,
) -> dict:  # fmt: skip
    """Trains an encoder and writes it to `output` with its vocabulary (`vocab.json`, token -> id).

    `reports` is a folder of annotated reports of which half of every batch is cut: they bring the digits, separators
    and contact lines that laws do not have. `init_from` is an encoder to go on with; without it, one of that many
    layers and that width begins from nothing. `steps` of training take the place of `minutes`.
    """
    torch.manual_seed(seed)
    texts = [read_corpus(corpus)]
    if reports:
        texts.append("\n".join(view(report.text).text for report in read(reports)))
    if init_from:
        model, vocabulary = RoFormerForMaskedLM.from_pretrained(init_from), load_vocabulary(init_from)
    else:
        vocabulary = {token: number for number, token in enumerate(characters(texts))}
        model = RoFormerForMaskedLM(shape(list(vocabulary), layers, width))
    save_vocabulary(vocabulary, output)
    alphabet = Alphabet(vocabulary)
    feed = batches([alphabet.encode(text) for text in texts], alphabet, np.random.default_rng(seed))
    model = model.to(loop.device()).train()
    result = loop.train("pretrain", model, feed, masked_loss, minutes, peak, output / "resume.pt", steps)
    model.save_pretrained(output)
    (output / "training.json").write_text(json.dumps({**result, "seed": seed}, indent=1), "utf-8")
    return result
