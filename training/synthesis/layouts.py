"""The ways in which a table reaches us as text. A layout turns a grid into pieces; LAYOUTS names them all.

A blank value cell is the first structural character that closes it; where nothing closes it, it leaves no piece.
Layouts by lines end with a line break, layouts on one line do not.
"""

import re
from collections.abc import Callable, Iterable
from itertools import groupby
from random import Random

from training.synthesis.cells import (
    RULES,
    STRUCTURE,
    bars,
    closed,
    expanded,
    first_value,
    padded,
    placed,
    ragged,
    repeated,
    ruled,
    value,
    without_blanks,
    wrapped,
)
from training.synthesis.pdf import PAGE_NUMBERS, pdf, pdf_cells, pdf_columns, pdf_interleaved, pdf_wrapped, spaced
from training.synthesis.pieces import Piece
from training.synthesis.tables import Cell, Grid
from training.synthesis.torn import torn_markdown

Layout = Callable[[Grid, Random], list[Piece]]
_POINT, _EDGE = re.compile(r"([0-9])\."), re.compile(r"[\s|:-]*")


# ---- separators between cells


def _pipes(grid: Grid, rng: Random) -> list[Piece]:
    if rng.random() < 0.04:
        return _double_bars(grid, rng.choice(("", " ")))
    return bars(grid, " ", rng.choice(("", " ")))


def _double_bars(grid: Grid, gap: str) -> list[Piece]:
    """`||规章||13||||23||`: only the first bar behind a blank cell is that cell's."""
    pieces: list[Piece] = []
    for row in grid:
        pieces.append(("||" + gap, None))
        for i, cell in enumerate(row):
            pieces += closed(cell, (gap if cell.text else "") + "||" + (gap if i + 1 < len(row) else "\n"))
    return pieces


def _pipes_compact(grid: Grid, rng: Random) -> list[Piece]:
    """Bars, but a blank cell leaves none."""
    return bars(without_blanks(grid), " ", "", rng.choice(("", "| ")))


def _pipes_leading(grid: Grid, rng: Random) -> list[Piece]:
    rows = rng.choice((grid, padded(grid), expanded(grid)))
    return bars(rows, " ", rng.choice(("", " ")), "| ")


def _pipes_padded(grid: Grid, rng: Random) -> list[Piece]:
    """Padding shows as bars without blanks between: `| 0 | ||`."""
    rows, spaced = rng.choice((padded, padded, expanded))(grid), rng.random() < 0.6
    lead = rng.choice(("", "", "| "))
    pieces: list[Piece] = []
    for row in rows:
        pieces.append((lead, None))
        for cell, after in zip(row, [*row[1:], None], strict=True):
            loose = cell.text or (cell.label and spaced)
            bar = " |" if cell.text else "|"
            pieces += closed(cell, bar + ("\n" if after is None else " " if loose or after.text else ""))
    return pieces


def _pipes_open(grid: Grid, rng: Random) -> list[Piece]:
    """Bars only between cells, none at the end of a row: the line break closes the last cell."""
    return _between(rng.choice((grid, expanded(grid))), rng.choice((" | ", "|")))


def _between(rows: Grid, separator: str, end: str = "\n") -> list[Piece]:
    return [
        piece
        for row in rows
        for i, cell in enumerate(row)
        for piece in closed(cell, separator if i + 1 < len(row) else end)
    ]


def _markdown(grid: Grid, rng: Random) -> list[Piece]:
    return ruled(rng.choice((padded, expanded))(grid), rng.choice(RULES))


def _bold_markdown(grid: Grid, rng: Random) -> list[Piece]:
    return _dressed(_markdown(grid, rng), rng)


def _soft_markdown(grid: Grid, rng: Random) -> list[Piece]:
    """Markdown without bars at the edges: a rule below the first row, line ends of two blanks."""
    gap, end = rng.choice(("| ", " | ", " | ")), rng.choice(("  \n", "\n"))
    first, *rows = rng.choice((grid, grid, expanded(grid)))
    rule = "|".join(["---"] * len(first)) + end
    return _dressed([*_between([first], gap, end), (rule, None), *_between(rows, gap, end)], rng)


