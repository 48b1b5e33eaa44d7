"""The ways in which a table reaches us as text. A layout turns a grid into pieces; LAYOUTS names them all.

A blank value cell is the first structural character that closes it; where nothing closes it, it leaves no piece.
Layouts by lines end with a line break, layouts on one line do not.
"""

import re
from collections.abc import Callable, Iterable
from itertools import zip_longest
from random import Random

from training.synthesis.pieces import Piece
from training.synthesis.tables import Cell, Grid, figure

Layout = Callable[[Grid, Random], list[Piece]]
_STRUCTURE = re.compile(r"[|\t\n]")
_PADDING = Cell("")


# ---- cells


def _value(cell: Cell) -> list[Piece]:
    """What is printed in a cell: the figure with its label, then what follows it in the cell."""
    if not cell.label:
        return [(cell.text, None)]
    number = figure(cell.text)
    return [(number, cell.label), (cell.text[len(number) :], None)]


def _closed(cell: Cell, close: str) -> list[Piece]:
    """The cell and what closes it; a blank value cell labels the first structural character of `close`."""
    if cell.text or not cell.label:
        return [*_value(cell), (close, None)]
    at = _STRUCTURE.search(close).start()
    return [(close[:at], None), (close[at], cell.label), (close[at + 1 :], None)]


def _expanded(grid: Grid) -> Grid:
    """The full matrix: a cell stands in its first column and row, the rest it spans is padding."""
    placed: dict[tuple[int, int], Cell] = {}
    for y, row in enumerate(grid):
        x = 0
        for cell in row:
            while (y, x) in placed:
                x += 1
            placed |= {(y + dy, x + dx): _PADDING for dy in range(cell.rowspan) for dx in range(cell.colspan)}
            placed[y, x] = cell
            x += cell.colspan
    width = 1 + max(x for _, x in placed)
    return [[placed.get((y, x), _PADDING) for x in range(width)] for y in range(len(grid))]


def _padded(grid: Grid) -> Grid:
    """Rows as a page lists them, made equally wide by padding at their ends."""
    width = sum(cell.colspan for cell in grid[0])
    return [[*row, *[_PADDING] * (width - len(row))] for row in grid]


def _ragged(grid: Grid, rng: Random) -> Grid:
    """The full matrix, in which a row loses padding at its front or end or gains some, as converters leave it."""
    rows = []
    for row in _expanded(grid):
        front = next((i for i, cell in enumerate(row) if cell != _PADDING), 0)
        if front and rng.random() < 0.15:
            row = row[front:]
        while row[-1] == _PADDING and rng.random() < 0.3:
            row = row[:-1]
        rows.append(row + [_PADDING] * rng.choice((0, 0, 0, 1, 2)))
    return rows


def _without_blanks(grid: Grid) -> Grid:
    """The grid of a converter that drops empty cells."""
    return [kept for row in grid if (kept := [cell for cell in row if cell.text])]


# ---- separators between cells


def _bars(rows: Grid, gap: str, last: str = "", lead: str = "") -> list[Piece]:
    """Each cell closed by a bar; `gap` follows the bars inside a row, `last` the last one, `lead` begins a row."""
    pieces: list[Piece] = []
    for row in rows:
        pieces.append((lead, None))
        for i, cell in enumerate(row):
            bar = " |" if cell.text else "|"
            pieces += _closed(cell, bar + (gap if i + 1 < len(row) else last + "\n"))
    return pieces


def _pipes(grid: Grid, rng: Random) -> list[Piece]:
    return _bars(grid, " ", rng.choice(("", " ")))


def _pipes_compact(grid: Grid, rng: Random) -> list[Piece]:
    """Bars, but a blank cell leaves none."""
    return _bars(_without_blanks(grid), " ", "", rng.choice(("", "| ")))


def _pipes_leading(grid: Grid, rng: Random) -> list[Piece]:
    rows = rng.choice((grid, _padded(grid), _expanded(grid)))
    return _bars(rows, " ", rng.choice(("", " ")), "| ")


