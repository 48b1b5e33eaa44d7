"""What the report says of itself: agency, year, publication date and period."""

import re
from bisect import bisect_left
from collections import Counter

from model.dates import read_date, read_period, read_year
from model.report import Section
from model.spans import Span, closed, whole
from model.view import View

_PARTING = "_-—–|｜·:：,，.。、/>＞"
_LONGEST_DATE = 12  # characters, 二〇二三年十二月三十一日
_OF_A_DATE = "0123456789〇零○◯Oo一二三四五六七八九十年月日号/.-"
_PLACE = 2  # characters at least in the name of a place, which makes the name of an agency fuller
_GOVERNMENT = re.compile("(人民政府|办事处|管理委员会|管委会)$")
_SHORTEST = 2  # characters of a name
_AHEAD = re.compile(r"\S{1,2}\n\s*|年")  # the end of the line above, and of the year in front: 2018|年水务局
_TAIL = re.compile("局|(?<=部)门|(?<=政)府|(?<=中)心|(?<=委)员会|(?<=委员)会|(?<=办公)[室厅]")
_NEAR = 3  # characters between the agency and the year of a title
_WORDS = 24  # or so many, if they are words of a title
_TITLE = re.compile(r"[\s(]*(关于)?((政府|政务)?信息公开|政务公开)?(工作)?(年度)?(报告|年报)?[\s(]*")
_REPORT = re.compile(r"\s*([0-9]{4}年)?度?(政府|政务)?信息公开(工作)?(年度)?(报告|年报)")  # in a title, behind a name
_LABEL = 8  # characters of what a page calls a date
_LABELLED = re.compile(r"(发布|发文|公开|更新|公布)(日期|时间)\s*:?\s*$")
_FILLED_IN = re.compile(r"(填报|填表|制表)(日期|时间)\s*:?\s*$")
_ISSUED = re.compile(rf"[{_OF_A_DATE}]*\s*印发")


def agency(view: View, posted: str, spans: list[Span], sections: list[Section]) -> str | None:
    """The name in the title, else in the signature, else the first; a fuller printing of the same name wins, and
    a place alone gives way to its government, if that signs."""
    named = [span for span in _names(view.text, spans) if len(_name(view, posted, span)) >= _SHORTEST]
    if not named:
        return None
    years = _labelled(spans, "year")
    titled = [one for one in named if _REPORT.match(view.text, one.end) or _beside(view.text, one, years)]
    closing = sections[-1].start if sections and sections[-1].kind == "closing" else len(posted)
    signed = [span for span in named if view.posted(span.start, span.end)[0] >= closing]
    name = _name(view, posted, _as_elsewhere(view.text, (titled or signed or named)[0], named))
    printed = [(_name(view, posted, span), span in signed) for span in named]
    fullest = [full for full, signs in printed if fuller(full, name) or (signs and _governs(full, name))]
    return max([name, *fullest], key=len)


def fuller(full: str, name: str) -> bool:
    """Whether `full` is the same agency's name with a place before it; one character is no place."""
    return full.endswith(name) and len(full) - len(name) >= _PLACE


def _governs(full: str, name: str) -> bool:
    """Whether `full` is the government of the place that `name` is."""
    place = _GOVERNMENT.sub("", full)
    return place != full and place.endswith(name)


def _as_elsewhere(text: str, span: Span, named: list[Span]) -> Span:
    """The span grown to the longest name, tagged elsewhere, that is printed around it: it was tagged in part."""
    for name in sorted({text[other.start : other.end] for other in named}, key=len, reverse=True):
        start = text.find(name, max(0, span.end - len(name)), span.start + len(name))
        if start >= 0:
            return span._replace(start=start, end=start + len(name))
    return span


def _labelled(spans: list[Span], label: str) -> list[Span]:
    return whole([span for span in spans if span.label == label])


