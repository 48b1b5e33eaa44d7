"""The tagger: text in, labelled spans out. ONNX Runtime reads the text; nothing here needs torch."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
import onnxruntime

from model.errors import WeightsError
from model.labels import LABELS_VERSION, TAGS
from model.report import ModelInfo
from model.spans import DOUBT, OUTSIDE, Span, decode
from model.windows import Alphabet, pieces

WEIGHTS = Path(__file__).parent / "weights"
_BATCH = 4  # windows a call: more only costs memory on two cores
_SLOW = ["SkipLayerNormFusion"]  # its kernel is slower than the two operators that it replaces


class Reader(Protocol):
    """What `extract` needs of a tagger."""

    info: ModelInfo

    def spans(self, text: str) -> list[Span]: ...


@dataclass(frozen=True)
class Settings:
    """What is saved beside the weights as `tagger.json`."""

    name: str
    version: str
    labels_version: str
    labels: list[str]
    vocabulary: dict[str, int]
    unknown: str
    frame: tuple[str, str]


class Tagger:
    """The shipped model on ONNX Runtime. `spans` may be called from several threads."""

    def __init__(self, session: onnxruntime.InferenceSession, alphabet: Alphabet, info: ModelInfo):
        self.session, self.alphabet, self.info = session, alphabet, info

    @classmethod
    def load(cls, folder: Path = WEIGHTS, threads: int = 2) -> "Tagger":
        """Raises WeightsError where files are missing or the weights were trained for other labels."""
        settings = read_settings(folder)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
        session = onnxruntime.InferenceSession(
            str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"], disabled_optimizers=_SLOW
        )
        info = ModelInfo(settings.name, settings.version, settings.labels_version)
        return cls(session, Alphabet(settings.vocabulary, settings.unknown, tuple(settings.frame)), info)

    def spans(self, text: str) -> list[Span]:
        """The spans of a normalised text, in order, without overlap."""
        if not text:
            return []
        places, rows = zip(*(_doubtful(first, rows) for first, rows in self._read(text)), strict=True)
        return decode(np.concatenate(places), np.concatenate(rows))

    def probabilities(self, text: str) -> np.ndarray:
        """Calibrated tag probabilities of every character, shape (len(text), tags)."""
        return np.concatenate([rows for _, rows in self._read(text)])

    def _read(self, text: str) -> Iterator[tuple[int, np.ndarray]]:
        """The text window by window: where the kept part of a window begins, and its tag probabilities."""
        ids, windows = self.alphabet.encode(text), list(pieces(len(text)))
        for at in range(0, len(windows), _BATCH):
            group = windows[at : at + _BATCH]
            batch = self.alphabet.frame(np.stack([ids[start:end] for start, end, _, _ in group]))
            (scores,) = self.session.run(None, {"input_ids": batch})
            for (start, _, first, last), window in zip(group, scores[:, 1:-1], strict=True):
                yield first, window[first - start : last - start]


def _doubtful(first: int, probabilities: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Places and probabilities of the characters that may be inside of a span, of a part of the text that begins at
    `first`: all that decoding needs, and a small share of a long text."""
    kept = np.flatnonzero(probabilities[:, OUTSIDE] < DOUBT)
    return first + kept, probabilities[kept]


def read_settings(folder: Path) -> Settings:
    """The settings beside the weights, checked against this version's labels."""
    path = folder / "tagger.json"
    if not path.exists() or not (folder / "model.onnx").exists():
        raise WeightsError(
            f"{folder}: model.onnx or tagger.json is missing; train and export, or restore model/weights"
        )
    settings = Settings(**json.loads(path.read_text("utf-8")))
    if settings.labels_version != LABELS_VERSION:
        differ = sorted(set(TAGS) ^ set(settings.labels))[:5]
        raise WeightsError(
            f"{path}: trained for other labels ({', '.join(differ) or 'another order'}); retrain and export"
        )
    return settings
