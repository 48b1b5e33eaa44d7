"""The structured report: the public contract, declared once. FastAPI and the JSON Schema derive from these classes.

Offsets are Unicode code points into the text as posted, end exclusive: `posted[start:end] == text`.
"""

from dataclasses import asdict, dataclass, field, make_dataclass
from typing import Literal

from model.form import APPEALS, APPLICANTS, APPLICATIONS, FORMS, OUTCOMES, SECTIONS

SCHEMA_VERSION = "1"
SectionKind = Literal["preamble", *SECTIONS, "closing"]


@dataclass(frozen=True)
class Section:
    """A stretch of the posted text. `title` is its printed heading, None for what stands before the first one."""

    kind: SectionKind
    title: str | None
    start: int
    end: int


@dataclass(frozen=True)
class Contact:
    """Printed contact data of the agency, in reading order, without repetition."""

    address: list[str] = field(default_factory=list)
    postal_code: list[str] = field(default_factory=list)
    phone: list[str] = field(default_factory=list)
    fax: list[str] = field(default_factory=list)
    email: list[str] = field(default_factory=list)
    website: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Fact:
    """One printed quantity. `category` is the printed name of the breakdown; `unit` is None where none is printed.
    `confidence` is a calibrated probability, 0 to 1, that kind and extent are right."""

    kind: str
    value: int | float
    unit: str | None
    channel: str | None
    category: str | None
    approximate: bool
    text: str
    start: int
    end: int
    confidence: float


@dataclass(frozen=True)
class Evidence:
    """Where a cell was read. `inferred` marks digits that were printed glued together and split by the identities."""

    start: int
    end: int
    text: str
    confidence: float
    inferred: bool = False


@dataclass(frozen=True)
class Check:
    """One identity of the form, evaluated. `suspect` says, for a failed check, whether the digits were read surely
    ("source": the agency printed figures that do not add up) or not ("extraction")."""

    rule: str
    status: Literal["pass", "fail", "not_assessable"]
    cells: list[str]
    expected: int | None = None
    actual: int | None = None
    suspect: Literal["source", "extraction"] | None = None


@dataclass(frozen=True)
class Warning:
    """Something a reader of the figures should know; `pointer` is a JSON Pointer into the report, or None."""

    code: str
    message: str
    pointer: str | None = None


@dataclass(frozen=True)
class ModelInfo:
    """The weights that read the report."""

    name: str
    version: str
    labels_version: str


def _record(name: str, fields: dict[str, type], doc: str) -> type:
    """A frozen dataclass of optional fields, all None unless given."""
    made = make_dataclass(name, [(key, kind | None, None) for key, kind in fields.items()], frozen=True)
    made.__doc__, made.__module__ = doc, __name__
    return made


def _tree(name: str, leaves: dict[str, type], doc: str) -> type:
    """The nested record of paths such as results/denied/state_secret."""
    branches: dict[str, dict | type] = {}
    for path, leaf in leaves.items():
        head, _, rest = path.partition("/")
        if rest:
            branches.setdefault(head, {})[rest] = leaf
        else:
            branches[head] = leaf
    fields = {}
    for key, branch in branches.items():
        below = name + key.title().replace("_", "")
        fields[key] = _tree(below, branch, doc) if isinstance(branch, dict) else branch
    return _record(name, fields, doc)


Applicants = _record("Applicants", dict.fromkeys(APPLICANTS, int), "One row of table three: seven applicant columns.")
Outcomes = _record("Outcomes", dict.fromkeys(OUTCOMES, int), "One group of table four: four outcomes and their total.")
_ROWS = {row.key: Applicants for row in APPLICATIONS}
Applications = _tree("Applications", _ROWS, "Table three, 收到和处理政府信息公开申请情况.")
Appeals = _record("Appeals", dict.fromkeys(APPEALS, Outcomes), "Table four, 政府信息公开行政复议、行政诉讼情况.")


def _disclosure() -> type:
    """Table two: every row of both forms, each with the columns of both (those the form lacks stay None)."""
    columns: dict[str, dict[str, type]] = {}
    for form in FORMS.values():
        for row in form.disclosure:
            kinds = {column: str if "amount" in column else int for column in row.columns}
            columns.setdefault(row.key, {}).update(kinds)
    rows = {key: _record(key.title().replace("_", ""), kinds, "A row of table two.") for key, kinds in columns.items()}
    return _record("ProactiveDisclosure", rows, "Table two, 主动公开政府信息情况; amounts are decimal strings.")


ProactiveDisclosure = _disclosure()


@dataclass(frozen=True)
class Report:
    """One report, read. None means: not printed, or not readable (then a warning says so); never a guess."""

    status: Literal["ok", "partial", "not_a_report"]
    agency: str | None
    year: int | None
    form: Literal["2021", "2019", "pre-2019"] | None
    published_on: str | None
    period: list[str] | None
    contact: Contact
    sections: list[Section]
    proactive_disclosure: ProactiveDisclosure
    applications: Applications
    appeals: Appeals
    facts: list[Fact]
    checks: list[Check]
    evidence: dict[str, Evidence]
    warnings: list[Warning]
    model: ModelInfo
    text_sha256: str
    schema_version: str = SCHEMA_VERSION


def nest(record: type, cells: dict[str, int | str], prefix: str):
    """A table record from cells by JSON Pointer: nest(Appeals, {"/appeals/reconsideration/total": 3}, "/appeals")."""
    values = {}
    for name, annotation in record.__annotations__.items():
        kind, pointer = annotation.__args__[0], f"{prefix}/{name}"
        values[name] = cells.get(pointer) if kind in (int, str) else nest(kind, cells, pointer)
    return record(**values)


def flatten(table: dict, prefix: str) -> dict[str, int | str]:
    """The inverse of `nest` on plain data: non-null cells by JSON Pointer."""
    cells = {}
    for name, value in (table or {}).items():
        if isinstance(value, dict):
            cells |= flatten(value, f"{prefix}/{name}")
        elif value is not None:
            cells[f"{prefix}/{name}"] = value
    return cells


def cells_of(report: dict) -> dict[str, int | str]:
    """Every non-null cell of a report in JSON form, by JSON Pointer."""
    tables = ("proactive_disclosure", "applications", "appeals")
    return {pointer: value for table in tables for pointer, value in flatten(report.get(table), f"/{table}").items()}


def to_json(report: Report) -> dict:
    """The report as plain data, in the order of the contract."""
    return {"schema_version": report.schema_version} | asdict(report)
