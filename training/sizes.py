"""What size costs and brings: networks of several sizes, with and without pretraining, trained for the same time."""

import time
from dataclasses import dataclass
from pathlib import Path

from rich.table import Table

from model.extract import extract
from model.tagger import Reader, Tagger
from training.evaluate import evaluate
from training.export import export
from training.pretrain import pretrain
from training.scores import BRIEF, Scores
from training.synthesis.compose import compose, synthesize
from training.train import train

SIZES = ((3, 256), (4, 256), (4, 312), (6, 384))  # layers, width
REPORTS, TIMED = 2500, 20
_FIRST_SEED = 10_000_000  # of the reports whose reading is timed


@dataclass(frozen=True)
class Point:
    """One network: its scores, and how many composed reports it reads in a second."""

    layers: int
    width: int
    pretrained: bool
    scores: Scores
    reports_per_second: float


def compare(corpus: Path, gold: Path, work: Path, minutes: float, seed: int = 20210930) -> list[Point]:
    """Every size twice: half of `minutes` for pretraining and half for fine-tuning, and all of them for fine-tuning.
    What is finished below `work` is kept."""
    if not (work / "reports").exists():
        synthesize(work / "reports", REPORTS, 0, seed)
    return [
        _point(corpus, gold, work, layers, width, minutes, pretrained, seed)
        for layers, width in SIZES
        for pretrained in (True, False)
    ]


def _point(corpus, gold, work: Path, layers, width, minutes, pretrained: bool, seed) -> Point:
    folder = work / f"{layers}x{width}{'' if pretrained else '-scratch'}"
    share = minutes / 2 if pretrained else 0
    if not (folder / "encoder" / "model.safetensors").exists():  # in no time: an encoder that has learned nothing
        pretrain(corpus, folder / "encoder", minutes=share, layers=layers, width=width, seed=seed)
    if not (folder / "trained" / "model.safetensors").exists():
        start = folder / "encoder"
        train(work / "reports" / "train", folder / "trained", init_from=start, minutes=minutes - share, seed=seed)
    export(folder / "trained", folder / "weights")
    tagger = Tagger.load(folder / "weights")
    return Point(layers, width, pretrained, evaluate(gold, tagger), reports_per_second(tagger))


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
    drawn = Table("layers x width", "pretrained", *BRIEF, "reports/s")
    for point in points:
        size = f"{point.layers} x {point.width}"
        pretrained, speed = "yes" if point.pretrained else "no", f"{point.reports_per_second:.1f}"
        drawn.add_row(size, pretrained, *point.scores.brief(), speed)
    return drawn
