"""A trained checkpoint as the files that serving needs: an ONNX graph in int8 and its settings."""

import json
import shutil
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from transformers import AutoModelForTokenClassification

from model.errors import NianbaoError
from model.labels import LABELS_VERSION, TAGS
from model.tagger import Settings, Tagger
from training.attention import fuse
from training.evaluate import evaluate
from training.vocabulary import load_vocabulary

MOST_LOST = 0.001  # of the F1 on any gold, by quantising
_OPSET = 23  # the first with attention and rotary positions as operators
_QUANTISED = ["MatMul", "Gemm", "Gather"]  # what holds weights; attention multiplies states with states


class LossyExport(NianbaoError):
    """Quantising cost more than MOST_LOST; no weights were written."""


class _Probabilities(torch.nn.Module):
    """Token ids, shape (windows, tokens), to calibrated tag probabilities, shape (windows, tokens, tags)."""

    def __init__(self, model: torch.nn.Module, temperature: float):
        super().__init__()
        self.model, self.temperature = model, temperature

    def forward(self, input_ids: torch.Tensor) -> torch.Tensor:
        logits = self.model(input_ids=input_ids, attention_mask=torch.ones_like(input_ids)).logits
        return torch.softmax(logits / self.temperature, dim=-1)


def export(
    checkpoint: Path, output: Path, *, temperature: float = 1.0, version: str = "0", quantize: bool = True
) -> None:
    """Writes model.onnx and tagger.json to `output`. Weights keep 7 bits (`reduce_range`): processors without VNNI
    add int8 products in 16 bits and would overflow with 8."""
    output.mkdir(parents=True, exist_ok=True)
    model = fuse(AutoModelForTokenClassification.from_pretrained(checkpoint).eval())
    full = output / "full.onnx"
    windows, tokens = torch.export.Dim("windows", min=1, max=64), torch.export.Dim("tokens", min=3, max=512)
    torch.onnx.export(
        _Probabilities(model, temperature).eval(),
        (torch.ones(2, 64, dtype=torch.long),),
        str(full),
        dynamo=True,
        opset_version=_OPSET,
        external_data=False,
        input_names=["input_ids"],
        output_names=["probabilities"],
        dynamic_shapes={"input_ids": {0: windows, 1: tokens}},
    )
    if quantize:
        quantize_dynamic(
            full, output / "model.onnx", per_channel=True, reduce_range=True, weight_type=QuantType.QInt8,
            op_types_to_quantize=_QUANTISED,
        )  # fmt: skip
        full.unlink()
    else:
        full.rename(output / "model.onnx")
    vocabulary = load_vocabulary(checkpoint)
    settings = Settings("nianbao", version, LABELS_VERSION, list(TAGS), vocabulary, "[UNK]", ("[CLS]", "[SEP]"))
    (output / "tagger.json").write_text(json.dumps(asdict(settings), ensure_ascii=False), "utf-8")


def export_checked(
    checkpoint: Path, output: Path, gold: Sequence[Path], *, temperature: float = 1.0, version: str = "0"
) -> dict[str, tuple[float, float]]:
    """Exports, unless int8 loses more than MOST_LOST on one of the folders `gold`: then LossyExport is raised.

    Returns the F1 in full precision and in int8 by folder: strict micro F1 where gold spans exist, else that of facts
    and non-zero cells together.
    """
    with TemporaryDirectory() as scratch:
        full, small = Path(scratch) / "full", Path(scratch) / "int8"
        export(checkpoint, full, temperature=temperature, version=version, quantize=False)
        export(checkpoint, small, temperature=temperature, version=version)
        scores = {str(one): tuple(evaluate(one, Tagger.load(each)).micro_f1 for each in (full, small)) for one in gold}
        for folder, (exact, quantised) in scores.items():
            if exact - quantised > MOST_LOST:
                lost = f"int8 has F1 {quantised:.4f} against {exact:.4f}"
                raise LossyExport(f"{folder}: {lost}; train on and export again")
        shutil.copytree(small, output, dirs_exist_ok=True)
    return scores
