"""Tables as text that was read out of a PDF: no separators but blanks and line breaks, labels broken over lines."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import zip_longest
from random import Random

from training.synthesis.cells import value, without_blanks, wrapped
from training.synthesis.pieces import Piece
from training.synthesis.tables import Cell, Grid

Line = list[Piece]


def spaced(cells: list[Cell], gap: str) -> Line:
    pieces = [piece for cell in cells if cell.text for piece in [*value(cell), (gap, None)]]
    return pieces[:-1]


def _lines(lines: Iterable[Line]) -> list[Piece]:
    return [piece for line in lines if any(text for text, _ in line) for piece in [*line, ("\n", None)]]


def pdf(grid: Grid, rng: Random) -> list[Piece]:
    """One row a line."""
    gap = " " * rng.choice((1, 1, 1, 2, 4))
    lines = [spaced(row, gap) for row in grid]
    return _lines(_with_page_number(lines, rng))


def _with_page_number(lines: list[Line], rng: Random) -> list[Line]:
    """The foot of a page falls between two rows now and then."""
    page, style = rng.randrange(1, 9), rng.choice(("- {} -", "- {} -", "{}", "— {} —", "－{}－", "第 {} 页", "-{}-"))
    for _ in range(rng.choice((0, 0, 1, 1, 2, 3))):
        at, page = rng.randrange(1, len(lines)), page + 1
        lines = [*lines[:at], [(style.format(page), None)], *lines[at:]]
    return lines


def _halves(row: list[Cell]) -> tuple[list[Cell], list[Cell]]:
    """The heading cells of a row, and its value cells."""
    return [cell for cell in row if not cell.label], [cell for cell in row if cell.label]


def pdf_wrapped(grid: Grid, rng: Random) -> list[Piece]:
    """Long labels are broken over lines, and the values stand before them, amid them or at their end."""
    width, gap = rng.randrange(6, 22), " " * rng.choice((1, 1, 2))
    lines: list[Line] = []
    for row in grid:
        headings, values = _halves(row)
        fragments = [fragment for cell in headings for fragment in _fragments(cell, width, rng)]
        if not values:
            lines += _heading_lines(fragments, gap, rng)
            continue
        at = rng.choice((len(fragments), len(fragments), len(fragments) // 2, max(0, len(fragments) - 1)))
        joined = at and rng.random() < 0.8
        here = [(fragments[at - 1] + gap, None)] if joined and at else []
        lines += [[(fragment, None)] for fragment in fragments[: at - 1 if here else at]]
        lines += [[*here, *spaced(values, gap)], *([(fragment, None)] for fragment in fragments[at:])]
    return _lines(_with_page_number(lines, rng))


def _fragments(cell: Cell, width: int, rng: Random) -> list[str]:
    """A heading as its column broke it: a tall narrow group heading one character a line."""
    narrow = cell.rowspan > 10 and rng.random() < 0.5
    return wrapped(cell.text, 1 if narrow else width)


def _heading_lines(fragments: list[str], gap: str, rng: Random) -> list[Line]:
    if rng.random() < 0.5:
        return [[(gap.join(fragments), None)]]
    return [[(fragment, None)] for fragment in fragments]


def pdf_interleaved(grid: Grid, rng: Random) -> list[Piece]:
    """Group and row labels, broken over lines side by side, run into each other, and values fall out of their rows."""
    group_width, width, glue = rng.randrange(3, 6), rng.randrange(8, 16), rng.choice(("", "", " "))
    late = rng.random() < 0.4  # a converter sets values before the label's line or after it, not both
    lines: list[Line] = []
    waiting: list[str] = []  # of group headings already begun, what their later lines still hold
    for row in grid:
        headings, values = _halves(row)
        if not values:
            lines += _heading_lines([cell.text for cell in headings], " ", rng)
            continue
        waiting += [fragment for cell in headings[:-1] for fragment in wrapped(cell.text, group_width)]
        own = wrapped("".join(cell.text for cell in headings[-1:]), width)
        taken = [waiting.pop(0) if waiting and rng.random() < 0.7 else "" for _ in own]
        block = [[(glue.join(filter(None, pair)), None)] for pair in zip_longest(taken, own, fillvalue="")]
        lines += _with_values(block, spaced(values, " "), late, rng)
    return _lines(_fallen(_bled(lines, rng), rng))


def _with_values(block: list[Line], values: Line, late: bool, rng: Random) -> list[Line]:
    """The values at the end of one of the label's lines, or on a line of their own: before it, `late` after it."""
    if not block:
        return [values]
    at = rng.randrange(len(block))
    if rng.random() < 0.6:
        return [*block[:at], [*block[at], (" ", None), *values], *block[at + 1 :]]
    return [*block[: at + late], values, *block[at + late :]]