def _names(text: str, spans: list[Span]) -> list[Span]:
    """The names of agencies with the brackets that are part of them; where A(B) is printed, A and B are one name."""
    names: list[Span] = []
    for span in (_bracketed(text, _cut(text, span)) for span in _labelled(spans, "agency")):
        last = names[-1] if names else None
        if last and text[last.end : span.start] == "(" and text.startswith(")", span.end):
            names[-1] = last._replace(end=span.end + 1, score=min(last.score, span.score))
        else:
            names.append(span)
    return names


def _cut(text: str, span: Span) -> Span:
    """The span without what stands ahead of the name, and with the end of its last word."""
    ahead, tail = _AHEAD.match(text, span.start, span.end), _TAIL.match(text, span.end)
    start = ahead.end() if ahead and ahead.end() < span.end else span.start
    return span._replace(start=start, end=tail.end() if tail else span.end)


def _bracketed(text: str, span: Span) -> Span:
    """The span with the bracket that closes it, and without one at its edge that has no partner in it."""
    span = closed(text, span)
    tagged = text[span.start : span.end]
    before, behind = tagged.startswith("(") and ")" not in tagged, tagged.endswith(")") and "(" not in tagged
    return span._replace(start=span.start + before, end=span.end - behind)


def _name(view: View, posted: str, span: Span) -> str:
    """The printed name without blanks, and without the signs that part it from its neighbours."""
    return "".join(view.printed(posted, span.start, span.end).split()).strip(_PARTING)


def _beside(text: str, span: Span, others: list[Span]) -> bool:
    """Whether one of `others`, in their order, stands behind the span or before it as name and year do in a title."""
    at = bisect_left(others, span)
    return any(_of_a_title(text, *sorted((span, other))) for other in others[max(0, at - 1) : at + 1])


def _of_a_title(text: str, first: Span, second: Span) -> bool:
    gap = text[first.end : second.start]
    return len(gap) <= _NEAR or (len(gap) <= _WORDS and _TITLE.fullmatch(gap) is not None)


def year(text: str, spans: list[Span]) -> int | None:
    """The year most often tagged as the report's own; a title counts three times, the period once."""
    votes: Counter[int] = Counter()
    agencies = _names(text, spans)
    for span in _labelled(spans, "year"):
        if named := read_year(_grown(text, span, "0123456789")) or read_year(text[span.start : span.end]):
            votes[named] += 3 if _beside(text, span, agencies) else 1
    if stated := period(text, spans):
        votes[int(stated[0][:4])] += 1
    return votes.most_common(1)[0][0] if votes else None


def period(text: str, spans: list[Span]) -> list[str] | None:
    """First and last day of the statistical period, ISO 8601; None where none is stated."""
    read = (read_period(text[span.start : span.end]) for span in _labelled(spans, "period"))
    found = next((days for days in read if days), None)
    return [day.isoformat() for day in found] if found else None


def published_on(text: str, spans: list[Span]) -> str | None:
    """The closing date, else one of sending the report round, else what the page calls publication; of several the
    last, ISO 8601."""
    tagged = sorted(_labelled(spans, "published_on"), key=lambda span: _standing(text, span))
    days = [read_date(_grown(text, span, _OF_A_DATE)) or read_date(text[span.start : span.end]) for span in tagged]
    return next((day.isoformat() for day in reversed(days) if day), None)


def _standing(text: str, span: Span) -> int:
    """0 for the date of a filled-in table and one in the path of a file, 1 for what the page calls publication, 2 for
    the day of sending the report round (印发), 3 for any other: the closing date."""
    low, high = max(0, span.start - _LABEL), span.end + _LONGEST_DATE
    if _FILLED_IN.search(text, low, span.start) or text[max(0, span.start - 1) : span.start] in ("/", "_"):
        return 0
    if _LABELLED.search(text, low, span.start):
        return 1
    return 2 if _ISSUED.match(text, span.end, high) else 3


def _grown(text: str, span: Span, over: str) -> str:
    """What a span prints, grown over what dates or years are made of, as far as a date is long."""
    start, end = span.start, span.end
    low, high = max(0, start - _LONGEST_DATE), min(len(text), end + _LONGEST_DATE)
    while start > low and text[start - 1] in over:
        start -= 1
    while end < high and text[end] in over:
        end += 1
    return text[start:end]
