"""Annotated reports on disk, written and read: one JSON file a report with id, text, spans and what the report says."""

import json
from dataclasses import asdict, dataclass, field
from itertools import pairwise
from pathlib import Path

from model.errors import AnnotationError
from model.labels import LABELS
from model.spans import Span


@dataclass(frozen=True)
class Annotated:
    """One annotated report: the posted text, its spans, and what a perfect reader would say of tables and fields."""

    id: str
    text: str
    spans: list[Span]
    report: dict = field(default_factory=dict)


def write(folder: Path, report: Annotated) -> None:
    """The inverse of `read_one`, into a file named after the report."""
    folder.mkdir(parents=True, exist_ok=True)
    data = {**asdict(report), "spans": [[span.start, span.end, span.label] for span in report.spans]}
    (folder / f"{report.id}.json").write_text(json.dumps(data, ensure_ascii=False), "utf-8")


def read(folder: Path) -> list[Annotated]:
    """Every annotated report below `folder`, by name. Raises AnnotationError at the first broken one."""
    return [read_one(path) for path in files(folder)]


def files(folder: Path) -> list[Path]:
    """The JSON files of a folder, by name. Raises AnnotationError where it holds none."""
    paths = sorted(folder.glob("*.json"))
    if not paths:
        raise AnnotationError(f"{folder}: holds no annotated reports (*.json)")
    return paths


def load(path: Path) -> dict:
    """The JSON object of a file. Raises AnnotationError where it holds anything else."""
    try:
        data = json.loads(path.read_text("utf-8"))
        if not isinstance(data, dict):
            raise TypeError("no object")
    except (ValueError, TypeError) as error:
        raise _unlike(path, error) from error
    return data


def read_one(path: Path) -> Annotated:
    """One annotated report, checked: the message names the file, the span and the remedy."""
    data = load(path)
    try:
        name, text, spans = data["id"], data["text"], [Span(*span) for span in data["spans"]]
        if not isinstance(text, str):
            raise TypeError("text is no string")
    except (KeyError, TypeError) as error:
        raise _unlike(path, error) from error
    for number, (span, following) in enumerate(pairwise([*spans, None])):
        if complaint := _complaint(span, following, text):
            raise AnnotationError(f"{path} span {number}: [{span.start}, {span.end}] {span.label} {complaint}")
    return Annotated(name, text, spans, data.get("report", {}))


def _unlike(path: Path, error: Exception) -> AnnotationError:
    needed = "it needs id, text and spans [start, end, label]"
    return AnnotationError(f"{path}: not an annotated report ({error!r}); {needed}")


def _complaint(span: Span, following: Span | None, text: str) -> str | None:
    """What is wrong with a span, and the remedy; None where nothing is."""
    if span.label not in LABELS:
        return "is no label; see GET /v1/labels or model/labels.py"
    if not isinstance(span.start, int) or not isinstance(span.end, int):
        return "has no offsets; write them as whole numbers"
    if not 0 <= span.start < span.end <= len(text):
        return f"is empty or leaves the text of {len(text)} characters; offsets are code points, end exclusive"
    if following and isinstance(following.start, int) and following.start < span.end:
        place = f"[{following.start}, {following.end}]"
        return f"overlaps or follows the next span {place}; sort the spans and let none overlap"
    return None