def _dressed(pieces: list[Piece], rng: Random) -> list[Piece]:
    """What Markdown makes of bold cells, and of the point behind a number."""
    if rng.random() < 0.4:
        pieces = [(text if label else _POINT.sub(r"\1\\.", text), label) for text, label in pieces]
    if rng.random() < 0.6:
        return pieces
    bold: list[Piece] = []
    for edge, inside in groupby(pieces, key=lambda piece: bool(_EDGE.fullmatch(piece[0]))):
        mark = [] if edge else [("**", None)]
        bold += [*mark, *inside, *mark]
    return bold


def _drawn(grid: Grid, rng: Random) -> list[Piece]:
    """A table with all its lines drawn, as text browsers print it; long headings go on in the lines below."""
    bar, dash, cross = rng.choice((("│", "─", "┼"), ("│", "─", "┼"), ("|", "-", "+"), ("|", "-", "|")))
    pad, indent, width = rng.randrange(1, 20), " " * rng.choice((0, 0, 3)), rng.choice((8, 12, 40, 40))
    middle, every = rng.random() < 0.5, rng.random() < 0.8
    pieces: list[Piece] = []
    for number, row in enumerate(expanded(grid, merged=rng.random() < 0.7)):
        if every or number < 3:
            pieces.append((indent + cross + cross.join([dash * (pad + 4)] * len(row)) + cross + "\n", None))
        columns = [[] if cell.label else wrapped(cell.text, width) for cell in row]
        height = max(1, *map(len, columns))
        at = height // 2 if middle else 0
        for line in range(height):
            pieces.append((indent + bar, None))
            for cell, fragments in zip(row, columns, strict=True):
                shown = cell if cell.label and line == at else Cell("".join(fragments[line : line + 1]))
                pieces += closed(shown, " " * max(pad - 2 * len(shown.text), 0) + bar)
            pieces.append(("\n", None))
    return pieces


def _repeated(grid: Grid, rng: Random) -> list[Piece]:
    """A merged cell in every place it spans, as python-docx and pandas print it: `行政许可 | 12 | 12 | 12`."""
    rows, separate = repeated(grid, values=rng.random() < 0.7), rng.choice((" | ", " | ", "|", "\t"))
    return ruled(rows, rng.choice(RULES)) if rng.random() < 0.3 else _between(rows, separate)


def _tabs(grid: Grid, rng: Random) -> list[Piece]:
    return _between(grid, "\t")


def _ragged_tabs(grid: Grid, rng: Random) -> list[Piece]:
    return _between(ragged(grid, rng), "\t")


def _newline_pipes(grid: Grid, rng: Random) -> list[Piece]:
    """`行政许可 |⏎44 |⏎0 |⏎||⏎`: every cell and its bar on a line, the padding of a row on one line without blanks. The
    bars of some cells, or all, stand on lines of their own: `行政许可⏎|⏎44 |⏎`."""
    below = rng.choice((0, 0, 0.04, 1))
    pieces: list[Piece] = []
    for row, wide in zip(grid, padded(grid), strict=True):
        closings = ("\n|\n" if rng.random() < below else " |\n" for _ in row)
        pieces += [
            piece
            for cell, close in zip(row, closings, strict=True)
            for piece in closed(cell, close if cell.text else "|\n")
        ]
        spare = len(wide) - len(row)
        if spare and rng.random() < 0.9:
            pieces.append(("|" * spare + "\n", None))
    return pieces


