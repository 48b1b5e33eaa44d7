"""Evaluation: tags (strict seqeval) and, what counts, the rebuilt report against gold."""

import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from rich.progress import track
from rich.table import Table
from seqeval.metrics.v1 import precision_recall_fscore_support
from seqeval.scheme import IOB2

from model.errors import AnnotationError
from model.extract import assemble, extract
from model.labels import TAGS
from model.numbers import cell_amount, cell_count
from model.report import cells_of, to_json
from model.spans import to_tags
from model.tagger import Reader
from model.view import view
from training.gold import read
from training.synthesis.compose import Annotated

FIELDS = ("agency", "year", "form", "published_on", "period")
_FULL = 150  # cells from which on a report counts as one with full tables
_TEXTS = (".txt", ".html", ".md")


@dataclass(frozen=True)
class Rate:
    """Hits against gold: precision, recall and F1 are 1.0 where there was nothing to find and nothing was found."""

    hits: int = 0
    extra: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        return self.hits / (self.hits + self.extra) if self.hits + self.extra else 1.0

    @property
    def recall(self) -> float:
        return self.hits / (self.hits + self.missed) if self.hits + self.missed else 1.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def __add__(self, other: "Rate") -> "Rate":
        return Rate(self.hits + other.hits, self.extra + other.extra, self.missed + other.missed)


@dataclass(frozen=True)
class Scores:
    """`rates` by what was compared; `labels` holds strict F1 and support by label where gold spans exist;
    `exact` is (reports with every cell right, reports with full tables); `fields` is (right, asked)."""

    reports: int
    rates: dict[str, Rate]
    exact: tuple[int, int]
    fields: tuple[int, int]
    labels: dict[str, tuple[float, float, float, int]] = field(default_factory=dict)

    @property
    def micro_f1(self) -> float:
        """Strict micro F1 over labels where gold spans exist, else F1 over facts and non-zero cells together."""
        return self.labels["micro"][2] if self.labels else (self.rates["nonzero_cells"] + self.rates["facts"]).f1

    def to_json(self) -> dict:
        rates = {k: {"precision": round(r.precision, 4), "recall": round(r.recall, 4), "f1": round(r.f1, 4), "gold": r.hits + r.missed} for k, r in self.rates.items()}
        labels = {k: {"precision": round(p, 4), "recall": round(r, 4), "f1": round(f, 4), "gold": n} for k, (p, r, f, n) in self.labels.items()}
        return {"reports": self.reports, **rates, "reports_exact": list(self.exact), "fields": list(self.fields), "labels": labels}

    def table(self) -> Table:
        """Everything as one table for the terminal."""
        table = Table("what", "precision", "recall", "F1", "gold", title=f"{self.reports} reports")
        rows = [(k, v["precision"], v["recall"], v["f1"], v["gold"]) for k, v in self.to_json()["labels"].items()]
        rows += [(k, round(r.precision, 4), round(r.recall, 4), round(r.f1, 4), r.hits + r.missed) for k, r in self.rates.items()]
        for name, *figures, gold in rows:
            table.add_row(name, *(f"{figure:.4f}" for figure in figures), str(gold))
        table.add_row("whole reports exact", "", "", f"{self.exact[0]}/{self.exact[1]}", "")
        table.add_row("fields right", "", "", f"{self.fields[0]}/{self.fields[1]}", "")
        return table


def evaluate(gold: Path, tagger: Reader) -> Scores:
    """Scores `tagger` on a folder of annotated reports, or of texts each with its report of the same stem."""
    if any("spans" not in json.loads(path.read_text("utf-8")) for path in list(gold.glob("*.json"))[:1]):
        pairs = [(text, report) for text, report in track(_pairs(gold), description="evaluate")]
        return _total([_compare(report, to_json(extract(text, tagger))) for text, report in pairs], {})
    reports = read(gold)
    seen = [(report, view(report.text)) for report in reports]
    spans = [tagger.spans(v.text) for _, v in track(seen, description="evaluate")]
    said = [to_json(assemble(report.text, v, s, tagger.info)) for (report, v), s in zip(seen, spans, strict=True)]
    told = [_gold_report(report, v, tagger) for report, v in seen]
    labels = _strict([(v.locate(report.spans), s, len(v.text)) for (report, v), s in zip(seen, spans, strict=True)])
    return _total([_compare(g, s) for g, s in zip(told, said, strict=True)], labels)


def _pairs(folder: Path) -> list[tuple[str, dict]]:
    """(posted text, gold report) of every stem in the folder."""
    pairs = []
    for path in sorted(folder.glob("*.json")):
        text = next((p for suffix in _TEXTS if (p := path.with_suffix(suffix)).exists()), None)
        if text is None:
            raise AnnotationError(f"{path}: no text beside it; add {path.stem}.txt, .html or .md")
        pairs.append((text.read_text("utf-8"), json.loads(path.read_text("utf-8"))))
    if not pairs:
        raise AnnotationError(f"{folder}: holds no gold reports (*.json)")
    return pairs


def _gold_report(report: Annotated, seen, tagger: Reader) -> dict:
    """What a perfect tagger would lead to; the cells are those that were written, whether or not they can be read back."""
    perfect = to_json(assemble(report.text, seen, seen.locate(report.spans), tagger.info))
    read = {p: (cell_amount if "amount" in p else cell_count)(v) for p, v in report.report["cells"].items()}
    return {**perfect, "cells": {p: v for p, v in read.items() if v is not None}, "year": report.report["year"]}


def _strict(documents: list) -> dict[str, tuple[float, float, float, int]]:
    """(precision, recall, F1, support) by label and over all, by strict seqeval."""
    gold = [[TAGS[t] for t in to_tags(spans, n)] for spans, _, n in documents]
    said = [[TAGS[t] for t in to_tags(spans, n)] for _, spans, n in documents]
    names = sorted({tag[2:] for line in [*gold, *said] for tag in line if tag != "O"})
    options = {"scheme": IOB2, "zero_division": 0}
    by_label = precision_recall_fscore_support(gold, said, average=None, **options)
    found = {name: tuple(float(x) for x in row[:3]) + (int(row[3]),) for name, row in zip(names, zip(*by_label, strict=True), strict=True)}
    micro = precision_recall_fscore_support(gold, said, average="micro", **options)
    return {**found, "micro": (float(micro[0]), float(micro[1]), float(micro[2]), sum(row[3] for row in found.values()))}


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
    }


def _facts(gold: dict, said: dict, key) -> Rate:
    """Facts as a multiset; an optional one of the gold is neither demanded nor punished."""
    facts = gold.get("facts", [])
    need = Counter(key(f) for f in facts if not f.get("optional"))
    spare = Counter(key(f) for f in facts if f.get("optional"))
    got = Counter(key(f) for f in said["facts"])
    hits = need & got
    return Rate(hits.total(), (got - hits - spare).total(), (need - hits).total())


def _contact(gold: dict, said: dict) -> Rate:
    wanted, got = ({(k, _squeezed(v)) for k, vs in (r.get("contact") or {}).items() for v in vs or []} for r in (gold, said))
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
    names = ("cells", "nonzero_cells", "facts", "facts_with_channel", "contact")
    rates = {name: sum((one[name] for one in compared), Rate()) for name in names}
    exact, fields = (tuple(map(sum, zip(*(one[name] for one in compared), strict=True))) for name in ("exact", "fields"))
    return Scores(len(compared), rates, exact, fields, labels)
