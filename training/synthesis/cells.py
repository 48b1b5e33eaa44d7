"""What the layouts share: cells as pieces of text, and grids brought into the shape in which a converter sees them."""

import re
from random import Random

from training.synthesis.pieces import Piece
from training.synthesis.tables import Cell, Grid, figure

STRUCTURE = re.compile(r"[|│\t\n]")
PADDING = Cell("")
RULES = ("| --- ", "|---", "| :---: ", "|:--", "|--------")
_CLOSING, _OPENING, _NUMERIC = (
    frozenset("。，、；：！？”’）》】,.;:!?)%"),
    frozenset("（“‘《【("),
    frozenset("0123456789.,%"),
)


def value(cell: Cell) -> list[Piece]:
    """What is printed in a cell: the figure with its label, then what follows it in the cell."""
    if not cell.label:
        return [(cell.text, None)]
    number = figure(cell.text)
    return [(number, cell.label), (cell.text[len(number) :], None)]


def closed(cell: Cell, close: str) -> list[Piece]:
    """The cell and what closes it; a blank value cell labels the first structural character of `close`."""
    if cell.text or not cell.label:
        return [*value(cell), (close, None)]
    at = STRUCTURE.search(close).start()
    return [(close[:at], None), (close[at], cell.label), (close[at + 1 :], None)]


def bars(rows: Grid, gap: str, last: str = "", lead: str = "") -> list[Piece]:
    """Each cell closed by a bar; `gap` follows the bars inside a row, `last` the last one, `lead` begins a row."""
    pieces: list[Piece] = []
    for row in rows:
        pieces.append((lead, None))
        for i, cell in enumerate(row):
            bar = " |" if cell.text else "|"
            pieces += closed(cell, bar + (gap if i + 1 < len(row) else last + "\n"))
    return pieces


def ruled(rows: Grid, rule: str) -> list[Piece]:
    """A table of Markdown, its first row above a rule; `rule` is that of one column, one of RULES."""
    return [*bars(rows[:1], " ", "", "| "), (rule * len(rows[0]) + "|\n", None), *bars(rows[1:], " ", "", "| ")]


def placed(grid: Grid) -> list[tuple[int, int, Cell]]:
    """Row and column, counted from 0, in which each cell begins."""
    places, taken = [], set()
    for y, row in enumerate(grid):
        x = 0
        for cell in row:
            while (y, x) in taken:
                x += 1
            places.append((y, x, cell))
            taken |= {(y + dy, x + dx) for dy in range(cell.rowspan) for dx in range(cell.colspan)}
    return places


def expanded(grid: Grid, merged: bool = False) -> Grid:
    """The full matrix: a cell stands in its first column and row, the rest it spans is padding. `merged`: in its own
    rows a cell that spans columns is one."""
    matrix: dict[tuple[int, int], Cell | None] = {}
    for y, x, cell in placed(grid):
        for dy in range(cell.rowspan):
            matrix |= {(y + dy, x + dx): None if merged and dx else PADDING for dx in range(cell.colspan)}
        matrix[y, x] = cell
    return [[cell for cell in row if cell is not None] for row in _rows(matrix)]


def repeated(grid: Grid, values: bool = True) -> Grid:
    """The full matrix of a converter that prints a merged cell in every place it spans. The first copy of a value alone
    is labelled, so that a row has as many spans as official columns; the others stay empty unless `values`."""
    matrix: dict[tuple[int, int], Cell] = {}
    for y, x, cell in placed(grid):
        copy = Cell(cell.text) if values or not cell.label else PADDING
        matrix |= {(y + dy, x + dx): copy for dy in range(cell.rowspan) for dx in range(cell.colspan)}
        matrix[y, x] = cell
    return _rows(matrix)


def _rows(matrix: dict[tuple[int, int], Cell | None]) -> list[list[Cell | None]]:
    height, width = (1 + max(place[axis] for place in matrix) for axis in (0, 1))
    return [[matrix.get((y, x), PADDING) for x in range(width)] for y in range(height)]


def padded(grid: Grid) -> Grid:
    """Rows as a page lists them, made equally wide by padding at their ends."""
    width = sum(cell.colspan for cell in grid[0])
    return [[*row, *[PADDING] * (width - len(row))] for row in grid]


def ragged(grid: Grid, rng: Random) -> Grid:
    """The full matrix, in which a row loses padding at its front or end or gains some, as converters leave it."""
    rows = []
    for row in expanded(grid):
        front = next((i for i, cell in enumerate(row) if cell != PADDING), 0)
        if front and rng.random() < 0.15:
            row = row[front:]
        while row[-1] == PADDING and rng.random() < 0.3:
            row = row[:-1]
        rows.append(row + [PADDING] * rng.choice((0, 0, 0, 1, 2)))
    return rows


def without_blanks(grid: Grid) -> Grid:
    """The grid of a converter that drops empty cells."""
    return [kept for row in grid if (kept := [cell for cell in row if cell.text])]


def first_value(row: list[Cell]) -> int | None:
    """Where the values of a row begin, official ones or, as in a row of subtotals, others; None among headings."""
    official = next((at for at, cell in enumerate(row) if cell.label), None)
    others = [at for at, cell in enumerate(row) if at and cell.text.isdecimal()]
    return others[0] if official is None and len(others) > 1 else official


def halves(row: list[Cell]) -> tuple[list[Cell], list[Cell]]:
    """The heading cells of a row, and its value cells."""
    at = first_value(row)
    return row[:at], [] if at is None else row[at:]


def wrapped(text: str, width: int) -> list[str]:
    """A text as its column breaks it over lines."""
    lines, at = [], 0
    while at < len(text):
        end = line_end(text, at, width)
        lines.append(text[at:end])
        at = end
    return lines


def line_end(text: str, start: int, width: int, cutting: bool = False) -> int:
    """Where a line of at most `width` characters ends that begins at `start`: no line begins with a closing mark, none
    ends with an opening one, and, unless `cutting`, no number is parted. A narrow or crowded line keeps what it can."""
    last = min(start + width, len(text))
    ends = range(last, max(start, last - width // 2 - 1), -1)
    whole = (end for end in ends if not (_ill_parted(text, end) or (not cutting and _in_a_number(text, end))))
    unmarked = (end for end in ends if not _ill_parted(text, end))
    return next(whole, next(unmarked, last))


def _ill_parted(text: str, at: int) -> bool:
    return text[at : at + 1] in _CLOSING or text[at - 1] in _OPENING


def _in_a_number(text: str, at: int) -> bool:
    return text[at - 1] in _NUMERIC and text[at : at + 1] in _NUMERIC
