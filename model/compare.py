"""Several years of one agency side by side: what one report hands over to the next must arrive there."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from model.checks import SURE
from model.errors import NotComparable
from model.fields import fuller
from model.form import APPLICANTS, APPLICATIONS, FORM_2021

JUMP = 10  # times more or less than the year before, and at least that many more or less, is worth a look
RULES = {
    "compare.carried_over": "what goes to next year arrives there as carried over from last year",
    "compare.in_force": "in force last year, and issued, less repealed this year = in force this year",
    "compare.jump": f"a row's total is {JUMP} times, and {JUMP} applications, more or less than the year before",
}
_STOCKS = tuple(row.key for row in FORM_2021.disclosure if "in_force" in row.columns)


@dataclass(frozen=True)
class Comparison:
    """One figure of a year against the year before. `cells` are JSON Pointers, `years` says in whose report: the last
    cell stands in the later report. `jump` is no fault: a figure that is unlike the year before's."""

    rule: str
    years: tuple[int, int]
    status: Literal["pass", "fail", "jump", "not_assessable"]
    cells: list[str]
    expected: int | None = None
    actual: int | None = None
    suspect: Literal["source", "extraction"] | None = None


@dataclass(frozen=True)
class Year:
    """What one report says: cells by JSON Pointer, and how surely each was read (1.0 for one that has no score)."""

    year: int
    agency: str | None
    cells: Mapping[str, int | str]
    scores: Mapping[str, float]

    def sure(self, pointer: str) -> bool:
        return self.scores.get(pointer, 1.0) >= SURE


def compare(years: Sequence[Year]) -> list[Comparison]:
    """What follows, year by year. A year that is missing is not bridged.

    Raises NotComparable where a year is given twice or the agencies differ; an agency of None is taken for the others',
    and names of which one has a place before it are of one agency: 西山区教育局, 昆明市西山区教育局.
    """
    if len({year.year for year in years}) < len(years):
        raise NotComparable("two reports are of the same year; give each year once")
    names = sorted({year.agency for year in years} - {None}, key=len)
    if any(not fuller(full, name) for name, full in pairwise(names)):
        raise NotComparable("the reports are of different agencies; give the years of one")
    following = pairwise(sorted(years, key=lambda year: year.year))
    return [found for one, next_ in following if next_.year == one.year + 1 for found in _between(one, next_)]


def _between(one: Year, following: Year) -> Iterator[Comparison]:
    for column in APPLICANTS:
        left = f"/applications/carried_over_to_next_year/{column}"
        arrived = f"/applications/carried_over_from_previous_year/{column}"
        yield _balanced("compare.carried_over", one, following, [(one, left, 1)], arrived)
    for row in _STOCKS:
        stock = f"/proactive_disclosure/{row}"
        flow = [(one, "in_force", 1), (following, "issued", 1), (following, "repealed", -1)]
        parts = [(year, f"{stock}/{column}", sign) for year, column, sign in flow]
        yield _balanced("compare.in_force", one, following, parts, f"{stock}/in_force")
    for row in APPLICATIONS:
        yield from _jump(f"/applications/{row.key}/total", one, following)


def _balanced(rule: str, one: Year, following: Year, parts: list[tuple[Year, str, int]], total: str) -> Comparison:
    """Whether the signed `parts` add up to the cell `total` of the following year."""
    years, cells = (one.year, following.year), [*(pointer for _, pointer, _ in parts), total]
    printed = [*(year.cells.get(pointer) for year, pointer, _ in parts), following.cells.get(total)]
    if None in printed:
        return Comparison(rule, years, "not_assessable", cells)
    expected = sum(sign * int(value) for (_, _, sign), value in zip(parts, printed[:-1], strict=True))
    if expected == int(printed[-1]):
        return Comparison(rule, years, "pass", cells, expected, expected)
    sure = following.sure(total) and all(year.sure(pointer) for year, pointer, _ in parts)
    return Comparison(rule, years, "fail", cells, expected, int(printed[-1]), "source" if sure else "extraction")


def _jump(pointer: str, one: Year, following: Year) -> Iterator[Comparison]:
    before, after = one.cells.get(pointer), following.cells.get(pointer)
    if before is None or after is None:
        return
    small, large = sorted((int(before), int(after)))
    if large - small >= JUMP and large >= JUMP * small:
        yield Comparison("compare.jump", (one.year, following.year), "jump", [pointer, pointer], before, after)