def _pipes_padded(grid: Grid, rng: Random) -> list[Piece]:
    """Padding shows as bars without blanks between: `| 0 | ||`."""
    rows, spaced = rng.choice((_padded, _padded, _expanded))(grid), rng.random() < 0.6
    lead = rng.choice(("", "", "| "))
    pieces: list[Piece] = []
    for row in rows:
        pieces.append((lead, None))
        for cell, after in zip(row, [*row[1:], None], strict=True):
            loose = cell.text or (cell.label and spaced)
            bar = " |" if cell.text else "|"
            pieces += _closed(cell, bar + ("\n" if after is None else " " if loose or after.text else ""))
    return pieces


def _pipes_open(grid: Grid, rng: Random) -> list[Piece]:
    """Bars only between cells, none at the end of a row: the line break closes the last cell."""
    return _between(rng.choice((grid, _expanded(grid))), rng.choice((" | ", "|")))


def _between(rows: Grid, separator: str) -> list[Piece]:
    return [
        piece
        for row in rows
        for i, cell in enumerate(row)
        for piece in _closed(cell, separator if i + 1 < len(row) else "\n")
    ]


def _markdown(grid: Grid, rng: Random) -> list[Piece]:
    rows = rng.choice((_padded, _expanded))(grid)
    rule = rng.choice(("| --- ", "|---", "| :---: ", "|:--")) * len(rows[0]) + "|\n"
    return [*_bars(rows[:1], " ", "", "| "), (rule, None), *_bars(rows[1:], " ", "", "| ")]


def _tabs(grid: Grid, rng: Random) -> list[Piece]:
    return _between(grid, "\t")


def _ragged_tabs(grid: Grid, rng: Random) -> list[Piece]:
    return _between(_ragged(grid, rng), "\t")


def _newline_pipes(grid: Grid, rng: Random) -> list[Piece]:
    """`行政许可 |⏎44 |⏎0 |⏎||⏎`: every cell and its bar on a line, the padding of a row on one line without blanks."""
    pieces: list[Piece] = []
    for row, padded in zip(grid, _padded(grid), strict=True):
        pieces += [piece for cell in row for piece in _closed(cell, " |\n" if cell.text else "|\n")]
        spare = len(padded) - len(row)
        if spare and rng.random() < 0.9:
            pieces.append(("|" * spare + "\n", None))
    return pieces


# ---- one cell per line


def _stacked(rows: Iterable[list[Cell]], before: str, close: str) -> list[Piece]:
    return [piece for row in rows for cell in row for piece in [(before, None), *_closed(cell, close)]]


def _headings_broken(grid: Grid, rng: Random, by: str) -> Grid:
    """Column headings broken where the narrow cell broke them: 商业⏎企业."""
    if rng.random() < 0.6:
        return grid

    def broken(cell: Cell) -> Cell:
        short = not cell.label and 4 <= len(cell.text) <= 8 and "、" not in cell.text and "." not in cell.text
        half = len(cell.text) // 2
        return Cell(cell.text[:half] + by + cell.text[half:]) if short and rng.random() < 0.5 else cell

    return [[broken(cell) for cell in row] for row in grid]


def _cell_lines(grid: Grid, rng: Random) -> list[Piece]:
    return _stacked(_headings_broken(grid, rng, "\n"), "", "\n")


def _cell_lines_spaced(grid: Grid, rng: Random) -> list[Piece]:
    """Blank lines between the cells."""
    close = "\n" * rng.choice((2, 2, 2, 3))
    return _stacked(_headings_broken(grid, rng, close), "", close)


def _cell_lines_indented(grid: Grid, rng: Random) -> list[Piece]:
    before, after = rng.choice(("  ", "    ", "\u3000\u3000", " ", "\t\t")), rng.choice(("", " ", "\u00a0"))
    return _stacked(_headings_broken(grid, rng, "\n"), before, after + "\n" * rng.choice((1, 2)))


def _cell_lines_compact(grid: Grid, rng: Random) -> list[Piece]:
    """Blank cells leave no line."""
    return _stacked(_headings_broken(_without_blanks(grid), rng, "\n"), "", "\n" * rng.choice((1, 1, 2)))


