"""The character vocabulary of a model trained from scratch."""

import json
from collections import Counter
from pathlib import Path

from model.text import normalise

SPECIALS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
STRUCTURE = ["\n", "\t", "|", " "]  # they are the table structure, so each is a token


def characters(texts, minimum=2) -> list[str]:
    """Tokens in id order: specials, structure, ASCII, then every character seen `minimum` times or in GB 2312."""
    counts = Counter()
    for text in texts:
        counts.update(normalise(text))
    seen = {c for c, n in counts.items() if n >= minimum} | set(_gb2312())
    ascii_ = [chr(c) for c in range(33, 127) if chr(c) not in STRUCTURE]
    return [*SPECIALS, *STRUCTURE, *ascii_, *sorted(seen - set(STRUCTURE) - set(ascii_))]


def _gb2312() -> str:
    """The standard set of simplified Chinese: 6,763 characters and the symbols official texts use."""
    codes = (bytes([row, cell]) for row in [*range(0xA1, 0xA4), *range(0xB0, 0xF8)] for cell in range(0xA1, 0xFF))
    return normalise("".join(code.decode("gb2312", errors="ignore") for code in codes))


def save_vocabulary(vocabulary: dict[str, int], checkpoint: Path) -> None:
    """Writes `vocab.json`, token -> id, beside the weights."""
    checkpoint.mkdir(parents=True, exist_ok=True)
    (checkpoint / "vocab.json").write_text(json.dumps(vocabulary, ensure_ascii=False), "utf-8")


def load_vocabulary(checkpoint: Path) -> dict[str, int]:
    """The inverse of `save_vocabulary`."""
    return json.loads((checkpoint / "vocab.json").read_text("utf-8"))
