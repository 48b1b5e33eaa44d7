"""Narrative paragraphs: sentences drawn from the patterns, put together as agencies do."""

import re
from random import Random

from training.synthesis.breakdowns import breakdown
from training.synthesis.cells import line_end
from training.synthesis.patterns import expand, held_out, load
from training.synthesis.pieces import Piece
from training.synthesis.words import Words

_CHINESE = "一二三四五六七八"
_PAGE = 28  # lines
_FIGURE = re.compile(r"(?<![0-9.,%a-zA-Z-])[0-9]+(?![0-9.,%a-zA-Z-])")
_STATISTICS = [
    ("主动公开文件数", "条"), ("其中：1.政府网站公开数", "条"), ("2.政府公报公开数", "条"), ("3.其他方式公开数", "条"),
    ("受理依申请公开信息总数", "条"), ("其中：1.当面申请数", "条"), ("2.网上申请数", "条"), ("3.信函申请数", "条"),
    ("4.传真申请数", "条"), ("对申请的答复总数", "条"), ("其中：1.同意公开答复数", "条"), ("2.部分公开答复数", "条"),
    ("3.不同意公开答复数", "条"), ("行政复议数", "件"), ("行政诉讼数", "件"), ("举报数", "件"), ("收费金额", "万元"),
    ("回应公众关注热点或重大舆情数", "次"), ("召开新闻发布会次数", "次"), ("政务公开培训人员数", "人次"),
    ("设置查阅点数", "个"), ("专门工作机构数", "个"), ("从事政府信息公开工作人员数", "人"), ("举办各类培训班数", "次"),
]  # fmt: skip
_ORDINALS = ("一是", "二是", "三是", "四是", "五是", "六是")
_MARKS = (_ORDINALS, _ORDINALS, *([form.format(n) for n in range(1, 7)] for form in ("{}.", "（{}）", "{}、")))


class Narrator:
    """Tells the narrative of one report; `unseen` makes it draw only patterns that no training report uses, `every`
    only one in so many."""

    def __init__(self, words: Words, rng: Random, unseen: bool = False, every: int = 1):
        self.words, self.rng, self.unseen, self.every = words, rng, unseen, every
        self.indent = rng.choice(["", "", "　　", "　　", "    ", "  "])
        self.gap = rng.choice(["\n", "\n", "\n", "\n\n", "\n\n", " \n", "", " "])
        self.width = rng.randint(24, 40) if rng.random() < 0.15 else None  # of a line, where a page was printed
        self.spaced = rng.random() < 0.12  # blanks around figures
        self.printed = rng.randrange(20)  # lines so far; the title and what stands above it take some

    def patterns(self, topic: str) -> list[str]:
        """Those that this report may use: a training report none that is held out, a test report no other."""
        return [pattern for pattern in load(topic) if held_out(pattern) == self.unseen][:: self.every]

    def sentence(self, topic: str) -> list[Piece]:
        if topic == "disclosures" and not self.unseen and self.rng.random() < 0.2:
            return breakdown(self.words, self.rng)
        return expand(self.rng.choice(self.patterns(topic)), self.words, self.rng)

    def sentences(self, topics: list[str], count: int) -> list[Piece]:
        """`count` sentences one after the other, each closed by a full stop."""
        return [piece for _ in range(count) for piece in closed(self.sentence(self.rng.choice(topics)))]

    def enumeration(self, topics: list[str], count: int) -> list[Piece]:
        """一是…；二是…；三是…。 or 1.… 2.…"""
        marks, end = self.rng.choice(_MARKS), self.rng.choice(["；", "。", "；"])
        pieces: list[Piece] = []
        for number in range(count):
            told = self.sentence(self.rng.choice(topics))
            pieces += [(marks[number], None), *closed(told, end if number < count - 1 else "。")]
        return pieces

    def paragraph(self, pieces: list[Piece]) -> list[Piece]:
        pieces = spaced(pieces) if self.spaced else pieces
        if self.width:
            lines = [*wrapped([(self.indent, None), *pieces], self.width, self.rng, self.printed), ("\n", None)]
            self.printed += sum(text.count("\n") for text, _ in lines)
            return lines
        return [(self.indent, None), *pieces, (self.gap, None)]

    def subhead(self, topic: str, number: int) -> list[Piece]:
        """A sub-heading, on its own line or run in; `number` counts from 1, 0 prints none."""
        lines = [line.split("\t")[1] for line in self.patterns("subheads") if line.startswith(topic + "\t")]
        chinese = f"（{_CHINESE[number - 1]}）"
        mark = self.rng.choice([chinese, f"{number}.", chinese, f"{number}、"]) if number else ""
        tail = self.rng.choice([self.gap + self.indent, "。", "。", "：", "情况。", ""])
        return [(mark, None), *expand(self.rng.choice(lines), self.words, self.rng), (tail, None)]


