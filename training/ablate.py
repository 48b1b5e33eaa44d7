"""What each part of the recipe brings: small models that lack one part each, trained alike and scored alike."""

from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from unittest.mock import patch

from rich.table import Table

from model.labels import fact_kind
from model.spans import Span
from model.tagger import Reader, Tagger
from training.evaluate import evaluate
from training.export import export
from training.pretrain import pretrain
from training.scores import BRIEF, Scores
from training.synthesis.compose import synthesize
from training.train import train

LAYERS, WIDTH, REPORTS = 2, 128, 2500
# Of the small model: how its training reports are composed, and whether its encoder was pretrained.
TRAINED = {
    "the whole recipe": ({}, True),
    "no pretraining": ({}, False),
    "one pattern in ten": ({"every": 10}, True),
    "one layout, no damage": ({"layout": "pipes"}, True),
}
# Of the shipped model: what replaces a part of the reading.
READ = {
    "the shipped model": nullcontext,
    "likeliest tag a character": lambda: patch("model.spans.best_tags", lambda rows: rows.argmax(axis=1)),
    "no search over glued digits": lambda: patch("model.tables.candidates", lambda *row, **options: []),
    "blank cells as tagged": lambda: patch("model.tables.lined_up", lambda *row: None),
    "channels as tagged": lambda: patch("model.facts.channels", _as_tagged),
}


def _as_tagged(text: str, counts: list[Span], categories: dict[Span, Span]) -> dict[Span, str | None]:
    return {span: fact_kind(span.label)[1] for span in counts}


def ablate(corpus: Path, gold: Path, work: Path, minutes: float, seed: int = 20210930) -> dict[str, Scores]:
    """Scores on `gold` by what was changed. Each training takes `minutes`; finished ones below `work` are kept."""
    if not (work / "pretrained" / "model.safetensors").exists():
        pretrain(corpus, work / "pretrained", minutes=minutes, layers=LAYERS, width=WIDTH, seed=seed)
    trained = {name: _trained(work, name, minutes, seed) for name in TRAINED}
    scores = {name: evaluate(gold, tagger) for name, tagger in trained.items()}
    return scores | {name: _read(gold, Tagger.load(), change()) for name, change in READ.items()}


def _read(gold: Path, tagger: Reader, change: AbstractContextManager) -> Scores:
    with change:
        return evaluate(gold, tagger)


def _trained(work: Path, name: str, minutes: float, seed: int) -> Reader:
    manner, pretrained = TRAINED[name]
    folder = work / name.replace(" ", "-")
    if not (folder / "reports").exists():
        synthesize(folder / "reports", REPORTS, 0, seed, **manner)
    if not (folder / "trained" / "model.safetensors").exists():
        start = work / "pretrained" if pretrained else None
        train(folder / "reports" / "train", folder / "trained", init_from=start, minutes=minutes, seed=seed)
    export(folder / "trained", folder / "weights")
    return Tagger.load(folder / "weights")


def table(scores: dict[str, Scores]) -> Table:
    """One row for each change."""
    drawn = Table("changed", *BRIEF)
    for name, score in scores.items():
        drawn.add_row(name, *score.brief())
    return drawn