def _bars_and_breaks(grid: Grid, rng: Random) -> list[Piece]:
    """A bar and then a line break behind every cell: `| ⏎ 规章  | ⏎ 0  | ⏎ 0  | ⏎`, `规章  | ⏎⇥⇥0  | ⏎⇥⇥0⏎   | ⏎`; the
    padding of a row stands on its last line, or there is none."""
    lead, indent = rng.choice(("", "", "| \n ", "|\n")), rng.choice(("\t\t\t", "\t", " ", "  ", "    "))
    bar, wide = rng.choice(("  | \n", " | \n", " |\n", "| \n")), rng.random() < 0.5
    end = rng.choice((bar, bar, bar + "\t\t\n", "\n  " + bar, "\n" + bar + "\t\t\n"))
    pieces: list[Piece] = []
    for row, full in zip(grid, padded(grid), strict=True):
        spare = len(full) - len(row)
        last = bar.rstrip("\n") + "|" * spare + "\n" if spare and wide else end
        pieces += [(lead, None), *(piece for cell in row[:-1] for piece in closed(cell, bar + indent))]
        pieces += closed(row[-1], last)
    return pieces


def _csv(grid: Grid, rng: Random) -> list[Piece]:
    """`规章,13,0,23`, `"规章","13","0","23"` or `规章;13;0;23`. Nothing closes a blank cell: it leaves no piece."""
    mark, every = rng.choice((",", ",", ",", ";")), rng.random() < 0.35
    pieces: list[Piece] = []
    for row in rng.choice((grid, padded(grid), expanded(grid))):
        for i, cell in enumerate(row):
            parting = _ALIKE[mark] if cell.label else mark
            quoted = every or any(one in cell.text for one in parting + '"')
            pieces += _in_quotes(cell) if quoted else value(cell) if cell.text else []
            pieces.append((mark if i + 1 < len(row) else "\n", None))
    return pieces


_ALIKE = {",": ",，", ";": ";；"}  # a separator, and what would read as one inside a number


def _in_quotes(cell: Cell) -> list[Piece]:
    """`"1,362"`; a quotation mark inside is doubled: `"危及""三安全一稳定""的"`."""
    inside = value(Cell(cell.text.replace('"', '""'), cell.label)) if cell.text else []
    return [('"', None), *inside, ('"', None)]


def _small_markdown(grid: Grid, rng: Random) -> list[Piece]:
    """Several small tables, each below its title: `### （五）不予处理⏎| 项目 | 自然人 | …⏎|---|…⏎| 2.重复申请 | 6 | …`.
    Table four is three of one row, in half of the reports without the row's name."""
    before, after = rng.choice((("### ", ""), ("### ", "\n"), ("#### ", ""), ("**", "**"), ("", ""), ("## ", "")))
    corner, rule = rng.choice(("项目", "类别", "信息内容", "")), rng.choice(RULES)
    counted, unnamed, alone = rng.random() < 0.2, rng.random() < 0.5, rng.random() < 0.3
    pieces: list[Piece] = []
    for title, rows in _small_tables(grid, alone):
        names = [f"数据{at}" if counted and name != "总计" else name for at, (name, _) in enumerate(rows[0][1], 1)]
        table = [list(map(Cell, (corner, *names))), *([Cell(own), *(cell for _, cell in row)] for own, row in rows)]
        named = not (unnamed and table[-1][-1].label == "appeals")
        pieces += [(f"{before}{title}{after}\n", None), *ruled(table if named else [row[1:] for row in table], rule)]
        pieces.append(("\n", None))
    return pieces


def _small_tables(grid: Grid, alone: bool) -> list[tuple[str, list[tuple[str, list[tuple[str, Cell]]]]]]:
    """Titles, and the rows of each: a new table begins with a group, with other columns or, if `alone`, each row."""
    tables: list[tuple[str, list]] = []
    columns: list[str] = []
    for (*groups, own), row in ((headings, row) for headings, row in _named_rows(grid) if headings and row):
        names = [name for name, _ in row]
        if alone or groups or names != columns:
            suits = f"{''.join(groups)}（{own}）" if row[0][1].label == "appeals" and groups else ""
            tables.append((suits or (groups or [own])[-1], []))
        columns = names
        tables[-1][1].append((own, row))
    return tables


