"""Labelled spans as printed cells: grown to the whole number, joined where digits touch, in reading order by row."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from model.form import FORM_2019
from model.labels import CELLS, cell_label
from model.numbers import SIGNS, WORDS
from model.spans import Span

STRUCTURE = "|\t\n"

_CHANGING = {cell_label("proactive_disclosure", row.key) for row in FORM_2019.disclosure if "change" in row.columns}
_WIDEST = 300  # characters to either side that are looked at for the rule of a table

_NUMBER = re.compile(r"-?(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+)(?:\.[0-9]+)?")
_FIGURE = re.compile(r"-?[0-9]+(?:,[0-9]{3}(?![0-9]))*(?:\.[0-9]+)?")
_DIGIT = re.compile(f"[0-9{WORDS}]")
_WORD = re.compile("[\u4e00-\u9fff]")
# Before the value of a change, in words; no part of another word, as in the heading 本年增/减 or in 未增未减.
_SIGN = re.compile(rf"(?:^|(?<=[\s|0-9]))[{SIGNS}][少加]? ?\Z")
_NEXT_HEADING = re.compile(" ?[.、] ?[\u4e00-\u9fff]")


@dataclass(frozen=True)
class Cell:
    """One labelled piece of the text; `printed` is empty for a blank cell."""

    printed: str
    start: int
    end: int
    score: float

    @property
    def figures(self) -> list["Cell"]:
        """The numbers printed in it, one after the other where blanks or a minus sign part them; a word is blank."""
        found = _FIGURE.finditer(self.printed)
        parts = [Cell(m[0], self.start + m.start(), self.start + m.end(), self.score) for m in found]
        return parts or [replace(self, printed="")]

    @property
    def digits(self) -> str:
        """The figure without thousands separators."""
        return self.printed.replace(",", "")

    @property
    def places(self) -> list[int]:
        """Where in the text each character of `digits` stands."""
        return [place for place, character in enumerate(self.printed, self.start) if character != ","]


def by_row(text: str, spans: Sequence[Span]) -> dict[str, list[Cell]]:
    """The cells of each labelled row, in reading order."""
    rows: dict[str, list[Cell]] = {}
    for span in _joined(text, _snapped(text, sorted(spans))):
        if span.label in CELLS and not _ruled(text, span.start) and (cells := _cells(text, span)):
            rows.setdefault(span.label, []).extend(cells)
    return rows


def lined_up(text: str, cells: Sequence[Cell], columns: int) -> list[Cell] | None:
    """The cells of a row that is printed on one line, and with them those that were not tagged; None unless the line
    shows as many cells behind its words as the row has columns, and blanks or words where nothing was tagged."""
    low, high = text.rfind("\n", 0, cells[0].start) + 1, text.find("\n", cells[-1].start)
    high = high if high >= 0 else len(text)
    if len(cells) > columns or "\n" in text[low:high] or any(len(cell.figures) > 1 for cell in cells):
        return None
    bar = "|" if "|" in text[low:high] else "\t"
    ends = [*(at for at in range(low, high) if text[at] == bar), high]
    begins = [low, *(end + 1 for end in ends[:-1])]
    tagged = {bisect_left(ends, cell.start): cell for cell in cells}
    words = [at for at in range(min(tagged)) if _WORD.search(text, begins[at], ends[at])]
    first = words[-1] + 1 if words else len(ends)
    shown = range(first, len(ends) - (len(ends) - 1 not in tagged))  # behind the last separator is no cell
    if len(shown) != columns or len(tagged) < len(cells) or not set(tagged) <= set(shown):
        return None
    if any(_DIGIT.search(text, begins[at], ends[at]) for at in range(first, len(ends)) if at not in tagged):
        return None
    score = min(cell.score for cell in cells)
    return [tagged.get(at) or _untagged(text, begins[at], ends[at], score) for at in shown]


def _untagged(text: str, start: int, end: int, score: float) -> Cell:
    """A cell without digits between two separators: blank, or with a word."""
    word = text[start:end].strip()
    begin = text.find(word, start)
    return Cell(word, begin, begin + len(word), score) if word else Cell("", end, end + 1, score)


def stacked(text: str, cells: Sequence[Cell], columns: int, labelled: bool = True) -> list[Cell] | None:
    """The cells of a row printed one below the other, and with them the blank ones, whether or not they were tagged:
    from the label to the last value the same break comes once a cell. None unless it comes `columns` times; above a
    row without a label the end of another one may stand, at most one break more."""
    printed = [cell for cell in cells if cell.printed]
    if not 0 < len(printed) < columns or any(len(cell.figures) > 1 for cell in printed):
        return None
    gaps = _above(text, printed)
    size, rest = divmod(sum(map(len, gaps)), columns)
    unit, gaps[0] = gaps[-1][-size:], gaps[0][rest:]
    counts = [max(1, len(gap) // max(1, size)) for gap in gaps]
    alike = all(unit * count == gap for count, gap in zip(counts, gaps, strict=True))
    if rest > (0 if labelled else size) or "\n" not in unit or unit.strip(STRUCTURE + " ") or not alike:
        return None
    if labelled and cells[0].printed and counts[0] > 1 and set(counts[1:]) <= {1}:
        return None  # a longer break behind the label alone may be the label's own
    return [one for count, cell in zip(counts, printed, strict=True) for one in _below(cell, count - 1, size)]


def _above(text: str, cells: Sequence[Cell]) -> list[str]:
    """What is printed between each cell and the one before it; above the first, up to the nearest text."""
    ends = [len(text[: cells[0].start].rstrip(STRUCTURE + " ")), *(cell.end for cell in cells[:-1])]
    return [text[end : cell.start] for end, cell in zip(ends, cells, strict=True)]


def _below(cell: Cell, blanks: int, size: int) -> list[Cell]:
    """A printed cell below so many blank ones, each closed by a break of `size` characters."""
    places = range(cell.start - size * blanks, cell.start, size)
    return [*(Cell("", at, at + 1, cell.score) for at in places), cell]


def _cells(text: str, span: Span) -> list[Cell]:
    """One cell, or a blank cell for each of the structural characters that the span is made of."""
    printed = text[span.start : span.end]
    if not printed.strip(STRUCTURE + " "):
        places = [span.start + at for at, character in enumerate(printed) if character in STRUCTURE]
        return [Cell("", at, at + 1, span.score) for at in places]
    start, end = span.start + len(printed) - len(printed.lstrip()), span.start + len(printed.rstrip())
    return [Cell(text[start:end], start, end, span.score)]


def _ruled(text: str, at: int) -> bool:
    """Whether the line is the rule below the headings of a table in Markdown: `|---|:---:|`."""
    if text[at] not in "|-: ":
        return False
    line = text[max(0, at - _WIDEST) : at].rpartition("\n")[2] + text[at : at + _WIDEST].partition("\n")[0]
    return "|" in line and any(mark in line for mark in ("---", ":-", "-:")) and not line.strip("|-: ")


def _snapped(text: str, spans: list[Span]) -> list[Span]:
    """Numeric spans grown to the whole printed number, up to the neighbouring spans."""
    lows = [0, *(span.end for span in spans)]
    highs = [*(span.start for span in spans[1:]), len(text)]
    return [
        _signed(text, _snap(text, span, low, high), low)
        if span.label in CELLS and _is_digit(text[span.start : span.end][-1:])
        else span
        for span, low, high in zip(spans, lows, highs, strict=False)
    ]


def _signed(text: str, span: Span, low: int) -> Span:
    """The span grown over the sign in words before its number, if its row tells of a change; not below `low`."""
    before = text[max(low, span.start - 4) : span.start]
    sign = _SIGN.search(before) if span.label in _CHANGING and before else None
    return span._replace(start=span.start - len(sign[0])) if sign else span


def _snap(text: str, span: Span, low: int, high: int) -> Span:
    """The span grown over the numbers it touches; the number of a heading behind it (`0002.没有`) stays out."""
    start, end = span.start, span.end
    while start > low and text[start - 1] in "0123456789,.-":
        start -= 1
    while end < high and text[end] in "0123456789,.":
        end += 1
    if (start, end) == (span.start, span.end):
        return span
    touched = [match.span() for match in _NUMBER.finditer(text, start, end)]
    touched = [(a, b) for a, b in touched if a < span.end and b > span.start]
    start, end = min([a for a, _ in touched] + [span.start]), max([b for _, b in touched] + [span.end])
    if start < span.start and text[start] == "-" and start and text[start - 1] in "0123456789-":
        start += 1  # a dash between numbers or a long one, not a sign
    if end > span.end and _NEXT_HEADING.match(text, end):
        end -= 1
    return span._replace(start=start, end=end)


def _joined(text: str, spans: list[Span]) -> list[Span]:
    """Spans within one printed number, or of its sign and the number, made one, of the row that holds most of it: the
    model found borders where none is printed."""
    joined: list[Span] = []
    for span in spans:
        last = joined[-1] if joined else None
        apart = not last or last.end < span.start or not _rows_meet(last, span)
        if not apart and (_in_a_number(text, span.start) or _SIGN.fullmatch(text[last.start : last.end])):
            most = max(last, span, key=lambda part: part.end - part.start)
            joined[-1] = most._replace(start=last.start, end=max(last.end, span.end), score=min(last.score, span.score))
        else:
            joined.append(span._replace(start=last.end) if last and last.end > span.start else span)
    return joined


def _rows_meet(last: Span, span: Span) -> bool:
    return last.label == span.label or {last.label, span.label} <= set(CELLS)


def _in_a_number(text: str, at: int) -> bool:
    """Whether digits stand on both sides, or those of a thousand behind their separator: 5,|012."""
    before = text[at - 2 : at] if text[at - 1 : at] == "," else text[at - 1 : at]
    return _is_digit(before[:1]) and _is_digit(text[at : at + 1])


def _is_digit(character: str) -> bool:
    return character != "" and character in "0123456789"
