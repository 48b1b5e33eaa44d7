"""The recipe behind the shipped weights: write reports, pretrain, fine-tune, calibrate, export, score, describe."""

import json
import platform
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

import torch
from transformers import AutoConfig

from model.labels import LABELS
from model.tagger import Tagger
from training.calibrate import temperature
from training.card import card
from training.evaluate import evaluate
from training.export import export, export_checked
from training.gold import read
from training.mean import mean
from training.pretrain import pretrain, read_corpus
from training.synthesis.compose import synthesize
from training.synthesis.patterns import held_out, load, topics
from training.train import train

_MILD = 6e-4  # peak rate of the second pretraining, which must not undo the first
_CALIBRATING, _APART = 40, 1_000_000  # reports, and how far their seeds are from those of training


def run(
    corpus: Path | None, work: Path, output: Path, gold: Path, *, version: str, init_from: Path | None = None,
    reports: int = 7000, pretrain_minutes: float = 45, adapt_minutes: float = 12, train_minutes: float = 170,
    layers: int = 4, width: int = 256, seed: int = 20210930,
) -> dict:  # fmt: skip
    """Makes weights in `output`: from nothing but `corpus` and this code, or by going on from the weights `init_from`.
    Each finished stage below `work` is kept, so that a run that was cut off goes on where it was. `gold` are annotated
    reports that score."""
    code = _commit()  # when training ends, the checkout may have gone on
    written, trained = work / "annotations", work / ("continued" if init_from else "trained")
    if not (written / "train").exists():
        synthesize(written, reports, 0, seed, without=_agencies(gold))
    start, told = init_from, _earlier(init_from)
    if start is None:
        minutes = {"minutes": pretrain_minutes, "adapt_minutes": adapt_minutes}
        start, told = _encoder(corpus, work, seed=seed, layers=layers, width=width, **minutes)
    if not (trained / "model.safetensors").exists():
        train(written / "train", trained, init_from=start, minutes=train_minutes, seed=seed)
    doubtful = _doubtful(work, seed)
    best = _better(init_from, trained, work / "mean", doubtful) if init_from else trained
    told["runs"] = [*told["runs"], _run(trained, version, code, averaged=best != trained)]
    return _finish(best, output, gold, doubtful, version, told)


def _agencies(gold: Path) -> set[str]:
    """The agencies of the reports that score, which no report to train on may have."""
    named = (one.text[span.start : span.end] for one in read(gold) for span in one.spans if span.label == "agency")
    return {"".join(name.split()) for name in named}


def _doubtful(work: Path, seed: int) -> Path:
    """Reports to calibrate on, of patterns that training never saw; none of them is one of `annotations/test`."""
    if not (work / "calibration").exists():
        synthesize(work / "calibration", 0, _CALIBRATING, seed + _APART)
    return work / "calibration" / "test"


def _encoder(corpus, work: Path, *, minutes, adapt_minutes, layers, width, seed) -> tuple[Path, dict]:
    """An encoder that knows official texts, then reports too; and what is told of how it was made."""
    pretrained, adapted = work / "pretrained", work / "adapted"
    if not (pretrained / "model.safetensors").exists():
        pretrain(corpus, pretrained, minutes=minutes, layers=layers, width=width, seed=seed)
    if not (adapted / "model.safetensors").exists():
        half = work / "annotations" / "train"
        pretrain(corpus, adapted, reports=half, init_from=pretrained, minutes=adapt_minutes, peak=_MILD, seed=seed)
    first, second = (_done(each)["minutes"] for each in (pretrained, adapted))
    mixed = f"{first} minutes of pretraining, {second} with reports mixed in (seed {seed}, {_hardware()})."
    return adapted, {"corpus": f"{len(read_corpus(corpus)):,}", "runs": [mixed]}


def _better(start: Path, trained: Path, middle: Path, gold: Path) -> Path:
    """Where training ended or, if it reads the reports `gold` better, the mean of that and of where it began."""
    mean([start, trained], middle)
    return max((trained, middle), key=lambda checkpoint: _f1(checkpoint, gold))


def _f1(checkpoint: Path, gold: Path) -> float:
    with TemporaryDirectory() as weights:
        export(checkpoint, Path(weights))
        return evaluate(gold, Tagger.load(Path(weights))).micro_f1


def _done(stage: Path) -> dict:
    return json.loads((stage / "training.json").read_text("utf-8"))


def _earlier(weights: Path | None) -> dict:
    """What is told of how earlier weights were made; weights that were only exported tell nothing."""
    path = weights / "metrics.json" if weights else None
    metrics = json.loads(path.read_text("utf-8")) if path and path.exists() else {}
    return {"corpus": metrics.get("corpus", "unknown"), "runs": metrics.get("runs", [])}


def _run(trained: Path, version: str, code: str, averaged: bool) -> str:
    """What the card tells of a run of fine-tuning; `code` is the commit that made it."""
    done = _done(trained)
    return (
        f"{version}: {done['minutes']} minutes of fine-tuning on {done['reports']:,} composed reports "
        f"({done['steps']:,} steps, last loss {done['loss']:.4f}; seed {done['seed']}, {_hardware()}, code of commit "
        f"{code}){', then the mean of the weights before and after' if averaged else ''}."
    )


def _finish(checkpoint: Path, output: Path, gold: Path, doubtful: Path, version: str, told: dict) -> dict:
    """Calibrates on `doubtful`, exports, scores and describes a checkpoint; writes weights, metrics.json and the card.
    `told` is what led to it."""
    warmth = temperature(checkpoint, doubtful)
    export_checked(checkpoint, output, [gold], temperature=warmth, version=version)
    config = AutoConfig.from_pretrained(checkpoint)
    metrics = {
        "version": version, "layers": config.num_hidden_layers, "width": config.hidden_size, "labels": len(LABELS),
        "megabytes": round((output / "model.onnx").stat().st_size / 1e6, 1), "corpus": told["corpus"],
        "patterns": sum(not held_out(pattern) for topic in topics() for pattern in load(topic)),
        "runs": told["runs"], "temperature": warmth, "calibrated_on": _CALIBRATING,
        "gold": "/".join(gold.parts[-2:]), "scores": evaluate(gold, Tagger.load(output)).to_json(),
    }  # fmt: skip
    (output / "metrics.json").write_text(json.dumps(metrics, ensure_ascii=False, indent=1), "utf-8")
    (output / "README.md").write_text(card(metrics), "utf-8")
    return metrics


def _hardware() -> str:
    return (
        torch.cuda.get_device_name()
        if torch.cuda.is_available()
        else f"{torch.get_num_threads()} {platform.machine()} cores"
    )


def _commit() -> str:
    """The commit of the code, `unknown` outside of a checkout."""
    asked = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, cwd=Path(__file__).parent
    )
    return asked.stdout.strip() or "unknown"
