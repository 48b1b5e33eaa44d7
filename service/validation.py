"""Reports that come from outside, edited or made by others: their shape, and the cells that can be checked."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from pydantic import TypeAdapter, ValidationError

from model import checks
from model.form import AMOUNTS
from model.report import Check, Report, cells_of
from service.schema import report_schema

MOST_FAULTS = 1_000  # are named: a body of nothing but faults would take minutes
_REPORT = TypeAdapter(Report)
_SCHEMA = report_schema()


@dataclass(frozen=True)
class Fault:
    """Something that the schema of reports does not allow; `pointer` is a JSON Pointer into the report as sent."""

    pointer: str
    message: str


@dataclass(frozen=True)
class Validation:
    """`valid`: the report is what the schema demands. `checks` are evaluated on whatever cells are there."""

    valid: bool
    faults: list[Fault]
    checks: list[Check]


def validate(report: dict) -> Validation:
    """The shape of a report and every identity of the form. Figures without evidence count as surely read."""
    found = faults(report)
    cells = sound_cells(report)
    scores = dict.fromkeys(cells, 1.0) | confidences(report)
    return Validation(not found, found, checks.evaluate(cells, scores, _narrative(report), report.get("form")))


def faults(report: dict) -> list[Fault]:
    """Where the report departs from the schema, MOST_FAULTS at most; empty for what this service answers."""
    found = list(islice(_keys(_SCHEMA, report, ""), MOST_FAULTS))
    if len(found) == MOST_FAULTS:
        return found
    try:
        _REPORT.validate_json(json.dumps(report), strict=True)
    except ValidationError as error:
        missing = {fault.pointer for fault in found}
        said = [Fault(_pointer(one["loc"]), one["msg"]) for one in error.errors(include_input=False, include_url=False)]
        return [*found, *(fault for fault in said if fault.pointer not in missing)][:MOST_FAULTS]
    return found


def _keys(schema: dict, value: object, pointer: str) -> Iterator[Fault]:
    """Keys that the schema does not know, and those it demands that are not there, at any depth."""
    for branch in schema.get("anyOf", ()):
        yield from _keys(branch, value, pointer) if isinstance(value, dict) else ()
    if "$ref" in schema:
        yield from _keys(_SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]], value, pointer)
    if isinstance(value, list):
        for number, one in enumerate(value):
            yield from _keys(schema.get("items", {}), one, f"{pointer}/{number}")
    if isinstance(value, dict) and "properties" in schema:
        known = schema["properties"]
        yield from (
            Fault(_pointer((pointer, key)), "the schema knows no such key") for key in value if key not in known
        )
        yield from (Fault(_pointer((pointer, key)), "is missing") for key in known if key not in value)
        for key in known.keys() & value.keys():
            yield from _keys(known[key], value[key], _pointer((pointer, key)))


def sound_cells(report: dict) -> dict[str, int | str]:
    """The cells of the official tables that are of the right type."""
    tables = {name: report.get(name) for name in ("proactive_disclosure", "applications", "appeals")}
    cells = cells_of({name: table for name, table in tables.items() if isinstance(table, dict)})
    return {pointer: value for pointer, value in cells.items() if _sound(pointer, value)}


def _sound(pointer: str, value: object) -> bool:
    return isinstance(value, str if pointer.endswith(AMOUNTS) else int) and not isinstance(value, bool)


def confidences(report: dict) -> dict[str, float]:
    """How surely each cell was read, where evidence says so."""
    evidence = report.get("evidence")
    said = evidence.items() if isinstance(evidence, dict) else ()
    scores = {pointer: _confidence(place) for pointer, place in said if isinstance(place, dict)}
    return {pointer: score for pointer, score in scores.items() if score is not None}


def _confidence(place: dict) -> float | None:
    """The confidence of a fact or of evidence; None where it is no probability."""
    score = place.get("confidence")
    return float(score) if isinstance(score, int | float) and 0 <= score <= 1 else None


def _narrative(report: dict) -> Iterator[checks.Told]:
    """The facts whose kind and value are of the right type."""
    facts = report.get("facts")
    for fact in facts if isinstance(facts, list) else ():
        if isinstance(fact, dict) and isinstance(fact.get("kind"), str) and type(fact.get("value")) in (int, float):
            whole, score = fact.get("channel") is None and not fact.get("approximate"), _confidence(fact)
            yield checks.Told(fact["kind"], fact["value"], whole, 1.0 if score is None else score)


def _pointer(place: tuple) -> str:
    """A JSON Pointer from its steps; a first step that is a pointer itself is gone on from. No step is all of it."""
    first, *rest = place if place and (str(place[0]).startswith("/") or place[0] == "") else ("", *place)
    pointer = first + "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in rest)
    return pointer.encode("utf-8", "backslashreplace").decode()  # half a surrogate pair as JSON spells it
