"""Spans of labelled text, and IOB2 tags: both ways."""

from collections import Counter
from typing import NamedTuple

import numpy as np

from model.labels import LABELS, TAGS

OUTSIDE = 0


class Span(NamedTuple):
    """Characters [start, end) of a text carry `label`; `score` is the model's mean probability for it, whatever its
    channel, 1.0 for gold."""

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


_KINDS = [label.partition("@")[0] for label in LABELS]
# The tags of each kind that has channels: they stand side by side.
_KINDS_BY_CHANNEL = [
    slice(1 + 2 * _KINDS.index(kind), 1 + 2 * (_KINDS.index(kind) + count))
    for kind, count in Counter(_KINDS).items()
    if count > 1
]
DOUBT = 0.999  # a character less surely outside than this is decoded, any other is outside


def decode(places: np.ndarray, probabilities: np.ndarray) -> list[Span]:
    """Spans of the most probable valid IOB2 sequence, from the tag probabilities of the doubtful characters of a text.

    `places`: their offsets, rising, shape (n,); `probabilities`: shape (n, tags). All other characters are outside, so
    each run of neighbouring places is decoded by itself and the cost is linear in n.
    """
    if not len(places):
        return []
    spans: list[Span] = []
    probabilities = _kinds_first(probabilities)
    for run in np.split(np.arange(len(places)), np.flatnonzero(np.diff(places) > 1) + 1):
        rows, offset = probabilities[run], int(places[run[0]])
        tags = best_tags(rows)
        scored = from_tags(tags, rows[np.arange(len(run)), tags])
        spans += [span._replace(start=span.start + offset, end=span.end + offset) for span in scored]
    return spans


def _kinds_first(probabilities: np.ndarray) -> np.ndarray:
    """The likeliest channel of each kind of fact speaks for the whole kind, so that doubt about the channel alone is
    no doubt about the fact; the other channels keep their ratio to it. Same shape (n, tags)."""
    weighed = probabilities.copy()
    for tags in _KINDS_BY_CHANNEL:
        by_channel = probabilities[:, tags].reshape(len(probabilities), -1, 2)  # B and I of each channel
        whole, likeliest = by_channel.sum(axis=1), by_channel.max(axis=1)
        weighed[:, tags] = (by_channel * (whole / likeliest)[:, None]).reshape(len(probabilities), -1)
    return weighed


def best_tags(probabilities: np.ndarray) -> np.ndarray:
    """The most probable valid tags, shape (length,), of probabilities of shape (length, tags): those that are likeliest
    one by one, where they are valid together; else by Viterbi with the one constraint that I-x follows B-x or I-x."""
    likeliest = probabilities.argmax(axis=1)
    before = np.concatenate([[OUTSIDE], likeliest[:-1]])
    inside = (likeliest > OUTSIDE) & (likeliest % 2 == 0)
    if (~inside | (before == likeliest) | (before == likeliest - 1)).all():
        return likeliest
    return _viterbi(np.log(probabilities + 1e-9))


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
