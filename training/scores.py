"""What an evaluation found: rates, whole reports, calibration; as data and as a table."""

from dataclasses import dataclass, field

from rich.table import Table

COMPARED = ("cells", "nonzero_cells", "facts", "facts_with_channel", "contact")
BRIEF = (*COMPARED[1:], "exact", "fields")


@dataclass(frozen=True)
class Rate:
    """Hits against gold: precision, recall and F1 are 1.0 where there was nothing to find and nothing was found."""

    hits: int = 0
    extra: int = 0
    missed: int = 0

    @property
    def gold(self) -> int:
        return self.hits + self.missed

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
    """`rates` by COMPARED; `labels` holds strict precision, recall, F1 and support by label, and of all as `micro`,
    where gold spans exist; `exact` is (reports with every cell right, reports with full tables); `fields` is (right,
    asked); `answers` are the confidence of each cell and fact, and whether it was right."""

    reports: int
    rates: dict[str, Rate]
    exact: tuple[int, int]
    fields: tuple[int, int]
    labels: dict[str, tuple[float, float, float, int]] = field(default_factory=dict)
    answers: list[tuple[float, bool]] = field(default_factory=list, repr=False)

    @property
    def calibration_error(self) -> float:
        """Expected calibration error, ten equal bins of confidence: mean distance between it and the share right."""
        bins: dict[int, list[tuple[float, bool]]] = {}
        for confidence, right in self.answers:
            bins.setdefault(min(int(confidence * 10), 9), []).append((confidence, right))
        gaps = (abs(sum(c - r for c, r in answers)) for answers in bins.values())
        return sum(gaps) / max(1, len(self.answers))

    @property
    def errors_among_doubtful(self) -> float:
        """Share of all wrong cells and facts that are among the least confident 5 %."""
        wrong = sum(not right for _, right in self.answers)
        doubtful = sorted(self.answers)[: len(self.answers) // 20]
        return sum(not right for _, right in doubtful) / wrong if wrong else 1.0

    @property
    def micro_f1(self) -> float:
        """Strict micro F1 over labels where gold spans exist, else F1 over facts and non-zero cells together."""
        return self.labels["micro"][2] if self.labels else (self.rates["nonzero_cells"] + self.rates["facts"]).f1

    def to_json(self) -> dict:
        return {
            "reports": self.reports,
            **{name: _row(rate.precision, rate.recall, rate.f1, rate.gold) for name, rate in self.rates.items()},
            "reports_exact": list(self.exact),
            "fields": list(self.fields),
            "calibration_error": round(self.calibration_error, 4),
            "errors_among_doubtful": round(self.errors_among_doubtful, 4),
            "labels": {name: _row(*figures) for name, figures in self.labels.items()},
        }

    def table(self) -> Table:
        """Everything as one table for the terminal."""
        found = self.to_json()
        table = Table("what", "precision", "recall", "F1", "gold", title=f"{self.reports} reports")
        for name, row in {**found["labels"], **{name: found[name] for name in self.rates}}.items():
            table.add_row(name, *(f"{row[key]:.4f}" for key in ("precision", "recall", "f1")), str(row["gold"]))
        table.add_row("whole reports exact", "", "", f"{self.exact[0]}/{self.exact[1]}", "")
        table.add_row("fields right", "", "", f"{self.fields[0]}/{self.fields[1]}", "")
        table.add_row("expected calibration error", "", "", f"{self.calibration_error:.4f}", "")
        table.add_row("errors in the least confident 5 %", "", "", f"{self.errors_among_doubtful:.2f}", "")
        return table

    def brief(self) -> list[str]:
        """The figures under the headings BRIEF: F1, then right of all."""
        rates = [f"{self.rates[name].f1:.3f}" for name in COMPARED[1:]]
        return [*rates, *("{}/{}".format(*pair) for pair in (self.exact, self.fields))]


def _row(precision: float, recall: float, f1: float, gold: int) -> dict:
    return {"precision": round(precision, 4), "recall": round(recall, 4), "f1": round(f1, 4), "gold": gold}
