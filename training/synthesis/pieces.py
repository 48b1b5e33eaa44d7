"""Annotated text under construction: a list of pieces, each a string with a label or none."""

from model.spans import Span

Piece = tuple[str, str | None]


def join(pieces: list[Piece]) -> tuple[str, list[Span]]:
    """The text and the spans of its labelled pieces; an empty piece leaves no span."""
    text, spans, at = [], [], 0
    for string, label in pieces:
        if label and string:
            spans.append(Span(at, at + len(string), label))
        text.append(string)
        at += len(string)
    return "".join(text), spans
