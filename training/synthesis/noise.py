"""Damage that pages, converters and mirror sites do to a report: functions over (text, spans) that keep spans exact.

No damage falls inside a figure; a span that loses a part is lost whole; tags of markup stay as they are.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from random import Random

from opencc import OpenCC

from model.labels import CELLS
from model.spans import Span
from training.synthesis.pdf import PAGE_NUMBERS

Marked = tuple[str, list[Span]]
Noise = Callable[[str, list[Span], Random], Marked]
Edit = tuple[int, int, str]  # the characters [start, end) give way to the string
_CELLS = frozenset(CELLS)
_TAG = re.compile(r"<[^<>]*>")


def apply(text: str, spans: list[Span], rng: Random) -> Marked:
    """The report with its pages numbered, and with no, one or a few kinds of damage."""
    text, spans = paged(text, spans, rng)
    for _ in range(rng.choices((0, 1, 2, 3), (45, 33, 16, 6))[0]):
        noise = rng.choices(list(NOISES), list(NOISES.values()))[0]
        text, spans = noise(text, spans, rng)
    return text, spans


def rewrite(text: str, spans: list[Span], edits: Iterable[Edit]) -> Marked:
    """Carries out edits that do not overlap, and moves the spans.

    An edit inside a span stretches or shrinks it; an edit across an edge of a span, or over all of it, drops it.
    """
    edits = sorted(edits)
    out, at = [], 0
    for start, end, new in edits:
        out += [text[at:start], new]
        at = end
    return "".join([*out, text[at:]]), [moved for span in spans if (moved := _moved(span, edits))]


def _moved(span: Span, edits: list[Edit]) -> Span | None:
    before = inside = 0
    for start, end, new in edits:
        growth = len(new) - (end - start)
        if end <= span.start:
            before += growth
        elif start >= span.end:
            break
        elif span.start <= start and end <= span.end and end - start < span.end - span.start:
            inside += growth
        else:
            return None
    return span._replace(start=span.start + before, end=span.end + before + inside)


def _free(text: str, spans: list[Span]) -> list[bool]:
    """For each character whether it may change: not in a span, not beside a blank cell's separator, not in a tag."""
    free = [True] * len(text)
    taken = [(span.start - (span.label in _CELLS), span.end + (span.label in _CELLS)) for span in spans]
    for start, end in [*taken, *(tag.span() for tag in _TAG.finditer(text))]:
        start, end = max(0, start), min(end, len(text))
        free[start:end] = [False] * (end - start)
    return free


def _matches(pattern: str, text: str, spans: list[Span]) -> Iterator[re.Match]:
    """Matches of which every character may change."""
    free = _free(text, spans)
    return (found for found in re.finditer(pattern, text) if all(free[found.start() : found.end()]))


# ---- characters

_WIDTHS = dict(zip(",.:;()?!%", "，．：；（）？！％", strict=True))
_WIDTHS |= {full: half for half, full in _WIDTHS.items()}
# What mirror sites print after a traditional character they could not show.
_PINYIN = {
    "鎮": "zhèn", "據": "jù", "規": "guī", "業": "yè", "數": "shù", "統": "tǒng", "計": "jì", "開": "kāi", "會": "huì",
    "務": "wù", "實": "shí", "發": "fā", "縣": "xiàn", "號": "hào", "電": "diàn", "話": "huà", "辦": "bàn", "對": "duì",
    "強": "qiáng", "組": "zǔ", "織": "zhī", "機": "jī", "關": "guān", "訴": "sù", "訟": "sòng", "請": "qǐng",
    "過": "guò", "處": "chù", "條": "tiáo", "項": "xiàng", "題": "tí", "進": "jìn", "導": "dǎo", "眾": "zhòng",
    "網": "wǎng",
}  # fmt: skip


def widths(text: str, spans: list[Span], rng: Random) -> Marked:
    """A mix of half- and full-width punctuation."""
    free, share = _free(text, spans), rng.choice((0.1, 0.5, 1.0))
    return "".join(
        _WIDTHS[c] if c in _WIDTHS and free[i] and rng.random() < share else c for i, c in enumerate(text)
    ), spans


@cache
def _converter() -> OpenCC:
    return OpenCC("s2t")


@cache
def _traditional(character: str) -> str:
    other = _converter().convert(character)
    return other if len(other) == 1 else character


def traditional(text: str, spans: list[Span], rng: Random) -> Marked:
    """The whole page in traditional script, one character for one."""
    return "".join(map(_traditional, text)), spans


def mojibake(text: str, spans: list[Span], rng: Random) -> Marked:
    """Traditional script with pronunciations that a bad converter put after some characters: 鎮(zhèn)."""
    text, spans = traditional(text, spans, rng)
    noted = {c for c in _PINYIN if rng.random() < 0.5}
    brackets = rng.choice(("()", "()", "（）"))
    tags = {at for tag in _TAG.finditer(text) for at in range(*tag.span())}
    places = [i for i, c in enumerate(text) if c in noted and i not in tags and rng.random() < 0.9]
    return rewrite(text, spans, [(i + 1, i + 1, brackets[0] + _PINYIN[text[i]] + brackets[1]) for i in places])


