"""Evaluation: tags (strict seqeval) and, what counts, the rebuilt report against gold."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.progress import track
from seqeval.metrics.v1 import precision_recall_fscore_support
from seqeval.scheme import IOB2

from model.errors import AnnotationError
from model.extract import assemble
from model.labels import TAGS
from model.report import ModelInfo, cells_of, to_json
from model.spans import Span, to_tags
from model.tables import cell_value
from model.tagger import Reader
from model.view import view
from training.gold import Annotated, files, load, read_one
from training.scores import COMPARED, Rate, Scores
from training.synthesis.tables import figure

FIELDS = ("agency", "year", "form", "published_on", "period")
_FULL = 150  # cells from which on a report counts as one with full tables
_TEXTS = (".txt", ".html", ".md")


@dataclass(frozen=True)
class Document:
    """One gold report: its text, what it says in the contract's form, and its spans where they were annotated."""

    name: str
    text: str
    report: dict
    spans: list[Span] | None


def evaluate(gold: Path, tagger: Reader) -> Scores:
    """Scores `tagger` on a folder of annotated reports, or of texts each with its report of the same stem."""
    compared, tagged = [], []
    for document in track(documents(gold), "evaluate", console=Console(stderr=True)):
        seen = view(document.text)
        spans = tagger.spans(seen.text)
        compared.append(_compare(document.report, to_json(assemble(document.text, seen, spans, tagger.info))))
        if document.spans is not None:
            tagged.append((seen.locate(document.spans), spans, len(seen.text)))
    return _total(compared, _strict(tagged) if tagged else {})


def documents(folder: Path) -> list[Document]:
    """The gold reports of a folder, by name. Raises AnnotationError where it holds none or one is broken."""
    return [_document(path) for path in files(folder)]


def _document(path: Path) -> Document:
    """An annotated report, or a report in the contract's form with its text beside it."""
    said = load(path)
    if "spans" in said:
        one = read_one(path)
        return Document(one.id, one.text, _gold_report(one), one.spans)
    text = next((p for suffix in _TEXTS if (p := path.with_suffix(suffix)).exists()), None)
    if text is None:
        raise AnnotationError(f"{path}: no text beside it; add {path.stem}.txt, .html or .md")
    return Document(path.stem, text.read_bytes().decode(), said, None)


def _gold_report(report: Annotated) -> dict:
    """What a perfect tagger would lead to; the cells are those that were written, whether or not they can be read."""
    seen = view(report.text)
    perfect = to_json(assemble(report.text, seen, seen.locate(report.spans), ModelInfo("gold", "", "")))
    written = report.report.get("cells", {})
    read_as = {pointer: cell_value(pointer, figure(printed)) for pointer, printed in written.items()}
    cells = {p: v for p, v in read_as.items() if v is not None} or cells_of(perfect)
    return {**perfect, "cells": cells, "year": report.report.get("year", perfect["year"])}


def _strict(documents: list) -> dict[str, tuple[float, float, float, int]]:
    """(precision, recall, F1, support) by label and over all, by strict seqeval."""
    gold = [[TAGS[t] for t in to_tags(spans, n)] for spans, _, n in documents]
    said = [[TAGS[t] for t in to_tags(spans, n)] for _, spans, n in documents]
    names = sorted({tag[2:] for line in [*gold, *said] for tag in line if tag != "O"})
    options = {"scheme": IOB2, "zero_division": 0}
    by_label = precision_recall_fscore_support(gold, said, average=None, **options)
    found = {
        name: (*map(float, row[:3]), int(row[3])) for name, row in zip(names, zip(*by_label, strict=True), strict=True)
    }
    micro = precision_recall_fscore_support(gold, said, average="micro", **options)
    return {
        **found,
        "micro": (float(micro[0]), float(micro[1]), float(micro[2]), sum(row[3] for row in found.values())),
    }


def _compare(gold: dict, said: dict) -> dict:
    """The rates of one report."""
    wanted, got = gold.get("cells") or cells_of(gold), cells_of(said)
    right = {p for p, v in wanted.items() if p in got and _same(got[p], v)}
    nonzero = Rate(
        sum(not _zero(wanted[p]) for p in right),
        sum(not _zero(v) for p, v in got.items() if p not in right),
        sum(not _zero(v) for p, v in wanted.items() if p not in right),
    )
    asked = [name for name in FIELDS if name in gold]
    return {
        "cells": Rate(len(right), len(got) - len(right), len(wanted) - len(right)),
        "nonzero_cells": nonzero,
        "facts": _facts(gold, said, lambda f: (f["kind"], float(f["value"]))),
        "facts_with_channel": _facts(gold, said, lambda f: (f["kind"], float(f["value"]), f.get("channel"))),
        "contact": _contact(gold, said),
        "exact": (int(len(right) == len(wanted) == len(got)), 1) if len(wanted) >= _FULL else (0, 0),
        "fields": (sum(_same_field(gold, said, name) for name in asked), len(asked)),
        "answers": [*((said["evidence"][p]["confidence"], p in right) for p in got), *_fact_answers(gold, said)],
    }


def _fact_answers(gold: dict, said: dict) -> list[tuple[float, bool]]:
    """Confidence of each fact said, and whether the gold holds it; those it calls optional are left out."""
    need = Counter((f["kind"], float(f["value"])) for f in gold.get("facts", []) if not f.get("optional"))
    spare = {(f["kind"], float(f["value"])) for f in gold.get("facts", []) if f.get("optional")}
    answers = []
    for fact in said["facts"]:
        key = (fact["kind"], float(fact["value"]))
        if need[key] or key not in spare:
            answers.append((fact["confidence"], need[key] > 0))
        need[key] -= need[key] > 0
    return answers


def _facts(gold: dict, said: dict, key) -> Rate:
    """Facts as a multiset; an optional one of the gold is neither demanded nor punished."""
    facts = gold.get("facts", [])
    need = Counter(key(f) for f in facts if not f.get("optional"))
    spare = Counter(key(f) for f in facts if f.get("optional"))
    got = Counter(key(f) for f in said["facts"])
    hits = need & got
    return Rate(hits.total(), (got - hits - spare).total(), (need - hits).total())


def _contact(gold: dict, said: dict) -> Rate:
    wanted, got = (
        {(k, _squeezed(v)) for k, vs in (r.get("contact") or {}).items() for v in vs or []} for r in (gold, said)
    )
    return Rate(len(wanted & got), len(got - wanted), len(wanted - got))


def _same_field(gold: dict, said: dict, name: str) -> bool:
    allowed = [gold[name], *(gold.get("agency_also", []) if name == "agency" else [])]
    return any(said[name] == value or _squeezed(said[name]) == _squeezed(value) for value in allowed)


def _squeezed(value) -> str:
    return "".join(str(value).split()).translate(str.maketrans("（）：—－", "():--")).rstrip("/")


def _same(one, other) -> bool:
    return float(one) == float(other)


def _zero(value) -> bool:
    return float(value) == 0


def _total(compared: list[dict], labels: dict) -> Scores:
    rates = {name: sum((one[name] for one in compared), Rate()) for name in COMPARED}
    exact, fields = (
        tuple(map(sum, zip(*(one[name] for one in compared), strict=True))) for name in ("exact", "fields")
    )
    return Scores(
        len(compared), rates, exact, fields, labels, [answer for one in compared for answer in one["answers"]]
    )