def closed(pieces: list[Piece], end: str = "。") -> list[Piece]:
    """The sentence with exactly one closing mark."""
    text, label = next((p for p in reversed(pieces) if p[0]), ("", None))
    at = len(pieces) - 1 - next((i for i, p in enumerate(reversed(pieces)) if p[0]), 0)
    if label is None and text[-1:] in "。；，、;,.":
        return [*pieces[:at], (text[:-1] + end, None)]
    return [*pieces[: at + 1], (end, None)]


def spaced(pieces: list[Piece]) -> list[Piece]:
    """Blanks around every figure: 公开 35 条. A blank at the edge of a labelled piece stays outside of it."""
    set_apart: list[Piece] = []
    for text, label in pieces:
        text = _FIGURE.sub(r" \g<0> ", text) if label is None or label.startswith("fact.") else text
        inner = text.strip(" ") if label else text
        before, after = (" " if label and edge else "" for edge in (text[:1] == " ", text[-1:] == " "))
        set_apart += [(before, None), (inner, label), (after, None)]
    return set_apart


def wrapped(pieces: list[Piece], width: int, rng: Random, printed: int = 0) -> list[Piece]:
    """Lines of at most `width` characters as a printed page has them, a page number every `_PAGE` lines, but never
    inside a labelled piece. `printed`: how many lines of the report stand before."""
    starts = _line_starts("".join(text for text, _ in pieces), width, rng)
    page, over = printed // _PAGE + 1, printed > 0 and printed % _PAGE == 0
    broken, at = [(f"- {page - 1} -\n" if over else "", None)], 0
    printed += over
    for text, label in pieces:
        whole = ""
        for place, character in enumerate(text, at):
            begun = place in starts
            printed += begun or character == "\n"
            turned = begun and printed >= page * _PAGE and not (label and place > at)
            whole += f"\n- {page} -\n" if turned else "\n" * begun
            page, printed = page + turned, printed + turned
            if place == at:
                broken.append((whole, None))
                whole = ""
            whole += character
        broken.append((whole, label))
        at += len(text)
    return broken


def _line_starts(text: str, width: int, rng: Random) -> set[int]:
    """Where lines begin that the text does not break itself; one in ten ends without regard to numbers."""
    starts, at = set(), 0
    while at < len(text):
        own = text.find("\n", at, at + width + 1)
        at = own + 1 if own >= 0 else line_end(text, at, width, cutting=rng.random() < 0.1)
        starts |= {at} if own < 0 else set()
    return starts


def statistics(year: int, rng: Random) -> list[Piece]:
    """The table of figures that reports before 2019 append. None of its figures is a fact or an official cell."""
    names = rng.sample(_STATISTICS, rng.randint(6, len(_STATISTICS)))
    gap = rng.choice([" ", "", "|", "\t", "\n"])
    head = gap.join(["指标名称", "计量单位", f"{year}年度", "历年累计"])
    rows = [gap.join([name, unit, _figure(rng, [0, 0], 4000), _figure(rng, [0], 9000)]) for name, unit in names]
    line = "\n" if gap == "\n" else rng.choice([gap, "\n"])
    return [("\n政府信息公开情况统计表\n" + line.join([head, *rows]) + "\n", None)]


def _figure(rng: Random, zeros: list[int], most: int) -> str:
    return str(rng.choice([*zeros, rng.randint(1, most)]))