# ---- values by name


def _named_values(grid: Grid, rng: Random) -> list[Piece]:
    """Each value behind the heading of its column: `（一）予以公开⏎自然人：31⏎商业企业：0⏎`, or a row on one line."""
    colon, indent = rng.choice(("：", "：", "：", ":", ": ", " ", "： ")), rng.choice(("", "", "  ", "\u3000\u3000"))
    apart = rng.choice(("\n", "\n", "\n", "\n\n", "\t", " | ", "，", "；", " "))
    after = "\n" if "\n" in apart else rng.choice(("\n", "：", " "))
    pieces: list[Piece] = []
    for headings, named in _named_rows(grid):
        pieces += [(heading + (after if heading is headings[-1] and named else "\n"), None) for heading in headings]
        shows = STRUCTURE.search(apart) or all(cell.text for _, cell in named)
        for i, (name, cell) in enumerate(named):
            close = apart if shows and i + 1 < len(named) else "\n"
            pieces += [((indent if "\n" in apart else "") + name + colon, None), *closed(cell, close)]
    return pieces


def _named_rows(grid: Grid) -> list[tuple[list[str], list[tuple[str, Cell]]]]:
    """The rows with values: the headings before them, and each value with the heading of its column. Values without a
    heading before them are parted by those above their columns: 行政复议 is one row, 未经复议直接起诉 the next."""
    above: dict[int, list[str]] = {}
    rows = []
    for _, places in groupby(placed(grid), key=lambda place: place[0]):
        row = [(x, cell) for _, x, cell in places]
        at = first_value([cell for _, cell in row])
        if at is None:
            for x, cell in row:
                above |= {x + dx: [*above.get(x + dx, []), cell.text] for dx in range(cell.colspan)}
            continue
        headings, named = [cell.text for _, cell in row[:at]], [(above.get(x, [""]), cell) for x, cell in row[at:]]
        for over, part in groupby(named, key=lambda pair: headings or pair[0][:-1]):
            rows.append((over, [(titles[-1], cell) for titles, cell in part]))
    return rows


# ---- one cell per line


def _stacked(rows: Iterable[list[Cell]], before: str, close: str) -> list[Piece]:
    return [piece for row in rows for cell in row for piece in [(before, None), *closed(cell, close)]]


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
    """Blank lines between the cells; in some tables a blank cell leaves one line break alone."""
    close, fewer = "\n" * rng.choice((2, 2, 2, 3)), rng.random() < 0.3
    cells = (cell for row in _headings_broken(grid, rng, close) for cell in row)
    return [piece for cell in cells for piece in closed(cell, "\n" if fewer and not cell.text else close)]


def _cell_lines_indented(grid: Grid, rng: Random) -> list[Piece]:
    before, after = rng.choice(("  ", "    ", "\u3000\u3000", " ", "\t\t")), rng.choice(("", " ", "\u00a0"))
    return _stacked(_headings_broken(grid, rng, "\n"), before, after + "\n" * rng.choice((1, 2)))


def _nodes(grid: Grid, rng: Random) -> list[Piece]:
    """The text of markup that is printed over many lines: its own line breaks stand between cells and rows."""
    close, end = "\n" * rng.choice((1, 1, 1, 2, 3)), "\n" * rng.choice((1, 2, 2, 3, 4))
    blank = rng.choice(("", "", " ", "\u00a0"))
    return [
        piece
        for row in _headings_broken(grid, rng, close)
        for cell in row
        for piece in [*closed(cell, ("" if cell.text else blank) + close), *([(end, None)] if cell is row[-1] else [])]
    ]


def _centred(grid: Grid, rng: Random) -> list[Piece]:
    """Every cell in the middle of a line of its own, an empty line between; blank cells leave no line."""
    width, close = rng.randrange(40, 90), rng.choice(("\n", "\n\n", "\n\n"))
    cells = [cell for row in without_blanks(grid) for cell in row]
    return [piece for cell in cells for piece in [(" " * max(width - len(cell.text), 0), None), *closed(cell, close)]]


