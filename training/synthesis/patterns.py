"""Patterns (see patterns/README.md) and their expansion into annotated text."""

import re
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from random import Random
from zlib import crc32

from model.labels import CATEGORY, FACTS, KINDS
from training.synthesis.pieces import Piece
from training.synthesis.words import Words

_CHOICE = re.compile(r"\(([^()]*)\)")
_MARK = re.compile(r"\{[^{}]*\}|<[^<>]*>")
_TAGGED = {
    "address": "contact.address", "postal_code": "contact.postal_code", "phone": "contact.phone", "fax": "contact.fax",
    "phone_fax": "contact.phone_fax", "email": "contact.email", "website": "contact.website", "agency": "agency",
    "year": "year", "published_on": "published_on", "signed": "published_on", "period": "period",
}  # fmt: skip


def topics() -> list[str]:
    """The names of all files of patterns."""
    return sorted(file.name.removesuffix(".txt") for file in _files().iterdir() if file.name.endswith(".txt"))


@cache
def load(topic: str) -> tuple[str, ...]:
    """The patterns of `patterns/<topic>.txt`, in order, comments left out."""
    lines = (_files() / f"{topic}.txt").read_text("utf-8").splitlines()
    return tuple(line for line in lines if line.strip() and not line.startswith("#"))


def _files() -> Traversable:
    return files(__package__) / "patterns"


def held_out(pattern: str) -> bool:
    """Whether a pattern is kept for test reports: one in twelve, by its own text, so additions move nothing."""
    return crc32(pattern.encode()) % 12 == 0


def expand(pattern: str, words: Words, rng: Random) -> list[Piece]:
    """One annotated sentence. Raises KeyError with the slot's name where a mark is unknown."""
    return _marks(_choose(pattern, rng), words, rng)


def _choose(pattern: str, rng: Random) -> str:
    """Every alternation decided, the innermost first."""
    while match := _CHOICE.search(pattern):
        pattern = pattern[: match.start()] + rng.choice(match[1].split("|")) + pattern[match.end() :]
    return pattern


def _marks(text: str, words: Words, rng: Random) -> list[Piece]:
    pieces, at = [], 0
    for match in _MARK.finditer(text):
        pieces.append((text[at : match.start()], None))
        pieces += _mark(match[0], words, rng)
        at = match.end()
    return [*pieces, (text[at:], None)]


def _mark(mark: str, words: Words, rng: Random) -> list[Piece]:
    inner = mark[1:-1]
    if mark[0] == "<":
        return [("".join(text for text, _ in _marks(inner, words, rng)), CATEGORY)]
    if inner[0] == "<":
        return [(words.category(), CATEGORY)]
    if "=" in inner:
        kind, nouns = inner.split("=", 1)
        return [(rng.choice(nouns.split("/")), _fact(kind))]
    if ":" in inner:
        kind, units = inner.split(":", 1)
        return count(_fact(kind), rng.choice(units.split("/")), rng)
    return _names(words.slot(inner), _TAGGED.get(inner), words)


def _names(text: str, label: str | None, words: Words) -> list[Piece]:
    """A drawn word; where it says the agency's full name or the report year, that part is tagged as such."""
    year = str(words.agency.year)
    for part, tag in ((words.agency.name, "agency"), (year + "年", "year"), (year + " 年", "year")):
        if label is None and part in text:
            before, _, after = text.partition(part)
            said = part if tag == "agency" else year
            return [(before, None), (said, tag), (part[len(said) :] + after, None)]
    return [(text, label)]


def _fact(name: str) -> str:
    kind, _, channel = name.partition(".")
    label = f"fact.{kind}@{channel}" if channel and KINDS.get(kind) else f"fact.{kind}"
    if label not in FACTS:
        raise KeyError(f"{name} is no kind, or no channel of that kind")
    return label


_SMALL = {"fact.staff", "fact.accounts", "fact.events", "fact.normative_documents"}
_ABOUT = ("约", "近", "超", "超过", "近", "约")


def count(label: str, unit: str, rng: Random) -> list[Piece]:
    """A printed quantity with its unit; a word such as 约 stands before it, outside the span."""
    if label == "fact.fees" and rng.random() < 0.3:
        return [(f"{rng.uniform(1, 3000):.{rng.randint(1, 2)}f}{unit}", label)]
    small = any(label.startswith(kind) for kind in _SMALL) or rng.random() < 0.35
    value = rng.choice([0, rng.randint(1, 9), rng.randint(1, 30)]) if small else _magnitude(rng)
    shape = rng.random()
    if value < 100 and shape < (0.10 if value <= 12 else 0.02) and unit:
        return [(_chinese(value, unit) + unit, label)]
    if value >= 20 and shape < 0.03 and unit:
        return [(f"{rng.choice(['十', '二十', '三十', '百', '两百', '千'])}{rng.choice('余多')}{unit}", label)]
    if value >= 20 and shape < 0.06 and unit:
        return [(f"{_round(value)}{rng.choice(['余', '多', '余'])}{unit}", label)]
    if value >= 20 and shape < 0.10 and unit:
        return [(rng.choice(_ABOUT), None), (f"{_round(value)}{unit}", label)]
    if value >= 1000 and shape < 0.18:
        return [(f"{value:,}{unit}", label)]
    if value >= 1000 and shape < 0.20:
        return [(f"{value:,}{unit}".replace(",", " "), label)]
    if value >= 1000 and shape < 0.24:
        return [(f"{value / 10000:.{rng.randint(1, 2)}f}万{unit}", label)]
    if value >= 10000 and shape < 0.5:
        return [(f"{value / 10000:.{rng.randint(1, 2)}f}万{rng.choice(['余', '', ''])}{unit}", label)]
    blank = " " if shape > 0.93 else ""
    before = " " if blank and rng.random() < 0.8 else ""
    return [(before, None), (f"{value}{blank if unit else ''}{unit}", label)]


def _magnitude(rng: Random) -> int:
    draws = [rng.randint(1, 99), rng.randint(10, 999), rng.randint(100, 9999), rng.randint(1, 99)]
    rare = rng.randint(1000, rng.choice([99_999, 99_999, 9_999_999])) if rng.random() < 0.3 else rng.randint(10, 500)
    return rng.choice([*draws, rare])


def _round(value: int) -> int:
    return value // 10 * 10 if value < 200 else value // 100 * 100 if value < 5000 else value // 1000 * 1000


def _chinese(value: int, unit: str) -> str:
    digits = "零一二三四五六七八九十"
    if value == 2:
        return "两" if unit[:1] in "个次场期名人件条" else "二"
    tens, ones = divmod(value, 10)
    if value <= 10:
        return digits[value]
    return (digits[tens] if tens > 1 else "") + "十" + (digits[ones] if ones else "")
