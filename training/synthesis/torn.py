"""Tables that a program found in a PDF and printed as Markdown: a label of several lines is torn from its values."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count, groupby
from random import Random

from training.synthesis.cells import PADDING, RULES, closed, halves, wrapped
from training.synthesis.pdf import PAGE_NUMBERS
from training.synthesis.pieces import Piece
from training.synthesis.tables import Cell, Grid


def torn_markdown(grid: Grid, rng: Random) -> list[Piece]:
    """Block by block: first the lines that the program took for text, then the rows that it took for tables.

    `（四）无2.没有现成信息需要另⏎法提供行制作⏎| 1.本机关不掌握相关政府信息 | 3 | …⏎|---|…⏎| 8 | …`: the rows stand
    in the order of the form, and those without a label are the ones whose label is above.
    """
    tear, rule, at = _Tear.drawn(rng), rng.choice(RULES[:2]), 0
    style, pages = rng.choice(PAGE_NUMBERS), count(rng.randrange(2, 9))
    pieces: list[Piece] = []
    while at < len(grid):
        block = grid[at : at + rng.randrange(1, 12)]
        at += len(block)
        lines, rows = tear.block(block, rng)
        page = [style.format(next(pages))] if rng.random() < 0.1 else []
        pieces += [(line + "\n", None) for line in [*lines, *page]]
        for _, alike in groupby(rows, key=lambda row: bool(row[0].label)):
            pieces += _table(list(alike), rule)
        pieces.append((rng.choice(("\n", "\n", "")), None))
    return pieces


def _table(rows: Grid, rule: str) -> list[Piece]:
    """The rows made equally wide, and a rule below the first."""
    width = max(map(len, rows))
    first, *others = [_row([*row, *[PADDING] * (width - len(row))]) for row in rows]
    return [*first, (rule * width + "|\n", None), *(piece for row in others for piece in row)]


def _row(cells: Sequence[Cell]) -> list[Piece]:
    *inner, last = cells
    return [("| ", None), *(piece for cell in inner for piece in closed(cell, " | ")), *closed(last, " |\n")]


@dataclass(frozen=True)
class _Tear:
    """How wide the labels of a table are, and the share of its rows of headings that are found to be rows."""

    width: int
    group_width: int
    found: float

    @classmethod
    def drawn(cls, rng: Random) -> "_Tear":
        return cls(rng.randrange(8, 20), rng.randrange(3, 6), rng.choice((0.2, 0.5, 0.9)))

    def block(self, rows: Grid, rng: Random) -> tuple[list[str], Grid]:
        """The lines of text, and the rows of tables. Of a label only the line beside the values stays with them."""
        lines: list[str] = []
        table: Grid = []
        waiting: list[str] = []  # of group headings already begun, what is not yet printed
        for row in rows:
            headings, values = halves(row)
            if not values and rng.random() < self.found:
                table.append(headings)
            elif not values:
                lines.append(rng.choice(("", " ")).join(cell.text for cell in headings))
            else:
                waiting += [line for cell in headings[:-1] for line in wrapped(cell.text, self.group_width)]
                own = [line for cell in headings[-1:] for line in wrapped(cell.text, self.width)]
                beside = self._beside(own, waiting, rng)
                lines += [(waiting.pop(0) if waiting and rng.random() < 0.7 else "") + line for line in own]
                table.append([*beside, *values])
        return [*lines, *waiting], table

    def _beside(self, own: list[str], waiting: list[str], rng: Random) -> list[Cell]:
        """Takes the middle line of a label, where it has one, and now and then one of its group's."""
        if len(own) % 2 == 0 or (len(own) > 1 and rng.random() < 0.3):
            return []
        group = [waiting.pop(0)] if waiting and rng.random() < 0.4 else []
        return [Cell(line) for line in (*group, own.pop(len(own) // 2))]