def _cell_lines_by_row(grid: Grid, rng: Random) -> list[Piece]:
    """One cell per line, a blank line after each row; blank cells leave no line."""
    return [piece for row in _without_blanks(grid) for piece in [*_stacked([row], "", "\n"), ("\n", None)]]


# ---- PDF text: blanks between cells, rows broken over lines

Line = list[Piece]


def _spaced(cells: list[Cell], gap: str) -> Line:
    pieces = [piece for cell in cells if cell.text for piece in [*_value(cell), (gap, None)]]
    return pieces[:-1]


def _lines(lines: Iterable[Line]) -> list[Piece]:
    return [piece for line in lines if any(text for text, _ in line) for piece in [*line, ("\n", None)]]


def _pdf(grid: Grid, rng: Random) -> list[Piece]:
    """One row a line."""
    gap = " " * rng.choice((1, 1, 1, 2, 4))
    lines = [_spaced(row, gap) for row in grid]
    return _lines(_with_page_number(lines, rng))


def _with_page_number(lines: list[Line], rng: Random) -> list[Line]:
    """The foot of a page falls between two rows now and then."""
    page, style = rng.randrange(1, 9), rng.choice(("- {} -", "- {} -", "{}", "— {} —", "－{}－", "第 {} 页", "-{}-"))
    for _ in range(rng.choice((0, 0, 1, 1, 2, 3))):
        at, page = rng.randrange(1, len(lines)), page + 1
        lines = [*lines[:at], [(style.format(page), None)], *lines[at:]]
    return lines


def _wrapped(text: str, width: int) -> list[str]:
    return [text[i : i + width] for i in range(0, len(text), width)]


def _halves(row: list[Cell]) -> tuple[list[Cell], list[Cell]]:
    """The heading cells of a row, and its value cells."""
    return [cell for cell in row if not cell.label], [cell for cell in row if cell.label]


def _pdf_wrapped(grid: Grid, rng: Random) -> list[Piece]:
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
        joined = at == len(fragments) or (at and rng.random() < 0.8)
        here = [(fragments[at - 1] + gap, None)] if joined and at else []
        lines += [[(fragment, None)] for fragment in fragments[: at - 1 if here else at]]
        lines += [[*here, *_spaced(values, gap)], *([(fragment, None)] for fragment in fragments[at:])]
    return _lines(_with_page_number(lines, rng))


def _fragments(cell: Cell, width: int, rng: Random) -> list[str]:
    """A heading as its column broke it: a tall narrow group heading one character a line."""
    narrow = cell.rowspan > 10 and rng.random() < 0.5
    return _wrapped(cell.text, 1 if narrow else width)


def _heading_lines(fragments: list[str], gap: str, rng: Random) -> list[Line]:
    if rng.random() < 0.5:
        return [[(gap.join(fragments), None)]]
    return [[(fragment, None)] for fragment in fragments]


def _pdf_interleaved(grid: Grid, rng: Random) -> list[Piece]:
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
        waiting += [fragment for cell in headings[:-1] for fragment in _wrapped(cell.text, group_width)]
        own = _wrapped("".join(cell.text for cell in headings[-1:]), width)
        taken = [waiting.pop(0) if waiting and rng.random() < 0.7 else "" for _ in own]
        block = [[(glue.join(filter(None, pair)), None)] for pair in zip_longest(taken, own, fillvalue="")]
        lines += _with_values(block, _spaced(values, " "), late, rng)
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


# ---- one line


def _one_line(grid: Grid, rng: Random) -> list[Piece]:
    """The whole table on one line, blanks between the cells; blank cells leave nothing."""
    gap = rng.choice((" ", " ", "  ", "\u3000", "   "))
    return _spaced([cell for row in grid for cell in row], gap)


def _glued(grid: Grid, rng: Random) -> list[Piece]:
    return _merged(piece for row in grid for cell in row for piece in _value(cell))


def _half_glued(grid: Grid, rng: Random) -> list[Piece]:
    """Blanks only here and there."""
    inside, outside = rng.choice((0.05, 0.2, 0.5)), rng.choice((0.05, 0.2, 0.5))
    pieces: list[Piece] = []
    for cell in (cell for row in grid for cell in row if cell.text):
        gap = " " if rng.random() < (inside if cell.label else outside) else ""
        pieces += [*_value(cell), (gap, None)]
    return _merged(pieces)