def _cell_lines_compact(grid: Grid, rng: Random) -> list[Piece]:
    """Blank cells leave no line."""
    return _stacked(_headings_broken(without_blanks(grid), rng, "\n"), "", "\n" * rng.choice((1, 1, 2)))


def _cell_lines_by_row(grid: Grid, rng: Random) -> list[Piece]:
    """One cell per line, a blank line after each row; blank cells leave no line."""
    return [piece for row in without_blanks(grid) for piece in [*_stacked([row], "", "\n"), ("\n", None)]]


# ---- one line


def _one_line(grid: Grid, rng: Random) -> list[Piece]:
    """The whole table on one line, blanks between the cells; blank cells leave nothing."""
    gap = rng.choice((" ", " ", "  ", "\u3000", "   "))
    return spaced([cell for row in grid for cell in row], gap)


def _glued(grid: Grid, rng: Random) -> list[Piece]:
    return _merged(piece for row in grid for cell in row for piece in value(cell))


def _half_glued(grid: Grid, rng: Random) -> list[Piece]:
    """Blanks only here and there."""
    inside, outside = rng.choice((0.05, 0.2, 0.5)), rng.choice((0.05, 0.2, 0.5))
    pieces: list[Piece] = []
    for cell in (cell for row in grid for cell in row if cell.text):
        gap = " " if rng.random() < (inside if cell.label else outside) else ""
        pieces += [*value(cell), (gap, None)]
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


# ---- broken rows


def _broken_rows(grid: Grid, rng: Random) -> list[Piece]:
    """Rows broken amid their values: `7.属于行政执法案卷 849 0 703⏎0 93 347⏎1992`; in some tables a page ends there."""
    gap, size, page = " " * rng.choice((1, 1, 2, 4)), rng.randrange(3, 7), rng.randrange(1, 5)
    style, share, feed = rng.choice(PAGE_NUMBERS), rng.choice((0, 0, 0.04)), rng.choice(("", "\f"))
    pieces: list[Piece] = []
    for row in without_blanks(grid):
        first, *others = _some_values_a_line(row, size)
        pieces += [*spaced(first, gap), ("\n", None)]
        for line in others:
            if rng.random() < share:
                pieces.append((style.format(page) + "\n" + feed, None))
                page += 1
            pieces += [*spaced(line, gap), ("\n", None)]
    return pieces


def _some_values_a_line(row: list[Cell], size: int) -> list[list[Cell]]:
    """The headings of a row with its first `size` values, then as many values a line as are left."""
    at = first_value(row)
    ends = range(len(row), len(row) + 1) if at is None else range(at + size, len(row) + size, size)
    return [row[0 if end == ends[0] else end - size : end] for end in ends]


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
        return [(opened, None), *value(cell), (closed + closing, None)]
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
    "bold_markdown": _bold_markdown,
    "soft_markdown": _soft_markdown,
    "drawn": _drawn,
    "nodes": _nodes,
    "repeated": _repeated,
    "bars_and_breaks": _bars_and_breaks,
    "named_values": _named_values,
    "small_markdown": _small_markdown,
    "torn_markdown": torn_markdown,
}
LAYOUTS: dict[str, Layout] = {
    **SHOWING,
    "pipes_compact": _pipes_compact,
    "cell_lines_compact": _cell_lines_compact,
    "cell_lines_by_row": _cell_lines_by_row,
    "pdf": pdf,
    "pdf_wrapped": pdf_wrapped,
    "pdf_interleaved": pdf_interleaved,
    "pdf_cells": pdf_cells,
    "pdf_columns": pdf_columns,
    "centred": _centred,
    "one_line": _one_line,
    "glued": _glued,
    "half_glued": _half_glued,
    "csv": _csv,
    "broken_rows": _broken_rows,
}
