"""Spans of labelled text, and IOB2 tags: both ways."""

from typing import NamedTuple

import numpy as np

from model.labels import LABELS, TAGS

OUTSIDE = 0


class Span(NamedTuple):
    """Characters [start, end) of a text carry `label`; `score` is the model's mean probability for it, 1.0 for gold."""

    start: int
    end: int
    label: str
    score: float = 1.0


def begin(label: str) -> int:
    """Tag number of B-label; I-label follows it."""
    return 1 + 2 * LABELS.index(label)


def to_tags(spans: list[Span], length: int) -> np.ndarray:
    """Tag numbers, shape (length,). Raises ValueError where two spans overlap or one leaves the text."""
    tags = np.zeros(length, dtype=np.int64)
    for span in spans:
        if not 0 <= span.start < span.end <= length or tags[span.start : span.end].any():
            place = f"span [{span.start}, {span.end}) {span.label}"
            raise ValueError(f"{place} is empty, outside the text or overlaps another")
        tags[span.start] = begin(span.label)
        tags[span.start + 1 : span.end] = begin(span.label) + 1
    return tags


def from_tags(tags: np.ndarray, scores: np.ndarray | None = None) -> list[Span]:
    """Spans of a valid tag sequence, in order; `scores` holds the probability of each tag, shape (length,)."""
    scores = np.ones(len(tags)) if scores is None else scores
    starts = np.flatnonzero((tags > OUTSIDE) & (tags % 2 == 1))
    spans = []
    for start in starts.tolist():
        end, inside = start + 1, tags[start] + 1
        while end < len(tags) and tags[end] == inside:
            end += 1
        spans.append(Span(start, end, TAGS[tags[start]][2:], float(scores[start:end].mean())))
    return spans


def decode(probabilities: np.ndarray) -> np.ndarray:
    """The most probable valid IOB2 sequence, shape (length,), from probabilities of shape (length, tags).

    Viterbi with one constraint: I-x follows B-x or I-x. It runs over each stretch in which some tag other than O
    is at least as likely as 1 in 1,000; between stretches the tag is O, so the cost is linear in the text.
    """
    tags = np.zeros(len(probabilities), dtype=np.int64)
    doubtful = np.flatnonzero(probabilities[:, OUTSIDE] < 0.999)
    if len(doubtful):
        for stretch in np.split(doubtful, np.flatnonzero(np.diff(doubtful) > 1) + 1):
            tags[stretch] = _viterbi(np.log(probabilities[stretch] + 1e-9))
    return tags


def _viterbi(scores: np.ndarray) -> np.ndarray:
    """Best valid path through log probabilities of shape (length, tags)."""
    length, count = scores.shape
    back = np.zeros((length, count), dtype=np.int64)
    best = scores[0].copy()
    best[2::2] = -np.inf  # nothing begins with I
    b_tags = np.arange(1, count, 2)
    for step in range(1, length):
        top = int(best.argmax())
        inside = np.where(best[b_tags] >= best[b_tags + 1], b_tags, b_tags + 1)
        back[step] = top
        back[step, 2::2] = inside
        following = np.full(count, best[top])
        following[2::2] = best[inside]
        best = following + scores[step]
    path = [int(best.argmax())]
    for step in range(length - 1, 0, -1):
        path.append(int(back[step, path[-1]]))
    return np.array(path[::-1])