def _merged(pieces: Iterable[Piece]) -> list[Piece]:
    """Digits of one row that touch are one piece, as nothing says where to cut; a sign begins a new one."""
    merged: list[Piece] = []
    for text, label in pieces:
        touching = merged and label and merged[-1][1] == label and merged[-1][0][-1].isdigit() and text[:1].isdigit()
        if touching:
            merged[-1] = (merged[-1][0] + text, label)
        elif text:
            merged.append((text, label))
    return merged


# ---- HTML


def _html(grid: Grid, rng: Random) -> list[Piece]:
    """A table as markup. `</td>` closes a cell, so its `<` is the structural character of a blank one."""
    name = str.upper if rng.random() < 0.08 else str
    line, blank = rng.choice(("", "\n", "\n", "\n  ", "\r\n\t")), rng.choice(("", "&nbsp;", "&nbsp;", "&#160;", " "))
    inner, attributes = rng.choice(_INNER), rng.choice(_ATTRIBUTES)
    pieces: list[Piece] = [(f"<{name('table')}{rng.choice(_TABLE)}>{line}<{name('tbody')}>", None)]
    for row in grid:
        pieces.append((f"{line}<{name('tr')}{rng.choice(('', attributes))}>", None))
        for cell in row:
            opening, closing = f"<{name('td')}{_spans(cell)}{attributes}>", f"</{name('td')}>"
            pieces += [(line + opening, None), *_marked(cell, inner, blank, closing)]
        pieces.append((f"{line}</{name('tr')}>", None))
    return [*pieces, (f"{line}</{name('tbody')}>{line}</{name('table')}>\n", None)]


_TABLE = ("", ' border="1"', ' border="1" cellspacing="0" cellpadding="0"', ' class="MsoNormalTable" width="100%"')
_ATTRIBUTES = ("", "", ' valign="center"', ' style="border:1px solid #000;padding:0 7px"', " width=72 class='et3'")
_INNER = (
    ("", ""), ("", ""), ("<p>", "</p>"), ('<p style="text-align:center">', "</p>"), ("<span>", "</span>"),
    ('<p class="MsoNormal" align="center"><span style="font-family:宋体;font-size:12pt">', "</span></p>"),
    ("<p><strong><span>", "</span></strong></p>"), ('<div align="center">', "</div>"),
)  # fmt: skip


def _spans(cell: Cell) -> str:
    spans = (("rowspan", cell.rowspan), ("colspan", cell.colspan))
    return "".join(f' {name}="{count}"' for name, count in spans if count > 1)


def _marked(cell: Cell, inner: tuple[str, str], blank: str, closing: str) -> list[Piece]:
    """The inside of a cell and its closing tag."""
    opened, closed = inner
    if cell.text or not cell.label:
        return [(opened, None), *_value(cell), (closed + closing, None)]
    return [(opened + blank + closed, None), (closing[0], cell.label), (closing[1:], None)]


# Layouts whose separators show every cell, so that a row has as many spans as official columns.
SHOWING: dict[str, Layout] = {
    "pipes": _pipes,
    "pipes_leading": _pipes_leading,
    "pipes_padded": _pipes_padded,
    "pipes_open": _pipes_open,
    "markdown": _markdown,
    "tabs": _tabs,
    "ragged_tabs": _ragged_tabs,
    "newline_pipes": _newline_pipes,
    "cell_lines": _cell_lines,
    "cell_lines_spaced": _cell_lines_spaced,
    "cell_lines_indented": _cell_lines_indented,
    "html": _html,
}
LAYOUTS: dict[str, Layout] = {
    **SHOWING,
    "pipes_compact": _pipes_compact,
    "cell_lines_compact": _cell_lines_compact,
    "cell_lines_by_row": _cell_lines_by_row,
    "pdf": _pdf,
    "pdf_wrapped": _pdf_wrapped,
    "pdf_interleaved": _pdf_interleaved,
    "one_line": _one_line,
    "glued": _glued,
    "half_glued": _half_glued,
}