_QUOTES = ('""', "''", "‘’", "「」", ("", ""))


def quotes(text: str, spans: list[Span], rng: Random) -> Marked:
    """Quotation marks of another kind, or none."""
    new = dict(zip("“”", rng.choice(_QUOTES), strict=True))
    return rewrite(text, spans, [(*found.span(), new[found[0]]) for found in _matches("[“”]", text, spans)])


def blanks(text: str, spans: list[Span], rng: Random) -> Marked:
    """Blanks doubled, widened or dropped; never one that keeps two numbers apart."""
    edits = []
    for found in _matches(r"(?<!\d) (?!\d)", text, spans):
        if rng.random() < 0.3:
            edits.append((*found.span(), rng.choice(("", "  ", "\u3000", "\u00a0", "    "))))
    for found in _matches(r"[\u4e00-\u9fff](?=[\u4e00-\u9fff])", text, spans):
        if rng.random() < 0.004:
            edits.append((found.end(), found.end(), rng.choice((" ", "\u00a0", "\u3000"))))
    return rewrite(text, spans, edits)


def blank_lines(text: str, spans: list[Span], rng: Random) -> Marked:
    """Line breaks doubled or blank lines dropped, away from the tables."""
    share, drop = rng.choice((0.1, 0.5, 1.0)), rng.random() < 0.5
    found = [f.span() for f in _matches(r"\n+", text, spans) if rng.random() < share]
    return rewrite(text, spans, [(start, end, "\n" if drop else "\n" * (end - start + 1)) for start, end in found])


def one_line(text: str, spans: list[Span], rng: Random) -> Marked:
    """The whole page on one line, unless a line break is itself a blank cell."""
    if any(text[span.start] == "\n" for span in spans):
        return text, spans
    return text.replace("\n", " ").replace("\f", " "), spans


def invisible(text: str, spans: list[Span], rng: Random) -> Marked:
    """Zero-width characters strewn in, blanks turned into no-break ones."""
    free, share = _free(text, spans), rng.choice((0.002, 0.01))
    text = "".join("\u00a0" if c == " " and free[i] and rng.random() < 0.5 else c for i, c in enumerate(text))
    places = [i for i in range(len(text)) if free[i] and rng.random() < share]
    return rewrite(text, spans, [(i, i, rng.choice("\u200b\ufeff\u200d\u2060")) for i in places])


# ---- pages

_PAGE_NUMBER = "(?m)^(?:" + "|".join(re.escape(style).replace(r"\{\}", r"\d+") for style in PAGE_NUMBERS) + ")$"
_PAGE_STYLES = (*PAGE_NUMBERS, "{}", "第{}页 共{}页", "第 {} 页 共 {} 页", "第{}页，共{}页", "{}/{}", "- {}/{} -")


def paged(text: str, spans: list[Span], rng: Random) -> Marked:
    """The page numbers that tables and paragraphs print ascend over the report, in one style; half of the reports have
    a form feed behind each."""
    found = list(_matches(_PAGE_NUMBER, text, spans))
    style, fed, first = rng.choice(_PAGE_STYLES), rng.random() < 0.5, rng.choice((1, 1, 1, 2))
    last = first + len(found) - 1 + rng.randrange(3)
    edits = [(*page.span(), style.format(number, last)) for number, page in enumerate(found, first)]
    ends = [page.end() + 1 for page in found if fed and text[page.end() + 1 : page.end() + 2] not in ("", "\f")]
    return rewrite(text, spans, [*edits, *((end, end, "\f") for end in ends)])


# ---- words


def dates(text: str, spans: list[Span], rng: Random) -> Marked:
    """年 or 月 lost from dates: 20221月1日, 202411日."""
    lost = rng.choice(("年", "年", "月", "年月"))
    edits = []
    for found in re.finditer(r"20\d\d(年)\d{1,2}(月) ?\d{1,2}日", text):
        if rng.random() < 0.8:
            edits += [(*found.span(group), "") for group in (1, 2) if found[group] in lost]
    return rewrite(text, spans, edits)


_SPAM = (
    "澳门新葡京官网", "皇冠体育app下载", "足球比分网", "网上真人娱乐平台", "欧洲杯买球网站", "彩票平台注册",
    "凯发国际入口", "电子游艺送彩金", "全站app下载安装", "博彩大全", "手机版登录入口", "世界杯投注官方网站",
    "必赢线路检测",
)  # fmt: skip


