"""Count -> category: the tagged name of what is counted.

In one sentence, names wait in line for the counts that follow them (甲、乙分别为3件、4件 gives 甲 the 3 and 乙 the 4)
or for the next names; a name behind a count that still has none, in its clause, belongs to that count (8件予以公开,
3件属于国家秘密), unless it has a count of its own behind it (12条:工作动态3条).
"""

import re
from bisect import bisect_left
from itertools import groupby
from operator import itemgetter

from model.labels import CATEGORY
from model.spans import Span, whole
from model.text import sentence_numbers

_ENDS = ",、;。:"  # part a name from the next
_ADJOINING = " 的“”\"':(为是"
_OPENING, _PARTING = re.compile("[:(]"), re.compile("[,、;。)]")
_CLAUSE = 12  # characters at most between a count and the name behind it
_IN_LINE = " ,、和及与以占比0123456789.%()"  # between counts of names that wait in line


def named(text: str, spans: list[Span]) -> list[Span]:
    """The tagged names: parts that touch are one, and one character is none."""
    tagged = (_trimmed(text, span) for span in whole([span for span in spans if span.label == CATEGORY]))
    return [name for name in tagged if name.end - name.start > 1]


def _trimmed(text: str, span: Span) -> Span:
    return span._replace(end=span.start + len(text[span.start : span.end].rstrip(_ENDS)))


def categories(text: str, names: list[Span], counts: list[Span]) -> dict[Span, Span]:
    """Count -> its name, of the counts that have one."""
    spans = sorted([*names, *counts])
    linked: dict[Span, Span] = {}
    for _, numbered in groupby(zip(sentence_numbers(text, spans), spans, strict=True), key=itemgetter(0)):
        waiting: list[Span] = []
        last: Span | None = None
        told = [span for _, span in numbered]
        for at, span in enumerate(told):
            if span.label != CATEGORY:
                if waiting and last and waiting[0] < last and text[last.end : span.start].strip(_IN_LINE):
                    waiting.clear()  # names that the count before this one left over
                _let_go(text, waiting, last.end if last else told[0].start, span.start)
                if waiting:
                    linked[span] = waiting.pop(0)
                last = span
            elif last and last not in linked and _names(text, last, told, at):
                linked[last] = span
            else:
                if waiting and last and waiting[0] < last:  # names that the counts before this one left over
                    waiting.clear()
                waiting.append(span)
    return linked


def _let_go(text: str, waiting: list[Span], since: int, until: int) -> None:
    """Of the names that wait for a count at `until`, those before 其中 and those in a bracket that has closed wait for
    none. `since`: where the count before it ends; each stretch of text is looked at once."""
    del waiting[: bisect_left(waiting, text.rfind("其中", since, until), key=lambda name: name.start)]
    closing = text.rfind(")", since, until)
    opening = text.rfind("(", since, max(since, closing))
    behind = []
    while waiting and opening < waiting[-1].start and closing >= 0:
        name = waiting.pop()
        behind += [name] if name.start > closing else []
    waiting += reversed(behind)


def _adjoin(text: str, left: Span, right: Span) -> bool:
    return not text[left.end : right.start].strip(_ADJOINING)


def _names(text: str, count: Span, told: list[Span], at: int) -> bool:
    """Whether the name told[at] says what the count before it counts, 3件属于[国家秘密],2件…, and not what the next one
    does, 12条:[工作动态]、公告分别为3条、9条."""
    name = told[at]
    if name.start - count.end > _CLAUSE or _PARTING.search(text, count.end, name.start):
        return False
    opened = _OPENING.search(text, count.end, name.start)
    last = at
    while last + 1 < len(told) and told[last + 1].label == CATEGORY:
        last += 1
    if last + 1 == len(told) or (last > at and not opened):
        return True
    if _adjoin(text, count, name) and not opened:
        return not _adjoin(text, name, told[last + 1])
    return _PARTING.search(text, told[last].end, told[last + 1].start) is not None
