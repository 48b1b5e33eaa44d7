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
    tuple(row.split())
    for row in """
一、主动公开情况 ——
（一）主动公开政府信息数 条
（不同渠道和方式公开相同信息计1条） ——
其中：主动公开规范性文件数 条
制发规范性文件总数 件
（二）通过不同渠道和方式公开政府信息的情况 ——
1.政府公报公开政府信息数 条
2.政府网站公开政府信息数 条
3.政务微博公开政府信息数 条
4.政务微信公开政府信息数 条
5.其他方式公开政府信息数 条
二、回应解读情况 ——
（一）回应公众关注热点或重大舆情数 次
（二）通过不同渠道和方式回应解读的情况 ——
1.参加或举办新闻发布会总次数 次
其中：主要负责同志参加新闻发布会次数 次
2.政府网站在线访谈次数 次
3.政策解读稿件发布数 篇
4.微博微信回应事件数 次
5.其他方式回应事件数 次
三、依申请公开情况 ——
（一）收到申请数 件
1.当面申请数 件
2.传真申请数 件
3.网络申请数 件
4.信函申请数 件
（二）申请办结数 件
1.按时办结数 件
2.延期办结数 件
（三）申请答复数 件
1.属于已主动公开范围数 件
2.同意公开答复数 件
3.同意部分公开答复数 件
4.不同意公开答复数 件
其中：涉及国家秘密 件
涉及商业秘密 件
涉及个人隐私 件
不是《条例》所指政府信息 件
法律法规规定的其他情形 件
5.不属于本行政机关公开数 件
6.申请信息不存在数 件
7.告知作出更改补充数 件
8.告知通过其他途径办理数 件
四、行政复议数量 件
（一）维持具体行政行为数 件
（二）被依法纠错数 件
（三）其他情形数 件
五、行政诉讼数量 件
（一）维持具体行政行为或者驳回原告诉讼请求数 件
（二）被依法纠错数 件
（三）其他情形数 件
六、举报投诉数量 件
七、依申请公开信息收取的费用 万元
八、机构建设和保障经费情况 ——
（一）政府信息公开工作专门机构数 个
（二）设置政府信息公开查阅点数 个
（三）从事政府信息公开工作人员数 人
1.专职人员数 人
2.兼职人员数 人
（四）政府信息公开专项经费 万元
九、政府信息公开会议和培训情况 ——
（一）召开政府信息公开工作会议或专题会议数 次
（二）举办各类培训班数 次
（三）接受培训人员数 人次
""".split("\n")
    if row
]  # a row and the unit it counts in; a heading has a dash
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
    """The table of figures that reports before 2019 append, all rows or some in their order. None of its figures is a
    fact or an official cell."""
    share = rng.choice([1, 1, 0.85, 0.5, 0.25])
    gap = rng.choice([" ", "", "|", "\t", "\n", "\n"])
    line = "\n" if gap == "\n" else rng.choice([gap, "\n", "\n", "\n"])
    head = rng.choice(
        [
            ["指标", "单位", "统计数"],
            ["统计指标", "计量单位", "数量"],
            ["指标名称", "计量单位", f"{year}年度", "历年累计"],
        ]
    )
    indent = rng.choice(["", "", "　　"])
    rows = [_counted(name, unit, len(head) - 2, indent, rng) for name, unit in _STATISTICS if rng.random() < share]
    printed = line.join(gap.join(row) for row in [head, *rows])
    if rng.random() < 0.15:
        printed = rng.choice(["\n", "\n", "；", " "]).join(_as_line(*row[:3]) for row in rows)
    return [("\n政府信息公开情况统计表\n" + printed + "\n" + _filled_in(rng), None)]


def _counted(name: str, unit: str, columns: int, indent: str, rng: Random) -> list[str]:
    """One row: its name, set in below a main heading, the unit, and as many figures as there are columns."""
    inner = "" if name[1] == "、" else indent
    figures = [unit if unit == "——" else _figure(rng, [0, 0, 0], rng.choice([9, 4000])) for _ in range(columns)]
    return [inner + name, unit, *figures]


def _as_line(name: str, unit: str, figure: str) -> str:
    """A row without a table: 收到申请数（件）：3."""
    return name if unit == "——" else f"{name}（{unit}）：{figure}"


def _filled_in(rng: Random) -> str:
    """Who filled the table in, below half of the tables."""
    if rng.random() < 0.5:
        return ""
    who = [f"{role}：{_someone(rng)}" for role in ("单位负责人", "审核人", "填报人") if rng.random() < 0.8]
    return rng.choice(["　　", " ", "\n"]).join(who) + "\n" if who else ""


def _someone(rng: Random) -> str:
    """A name."""
    return rng.choice("王李张刘陈杨赵黄周吴徐孙") + rng.choice(["某", "某某", "建国", "丽", "晓明", "海燕"])


def _figure(rng: Random, zeros: list[int], most: int) -> str:
    return str(rng.choice([*zeros, rng.randint(1, most)]))
