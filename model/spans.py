"""Spans of labelled text, and IOB2 tags: both ways."""

from collections import Counter
from typing import NamedTuple

import numpy as np

from model.labels import LABELS, TAGS

OUTSIDE = 0
LIKELY = 0.5  # the score from which a span is likelier right than not


class Span(NamedTuple):
    """Characters [start, end) of a text carry `label`; `score` is the model's mean probability for it, whatever its
    channel, `sure` that of its channel if the kind is right; both 1.0 for gold."""

    start: int
    end: int
    label: str
    score: float = 1.0
    sure: float = 1.0


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


def from_tags(tags: np.ndarray, scores: np.ndarray | None = None, sure: np.ndarray | None = None) -> list[Span]:
    """Spans of a tag sequence, in order; `scores` holds the probability of each tag, `sure` that of its channel, both
    of shape (length,). An inside without its beginning is in no span."""
    heads = np.flatnonzero(~_continues(tags, _before(tags)))
    lengths = np.diff(np.append(heads, len(tags)))
    means = [
        np.ones(len(heads)) if of is None or not len(heads) else np.add.reduceat(of, heads, dtype=float) / lengths
        for of in (scores, sure)
    ]
    begun = tags[heads] % 2 == 1
    found = (part[begun].tolist() for part in (heads, heads + lengths, tags[heads], *means))
    return [Span(start, end, TAGS[tag][2:], score, own) for start, end, tag, score, own in zip(*found, strict=True)]


def _before(tags: np.ndarray) -> np.ndarray:
    """The tag before each, OUTSIDE before the first."""
    return np.concatenate([[OUTSIDE], tags[:-1]])


def _inside(tags: np.ndarray) -> np.ndarray:
    return (tags > OUTSIDE) & (tags % 2 == 0)


def _continues(tags: np.ndarray, before: np.ndarray) -> np.ndarray:
    """Where a tag is the inside of the span that the tag before it belongs to."""
    return _inside(tags) & ((before == tags) | (before == tags - 1))


def whole(spans: list[Span]) -> list[Span]:
    """Spans of one label with nothing between them made one: a number or a name has no border inside."""
    made: list[Span] = []
    for span in spans:
        last = made[-1] if made else None
        if last and last.label == span.label and last.end == span.start:
            made[-1] = last._replace(end=span.end, score=min(last.score, span.score))
        else:
            made.append(span)
    return made


def closed(text: str, span: Span) -> Span:
    """The span with the bracket right behind it that closes its last one; one that it begins with is around it."""
    opening, closing = text.rfind("(", span.start + 1, span.end), text.rfind(")", span.start, span.end)
    return span._replace(end=span.end + 1) if opening > closing and text.startswith(")", span.end) else span


_KINDS = [label.partition("@")[0] for label in LABELS]
# The tags of each kind that has channels: they stand side by side.
_KINDS_BY_CHANNEL = [
    slice(1 + 2 * _KINDS.index(kind), 1 + 2 * (_KINDS.index(kind) + count))
    for kind, count in Counter(_KINDS).items()
    if count > 1
]
_CHANNELLED = np.zeros(len(TAGS), dtype=np.float32)  # 1 for each of those tags
_CHANNELLED[np.r_[tuple(_KINDS_BY_CHANNEL)]] = 1
DOUBT = 0.99  # a character less surely outside than this is decoded, any other is outside


def decode(places: np.ndarray, probabilities: np.ndarray) -> list[Span]:
    """Spans of the most probable valid IOB2 sequence, from the tag probabilities of the doubtful characters of a text.

    `places`: their offsets, rising, shape (n,); `probabilities`: shape (n, tags). All other characters are outside, so
    each run of neighbouring places is decoded by itself and the cost is linear in n.
    """
    if not len(places):
        return []
    weighed = _kinds_first(probabilities)
    tags = _tags_of_runs(weighed, np.flatnonzero(np.diff(places, prepend=-2) > 1))
    found = from_tags(tags, weighed[np.arange(len(tags)), tags], _sure(probabilities, tags))
    at = places.tolist()
    return [Span(at[start], at[end - 1] + 1, label, score, sure) for start, end, label, score, sure in found]


