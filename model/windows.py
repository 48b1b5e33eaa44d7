"""A long text as windows of tokens, one token a character, and the scores of overlapping windows as one.

Whatever reads a text cuts and encodes it through these functions, so that no two can disagree; training encodes through
them and cuts windows of the full length anywhere.
"""

import math
from collections.abc import Iterator

import numpy as np

SIZE, OVERLAP = 256, 32  # most tokens, the two that frame a window included; characters that neighbours share


class Alphabet:
    """Characters to token ids. `ids` maps tokens to numbers as in a vocabulary; only one-character tokens are used."""

    def __init__(self, ids: dict[str, int], unknown: str = "[UNK]", frame: tuple[str, str] = ("[CLS]", "[SEP]")):
        self.ids, self.first, self.last = ids, ids[frame[0]], ids[frame[1]]
        self._table = np.full(0x110000, ids[unknown], dtype=np.int32)
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


def pieces(length: int, size: int = SIZE, overlap: int = OVERLAP) -> Iterator[tuple[int, int, int, int]]:
    """(window start, window end, kept start, kept end) of the windows of a text of `length` characters.

    As few as reach, but an even number, so that two threads have the same to do; all are equally long to a character,
    and none longer than `size - 2`. Neighbours share `overlap` characters and meet in the middle of them.
    """
    fresh = size - 2 - overlap  # characters that a further window adds
    count = 1 if length <= size - 2 else 2 * math.ceil((length - overlap) / fresh / 2)
    edges = np.linspace(0, length - overlap, count + 1).round().astype(int) if count > 1 else np.array([0, length])
    begins, ends = edges[:-1], np.append(edges[1:-1] + overlap, length)
    seams = [0, *(edges[1:-1] + overlap // 2).tolist(), length]
    return zip(begins.tolist(), ends.tolist(), seams[:-1], seams[1:], strict=True)