def _bled(lines: list[Line], rng: Random) -> list[Line]:
    """Neighbouring lines of labels alone run together or change places, also across rows."""
    out: list[Line] = []
    for line in lines:
        labelled = [any(label for _, label in each) for each in (out[-1] if out else line, line)]
        if out and not any(labelled) and rng.random() < 0.2:
            out[-1] = [*out[-1], *line]
        elif out and not all(labelled) and rng.random() < 0.06:
            out.insert(-1, line)
        else:
            out.append(line)
    return out


def _fallen(lines: list[Line], rng: Random) -> list[Line]:
    """Here and there the first or last value of a row falls to the line before or after it."""
    lines = [list(line) for line in lines]
    for at in range(1, len(lines) - 1):
        values = [i for i, (text, label) in enumerate(lines[at]) if label and text]
        if len(values) < 2 or rng.random() > 0.08:
            continue
        if rng.random() < 0.5:
            fallen = lines[at].pop(values[-1])
            lines[at + 1] = [fallen, (rng.choice((" ", "  ")), None), *lines[at + 1]]
        else:
            fallen = lines[at].pop(values[0])
            lines[at - 1] = [*lines[at - 1], (" ", None), fallen]
    return lines


def pdf_cells(grid: Grid, rng: Random) -> list[Piece]:
    """A line for each line of a cell, the values behind their label or, where that takes several lines, before it."""
    shape, lines = _Columns.drawn(rng), []
    for row in without_blanks(grid):
        lines += shape.row(row, rng)
    return _lines(_with_page_number(lines, rng))


def pdf_columns(grid: Grid, rng: Random) -> list[Piece]:
    """As by `pdf_cells`, but some rows in a block, column by column: no row of theirs can be read, none is labelled."""
    shape, lines, at = _Columns.drawn(rng), [], 0
    rows = without_blanks(grid)
    while at < len(rows):
        block = rows[at : at + rng.choice((1, 1, 1, 2, 3, 5))]
        alone = sum(bool(_halves(row)[1]) for row in block) < 2
        lines += [line for row in block for line in shape.row(row, rng)] if alone else shape.block(block)
        at += len(block)
    return _lines(_with_page_number(lines, rng))


@dataclass(frozen=True)
class _Columns:
    """How wide the columns of a table are, and whether values may stand before a label of several lines."""

    width: int
    group_width: int
    early: bool
    shared: float  # share of the values that stand on a line with the next

    @classmethod
    def drawn(cls, rng: Random) -> "_Columns":
        return cls(rng.randrange(7, 18), rng.randrange(2, 7), rng.random() < 0.3, rng.choice((0, 0, 0.05, 0.2)))

    def row(self, row: list[Cell], rng: Random) -> list[Line]:
        headings, values = _halves(row)
        group, own = self.headings(headings, bool(values))
        printed: list[Line] = []
        for cell in values:
            if printed and rng.random() < self.shared:
                printed[-1] = [*printed[-1], (" ", None), *value(cell)]
            else:
                printed.append(value(cell))
        if self.early and len(own) > 1 and rng.random() < 0.7:
            return [*group, *printed, *own]
        return [*group, *own, *printed]

    def headings(self, cells: list[Cell], valued: bool) -> tuple[list[Line], list[Line]]:
        """The lines of the group headings of a row, and those of its own label."""
        groups, own = (cells[:-1], cells[-1:]) if valued else (cells, [])
        return (
            [[(line, None)] for cell in groups for line in wrapped(cell.text, self.group_width if valued else 12)],
            [[(line, None)] for cell in own for line in wrapped(cell.text, self.width)],
        )

    def block(self, rows: Grid) -> list[Line]:
        lines, columns = [], []
        for row in rows:
            headings, values = _halves(row)
            group, own = self.headings(headings, bool(values))
            lines += [*group, *own]
            columns.append([cell.text for cell in values])
        return [*lines, *([(text, None)] for column in zip_longest(*columns) for text in column if text)]
