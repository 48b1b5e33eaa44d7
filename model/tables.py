"""The three official tables, rebuilt from labelled cells: which printed value stands in which official cell."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from model.cells import STRUCTURE, Cell, by_row, lined_up, stacked
from model.form import (
    AMOUNTS,
    APPEALS,
    APPLICANTS,
    APPLICATIONS,
    FORMS,
    ONLY_2019,
    OUTCOME_ROWS,
    OUTCOMES,
    OVERDUE_ROWS,
)
from model.glued import TooManyReadings, Values, agreed, balances, candidates, cuts, solve_rows
from model.labels import cell_label
from model.numbers import SIGNS, cell_amount, cell_count
from model.report import Warning
from model.spans import LIKELY, Span

FAR = 100  # Chinese characters between two cells of one row: more means that the row is printed twice

_YUAN = re.compile(" ?元")
_THOUSANDS = re.compile(r"-?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_BARS = re.compile(r"[|\s]*")
_CHINESE = re.compile("[\u4e00-\u9fff]")
_DISCLOSURE = "proactive_disclosure."
# The rows whose number of cells tells the form: three in form 2019, one in form 2021.
_TELLING = ("administrative_licenses", "administrative_penalties")


@dataclass(frozen=True)
class Reading:
    """The value of one cell, read at characters [start, end) of the text; an amount is a decimal string.

    `score` is the model's probability for the span. `inferred`: the digits were glued or their column was not
    printed, and the identities of the table decided.
    """

    value: int | str
    start: int
    end: int
    score: float
    inferred: bool = False


@dataclass(frozen=True)
class Tables:
    """Cells by JSON Pointer; a cell that is blank, absent or unreadable is not among them. `form`: None if untold."""

    cells: dict[str, Reading]
    warnings: list[Warning]
    form: str | None


@dataclass(frozen=True)
class _Row:
    """The official cells of one row, and the run of printed cells to read them from.

    `groups`: how many totals the row has, at equal distances. `inferred`: a printed cell was left out as a stray.
    """

    pointers: tuple[str, ...]
    cells: tuple[Cell, ...]
    groups: int = 1
    inferred: bool = False

    @property
    def pointer(self) -> str:
        return "/appeals" if self.groups > 1 else self.pointers[0].rsplit("/", 1)[0]

    @property
    def disclosure(self) -> bool:
        """Whether it is a row of table two, which has no identity."""
        return self.pointer.startswith("/proactive_disclosure/")

    @property
    def complete(self) -> bool:
        return len(self.cells) == len(self.pointers)

    @property
    def plain(self) -> bool:
        """Whether its cells are its columns: not where they do not add up and one of the values is hardly likely."""
        doubted = any(cell.printed and cell.score < LIKELY for cell in self.cells) and not self.disclosure
        return self.complete and not (doubted and not balances(self.counts, self.groups))

    @property
    def counts(self) -> Values:
        return tuple(cell_count(cell.printed) for cell in self.cells)

    @property
    def figures(self) -> list[Cell]:
        return [figure for cell in self.cells for figure in cell.figures]


def rebuild(text: str, spans: Sequence[Span], in_force: str | None = None) -> Tables:
    """The tables of a normalised text from its labelled spans.

    `in_force` is the form that a report of this year had to use: it decides where the table does not tell. Without
    either the rows of table two are left out, since their columns have no name.
    """
    rows = by_row(text, spans)
    form = _form(text, rows, in_force)
    cells: dict[str, Reading] = {}
    warnings: list[Warning] = []
    for found, said in (
        _disclosure(text, rows, form, in_force),
        _applications(text, rows),
        _appeals(text, rows),
    ):
        cells |= found
        warnings += said
    return Tables(cells, warnings, form)


# The form


def _form(text: str, rows: Mapping[str, list[Cell]], in_force: str | None) -> str | None:
    """The form that the printed rows show; where they contradict each other, that in force.

    One cell in the row of licences is form 2021; in a report older than that form it is glued digits.
    """
    if any(cell.printed for key in ONLY_2019 for cell in rows.get(_DISCLOSURE + key, ())):
        return "2019"
    licences, penalties = (_first_length(text, rows.get(_DISCLOSURE + key, ())) for key in _TELLING)
    if {licences, penalties} - {0} == {3} or (3 in (licences, penalties) and in_force != "2021"):
        return "2019"
    return "2021" if licences == 1 and in_force in (None, "2021") else None


def _first_length(text: str, cells: Sequence[Cell]) -> int:
    """The number of cells in the first run of a row."""
    return len(_stretches(text, tuple(cells))[0]) if cells else 0


# Rows to readings

Read = tuple[dict[str, Reading], list[Warning]]


def _disclosure(text: str, rows: Mapping[str, list[Cell]], form: str | None, in_force: str | None) -> Read:
    """Table two. Its rows have no identity: one that is not printed cell by cell is read where its digits force it.

    Only where the table tells its form are untagged blank cells columns; else they may be those of wider rows.
    """
    cells, warnings = {}, []
    official = FORMS.get(form or in_force)
    named = {row.key: row for row in official.disclosure} if official else {}
    for label, printed in rows.items():
        if not label.startswith(_DISCLOSURE):
            continue
        key = label.removeprefix(_DISCLOSURE)
        pointer = f"/proactive_disclosure/{key}"
        if key not in named:
            warnings.append(Warning("unknown_row", "no such row in the form, or the form is not known", pointer))
            continue
        row = _row(pointer, named[key].columns, printed)
        row, said = _run(text, _begun(text, row, told=form is not None) or row)
        if _torn(text, row, named[key].title):
            found, more = _inferred(row, [])
        else:
            found, more = _direct(text, row) if row.plain else _inferred(row, _readings(text, row))
        cells |= found
        warnings += said + more
    return cells, [*warnings, *_missing("proactive_disclosure", named, rows)]


def _applications(text: str, rows: Mapping[str, list[Cell]]) -> Read:
    """Table three: rows printed cell by cell as they are, the others by the identities of row and column."""
    cells, warnings, readings, doubtful = {}, [], {}, {}
    for official in APPLICATIONS:
        printed = rows.get(cell_label("applications", official.key))
        if not printed:
            continue
        row, said = _run(text, _row(f"/applications/{official.key}", tuple(APPLICANTS), printed))
        warnings += said
        if row.plain and not _shifted(text, row):
            found, more = _direct(text, row)
            cells, warnings = cells | found, warnings + more
            values = (found.get(f"/applications/{official.key}/{column}") for column in APPLICANTS)
            readings[official.key] = [tuple(reading and reading.value for reading in values)]
        else:
            doubtful[official.key] = row
            readings[official.key] = _readings(text, row)
    solved = _solved(readings)
    for key, row in doubtful.items():
        found, more = _inferred(row, solved[key])
        cells, warnings = cells | found, warnings + more
    single = not any(cell_label("applications", key) in rows for key in OVERDUE_ROWS)  # （六）其他处理 is one row
    expected = [row.key for row in APPLICATIONS if not (single and row.key in OVERDUE_ROWS)]
    return cells, [*warnings, *_missing("applications", expected, rows)]


def _missing(table: str, expected: Iterable[str], rows: Mapping[str, list[Cell]]) -> list[Warning]:
    """One warning for the rows of a table that is printed in which nothing was found."""
    found = {key: cell_label(table, key) in rows for key in expected}
    lost = [key for key, seen in found.items() if not seen]
    told = Warning("rows_missing", f"no cell of these rows was found: {', '.join(lost)}", f"/{table}")
    return [told] if lost and any(found.values()) else []


def _solved(readings: dict[str, list[Values]]) -> dict[str, list[Values]]:
    """The readings that the columns allow; all of them where the search would be too long."""
    outcomes = [key for key in OUTCOME_ROWS if key in readings or key not in OVERDUE_ROWS]
    results = [*((key, 1) for key in outcomes), ("results/total", -1)]
    balance = [("new_applications", 1), ("carried_over_from_previous_year", 1)]
    balance += [("results/total", -1), ("carried_over_to_next_year", -1)]
    try:
        return solve_rows(readings, [results, balance])
    except TooManyReadings:
        return readings


def _appeals(text: str, rows: Mapping[str, list[Cell]]) -> Read:
    """Table four: one printed row of fifteen cells."""
    if "appeals" not in rows:
        return {}, []
    pointers = tuple(f"/appeals/{group}/{outcome}" for group in APPEALS for outcome in OUTCOMES)
    row, said = _run(text, _Row(pointers, tuple(rows["appeals"]), len(APPEALS)))
    found, more = _direct(text, row) if row.plain else _inferred(row, _readings(text, row))
    return found, said + more


def _row(pointer: str, columns: Sequence[str], cells: Sequence[Cell]) -> _Row:
    return _Row(tuple(f"{pointer}/{column}" for column in columns), tuple(cells))


def _direct(text: str, row: _Row) -> Read:
    """The values of a row that prints as many cells as it has columns: what is printed, whether or not it adds up."""
    cells, warnings = {}, []
    for pointer, cell in zip(row.pointers, row.cells, strict=True):
        value = cell_value(pointer, cell.printed)
        if value is not None:
            cells[pointer] = Reading(value, cell.start, cell.end, cell.score, row.inferred)
        elif cell.printed:
            warnings.append(Warning("not_a_number", f"the cell prints {cell.printed[:20]}", pointer))
        if value is not None and pointer.endswith("/amount_10k_cny") and _YUAN.match(text, cell.end):
            warnings.append(Warning("unit_in_cell", "元 is printed in a column in 万元; the figure is kept", pointer))
    return cells, warnings


def cell_value(pointer: str, printed: str) -> int | str | None:
    """The number that a printed cell shows, an amount as a decimal string; None where it shows none."""
    return cell_amount(printed) if pointer.endswith(AMOUNTS) else cell_count(printed)


# Rows that are not printed cell by cell


def _run(text: str, row: _Row) -> tuple[_Row, list[Warning]]:
    """The row with the cells of its first readable run, and a warning where another run prints other values."""
    if row.complete and all(cell.printed for cell in row.cells):  # nothing below would change it
        return row, []
    row = _cut_off(text, _with_blanks(text, _without_padding(_without_label(text, _without_breaks(text, row)))))
    if row.complete:
        return row, []
    runs = [replace(row, cells=run) for stretch in _stretches(text, row.cells) for run in _chunks(stretch, row)]
    if len(runs) == 1:
        return _once(text, row), []
    complete = [run for run in runs if run.complete]
    first = next(iter(complete), next((run for run in [*runs, row] if _readings(text, run)), runs[0]))
    if first is row or all(_printed(run) == _printed(first) for run in runs):
        return first, []
    return first, [Warning("repeated_row", "printed again with other values; the first are kept", row.pointer)]


def _without_breaks(text: str, row: _Row) -> _Row:
    """Where bars part the cells of a row over several lines, `0  | ⏎ 4  | ⏎`, the line breaks and tabs right before a
    value close no cell."""
    printed = [cell for cell in row.cells if cell.printed]
    if not printed[1:] or any("|" not in text[a.end : b.start] for a, b in pairwise(printed)):
        return row
    kept: list[Cell] = []
    edge = 0  # where the value begins, with the breaks before it; 0 where something else follows
    for cell in reversed(row.cells):
        idle = edge and not cell.printed and text[cell.start] in "\n\t" and not text[cell.end : edge].strip()
        edge = cell.start if cell.printed or idle else 0
        kept += [] if idle else [cell]
    return replace(row, cells=tuple(reversed(kept)))


def _without_label(text: str, row: _Row) -> _Row:
    """The bar that closes the label is no blank cell: words stand before it, and none other up to the first value."""
    blank, *others = row.cells
    if blank.printed or not others or not others[0].printed or "|" in text[blank.end : others[0].start]:
        return row
    before = text[: blank.start].rstrip()[-1:]
    closing = text[blank.start : blank.end] == "|" and before and not before.isdecimal() and before not in STRUCTURE
    return replace(row, cells=tuple(others)) if closing else row


def _without_padding(row: _Row) -> _Row:
    """Blank cells behind the last official one are padding, or an empty row below. So are all blank cells of a row that
    prints a value for each of its columns, if those add up."""
    if not any(cell.printed for cell in row.cells[len(row.pointers) :]):
        return replace(row, cells=row.cells[: len(row.pointers)])
    full = replace(row, cells=tuple(cell for cell in row.cells if cell.printed))
    return full if full.complete and not row.disclosure and balances(full.counts, row.groups) else row


def _shifted(text: str, row: _Row) -> bool:
    """Whether its blank cells may be the padding of a converter that dropped the true ones: where more bars stand
    behind its values than it has columns, `3 | 3 | |||||||`, the second may be the total."""
    shown = [cell for cell in row.cells if cell.printed]
    if not 1 < len(shown) < len(row.cells) - 1 or row.cells[: len(shown)] != tuple(shown):
        return False
    *parts, last = (cell_count(cell.printed) for cell in shown)
    bars = text.count("|", shown[0].start, _BARS.match(text, shown[-1].end).end())
    padded = bars > len(row.pointers) + 1  # one more may begin the next row
    return padded and bool(last) and None not in parts and last == sum(parts)


def _with_blanks(text: str, row: _Row) -> _Row:
    """The row with its blank cells, also those that were not tagged, where the text shows them. In table two merged
    cells may be printed as blank ones."""
    return row if row.disclosure else _stacked(text, row) or _lined_up(text, row) or row


def _stacked(text: str, row: _Row) -> _Row | None:
    """The row as its cells stand one below the other, if it then adds up. That of table four has no label."""
    found = stacked(text, row.cells, len(row.pointers), labelled=row.groups == 1)
    full = replace(row, cells=tuple(found or ()))
    return full if found and balances(full.counts, row.groups) else None


def _lined_up(text: str, row: _Row) -> _Row | None:
    """The row as its cells stand on one line. A label may be printed with a blank cell: one that was not tagged before
    all others is one of the row's only if the row then adds up."""
    found = None if row.complete else lined_up(text, row.cells, len(row.pointers))
    full = replace(row, cells=tuple(found or ()))
    return full if found and (found[0] is row.cells[0] or balances(full.counts, row.groups)) else None


