"""Tables as text that was read out of a PDF: no separators but blanks and line breaks, labels broken over lines.

Half of the tables are read line by line as they lie on paper, a group heading in the middle of its rows and the column
headings broken side by side; in the others every heading is read whole where its cell begins.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise, takewhile, zip_longest
from random import Random

from training.synthesis.cells import first_value, halves, value, without_blanks, wrapped
from training.synthesis.paper import Line, column_widths, read_across
from training.synthesis.pieces import Piece
from training.synthesis.tables import Cell, Grid

PAGE_NUMBERS = ("- {} -", "— {} —", "－{}－", "第 {} 页", "第{}页", "-{}-", "P. {}", "Page {}")
_HEADS = ("政府信息公开工作年度报告", "政府信息公开年度报告", "年度报告", "政务公开", "信息公开年报")
_PAGE = 12  # lines, the fewest of a page that a table fills
_WHOLE = 99  # the width of a column that breaks nothing


def spaced(cells: list[Cell], gap: str) -> Line:
    pieces = [piece for cell in cells if cell.text for piece in [*value(cell), (gap, None)]]
    return pieces[:-1]


def _lines(lines: Iterable[Line]) -> list[Piece]:
    return [piece for line in lines if any(text for text, _ in line) for piece in [*line, ("\n", None)]]


def pdf(grid: Grid, rng: Random) -> list[Piece]:
    """One row a line."""
    gap = " " * rng.choice((1, 1, 1, 2, 4))
    return _lines(_on_pages(_table(grid, _WHOLE, gap, lambda row: [spaced(row, gap)], rng), rng))


def pdf_wrapped(grid: Grid, rng: Random) -> list[Piece]:
    """Long labels are broken over lines, and the values stand before them, amid them or at their end."""
    width, gap = rng.randrange(6, 22), " " * rng.choice((1, 1, 2))
    return _lines(_on_pages(_table(grid, width, gap, lambda row: _broken_row(row, width, gap, rng), rng), rng))


def _broken_row(row: list[Cell], width: int, gap: str, rng: Random) -> list[Line]:
    """A row whose headings are read one after the other."""
    headings, values = halves(row)
    fragments = [fragment for cell in headings for fragment in _fragments(cell, width, rng)]
    if not values:
        return _heading_lines(fragments, gap, rng)
    at = rng.choice((len(fragments), len(fragments), len(fragments) // 2, max(0, len(fragments) - 1)))
    joined = at and rng.random() < 0.8
    here = [(fragments[at - 1] + gap, None)] if joined else []
    before = [[(fragment, None)] for fragment in fragments[: at - 1 if here else at]]
    return [*before, [*here, *spaced(values, gap)], *([(fragment, None)] for fragment in fragments[at:])]


# ---- on paper


def _table(grid: Grid, width: int, gap: str, printed: Callable[[list[Cell]], list[Line]], rng: Random) -> list[Line]:
    """The lines of a table whose labels are `width` wide. Half of the time its column headings are read as they lie on
    paper, half of the time its other rows; else each row as `printed` gives it."""
    on_paper = {False: rng.random() < 0.5, True: rng.random() < 0.5}
    widths, lines = column_widths(grid, width, rng), []
    for valued, rows in groupby(grid, key=_valued):
        rows = list(rows)
        if on_paper[valued]:
            lines += read_across(rows, widths, gap, rng)
        else:
            lines += [line for row in rows for line in printed(row)]
    return lines


def _middled(grid: Grid, width: int = _WHOLE) -> Grid:
    """Group headings, `width` wide, moved down so that they are in the middle of their rows."""
    rows: Grid = [[] for _ in grid]
    for y, row in enumerate(grid):
        for cell in row:
            grouping = cell.rowspan > 1 and _valued(row)
            down = max(0, cell.rowspan - len(cell.text) // width) // 2 if grouping else 0
            rows[y + down].append(replace(cell, rowspan=cell.rowspan - down))
    return [sorted(row, key=lambda cell: -cell.rowspan) if _valued(row) else row for row in rows]


# ---- pages


def _on_pages(lines: list[Line], rng: Random, repeating: bool = True) -> list[Line]:
    """A page ends between two lines now and then, rarely between a label and its values: its number, a form feed, and
    on the next page a running head, 续表 or, if `repeating`, the column headings again."""
    style, numbered, feed = rng.choice(PAGE_NUMBERS), rng.random() < 0.75, rng.choice(("", "\f"))
    titles, headings = _above(lines if repeating else [], rng)
    for page, at in reversed(list(enumerate(_page_ends(lines, rng), rng.randrange(1, 5)))):
        foot = [[(style.format(page), None)]] if numbered else []
        early, late = _parted(lines[at], rng)
        again = headings if at > len(headings) else []
        first, *others = [*titles, *again, late, *lines[at + 1 :]]
        lines = [*lines[:at], early, *foot, [(feed, None), *first], *others]
    return lines


def _page_ends(lines: list[Line], rng: Random) -> list[int]:
    """Before which lines a page ends, at least `_PAGE` lines apart: mostly where a label begins, rarely amid values."""
    anywhere = rng.random() < 0.08
    places = [at for at in range(1, len(lines)) if anywhere or not any(label for _, label in lines[at][:1])]
    count = rng.choice((0, 1, 1, 2, 3) if len(lines) > _PAGE else (0, 0, 0, 1))
    chosen = sorted(rng.sample(places, min(count, len(places))))
    return [at for before, at in pairwise([-_PAGE, *chosen]) if at - before >= _PAGE]


def _above(lines: list[Line], rng: Random) -> tuple[list[Line], list[Line]]:
    """What stands above the table where it goes on over the page: short titles, and its column headings."""
    head = [[(rng.choice(_HEADS), None)]] if rng.random() < 0.3 else []
    again = [[("续表", None)]] if rng.random() < 0.2 else []
    headings = list(takewhile(lambda line: not any(label for _, label in line), lines)) if rng.random() < 0.4 else []
    return [*head, *again], headings


def _parted(line: Line, rng: Random) -> tuple[Line, Line]:
    """What of a line stands on the earlier page, and what on the next: mostly all of it on the next."""
    values = next((at for at, (_, label) in enumerate(line) if label), 0)
    at = values if rng.random() < 0.08 else 0
    return line[:at], line[at:]


# ---- rows and headings read by themselves


def _valued(row: list[Cell]) -> bool:
    return first_value(row) is not None


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
    across, widths = rng.random() < 0.5, column_widths(grid, width, rng)
    lines: list[Line] = []
    waiting: list[str] = []  # of group headings already begun, what their later lines still hold
    for valued, rows in groupby(_middled(grid, group_width) if rng.random() < 0.5 else grid, key=_valued):
        lines += [] if valued else _heading_block(list(rows), widths if across else None, rng)
        for row in rows if valued else ():
            headings, values = halves(row)
            waiting += [fragment for cell in headings[:-1] for fragment in wrapped(cell.text, group_width)]
            own = wrapped("".join(cell.text for cell in headings[-1:]), width)
            taken = [waiting.pop(0) if waiting and rng.random() < 0.7 else "" for _ in own]
            block = [[(glue.join(filter(None, pair)), None)] for pair in zip_longest(taken, own, fillvalue="")]
            lines += _with_values(block, spaced(values, " "), late, rng)
    return _lines(_on_pages(_fallen(_bled(lines, rng), rng), rng))


def _heading_block(rows: Grid, widths: Sequence[int] | None, rng: Random) -> list[Line]:
    """Rows of column headings; with `widths` they are read across."""
    if widths:
        return read_across(rows, widths, " ", rng)
    return [line for row in rows for line in _heading_lines([cell.text for cell in row], " ", rng)]


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
    for row in without_blanks(_middled(grid) if rng.random() < 0.5 else grid):
        lines += shape.row(row, rng)
    return _lines(_on_pages(lines, rng))


def pdf_columns(grid: Grid, rng: Random) -> list[Piece]:
    """As by `pdf_cells`, but some rows in a block, column by column: no row of theirs can be read, none is labelled."""
    shape, lines, at = _Columns.drawn(rng), [], 0
    rows = without_blanks(_middled(grid) if rng.random() < 0.5 else grid)
    while at < len(rows):
        block = rows[at : at + rng.choice((1, 1, 1, 2, 3, 5))]
        alone = sum(bool(halves(row)[1]) for row in block) < 2
        lines += [line for row in block for line in shape.row(row, rng)] if alone else shape.block(block)
        at += len(block)
    return _lines(_on_pages(lines, rng, repeating=False))


@dataclass(frozen=True)
class _Columns:
    """How wide the columns of a table are, and whether values may stand before a label of several lines."""

    width: int
    group_width: int
    early: bool
    shared: float  # share of the values that stand on a line with the next

    @classmethod
    def drawn(cls, rng: Random) -> "_Columns":
        return cls(rng.randrange(7, 18), rng.randrange(3, 7), rng.random() < 0.3, rng.choice((0, 0, 0.05, 0.2)))

    def row(self, row: list[Cell], rng: Random) -> list[Line]:
        headings, values = halves(row)
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
            headings, values = halves(row)
            group, own = self.headings(headings, bool(values))
            lines += [*group, *own]
            columns.append([cell.text for cell in values])
        return [*lines, *([(text, None)] for column in zip_longest(*columns) for text in column if text)]
