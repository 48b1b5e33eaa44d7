"""The tagger: text in, labelled spans out. ONNX Runtime reads the text; nothing here needs torch."""

import json
import math
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Protocol, TypeVar

import numpy as np
import onnxruntime

from model.errors import WeightsError
from model.labels import LABELS_VERSION, TAGS
from model.report import ModelInfo
from model.spans import DOUBT, OUTSIDE, Span, decode
from model.windows import Alphabet, pieces

T = TypeVar("T")
WEIGHTS = Path(__file__).parent / "weights"
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
    """The shipped model on ONNX Runtime: one window a call, as many calls at a time as there are threads, which costs
    less than several threads in one call. `spans` may be called from several threads."""

    def __init__(self, session: onnxruntime.InferenceSession, alphabet: Alphabet, info: ModelInfo, threads: int = 2):
        self.session, self.alphabet, self.info, self.threads = session, alphabet, info, threads

    @classmethod
    def load(cls, folder: Path = WEIGHTS, threads: int = 2) -> "Tagger":
        """Raises WeightsError where files are missing or the weights were trained for other labels."""
        settings = read_settings(folder)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        session = onnxruntime.InferenceSession(
            str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"], disabled_optimizers=_SLOW
        )
        info = ModelInfo(settings.name, settings.version, settings.labels_version)
        return cls(session, Alphabet(settings.vocabulary, settings.unknown, tuple(settings.frame)), info, threads)

    def spans(self, text: str) -> list[Span]:
        """The spans of a normalised text, in order, without overlap."""
        if not text:
            return []
        places, rows = zip(*self._read(text, _doubtful), strict=True)
        return decode(np.concatenate(places), np.concatenate(rows))

    def probabilities(self, text: str) -> np.ndarray:
        """Calibrated tag probabilities of every character, shape (len(text), tags)."""
        return np.concatenate(self._read(text, lambda first, rows: rows))

    def _read(self, text: str, kept: Callable[[int, np.ndarray], T]) -> list[T]:
        """What `kept` keeps of every window of a text, in order: it is given where the window's own part of the text
        begins, and the tag probabilities of that part. Each thread reads as many windows."""
        ids, windows = self.alphabet.encode(text), list(pieces(len(text)))
        size = math.ceil(len(windows) / self.threads)

        def share(at: int) -> list[T]:
            its = windows[at : at + size]
            return [kept(first, self._window(ids[a:b])[first - a : last - a]) for a, b, first, last in its]

        shares = _readers(self.threads, os.getpid()).map(share, range(0, len(windows), size))
        return list(chain.from_iterable(shares))

    def _window(self, ids: np.ndarray) -> np.ndarray:
        """Tag probabilities of the characters of one window, shape (characters, tags)."""
        (scores,) = self.session.run(None, {"input_ids": self.alphabet.frame(ids[None])})
        return scores[0, 1:-1]


@cache
def _readers(threads: int, process: int) -> ThreadPoolExecutor:
    """The threads that read, of one process: a forked one has none of its parent's."""
    return ThreadPoolExecutor(threads, "reader")


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