def spam(text: str, spans: list[Span], rng: Random) -> Marked:
    """Advertising words between sentences and clauses, as mirror sites plant them."""
    word, free = rng.choice(_SPAM), _free(text, spans)
    places = [i + 1 for i, c in enumerate(text) if c in "。，；" and free[i]]
    chosen = rng.sample(places, min(len(places), rng.randrange(1, 6)))
    return rewrite(text, spans, [(i, i, rng.choice((word, word + "，", " " + word + " "))) for i in chosen])


def bookmarks(text: str, spans: list[Span], rng: Random) -> Marked:
    """Marks of a word processor at the beginning of lines."""
    starts = [found.end() for found in _matches(r"\n(?=[一二三四五六（(])", text, spans)]
    number = rng.randrange(10**7, 10**9)
    return rewrite(text, spans, [(at, at, f"[bookmark: _Toc{number + n}]") for n, at in enumerate(starts)])


def leaders(text: str, spans: list[Span], rng: Random) -> Marked:
    """A long run of dots or underscores, as tables of contents and ruled lines leave it."""
    ends = [found.start() for found in _matches(r"\n", text, spans)]
    run = rng.choice((".", "…", "_", "-", "=", "·", "*")) * rng.randrange(10, 90)
    return rewrite(text, spans, [(at, at, run) for at in rng.sample(ends, min(len(ends), rng.randrange(1, 4)))])


_COLUMN = r"(本年新|本年度?|现行有效|对外公开|上一年)([制公废收处件总项][^\s|<>]{1,5})(?=[\s|])"


def headings_cut(text: str, spans: list[Span], rng: Random) -> Marked:
    """Column headings cut short: 本年新 | 本年新."""
    found = [f for f in re.finditer(_COLUMN, text) if rng.random() < 0.8]
    free = _free(text, spans)
    return rewrite(text, spans, [(*f.span(2), "") for f in found if all(free[f.start(2) : f.end(2)])])


# ---- lines

Line = Marked  # one line with its break; its spans count from the line's beginning


def lines_of(text: str, spans: list[Span]) -> list[Line]:
    """The lines of a text; a span that crosses a break (an address over two lines) keeps both in one line."""
    lines, start, waiting = [], 0, sorted(spans)
    for found in re.finditer(r"\n|$(?![\s\S])", text):
        end = found.end()
        if any(span.start < end < span.end for span in waiting) or end == start:
            continue
        own = [span._replace(start=span.start - start, end=span.end - start) for span in waiting if span.start < end]
        waiting = waiting[len(own) :]
        lines.append((text[start:end], own))
        start = end
    return lines


def text_of(lines: Iterable[Line]) -> Marked:
    """The inverse of `lines_of`."""
    strings, spans, at = [], [], 0
    for string, own in lines:
        strings.append(string)
        spans += [span._replace(start=span.start + at, end=span.end + at) for span in own]
        at += len(string)
    return "".join(strings), spans


def duplicates_dropped(text: str, spans: list[Span], rng: Random) -> Marked:
    """Lines printed before are gone; rarely also those with values, and their spans with them."""
    with_values, seen, kept = rng.random() < 0.1, set(), []
    for line, own in lines_of(text, spans):
        expendable = line.strip() in seen and (with_values or not own) and "<" not in line
        if not expendable:
            kept.append((line, own))
        if line.strip():
            seen.add(line.strip())
    return text_of(kept)


def row_repeated(text: str, spans: list[Span], rng: Random) -> Marked:
    """One or two rows of a table stand twice, their values labelled both times."""
    lines = lines_of(text, spans)
    rows = [n for n, (line, own) in enumerate(lines) if _is_row(line, own)]
    twice = set(rng.sample(rows, min(len(rows), rng.randrange(1, 3))))
    return text_of(line for n, line in enumerate(lines) for _ in range(1 + (n in twice)))


def _is_row(line: str, own: list[Span]) -> bool:
    """Whether the line holds a label and its values: a line that is one cell alone is not a row."""
    return bool(own) and own[-1].label in _CELLS and own[0].start > 2 and len(line) < 300 and "<" not in line


def cut_off(text: str, spans: list[Span], rng: Random) -> Marked:
    """The text ends, or begins, in its middle."""
    at = rng.randrange(len(text) // 3, len(text)) if len(text) > 9 else len(text)
    edit = (at, len(text), "") if rng.random() < 0.8 else (0, len(text) - at, "")
    return rewrite(text, spans, [edit] if edit[0] < edit[1] else [])


NOISES: dict[Noise, int] = {
    widths: 14,
    quotes: 6,
    traditional: 4,
    mojibake: 3,
    blanks: 12,
    blank_lines: 10,
    one_line: 3,
    invisible: 7,
    dates: 5,
    spam: 4,
    bookmarks: 3,
    leaders: 3,
    headings_cut: 4,
    duplicates_dropped: 5,
    row_repeated: 4,
    cut_off: 4,
}