def _tags_of_runs(probabilities: np.ndarray, starts: np.ndarray) -> np.ndarray:
    """The best tags, shape (n,), of runs of characters that begin at `starts`. Most runs are valid as they stand, and
    all of those are decoded at once."""
    tags = probabilities.argmax(axis=1)
    before = _before(tags)
    before[starts] = OUTSIDE
    broken = np.flatnonzero(_inside(tags) & ~_continues(tags, before))
    ends = np.append(starts[1:], len(tags))
    for run in np.unique(np.searchsorted(starts, broken, "right") - 1).tolist():
        whole = slice(starts[run], ends[run])
        tags[whole] = best_tags(probabilities[whole])
    return tags


def _sure(probabilities: np.ndarray, tags: np.ndarray) -> np.ndarray:
    """The probability of the channel of each tag, given its kind, shape (n,); 1 where a kind has no channels."""
    sure = np.ones(len(tags))
    for of_kind in _KINDS_BY_CHANNEL:
        told = np.flatnonzero((tags >= of_kind.start) & (tags < of_kind.stop))
        rows, begins = probabilities[told], tags[told] - 1 + tags[told] % 2
        own = rows[np.arange(len(told)), begins] + rows[np.arange(len(told)), begins + 1]
        sure[told] = own / np.maximum(rows[:, of_kind].sum(axis=1), 1e-30)
    return sure


def _kinds_first(probabilities: np.ndarray) -> np.ndarray:
    """The likeliest channel of each kind of fact speaks for the whole kind, so that doubt about the channel alone is
    no doubt about the fact; the other channels keep their ratio to it. Same shape (n, tags)."""
    told = np.flatnonzero(probabilities @ _CHANNELLED > 1 - DOUBT)
    if not len(told):
        return probabilities
    by_tag = np.ascontiguousarray(probabilities[told].T)
    for tags in _KINDS_BY_CHANNEL:
        for first in (tags.start, tags.start + 1):  # B of each channel, then I of each
            channels = by_tag[first : tags.stop : 2]
            channels *= channels.sum(axis=0) / np.maximum(channels.max(axis=0), 1e-30)
    weighed = probabilities.copy()
    weighed[told] = by_tag.T
    return weighed


def best_tags(probabilities: np.ndarray) -> np.ndarray:
    """The most probable valid tags, shape (length,), of probabilities of shape (length, tags), with the one constraint
    that I-x follows B-x or I-x.

    They are the likeliest one by one but around the places where those break the constraint. What begins with O or B
    asks nothing of what stands before it: so a broken place is solved from the O or B before it to the one behind it,
    and from further back only where that would have begun with I.
    """
    tags = probabilities.argmax(axis=1)
    broken = np.flatnonzero(_inside(tags) & ~_continues(tags, _before(tags)))
    if not len(broken):
        return tags
    scores, starts = np.log(probabilities + 1e-9), np.flatnonzero(~_inside(tags))
    begin = end = 0
    work = 4 * len(tags)  # more, and all is solved at once
    for place in broken:
        if place < end:
            continue
        solved, back = (begin, end), 1
        at, end = int(np.searchsorted(starts, place)) - 1, next(iter(starts[starts > place]), len(tags))
        while True:
            begin = starts[at] if at >= 0 else 0
            begin = min(begin, solved[0]) if begin < solved[1] else begin
            if (work := work - (end - begin)) < 0:
                return _viterbi(scores)
            path = _viterbi(scores[begin:end], amid=begin > 0)
            if begin == 0 or not _inside(path[:1])[0]:
                break
            at, back = at - back, 2 * back
        tags[begin:end] = path
    return tags


def _viterbi(scores: np.ndarray, amid: bool = False) -> np.ndarray:
    """Best valid path through log probabilities of shape (length, tags); `amid` others, it may begin with I."""
    length, count = scores.shape
    back = np.zeros((length, count), dtype=np.int64)
    best = scores[0].copy()
    if not amid:
        best[2::2] = -np.inf
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
