"""A long text as windows of tokens, one token a character, and the scores of overlapping windows as one.

Training and serving cut and encode through these functions, so that they cannot disagree.
"""

from collections.abc import Iterator

import numpy as np

SIZE, OVERLAP = 256, 48  # tokens, the two that frame a window included; characters that neighbours share


class Alphabet:
    """Characters to token ids. `ids` maps tokens to numbers as in a vocabulary; only one-character tokens are used."""

    def __init__(self, ids: dict[str, int], unknown: str = "[UNK]", frame: tuple[str, str] = ("[CLS]", "[SEP]")):
        self.ids, self.first, self.last = ids, ids[frame[0]], ids[frame[1]]
        self._table = np.full(0x110000, ids[unknown], dtype=np.int64)
        for token, number in ids.items():
            if len(token) == 1:
                self._table[ord(token)] = number

    def encode(self, text: str) -> np.ndarray:
        """Token id of every character, shape (len(text),)."""
        return self._table[np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)]

    def frame(self, ids: np.ndarray) -> np.ndarray:
        """Windows of characters, shape (windows, n), framed as the encoder expects, shape (windows, n + 2)."""
        ends = np.full((len(ids), 1), self.first), np.full((len(ids), 1), self.last)
        return np.concatenate([ends[0], ids, ends[1]], axis=1)


def starts(length: int, size: int = SIZE, overlap: int = OVERLAP) -> np.ndarray:
    """Where the windows of a text of `length` characters begin; all are `size - 2` long, the last ends with it."""
    room = size - 2
    if length <= room:
        return np.zeros(1, dtype=np.int64)
    regular = np.arange(0, length - room, room - overlap)
    return np.append(regular, length - room)


def pieces(length: int, size: int = SIZE, overlap: int = OVERLAP) -> Iterator[tuple[int, int, int, int]]:
    """(window start, window end, kept start, kept end) of each: neighbours meet in the middle of their overlap."""
    begins = starts(length, size, overlap)
    ends = np.minimum(begins + size - 2, length)
    seams = [0, *((begins[1:] + ends[:-1]) // 2).tolist(), length]
    return zip(begins.tolist(), ends.tolist(), seams[:-1], seams[1:], strict=True)
