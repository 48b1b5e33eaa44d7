"""Annotated reports on disk: one JSON file a report with id, text, spans and what the report says."""

import json
from pathlib import Path

from model.errors import AnnotationError
from model.labels import LABELS
from model.spans import Span
from training.synthesis.compose import Annotated


def read(folder: Path) -> list[Annotated]:
    """Every annotated report below `folder`, by name. Raises AnnotationError at the first broken one."""
    paths = sorted(folder.glob("*.json"))
    if not paths:
        raise AnnotationError(f"{folder}: holds no annotated reports (*.json)")
    return [read_one(path) for path in paths]


def read_one(path: Path) -> Annotated:
    """One annotated report, checked: the message names the file, the span and the remedy."""
    try:
        data = json.loads(path.read_text("utf-8"))
        name, text, spans = data["id"], data["text"], [Span(*span) for span in data["spans"]]
    except (ValueError, KeyError, TypeError) as error:
        raise AnnotationError(f"{path}: not an annotated report ({error!r}); it needs id, text and spans [start, end, label]") from error
    for number, (span, following) in enumerate(zip(spans, [*spans[1:], None], strict=True)):
        if complaint := _complaint(span, following, text):
            raise AnnotationError(f"{path} span {number}: [{span.start}, {span.end}] {span.label} {complaint}")
    return Annotated(name, text, spans, data.get("report", {}))


def _complaint(span: Span, following: Span | None, text: str) -> str | None:
    if span.label not in LABELS:
        return "is no label; see GET /v1/labels or model/labels.py"
    if not 0 <= span.start < span.end <= len(text):
        return f"is empty or leaves the text of {len(text)} characters; offsets are code points, end exclusive"
    if following and following.start < span.end:
        return f"overlaps or follows the next span [{following.start}, {following.end}]; sort the spans and let none overlap"
    return None
