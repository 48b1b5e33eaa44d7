"""The pipeline on one screen: posted text in, structured report out. READ FIRST."""

from hashlib import sha256

from model import checks, facts, fields, tables
from model.contact import contact
from model.errors import EmptyText
from model.form import SECTIONS, TABLES, form_in_force
from model.report import Appeals, Applications, Evidence, Fact, ProactiveDisclosure, Report, Section, Warning, nest
from model.sections import sections
from model.spans import Span
from model.tagger import Reader
from model.view import View, view


def extract(posted: str, tagger: Reader) -> Report:
    """Reads one report. Raises EmptyText where the text holds nothing but blanks."""
    seen = view(posted)
    if not seen.text.strip():
        raise EmptyText("the text is empty; post the report as plain text or as HTML")
    return assemble(posted, seen, tagger.spans(seen.text), tagger.info)


def assemble(posted: str, seen: View, spans: list[Span], info) -> Report:
    """Rebuilds the report from what the model tagged; `spans` are offsets into the view. Pure."""
    parts = sections(seen, posted, spans)
    year, published_on = fields.year(seen.text, spans), fields.published_on(seen.text, spans)
    period = fields.period(seen.text, spans)
    unread = _unread(spans, year=year, published_on=published_on, period=period)
    read, printed = tables.rebuild(seen.text, spans, form_in_force(year)), _tables(spans)
    cells = {pointer: reading.value for pointer, reading in read.cells.items()}
    told = [_fact(seen, posted, fact) for fact in facts.facts(seen.text, spans)]
    form = read.form or form_in_force(year)
    scores = {pointer: reading.score for pointer, reading in read.cells.items()}
    return Report(
        status=_status(parts, printed, told),
        agency=fields.agency(seen, posted, spans, parts),
        year=year,
        form=form,
        published_on=published_on,
        period=period,
        contact=contact(seen, posted, spans),
        sections=parts,
        proactive_disclosure=nest(ProactiveDisclosure, cells, "/proactive_disclosure"),
        applications=nest(Applications, cells, "/applications"),
        appeals=nest(Appeals, cells, "/appeals"),
        facts=told,
        checks=checks.evaluate(cells, scores, map(_stated, told), form),
        evidence={pointer: _evidence(seen, posted, reading) for pointer, reading in read.cells.items()},
        warnings=[*_missing(parts), *_absent(printed), *unread, *read.warnings],
        model=info,
        text_sha256=sha256(posted.encode("utf-8", "surrogatepass")).hexdigest(),
    )


def _stated(fact: Fact) -> checks.Told:
    return checks.Told(fact.kind, fact.value, fact.channel is None and not fact.approximate, fact.confidence)


def _fact(seen: View, posted: str, told: facts.Told) -> Fact:
    start, end = seen.posted(told.span.start, told.span.end)
    category = seen.printed(posted, told.category.start, told.category.end) if told.category else None
    return Fact(
        kind=told.kind,
        value=told.value,
        unit=told.unit,
        channel=told.channel,
        category=category,
        approximate=told.approximate,
        text=posted[start:end],
        start=start,
        end=end,
        confidence=round(told.span.score, 4),
    )


def _evidence(seen: View, posted: str, reading: tables.Reading) -> Evidence:
    start, end = seen.posted(reading.start, reading.end)
    return Evidence(start, end, posted[start:end], round(reading.score, 4), reading.inferred)


def _missing(parts: list[Section]) -> list[Warning]:
    """A warning for each section of the form that was not found."""
    found = {part.kind for part in parts}
    return [
        Warning("section_missing", f"no heading of {kind} ({title}) was found")
        for kind, title in SECTIONS.items()
        if kind not in found
    ]


def _unread(spans: list[Span], **read) -> list[Warning]:
    """A warning for each field that is printed, but was not read."""
    tagged = {span.label for span in spans}
    return [
        Warning("unreadable_field", f"{name} is printed, but allows no or several readings", f"/{name}")
        for name, value in read.items()
        if value is None and name in tagged
    ]


def _tables(spans: list[Span]) -> set[str]:
    """The tables of which a cell is printed, blank or not."""
    return {span.label.partition(".")[0] for span in spans} & set(TABLES)


def _absent(printed: set[str]) -> list[Warning]:
    """A warning for each table of the form that was not found."""
    return [
        Warning("table_missing", f"no cell of the table {name} was found", f"/{name}")
        for name in TABLES
        if name not in printed
    ]


def _status(parts: list[Section], printed: set[str], told: list[Fact]) -> str:
    """partial: a section or a table that the form demands was not found."""
    found = {part.kind for part in parts} & set(SECTIONS)
    if not found and not printed and not told:
        return "not_a_report"
    return "ok" if found == set(SECTIONS) and printed == set(TABLES) else "partial"
