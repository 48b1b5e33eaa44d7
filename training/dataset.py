"""Annotated reports as training windows: the same view, windows and alphabet as in serving."""

import numpy as np
from datasets import Dataset

from model.labels import CELLS
from model.spans import begin, to_tags
from model.view import view
from model.windows import SIZE, Alphabet
from training.gold import Annotated

IGNORED = -100  # the framing tokens carry no tag
_AGENCY_TAGS = (begin("agency"), begin("agency") + 1)
_CELL_TAGS = np.array([begin(label) + inside for label in CELLS for inside in (0, 1)])


def encode(reports: list[Annotated], alphabet: Alphabet) -> Dataset:
    """A dataset of whole reports: columns `ids` and `tags`, one number a character of the view."""
    return Dataset.from_list([_columns(report, alphabet) for report in reports])


def _columns(report: Annotated, alphabet: Alphabet) -> dict:
    seen = view(report.text)
    tags = to_tags(seen.locate(report.spans), len(seen.text))
    return {"ids": alphabet.encode(seen.text).astype(np.int32), "tags": tags.astype(np.int16)}


def lost_spans(reports: list[Annotated]) -> tuple[int, int]:
    """(gold spans that leave nothing in the view, all gold spans), said aloud before training."""
    kept = sum(len(view(report.text).locate(report.spans)) for report in reports)
    total = sum(len(report.spans) for report in reports)
    return total - kept, total


def batches(dataset: Dataset, alphabet: Alphabet, size: int, noise: float, rng: np.random.Generator):
    """Endless (ids, tags) of shape (size, SIZE). Windows are cut anew in every pass; of those that hold nothing but
    table cells, or nothing at all, half are passed over, since reports are mostly zeros. `noise` is the share of
    plain characters that are replaced by [UNK] or another character, so that no single word is leaned on."""
    length, pool = SIZE - 2, []
    columns = dataset.with_format("numpy")
    ids_all, tags_all = columns["ids"][:], columns["tags"][:]
    while True:
        for index in rng.permutation(len(ids_all)):
            ids, tags = np.asarray(ids_all[index]), np.asarray(tags_all[index])
            if len(ids) < length:
                ids, tags = np.pad(ids, (0, length - len(ids))), np.pad(tags, (0, length - len(tags)))
            for start in _starts(len(ids), length, rng):
                piece = tags[start : start + length]
                if _telling(piece) or rng.random() < 0.5:
                    pool.append((ids[start : start + length], piece))
            while len(pool) > 40 * size:
                yield _batch(pool, alphabet, size, noise, rng)
        while len(pool) >= size:
            yield _batch(pool, alphabet, size, noise, rng)


def _starts(total: int, length: int, rng: np.random.Generator) -> np.ndarray:
    """Windows side by side from a random first cut; the rest at either end gets a window of its own."""
    inner = np.arange(int(rng.integers(0, length)), total - length + 1, length)
    return np.unique(np.concatenate([[0], inner, [total - length]])) if rng.random() < 0.5 or not len(inner) else inner


def _telling(tags: np.ndarray) -> bool:
    marked = tags[tags > 0]
    return len(marked) > 0 and not np.isin(marked, _CELL_TAGS).all()


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
