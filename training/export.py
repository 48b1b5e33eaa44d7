"""A trained checkpoint as the files that serving needs: an ONNX graph in int8 and its settings."""

import json
from dataclasses import asdict
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from transformers import AutoModelForTokenClassification

from model.labels import LABELS_VERSION, TAGS
from model.tagger import Settings
from training.vocabulary import load_vocabulary


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
    model = AutoModelForTokenClassification.from_pretrained(checkpoint).eval()
    full = output / "full.onnx"
    windows, tokens = torch.export.Dim("windows", min=1, max=64), torch.export.Dim("tokens", min=3, max=512)
    torch.onnx.export(
        _Probabilities(model, temperature).eval(),
        (torch.ones(2, 64, dtype=torch.long),),
        str(full),
        dynamo=True,
        external_data=False,
        input_names=["input_ids"],
        output_names=["probabilities"],
        dynamic_shapes={"input_ids": {0: windows, 1: tokens}},
    )
    if quantize:
        quantize_dynamic(full, output / "model.onnx", per_channel=True, reduce_range=True, weight_type=QuantType.QInt8)
        full.unlink()
    else:
        full.rename(output / "model.onnx")
    vocabulary = load_vocabulary(checkpoint)
    settings = Settings("nianbao", version, LABELS_VERSION, list(TAGS), vocabulary, "[UNK]", ("[CLS]", "[SEP]"))
    (output / "tagger.json").write_text(json.dumps(asdict(settings), ensure_ascii=False), "utf-8")
