"""A table as it lies on paper, read line by line across all its columns, as programs read it out of a PDF."""

from collections.abc import Sequence
from itertools import accumulate, groupby
from math import ceil, floor
from random import Random

from training.synthesis.cells import placed, value, wrapped
from training.synthesis.pieces import Piece
from training.synthesis.tables import Cell, Grid

Line = list[Piece]


def column_widths(grid: Grid, width: int, rng: Random) -> list[int]:
    """How many characters each column takes: those of group headings, of the label of a row, of the values."""
    places, columns = placed(grid), sum(cell.colspan for cell in grid[0])
    labels = min(x for _, x, cell in places if cell.label)
    groups = [rng.choice((1, 2, 3, 4, 5)), rng.choice((3, 4, 4, 5, 7))][: max(0, labels - 1)]
    return [*groups, *[width] * (labels > 0), *[rng.choice((2, 2, 2, 3, 4))] * (columns - labels)]


def read_across(rows: Grid, widths: Sequence[int], gap: str, rng: Random) -> list[Line]:
    """Rows read line by line across all columns, each cell in the middle of the rows that it spans. What stands between
    two lines is read with one of them or by itself."""
    broken = [(y, x, cell, _broken(cell, sum(widths[x : x + cell.colspan]))) for y, x, cell in placed(rows)]
    tops = _tops(len(rows), [(y, cell.rowspan, len(fragments)) for y, _, cell, fragments in broken])
    settled = [rng.choice((float, float, floor, ceil)) for _ in rows]  # one for a row: its values stay on one line
    marks: list[tuple[float, int, Line]] = []
    for y, x, cell, fragments in broken:
        settle = rng.choice((float, floor, ceil)) if cell.rowspan > 1 else settled[y]
        first = settle((tops[y] + tops[y + cell.rowspan] - len(fragments)) / 2)
        marks += [(first + line, x, fragment) for line, fragment in enumerate(fragments)]
    marks.sort(key=lambda mark: mark[:2])
    lines = [[fragment for _, _, fragment in line] for _, line in groupby(marks, key=lambda mark: mark[0])]
    return [[piece for fragment in line for piece in [*fragment, (gap, None)]][:-1] for line in lines]


def _broken(cell: Cell, width: int) -> list[Line]:
    """The lines of a cell; a blank one has none, a value is not broken, a narrow heading at its own blanks first."""
    if cell.label:
        return [value(cell)] if cell.text else []
    parts = cell.text.split() if width < 5 else [cell.text]
    return [[(fragment, None)] for part in parts for fragment in wrapped(part, width)]


def _tops(count: int, cells: list[tuple[int, int, int]]) -> list[int]:
    """On which line each of `count` rows begins, and the end of the last, by (row, rows spanned, lines) of the cells:
    every row is as high as its cells need, and the last of a group as its heading needs."""
    heights = [1] * count
    for y, spanned, lines in sorted(cells, key=lambda cell: cell[1]):
        heights[y + spanned - 1] += max(0, lines - sum(heights[y : y + spanned]))
    return [0, *accumulate(heights)]
