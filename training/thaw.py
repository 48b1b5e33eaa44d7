"""The way back from `export`: weights that serve → a model that can be trained on. int8 keeps seven bits of each
number, so a thawed model says nearly what the trained one said."""

from pathlib import Path

import numpy as np
import onnx
import torch
from onnx.numpy_helper import to_array
from transformers import AutoModelForTokenClassification, PreTrainedModel, RoFormerConfig

from model.errors import WeightsError
from model.tagger import read_settings
from training.pretrain import shape

_PRODUCTS = ("MatMul", "MatMulInteger")
_FUSED = "self.projection."  # query, key and value, one below the other


def thaw(weights: Path, **head) -> tuple[PreTrainedModel, dict[str, int]]:
    """(token classifier, vocabulary) of a folder that `export` wrote; `head` are settings of its configuration. Raises
    WeightsError where the weights are for other labels or no RoFormer of this project."""
    vocabulary = read_settings(weights).vocabulary
    graph = onnx.load(str(weights / "model.onnx")).graph
    try:
        state = _parameters(graph)
        model = AutoModelForTokenClassification.from_config(_config(state, vocabulary, head))
        model.load_state_dict(model.state_dict() | state)
    except (RuntimeError, ValueError, KeyError) as error:
        raise WeightsError(f"{weights}: no RoFormer of this project; train from its checkpoint instead") from error
    return model, vocabulary


def _config(state: dict[str, torch.Tensor], vocabulary: dict[str, int], head: dict) -> RoFormerConfig:
    layers = sum(name.endswith("intermediate.dense.weight") for name in state)
    config = shape(list(vocabulary), layers, state["classifier.weight"].shape[1])
    for key, value in head.items():
        setattr(config, key, value)
    return config


def _parameters(graph: onnx.GraphProto) -> dict[str, torch.Tensor]:
    """The parameters by torch's names. Positions are left out: they are computed, not learnt."""
    arrays = {one.name: to_array(one) for one in graph.initializer}
    named = {name.removesuffix("_quantized"): _exact(name, arrays) for name in arrays if name.startswith("model.")}
    named |= {name: _exact(matrix, arrays).T for name, matrix in _matrices(graph, arrays)}
    state: dict[str, torch.Tensor] = {}
    for name, array in named.items():
        if not name.endswith(("_scale", "_zero_point", "embed_positions.weight")):
            state |= _split(name.removeprefix("model."), torch.tensor(array))
    return state


def _matrices(graph: onnx.GraphProto, arrays: dict[str, np.ndarray]) -> list[tuple[str, str]]:
    """(name of the weight, name in the graph) of each matrix: it has lost its own name, but the bias that is added to
    its product has not, and products and biases come in one order."""
    products = [node.input[1] for node in graph.node if node.op_type in _PRODUCTS and node.input[1] in arrays]
    added = [name for node in graph.node if node.op_type == "Add" for name in node.input if name.endswith(".bias")]
    return [(bias.removesuffix("bias") + "weight", matrix) for bias, matrix in zip(added, products, strict=True)]


def _exact(name: str, arrays: dict[str, np.ndarray]) -> np.ndarray:
    """An array in float32, whether or not it was quantised."""
    stem = name.removesuffix("_quantized")
    if stem == name:
        return arrays[name]
    return (arrays[name].astype(np.float32) - arrays[f"{stem}_zero_point"]) * arrays[f"{stem}_scale"]


def _split(name: str, parameter: torch.Tensor) -> dict[str, torch.Tensor]:
    """One parameter, or the three that were fused for the export (`training/attention.py`)."""
    if _FUSED not in name:
        return {name: parameter}
    names = (name.replace(_FUSED, f"self.{part}.") for part in ("query", "key", "value"))
    return dict(zip(names, parameter.chunk(3), strict=True))