def _begun(text: str, row: _Row, told: bool) -> _Row | None:
    """The row as its cells stand on one line, if the first prints something: merged cells are printed as blank ones. A
    blank one that was not tagged is a column only where the table has `told` its form; a word always is."""
    found = None if row.complete else lined_up(text, row.cells, len(row.pointers))
    if not found or found[0] is not row.cells[0] or not found[0].printed:
        return None
    known = told or all(cell.printed or cell in row.cells for cell in found)
    return replace(row, cells=tuple(found)) if known else None


def _cut_off(text: str, row: _Row) -> _Row:
    """A row in which the text breaks off has its first columns only, if every cell shows where it ends.

    The last row of a table may end the text by rights, its blank cells unseen; it is left to the identities.
    """
    gaps = ["".join(one for one in text[a.end : b.start] if one in STRUCTURE) for a, b in pairwise(row.cells)]
    parted = all(cell.printed for cell in row.cells) and all(gap and gap == gaps[0] for gap in gaps)
    last = row.disclosure or row.groups > 1 or row.pointer.endswith(APPLICATIONS[-1].key)
    if last or not parted or len(gaps) < 2 or text[row.cells[-1].end :].strip(STRUCTURE + " "):
        return row
    return replace(row, pointers=row.pointers[: len(row.cells)])


