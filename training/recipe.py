"""The recipe behind the shipped weights: write reports, pretrain, fine-tune, calibrate, export, score, describe."""

import json
import platform
import subprocess
from pathlib import Path

import torch
from transformers import AutoConfig

from model.labels import LABELS
from model.tagger import Tagger
from training.calibrate import temperature
from training.card import card
from training.evaluate import evaluate
from training.export import export_checked
from training.pretrain import pretrain, read_corpus
from training.synthesis.compose import synthesize
from training.synthesis.patterns import load, topics
from training.train import train

STAGES = ("pretrained", "adapted", "trained")
_MILD = 6e-4  # peak rate of the second pretraining, which must not undo the first


def run(
    corpus: Path, work: Path, output: Path, gold: Path, *, version: str, reports: int = 5000,
    pretrain_minutes: float = 45, adapt_minutes: float = 12, train_minutes: float = 75,
    layers: int = 4, width: int = 256, seed: int = 20210930,
) -> dict:  # fmt: skip
    """Makes weights in `output` from nothing but `corpus` and this code; each finished stage below `work` is kept, so
    that a run that was cut off goes on where it was. `gold` are annotated reports that calibrate and score."""
    written, pretrained, adapted, trained = (work / name for name in ("annotations", *STAGES))
    if not (written / "train").exists():
        synthesize(written, reports, 0, seed)
    if not (pretrained / "model.safetensors").exists():
        pretrain(corpus, pretrained, minutes=pretrain_minutes, layers=layers, width=width, seed=seed)
    if not (adapted / "model.safetensors").exists():
        half = written / "train"
        pretrain(corpus, adapted, reports=half, init_from=pretrained, minutes=adapt_minutes, peak=_MILD, seed=seed)
    if not (trained / "model.safetensors").exists():
        train(written / "train", trained, init_from=adapted, minutes=train_minutes, seed=seed)
    return finish(corpus, work, output, gold, version=version)


def finish(corpus: Path, work: Path, output: Path, gold: Path, *, version: str) -> dict:
    """Calibrates, exports, scores and describes a trained checkpoint; writes weights, metrics.json and the card."""
    trained = work / STAGES[-1]
    minutes = {name: json.loads((work / name / "training.json").read_text("utf-8"))["minutes"] for name in STAGES}
    warmth = temperature(trained, gold)
    export_checked(trained, output, [gold], temperature=warmth, version=version)
    done = json.loads((trained / "training.json").read_text("utf-8"))
    config = AutoConfig.from_pretrained(trained)
    metrics = {
        "version": version, "layers": config.num_hidden_layers, "width": config.hidden_size, "labels": len(LABELS),
        "megabytes": round((output / "model.onnx").stat().st_size / 1e6, 1), "corpus": f"{len(read_corpus(corpus)):,}",
        "reports": done["reports"], "patterns": sum(map(len, map(load, topics()))), "seed": done["seed"],
        "minutes": minutes, "steps": done["steps"], "loss": round(done["loss"], 4), "hardware": _hardware(),
        "temperature": warmth, "commit": _commit(), "scores": evaluate(gold, Tagger.load(output)).to_json(),
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
