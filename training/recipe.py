"""The whole recipe behind the shipped weights: write reports, pretrain, fine-tune, calibrate, export, score, describe."""

import json
from pathlib import Path

from model.tagger import Tagger
from training.calibrate import temperature
from training.evaluate import evaluate
from training.export import export
from training.pretrain import pretrain
from training.synthesis.compose import synthesize
from training.train import train


def run(
    corpus: Path, work: Path, output: Path, gold: Path, *, version: str, reports: int = 3600,
    pretrain_minutes: float = 45, train_minutes: float = 45, layers: int = 4, width: int = 256, seed: int = 20210930,
) -> dict:  # fmt: skip
    """Makes weights in `output` from nothing but `corpus` and this code; each finished stage below `work` is kept, so
    that a run that was cut off goes on where it was. `gold` are annotated reports that calibrate and score."""
    written, pretrained, trained = work / "annotations", work / "pretrained", work / "trained"
    if not written.exists():
        synthesize(written, reports, 0, seed)
    if not (pretrained / "model.safetensors").exists():
        pretrain(corpus, pretrained, pretrain_minutes, layers, width, seed=seed)
    if not (trained / "model.safetensors").exists():
        train(written / "train", trained, init_from=pretrained, minutes=train_minutes, seed=seed)
    warmth = temperature(trained, gold)
    export(trained, output, temperature=warmth, version=version)
    scores = evaluate(gold, Tagger.load(output)).to_json()
    done = json.loads((trained / "training.json").read_text("utf-8"))
    metrics = {"version": version, "temperature": warmth, "training": done, "scores": scores}
    (output / "metrics.json").write_text(json.dumps(metrics, ensure_ascii=False, indent=1), "utf-8")
    return metrics
