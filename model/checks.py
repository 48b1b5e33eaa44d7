"""Every identity that the form implies, evaluated: what should add up, and whether it does."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from model.form import APPLICANTS, IDENTITIES, OVERDUE_ROWS, Identity
from model.report import Check

SURE = 0.9  # from this score on a figure counts as read right, so that a broken sum is the source's own

_OTHER = "/applications/results/other/other/"
# The table's figure for each count that the narrative may state too.
_TOLD = {
    "applications_received": ("/applications/new_applications/total",),
    "reconsiderations": ("/appeals/reconsideration/total",),
    "litigations": ("/appeals/litigation_direct/total", "/appeals/litigation_after_reconsideration/total"),
}


class Told(NamedTuple):
    """A count that the narrative states, and the model's probability for its span. `whole`: it is exact, and of all
    channels together."""

    kind: str
    value: int | float
    whole: bool = True
    score: float = 1.0


def evaluate(
    cells: Mapping[str, int | str | None],
    scores: Mapping[str, float],
    narrative: Iterable[Told],
    form: str | None = None,
) -> list[Check]:
    """The checks of one report, in the order of form.IDENTITIES, then those of the narrative.

    `cells` and `scores` by JSON Pointer, a blank cell None or absent. Of the counts of one kind in the narrative the
    largest is the total, the others are breakdowns of it.
    """
    told = list(narrative)
    tables = [_identity(_of_this_form(identity, cells, form), cells, scores) for identity in IDENTITIES]
    return tables + [_told(kind, [one for one in told if one.kind == kind], cells, scores) for kind in _TOLD]


def _of_this_form(identity: Identity, cells: Mapping[str, int | str | None], form: str | None) -> Identity:
    """Form 2019 prints one row for three under （六）其他处理: filled alone, it is the sum's only one."""
    if identity.rule != "applications.results_total" or form == "2021":
        return identity
    absent = {f"/applications/{row}/{column}" for row in OVERDUE_ROWS for column in APPLICANTS}
    one_row = any(cells.get(_OTHER + column) is not None for column in APPLICANTS)
    if not one_row or any(cells.get(pointer) is not None for pointer in absent):
        return identity
    return Identity(identity.rule, tuple(part for part in identity.parts if part not in absent), identity.totals)


def _identity(identity: Identity, cells: Mapping[str, int | str | None], scores: Mapping[str, float]) -> Check:
    pointers = identity.parts + identity.totals
    values = {pointer: cells.get(pointer) for pointer in pointers}
    if None in values.values():
        return _not_assessable(identity.rule, pointers)
    expected, actual = (sum(int(values[p]) for p in side) for side in (identity.parts, identity.totals))
    return _compared(identity.rule, pointers, expected, actual, [scores.get(pointer, 0.0) for pointer in pointers])


def _told(kind: str, told: Sequence[Told], cells: Mapping[str, int | str | None], scores: Mapping[str, float]) -> Check:
    rule, pointers = f"narrative.{kind}", _TOLD[kind]
    if not told or any(cells.get(pointer) is None for pointer in pointers):
        return _not_assessable(rule, pointers)
    largest = max(told, key=lambda one: (one.value, one.whole))
    if not largest.whole:
        return _not_assessable(rule, pointers)
    figures = [int(cells[pointer]) for pointer in pointers]
    actual, apart = sum(figures), Counter(one.value for one in told if one.whole)
    if largest.value == max(figures) and Counter(figures) <= apart:  # 直接起诉 and 复议后起诉 told one by one
        largest = largest._replace(value=actual)
    return _compared(rule, pointers, largest.value, actual, [largest.score, *(scores.get(p, 0.0) for p in pointers)])


def _not_assessable(rule: str, pointers: tuple[str, ...]) -> Check:
    return Check(rule, "not_assessable", list(pointers))


def _compared(rule: str, pointers: tuple[str, ...], expected: int, actual: int, scores: Sequence[float]) -> Check:
    if expected == actual:
        return Check(rule, "pass", list(pointers), expected, actual)
    return Check(rule, "fail", list(pointers), expected, actual, "source" if min(scores) >= SURE else "extraction")
