"""Annotated reports on disk: one JSON file a report with id, text, spans and what the report says."""

import json
from itertools import pairwise
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
        if not isinstance(text, str):
            raise TypeError("text is no string")
    except (ValueError, KeyError, TypeError) as error:
        needed = "it needs id, text and spans [start, end, label]"
        raise AnnotationError(f"{path}: not an annotated report ({error!r}); {needed}") from error
    for number, (span, following) in enumerate(pairwise([*spans, None])):
        if complaint := _complaint(span, following, text):
            raise AnnotationError(f"{path} span {number}: [{span.start}, {span.end}] {span.label} {complaint}")
    return Annotated(name, text, spans, data.get("report", {}))


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