def _once(text: str, row: _Row) -> _Row:
    """One run of cells without what does not belong to it: its own repetition, or one stray cell."""
    half = replace(row, cells=row.cells[: len(row.cells) // 2])
    if _printed(half) * 2 == _printed(row) and _readings(text, half):
        return half
    return _without_stray(row) or row


def _stretches(text: str, cells: tuple[Cell, ...]) -> list[tuple[Cell, ...]]:
    """The cells parted where much text stands between two of them."""
    gaps = [len(_CHINESE.findall(text, a.end, b.start)) > FAR for a, b in pairwise(cells)]
    edges = [0, *(at for at, far in enumerate(gaps, 1) if far), len(cells)]
    return [cells[a:b] for a, b in pairwise(edges)]


def _chunks(cells: tuple[Cell, ...], row: _Row) -> list[tuple[Cell, ...]]:
    """Cells that print the same row several times, in its parts; any others whole, since values of two rows side by
    side do not say which are the row's."""
    size = len(row.pointers)
    parts = [cells[at : at + size] for at in range(0, len(cells), size)]
    return parts if len({tuple(cell.printed for cell in part) for part in parts}) == 1 else [cells]


def _printed(row: _Row) -> list[str]:
    return [cell.printed for cell in row.cells]


def _without_stray(row: _Row) -> _Row | None:
    """A row with one cell too many, without the one the model doubts most, if leaving out no other reads otherwise."""
    if row.disclosure or len(row.cells) != len(row.pointers) + 1:
        return None
    shorter = [replace(row, cells=row.cells[:at] + row.cells[at + 1 :]) for at in range(len(row.cells))]
    scored = zip((cell.score for cell in row.cells), shorter, strict=True)
    balanced = [(score, one) for score, one in scored if balances(one.counts, row.groups)]
    if len({one.counts for _, one in balanced}) != 1:
        return None
    score, found = min(balanced, key=lambda pair: pair[0])
    return replace(found, inferred=True) if score == min(cell.score for cell in row.cells) else None


def _torn(text: str, row: _Row, title: str) -> bool:
    """Whether its title stands between its cells: a value fell out of it, and nobody can tell which column that left,
    unless all print the same."""
    gaps = ("".join(_CHINESE.findall(text, a.end, b.start)) for a, b in pairwise(row.cells))
    return any(title in gap for gap in gaps) and len(set(_printed(row))) > 1


def _readings(text: str, row: _Row) -> list[tuple]:
    """Every way to read the digits of a row in its columns; none where there are too many. Digits with a separator
    between every two cells are not cut: only which column they stand in is open."""
    if len(row.cells) > len(row.pointers):
        return []
    if any("," in figure.printed and not _THOUSANDS.fullmatch(figure.printed) for figure in row.figures):
        return []  # glued digits between separators: where a number ends is anybody's guess
    if any(cell.printed.count(",") > sum(figure.printed.count(",") for figure in cell.figures) for cell in row.cells):
        return []  # digits glued behind a thousand, `1,52915`
    if any(set(cell.printed) & set(SIGNS) for cell in row.cells):
        return []  # a sign in words is no digit
    figures = [figure.digits for figure in row.figures]
    if row.disclosure:
        columns = [pointer.rsplit("/", 1)[1] for pointer in row.pointers]
        return cuts(figures, [column == "change" for column in columns], [column in AMOUNTS for column in columns])
    try:
        return candidates(figures, len(row.pointers) // row.groups, row.groups, glued=not _barred(text, row))
    except TooManyReadings:
        return []


def _barred(text: str, row: _Row) -> bool:
    gaps = [text[a.end : b.start] for a, b in pairwise(row.cells)]
    return bool(gaps) and all(set(gap) & set("|\t") for gap in gaps)


def _inferred(row: _Row, readings: Sequence[tuple]) -> Read:
    """The values on which all readings of a row agree, each at the digits it was read from."""
    cells = {}
    for at, value in enumerate(agreed(readings)):
        if value is not None:
            start, end, score = _place(row, readings[0], at)
            pointer = row.pointers[at]
            cells[pointer] = Reading(cell_value(pointer, str(value)), start, end, score, inferred=True)
    if readings and all(len(set(column)) == 1 for column in zip(*readings, strict=True)):
        return cells, []
    return cells, [Warning("unreadable_row", "the digits of the row can be read in no or in several ways", row.pointer)]


def _place(row: _Row, reading: tuple, at: int) -> tuple[int, int, float]:
    """Where the value of column `at` is printed, by counting off the digits of the values before it; and its score."""
    places = [(place, figure.score) for figure in row.figures for place in figure.places]
    before = sum(len(str(value)) for value in reading[:at] if value is not None)
    own = places[before : before + len(str(reading[at]))]
    return own[0][0], own[-1][0] + 1, min(score for _, score in own)
