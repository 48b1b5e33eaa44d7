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


def cut(text: str, spans: list[Span]) -> list[Piece]:
    """The inverse of `join`: cut(*join(pieces)) joins to the same text and spans."""
    pieces, at = [], 0
    for span in sorted(spans):
        if span.start > at:
            pieces.append((text[at : span.start], None))
        pieces.append((text[span.start : span.end], span.label))
        at = span.end
    return [*pieces, (text[at:], None)] if at < len(text) else pieces
