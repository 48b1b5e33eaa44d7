"""What the report says of itself: agency, year, publication date and period."""

from collections import Counter

from model.dates import read_date, read_period, read_year
from model.report import Section
from model.spans import Span
from model.view import View

_PARTING = "_-—–|｜·:：,，.。、/>＞"
_NEAR = 3  # characters between the agency and the year of a title


def agency(view: View, posted: str, spans: list[Span], sections: list[Section]) -> str | None:
    """The name in the title, else in the signature, else the first; a fuller printing of the same name wins."""
    named = [span for span in spans if span.label == "agency" and _name(view, posted, span)]
    if not named:
        return None
    years = _edges(spans, "year")
    titled = [span for span in named if _beside(span, years)]
    closing = sections[-1].start if sections and sections[-1].kind == "closing" else len(posted)
    signed = [span for span in named if view.posted(span.start, span.end)[0] >= closing]
    name = _name(view, posted, (titled or signed or named)[0])
    fuller = [full for span in named if (full := _name(view, posted, span)).endswith(name)]
    return max([name, *fuller], key=len)


def _name(view: View, posted: str, span: Span) -> str:
    """The printed name without blanks, and without the signs that part it from its neighbours."""
    return "".join(view.printed(posted, span.start, span.end).split()).strip(_PARTING)


def _edges(spans: list[Span], label: str) -> tuple[set[int], set[int]]:
    """Where the spans of a label start, and where they end."""
    found = [span for span in spans if span.label == label]
    return {span.start for span in found}, {span.end for span in found}


def _beside(span: Span, edges: tuple[set[int], set[int]]) -> bool:
    """Whether one of those stands right behind the span or right before it, as name and year do in a title."""
    starts, ends = edges
    return any(span.end + gap in starts or span.start - gap in ends for gap in range(_NEAR + 1))


def year(text: str, spans: list[Span]) -> int | None:
    """The year most often tagged as the report's own; a title counts three times, the period once."""
    votes: Counter[int] = Counter()
    agencies = _edges(spans, "agency")
    for span in spans:
        if span.label == "year" and (named := read_year(text[span.start : span.end])):
            votes[named] += 3 if _beside(span, agencies) else 1
    if stated := period(text, spans):
        votes[int(stated[0][:4])] += 1
    return votes.most_common(1)[0][0] if votes else None


def period(text: str, spans: list[Span]) -> list[str] | None:
    """First and last day of the statistical period, ISO 8601; None where none is stated."""
    read = (read_period(text[span.start : span.end]) for span in spans if span.label == "period")
    found = next((days for days in read if days), None)
    return [day.isoformat() for day in found] if found else None


def published_on(text: str, spans: list[Span]) -> str | None:
    """The closing date, which stands last, else the one in the page header, ISO 8601."""
    dates = [read_date(text[span.start : span.end]) for span in spans if span.label == "published_on"]
    dates = [day for day in dates if day]
    return dates[-1].isoformat() if dates else None
