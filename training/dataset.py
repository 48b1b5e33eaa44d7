"""Annotated reports as training windows: the same view, windows and alphabet as in serving."""

import numpy as np
from datasets import Dataset
from rich.console import Console
from rich.progress import track

from model.labels import CELLS, TAGS
from model.spans import OUTSIDE, begin, to_tags
from model.tagger import Tagger
from model.view import View, view
from model.windows import SIZE, Alphabet
from training.gold import Annotated

IGNORED = -100  # the framing tokens carry no tag
_AGENCY_TAGS = (begin("agency"), begin("agency") + 1)
_EXPECTED = np.ones(len(TAGS))  # the surprise of each tag where no tagger says it
_EXPECTED[[begin(label) + inside for label in CELLS for inside in (0, 1)]] = 0.1  # most cells are zeros
_EXPECTED[OUTSIDE] = 0
_EASY, _HARD = 0.1, 8.0  # the chance of a window that surprises by nothing; nats that add 1 to it


def encode(reports: list[Annotated], alphabet: Alphabet, earlier: Tagger | None = None) -> Dataset:
    """A dataset of whole reports: columns `ids`, `tags` and `surprise`, one number a character of the view. Surprise is
    -log of the probability that the tagger to go on from, `earlier`, gives the tag, in nats; without one a guess."""
    told = track(reports, "encode", console=Console(stderr=True))
    return Dataset.from_list([_columns(report, alphabet, earlier) for report in told])


def _columns(report: Annotated, alphabet: Alphabet, earlier: Tagger | None) -> dict:
    seen = view(report.text)
    tags = to_tags(seen.locate(report.spans), len(seen.text))
    return {
        "ids": alphabet.encode(seen.text).astype(np.int32),
        "tags": tags.astype(np.int16),
        "surprise": _surprise(seen, tags, earlier).astype(np.float32),
    }


def _surprise(seen: View, tags: np.ndarray, earlier: Tagger | None) -> np.ndarray:
    if not earlier or not seen.text:
        return _EXPECTED[tags]
    return -np.log(earlier.probabilities(seen.text)[np.arange(len(tags)), tags] + 1e-9)


def lost_spans(reports: list[Annotated]) -> tuple[int, int]:
    """(gold spans that leave nothing in the view, all gold spans), said aloud before training."""
    kept = sum(len(view(report.text).locate(report.spans)) for report in reports)
    total = sum(len(report.spans) for report in reports)
    return total - kept, total


def batches(dataset: Dataset, alphabet: Alphabet, size: int, noise: float, rng: np.random.Generator):
    """Endless (ids, tags) of shape (size, SIZE). Windows are cut anew in every pass; the less one surprises, the more
    often it is passed over, since it teaches little. `noise` is the share of plain characters that are replaced by
    [UNK] or another character, so that no single word is leaned on."""
    length, pool = SIZE - 2, []
    columns = dataset.with_format("numpy")
    ids_all, tags_all, surprises = columns["ids"][:], columns["tags"][:], columns["surprise"][:]
    while True:
        for index in rng.permutation(len(ids_all)):
            ids, tags, surprise = (np.asarray(column[index]) for column in (ids_all, tags_all, surprises))
            if len(ids) < length:
                ids, tags, surprise = (np.pad(column, (0, length - len(ids))) for column in (ids, tags, surprise))
            for start in _starts(len(ids), length, rng):
                window = slice(start, start + length)
                if rng.random() < _EASY + surprise[window].sum() / _HARD:
                    pool.append((ids[window], tags[window]))
            while len(pool) > 40 * size:
                yield _batch(pool, alphabet, size, noise, rng)
        while len(pool) >= size:
            yield _batch(pool, alphabet, size, noise, rng)


def _starts(total: int, length: int, rng: np.random.Generator) -> np.ndarray:
    """Windows side by side from a random first cut; the rest at either end gets a window of its own."""
    inner = np.arange(int(rng.integers(0, length)), total - length + 1, length)
    return np.unique(np.concatenate([[0], inner, [total - length]])) if rng.random() < 0.5 or not len(inner) else inner


def _batch(pool: list, alphabet: Alphabet, size: int, noise: float, rng: np.random.Generator):
    chosen = [pool.pop(int(rng.integers(len(pool)))) for _ in range(size)]
    ids = np.stack([ids for ids, _ in chosen]).astype(np.int64)
    tags = np.stack([tags for _, tags in chosen]).astype(np.int64)
    fate = rng.random(ids.shape)
    plain, unknown = (tags == 0) & (fate < noise), alphabet.ids.get("[UNK]", 0)
    others = rng.permutation(ids.ravel()).reshape(ids.shape)
    ids = np.where(plain, np.where(fate < noise / 2, others, unknown), ids)
    ids = np.where(np.isin(tags, _AGENCY_TAGS) & (fate < noise / 2), unknown, ids)  # names hold characters of their own
    framed = np.pad(tags, ((0, 0), (1, 1)), constant_values=IGNORED)
    return alphabet.frame(ids), framed
