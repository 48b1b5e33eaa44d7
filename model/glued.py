"""Digits printed without anything between the cells: every reading that the identities of the row allow.

A fragment is a run of digits as printed; between fragments no number goes on. The empty fragment is a cell that is
visibly blank. A reading is one value a column, None where the cell is blank. Every search is exact and bounded:
past its bound it raises TooManyReadings instead of answering with a part.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import chain, combinations
from math import comb

import numpy as np

from model.numbers import LONGEST

Values = tuple[int | None, ...]
Identity = Sequence[tuple[str, int]]  # (row, sign): the signed values of the rows add up to 0 in every column

STATES = 20_000  # open partial readings of one row
MANY = 1_000  # readings of one row with blank cells; so many hardly ever agree on a value
STEPS = 100_000  # partial sums visited when rows are read together
_FEW = 50  # partial readings; so few are followed faster than pruned
_BLANK = "_"


class TooManyReadings(ValueError):
    """The digits leave more readings open than the bound allows."""


def splits(fragments: Sequence[str], columns: int, limit: int = STATES, groups: int = 1) -> list[Values]:
    """All ways to cut the fragments into groups of `columns` numbers, the last of each the sum of the others.

    `["230", "000023"]` in 7 columns is (23, 0, 0, 0, 0, 0, 23) alone. No number but 0 begins with 0 or has more than
    LONGEST digits. Read from the right, where each group shows its total first: a part is never above what is left, and
    in the middle of a group what is left must be the sum of a beginning of the group, read from its left end.
    At most `limit` partial readings are open at a time, each with at most LONGEST continuations for each of
    groups * columns cells; TooManyReadings beyond.
    """
    digits, begins = _stream(fragments)
    cells = columns * groups
    if not cells <= len(digits) <= cells * LONGEST or set(digits) - set(f"0123456789{_BLANK}"):
        return []
    layer, middle = [((), len(digits), 0)], columns // 2
    halves = None
    for cell in reversed(range(cells)):
        layer = [state for one in layer for state in _left_of(one, digits, begins, cell, columns)]
        if cell % columns == middle and len(layer) > _FEW:
            halves = halves or _halves(range(len(digits) if groups > 1 else 1), digits, begins, middle)
            layer = [state for state in layer if state[1:] in halves]
        if len(layer) > limit:
            raise TooManyReadings(f"{digits[:40]} in {cells} cells")
    return [values for values, start, _ in layer if start == 0]


def placements(numbers: Sequence[int | None], columns: int, groups: int = 1) -> list[Values]:
    """All ways to spread the numbers, in order, over the cells so that each group balances, other cells left blank.

    None among the numbers is a visibly blank cell. Zeros balance with or without a total, since nothing says that a 0
    is one; any other value needs its total, and a total its parts. At most C(columns * groups, len(numbers)) are
    tried: 6,435 for fifteen cells. TooManyReadings where more than MANY balance.
    """
    which = _places(columns * groups, len(numbers))
    cells = np.array([0, *(number or 0 for number in numbers)], dtype=np.int64)[which].reshape(-1, groups, columns)
    which = which[(cells.sum(axis=2) == 2 * cells[..., -1]).all(axis=1)]
    which = np.where(np.array([False, *(number is not None for number in numbers)])[which], which, 0)
    seen = (which > 0).reshape(-1, groups, columns)
    which = which[(seen[..., :-1].any(axis=2) | ~seen[..., -1]).all(axis=1)]
    which = np.unique(which, axis=0) if None in numbers else which
    if len(which) > MANY:
        raise TooManyReadings(f"{len(numbers)} numbers in {columns * groups} cells")
    return [*map(tuple, np.array([None, *numbers], dtype=object)[which].tolist())]


@cache
def _places(cells: int, count: int) -> np.ndarray:
    """All ways to put numbers 1 to `count`, in order, into cells, shape (ways, cells); 0 is a cell left blank."""
    ways = comb(cells, count)
    chosen = np.fromiter(chain.from_iterable(combinations(range(cells), count)), dtype=np.int64, count=ways * count)
    which = np.zeros((ways, cells), dtype=np.int8)
    np.put_along_axis(which, chosen.reshape(ways, count), np.arange(1, count + 1), axis=1)
    return which


def balances(row: Values, groups: int = 1) -> bool:
    """Whether the last value of every group is the sum of its others, blank cells counting as absent."""
    size = len(row) // groups
    return all(_group_balances(row[at : at + size]) for at in range(0, len(row), size))


def candidates(fragments: Sequence[str], columns: int, groups: int = 1, glued: bool = True) -> list[Values]:
    """Every reading of a row with fewer fragments than cells: some are `glued`, or some cells are blank unseen."""
    cut = splits(fragments, columns, groups=groups) if glued else []
    if len(fragments) >= columns * groups or not all(map(_whole, fragments)):
        return cut
    spread = placements([int(one) if one else None for one in fragments], columns, groups)
    return list(dict.fromkeys(cut + spread)) if cut else spread


def cuts(fragments: Sequence[str], signed: Sequence[bool], decimal: Sequence[bool]) -> list[tuple[str | None, ...]]:
    """Every reading, as printed, of a row without an identity; `signed` and `decimal` say which columns may be so.

    `["007"]` in three columns is ("0", "0", "7") alone, while `["100"]` may be one number, two or three.
    At most C(columns * LONGEST, columns) cuts are tried; the rows without an identity have up to three columns.
    """
    columns = len(signed)
    if sum(map(len, fragments)) > columns * (LONGEST + 2):
        return []
    readings = set()
    for numbers in _pieces(fragments, columns):
        for chosen in combinations(range(columns), len(numbers)):
            if all(_fits(one, signed[at], decimal[at]) for at, one in zip(chosen, numbers, strict=True)):
                values = dict(zip(chosen, numbers, strict=True))
                readings.add(tuple(values.get(column) or None for column in range(columns)))
    return sorted(readings, key=repr)


def agreed(readings: Sequence[tuple]) -> tuple:
    """Column by column the value that all readings share, else None; () where there is no reading."""
    return tuple(column[0] if len(set(column)) == 1 else None for column in zip(*readings, strict=True))


def solve_rows(rows: Mapping[str, Sequence[Values]], identities: Sequence[Identity]) -> dict[str, list[Values]]:
    """The readings of each row that take part in a joint solution of the identities; a blank adds nothing.

    A row with one reading is taken as it is. An identity with a row that is missing or has no reading says nothing.
    Where the identities cannot be met together (the printed figures break them) they decide nothing: all stay.
    Sums reached by several ways are followed once. TooManyReadings after STEPS steps.
    """
    kept = {key: list(readings) for key, readings in rows.items()}
    open_rows = [key for key, readings in kept.items() if len(readings) > 1]
    usable = [one for one in identities if _says_something(one, kept)]
    if not usable:
        return kept
    shifts = {key: _shifts(key, readings, usable) for key, readings in kept.items() if readings}
    start = sum(shifts[key][0] for key in shifts if key not in open_rows)
    alive = _joint(start + np.zeros_like(shifts[open_rows[0]][:1]), [shifts[key] for key in open_rows])
    for key, flags in zip(open_rows, alive, strict=True):
        kept[key] = [reading for reading, flag in zip(kept[key], flags, strict=True) if flag] or kept[key]
    return kept


def _says_something(identity: Identity, rows: Mapping[str, Sequence[Values]]) -> bool:
    """Whether all rows of an identity are there and at least one has several readings."""
    counts = [len(rows.get(key, ())) for key, _ in identity]
    return min(counts) > 0 and max(counts) > 1


def _stream(fragments: Sequence[str]) -> tuple[str, list[int]]:
    """The fragments in one string, and for each position in it where its fragment begins."""
    parts = [fragment or _BLANK for fragment in fragments]
    begins, at = [], 0
    for part in parts:
        begins += [at] * len(part)
        at += len(part)
    return "".join(parts), begins


def _left_of(state, digits: str, begins: list[int], cell: int, columns: int):
    """The states that add one more cell, number `cell` of the row, at the left of a state (values, start, sum left)."""
    values, end, left = state
    if end <= cell:
        return
    total, first = cell % columns == columns - 1, cell % columns == 0
    if digits[end - 1] == _BLANK:
        if not total and not (first and left):
            yield (None, *values), end - 1, left
        return
    longest = LONGEST if total else len(str(left))
    for start in range(end - 1, max(begins[end - 1], end - longest, cell) - 1, -1):
        value = int(digits[start:end])
        if (digits[start] == "0" and end - start > 1) or (not total and value > left) or (first and value != left):
            continue
        rest = value if total else left - value
        if start <= cell * len(str(rest)) or cell >= columns:
            yield (value, *values), start, rest


def _halves(starts: range, digits: str, begins: list[int], cells: int) -> set[tuple[int, int]]:
    """Where the first `cells` cells of a group that begins at one of `starts` may end, and their sum."""
    found = {(start, 0) for start in starts}
    for _ in range(cells):
        found = {(end, left + value) for at, left in found for value, end in _right_of(at, digits, begins)}
    return found


def _right_of(at: int, digits: str, begins: list[int]):
    """The cells that begin at a digit, as (value, end)."""
    if digits[at : at + 1] == _BLANK:
        yield 0, at + 1
        return
    for end in range(at + 1, min(at + LONGEST, len(digits)) + 1):
        if begins[end - 1] != begins[at] or (digits[at] == "0" and end > at + 1):
            return
        yield int(digits[at:end]), end


def _whole(fragment: str) -> bool:
    """Whether a fragment can be one number, or is a blank cell."""
    return fragment in ("", "0") or (fragment.isdecimal() and fragment[0] != "0" and len(fragment) <= LONGEST)


def _group_balances(group: Values) -> bool:
    parts = [value for value in group[:-1] if value is not None]
    if group[-1] is None:
        return not any(parts)
    return bool(parts) and sum(parts) == group[-1]


def _pieces(fragments: Sequence[str], columns: int) -> list[tuple[str, ...]]:
    """All cuts of the fragments, in order, into at most `columns` printed numbers."""
    found = [()]
    for fragment in fragments:
        found = [(*head, *tail) for head in found for tail in _cut(fragment, columns - len(head))]
    return found


def _cut(fragment: str, most: int) -> list[tuple[str, ...]]:
    """All cuts of one fragment into one to `most` strings; the empty fragment stays one."""
    if most < 1:
        return []
    places = range(1, len(fragment))
    chosen = [inner for count in range(most) for inner in combinations(places, count)]
    return [tuple(fragment[a:b] for a, b in zip((0, *inner), (*inner, len(fragment)), strict=True)) for inner in chosen]


def _fits(number: str, signed: bool, decimal: bool) -> bool:
    """Whether a printed number may stand in such a column; the empty one is a blank cell and may stand anywhere."""
    figure = number.removeprefix("-") if signed else number
    whole, point, fraction = figure.partition(".")
    if not number:
        return True
    if point and not (decimal and fraction.isdecimal()):
        return False
    return _whole(whole) and whole != ""


def _shifts(key: str, readings: Sequence[Values], identities: Sequence[Identity]) -> np.ndarray:
    """What each reading of a row adds to each identity, column by column, shape (readings, identities * columns)."""
    values = np.array([[value or 0 for value in reading] for reading in readings], dtype=np.int64)
    return np.hstack([dict(identity).get(key, 0) * values for identity in identities])


def _joint(states: np.ndarray, rows: list[np.ndarray]) -> list[np.ndarray]:
    """For every row and shift, whether some choice of one shift a row leads from the one state, shape (1, sums), to all
    zeros through it. The shifts of a row have shape (shifts, sums)."""
    steps, led_to = 0, []  # for each row, the state that each of its shifts leads to from each state; -1 is none
    for at, shifts in enumerate(rows):
        steps += len(states) * len(shifts)
        if steps > STEPS:
            raise TooManyReadings(f"{len(rows)} rows with several readings each")
        reached = states[:, None] + shifts
        least, most = _reach(rows[at + 1 :])
        hopeful = ((least <= -reached) & (-reached <= most)).all(axis=2)
        sums = reached[hopeful].view(f"V{states.itemsize * states.shape[1]}").ravel().tolist()
        number = {one: at for at, one in enumerate(dict.fromkeys(sums))}
        states = np.frombuffer(b"".join(number), dtype=states.dtype).reshape(-1, states.shape[1])
        led_to.append(np.full(hopeful.shape, -1))
        led_to[-1][hopeful] = [number[one] for one in sums]
    good, alive = np.ones(len(states), dtype=bool), []
    for ends in reversed(led_to):
        leads = np.append(good, False)[ends]
        alive.append(leads.any(axis=0))
        good = leads.any(axis=1)
    return alive[::-1]


def _reach(rows: list[np.ndarray]) -> tuple[np.ndarray | int, np.ndarray | int]:
    """The least and the greatest that the rows can still add to each sum."""
    return sum(shifts.min(axis=0) for shifts in rows), sum(shifts.max(axis=0) for shifts in rows)
