"""What the layouts share: cells as pieces of text, and grids brought into the shape in which a converter sees them."""

import re
from random import Random

from training.synthesis.pieces import Piece
from training.synthesis.tables import Cell, Grid, figure

STRUCTURE = re.compile(r"[|│\t\n]")
PADDING = Cell("")


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


def expanded(grid: Grid, merged: bool = False) -> Grid:
    """The full matrix: a cell stands in its first column and row, the rest it spans is padding. `merged`: in its own
    rows a cell that spans columns is one."""
    placed: dict[tuple[int, int], Cell | None] = {}
    for y, row in enumerate(grid):
        x = 0
        for cell in row:
            while (y, x) in placed:
                x += 1
            for dy in range(cell.rowspan):
                placed |= {(y + dy, x + dx): None if merged and dx else PADDING for dx in range(cell.colspan)}
            placed[y, x] = cell
            x += cell.colspan
    width = 1 + max(x for _, x in placed)
    rows = ([placed.get((y, x), PADDING) for x in range(width)] for y in range(len(grid)))
    return [[cell for cell in row if cell is not None] for row in rows]


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


def wrapped(text: str, width: int) -> list[str]:
    """A text as its column breaks it over lines."""
    return [text[i : i + width] for i in range(0, len(text), width)]
