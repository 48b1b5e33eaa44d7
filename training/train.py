"""Fine-tuning: annotated reports in, a token classifier out."""

import json
import sys
from pathlib import Path

import numpy as np
import torch
from tokenizers import AddedToken
from transformers import AutoModelForTokenClassification, AutoTokenizer, PreTrainedModel

from model.labels import LABELS_VERSION, TAGS
from model.tagger import Tagger
from model.windows import Alphabet
from training import loop
from training.dataset import IGNORED, batches, encode, lost_spans
from training.gold import Annotated, read
from training.pretrain import shape
from training.thaw import thaw
from training.vocabulary import STRUCTURE, characters, load_vocabulary, save_vocabulary

_HEAD = {"num_labels": len(TAGS), "id2label": dict(enumerate(TAGS)), "label2id": {tag: n for n, tag in enumerate(TAGS)}}


def from_scratch(reports: list[Annotated], layers: int = 2, width: int = 128) -> tuple[PreTrainedModel, dict[str, int]]:
    """An untrained model, small enough to learn in minutes, whose vocabulary is read off the reports."""
    vocabulary = {token: number for number, token in enumerate(characters(report.text for report in reports))}
    config = shape(list(vocabulary), layers, width)
    for key, value in _HEAD.items():
        setattr(config, key, value)
    return AutoModelForTokenClassification.from_config(config), vocabulary


def from_pretrained(folder: Path) -> tuple[PreTrainedModel, dict[str, int]]:
    """The encoder of an earlier `pretrain` or `train`, with a head for today's labels; or exported weights, thawed."""
    if exported(folder):
        return thaw(folder, **_HEAD)
    model = AutoModelForTokenClassification.from_pretrained(folder, ignore_mismatched_sizes=True, **_HEAD)
    return model, load_vocabulary(folder)


def exported(folder: Path) -> bool:
    """Whether `export` wrote the folder: such weights read as they are."""
    return (folder / "model.onnx").exists()


def from_checkpoint(name: str) -> tuple[PreTrainedModel, dict[str, int]]:
    """Any checkpoint with a vocabulary of characters (bert-base-chinese, a local path …). Such vocabularies lack the
    newline, tab and blank that are the table structure; they are added, and the embeddings resized."""
    tokenizer = AutoTokenizer.from_pretrained(name)
    missing = [token for token in STRUCTURE if token not in tokenizer.get_vocab()]
    tokenizer.add_tokens([AddedToken(token, normalized=False) for token in missing])
    model = AutoModelForTokenClassification.from_pretrained(name, ignore_mismatched_sizes=True, **_HEAD)
    model.resize_token_embeddings(len(tokenizer))
    return model, tokenizer.get_vocab()


def tagging_loss(model: PreTrainedModel, ids: torch.Tensor, tags: torch.Tensor) -> torch.Tensor:
    logits = model(ids, attention_mask=torch.ones_like(ids)).logits.float()
    return torch.nn.functional.cross_entropy(logits.flatten(0, 1), tags.flatten(), ignore_index=IGNORED)


def train(
    annotations: Path, output: Path, *, init_from: Path | None = None, base_model: str | None = None,
    minutes: float = 30, steps: int | None = None, batch: int = 16, peak: float = 8e-4, noise: float = 0.04,
    seed: int = 20210930,
) -> dict:  # fmt: skip
    """Trains on `annotations`/*.json and writes weights, vocabulary and `training.json` (what was done) to `output`.

    `init_from` is a folder that `pretrain`, `train` or `export` wrote, `base_model` a checkpoint of transformers; with
    neither, a small model is trained from scratch. What exported weights read well already is learnt less often.
    `steps` of training take the place of `minutes`. A run that was cut off is resumed from `output`.
    """
    torch.manual_seed(seed)
    reports = read(annotations)
    lost, total = lost_spans(reports)
    print(f"{len(reports)} reports; {lost} of {total} gold spans leave nothing in the view", file=sys.stderr)
    earlier = Tagger.load(init_from) if init_from and exported(init_from) else None
    if init_from:
        model, vocabulary = from_pretrained(init_from)
    else:
        model, vocabulary = from_checkpoint(base_model) if base_model else from_scratch(reports)
    alphabet = Alphabet(vocabulary)
    save_vocabulary(vocabulary, output)
    feed = batches(encode(reports, alphabet, earlier), alphabet, batch, noise, np.random.default_rng(seed))
    model = model.to(loop.device()).train()
    result = loop.train("train", model, feed, tagging_loss, minutes, peak, output / "resume.pt", steps)
    model.save_pretrained(output)
    start = init_from.name if init_from else base_model or "scratch"
    done = {**result, "reports": len(reports), "seed": seed, "labels_version": LABELS_VERSION, "start": start}
    (output / "training.json").write_text(json.dumps(done, indent=1), "utf-8")
    return done
