"""What size costs and brings: networks of several sizes, with and without pretraining, trained on as much text."""

import json
import time
from dataclasses import dataclass
from pathlib import Path

from rich.table import Table

from model.extract import extract
from model.tagger import Reader, Tagger
from model.windows import SIZE
from training.evaluate import evaluate
from training.export import export
from training.pretrain import BATCH, LENGTH, pretrain
from training.scores import BRIEF, Scores
from training.synthesis.compose import compose, synthesize
from training.train import train

SIZES = ((3, 256), (4, 256), (4, 312), (6, 384))  # layers, width
REPORTS, TIMED = 2500, 20
_BATCH = 4  # windows; of a few steps, small ones teach most
_LARGER = BATCH * LENGTH // (_BATCH * SIZE)  # times as many characters has a batch of pretraining
_FIRST_SEED = 10_000_000  # of the reports whose reading is timed


@dataclass(frozen=True)
class Point:
    """One network: its scores, and how many composed reports it reads in a second."""

    layers: int
    width: int
    pretrained: bool
    scores: Scores
    minutes: float  # of training
    reports_per_second: float


def compare(corpus: Path, gold: Path, work: Path, steps: int, seed: int = 20210930) -> list[Point]:
    """Every size twice, each fine-tuned for `steps`: after as many characters of pretraining, and from nothing. Steps,
    unlike minutes, show every network the same batches on any machine. What is finished below `work` is kept."""
    if not (work / "reports").exists():
        synthesize(work / "reports", REPORTS, 0, seed)
    return [
        _point(corpus, gold, work, layers, width, steps, pretrained, seed)
        for layers, width in SIZES
        for pretrained in (True, False)
    ]


def _point(corpus, gold, work: Path, layers, width, steps: int, pretrained: bool, seed) -> Point:
    folder = work / str(steps) / f"{layers}x{width}{'' if pretrained else '-scratch'}"
    encoder, trained = folder / "encoder", folder / "trained"
    if not (encoder / "model.safetensors").exists():  # without a step it has learned nothing
        first = steps // _LARGER if pretrained else 0
        pretrain(corpus, encoder, steps=first, layers=layers, width=width, seed=seed)
    if not (trained / "model.safetensors").exists():
        train(work / "reports" / "train", trained, init_from=encoder, steps=steps, batch=_BATCH, seed=seed)
    export(trained, folder / "weights")
    tagger = Tagger.load(folder / "weights")
    minutes = sum(json.loads((stage / "training.json").read_text("utf-8"))["minutes"] for stage in (encoder, trained))
    return Point(layers, width, pretrained, evaluate(gold, tagger), minutes, reports_per_second(tagger))


def reports_per_second(tagger: Reader) -> float:
    """Over composed reports, one after the other."""
    texts = [compose(_FIRST_SEED + number).text for number in range(TIMED)]
    extract(texts[0], tagger)
    begun = time.perf_counter()
    for text in texts:
        extract(text, tagger)
    return TIMED / (time.perf_counter() - begun)


def table(points: list[Point]) -> Table:
    """One row for each network."""
    drawn = Table("layers x width", "pretrained", *BRIEF, "minutes", "reports/s")
    for point in points:
        size = f"{point.layers} x {point.width}"
        costs = f"{point.minutes:.0f}", f"{point.reports_per_second:.1f}"
        drawn.add_row(size, "yes" if point.pretrained else "no", *point.scores.brief(), *costs)
    return drawn
