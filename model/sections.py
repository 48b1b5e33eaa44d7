"""Sections: stretches of the posted text, cut at the tagged headings."""

from itertools import pairwise

from model.form import SECTIONS
from model.report import Section
from model.spans import Span
from model.view import MOST_BLANKS, View

_ORDER = list(SECTIONS)
_SIGNATURE = ("agency", "published_on")


def sections(view: View, posted: str, spans: list[Span]) -> list[Section]:
    """The sections in reading order; they cover the posted text without overlap."""
    marks = [_mark(view, posted, span) for span in _headings(spans)]
    if signature := _signature(view, spans):
        marks.append(("closing", view.posted(signature.start, signature.end)[0], None))
    if not marks or marks[0][1] > 0:
        marks.insert(0, ("preamble", 0, None))
    edges = [start for _, start, _ in marks] + [len(posted)]
    return [
        Section(kind, title, start, end)
        for (kind, start, title), (_, end) in zip(marks, pairwise(edges), strict=True)
        if end > start or len(marks) == 1
    ]


def _mark(view: View, posted: str, heading: Span) -> tuple[str, int, str]:
    """Kind, start in the posted text and title of the section that it begins."""
    start, _ = view.posted(heading.start, heading.end)
    return heading.label.removeprefix("heading."), start, view.printed(posted, heading.start, heading.end)


def _headings(spans: list[Span]) -> list[Span]:
    """The headings that keep the official order and are the surest together: one quoted in running text falls out."""
    best: list[tuple[float, list[Span]]] = [(0.0, [])] * (len(_ORDER) + 1)  # of the chains that end below each rank
    for span in (s for s in spans if s.label.startswith("heading.") and s.end - s.start > 1):
        rank = _rank(span)
        score, chain = best[rank]
        longer = score + span.score, [*chain, span]
        best = [longer if below > rank and longer[0] > one[0] else one for below, one in enumerate(best)]
    return best[-1][1]


def _rank(heading: Span) -> int:
    """Its place in the order of the form."""
    return _ORDER.index(heading.label.removeprefix("heading."))


def _signature(view: View, spans: list[Span]) -> Span | None:
    """Where the signature begins: the first agency or date on a line of its own behind the last content."""
    headed = any(span.label.startswith("heading.") for span in spans)
    signed = [s for s in spans if s.label in _SIGNATURE and _begins_a_line(view.text, s.start)]
    if not headed or not signed:
        return None
    content = _content_end(spans, signed[-1].end)
    return next((s for s in signed if s.start >= content), None)


def _content_end(spans: list[Span], signed: int) -> int:
    """Where the last content ends; contacts behind `signed`, the end of the last signature, belong to a page footer."""
    content = [span for span in spans if span.label not in _SIGNATURE and span.label != "year"]
    return max((s.end for s in content if s.start < signed or not s.label.startswith("contact.")), default=0)


def _begins_a_line(text: str, at: int) -> bool:
    """Whether nothing but blanks stands before it in its line; a view has few blanks in a row."""
    return text[max(0, at - MOST_BLANKS - 1) : at].rstrip(" ")[-1:] in ("", "\n")
